import type { Comparison } from "./verdict.js";

/** Counts how client and Prism agree. */
export class Tally {
  #cases = 0;
  #equal = 0;
  readonly #explained: Map<string, number>;

  constructor(quirks: readonly { readonly name: string }[]) {
    this.#explained = new Map(quirks.map(({ name }) => [name, 0]));
  }

  add({ explainedBy }: Pick<Comparison, "explainedBy">): void {
    this.#cases += 1;
    if (explainedBy.length === 0) this.#equal += 1;
    for (const name of explainedBy) this.#explained.set(name, (this.#explained.get(name) ?? 0) + 1);
  }

  get cases(): number {
    return this.#cases;
  }

  /** Quirks that no case needed: lines of the table that are no longer, or never were, true. */
  get idle(): readonly string[] {
    return [...this.#explained].filter(([, count]) => count === 0).map(([name]) => name);
  }

  toString(): string {
    const explained = this.#cases - this.#equal;
    const lines = [...this.#explained].map(([name, count]) => `  ${name.padEnd(30)} ${String(count).padStart(5)}`);
    return [
      `Agreement with Prism: ${this.#cases} cases, ${this.#equal} equal, ${explained} explained (one case can need several)`,
      ...lines,
    ].join("\n");
  }
}
