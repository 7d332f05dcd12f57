import type { Cost } from "./child.js";

/** One line of the table. */
export interface Row {
  readonly name: string;
  readonly value: string;
  /** What it is measured by. */
  readonly against?: string;
  readonly ratio?: number;
  /** What the ratio, or the value without one, may be at most. */
  readonly target?: number;
  readonly holds?: boolean;
}

/** Measures one part; `repeat` is how often. */
export type Part = (context: Context) => Promise<readonly Row[]>;

/** What a part works with. */
export interface Context {
  /** An empty folder of its own. */
  readonly folder: string;
  readonly repeats: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Runs all subjects in turn, several times, so that what else the machine does hits each of them alike. */
export async function inTurn<Name extends string>(
  subjects: Readonly<Record<Name, () => Promise<Cost>>>,
  repeats: number,
): Promise<Readonly<Record<Name, Cost>>> {
  const names = Object.keys(subjects) as Name[];
  const costs = new Map(names.map((name) => [name, [] as Cost[]]));
  for (let round = 0; round < repeats; round += 1) {
    for (const name of names) costs.get(name)?.push(await subjects[name]());
  }
  const medians = names.map((name): [Name, Cost] => {
    const found = costs.get(name) ?? [];
    const of = (key: keyof Cost) => median(found.map((cost) => cost[key]));
    return [name, { wall: of("wall"), cpu: of("cpu"), memory: of("memory") }];
  });
  return Object.fromEntries(medians) as Record<Name, Cost>;
}

/** A figure beside what it is measured by; lower is better. */
export function compared(
  name: string,
  [value, against]: readonly [number, number],
  unit: "ms" | "MB" | "µs",
  target?: number,
): Row {
  const ratio = value / against;
  const show = (number: number) => `${number < 10 ? number.toFixed(1) : Math.round(number)} ${unit}`;
  return {
    name,
    value: show(value),
    against: show(against),
    ratio,
    ...(target === undefined ? {} : { target, holds: ratio <= target }),
  };
}

/** A figure with a limit of its own, or with none. */
export function limited(name: string, value: number, unit: string, target?: number): Row {
  const shown = { name, value: `${Math.round(value)} ${unit}` };
  return target === undefined ? shown : { ...shown, target, holds: value <= target };
}

/** Columns as wide as their widest cell. */
export function table(rows: readonly Row[]): string {
  const head = ["", "value", "alone", "ratio", "at most", ""];
  const cells = rows.map(({ name, value, against = "", ratio, target, holds }) => [
    name,
    value,
    against,
    ratio === undefined ? "" : `${ratio.toFixed(2)} x`,
    target === undefined ? "" : ratio === undefined ? String(target) : `${target} x`,
    holds === undefined ? "" : holds ? "holds" : "FAILS",
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...cells].map((line) => line[column]?.length ?? 0)));
  return [head, ...cells]
    .map((line) =>
      line.map((cell, column) => cell[column === 0 ? "padEnd" : "padStart"](widths[column] ?? 0)).join("  "),
    )
    .join("\n");
}
