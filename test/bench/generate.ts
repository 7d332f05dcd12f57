import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Cost, reference, specproof } from "./child.js";
import { type Context, compared, inTurn, type Row } from "./row.js";
import { synthetic } from "./synthetic.js";

const github = fileURLToPath(new URL("../../../shared/corpus/github.json", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));

/** Every time as if for the first time. */
async function fresh(spec: string, cwd: string, ...flags: readonly string[]): Promise<Cost> {
  await rm(join(cwd, "out"), { recursive: true, force: true });
  return specproof(spec, "out", cwd, ...flags);
}

/** The other one takes a redocly.yaml of the folder for its own: it runs beside. */
async function folders({ folder }: Context): Promise<{ readonly ours: string; readonly theirs: string }> {
  const [ours, theirs] = [join(folder, "ours"), join(folder, "theirs")];
  for (const path of [ours, theirs]) await mkdir(path, { recursive: true });
  return { ours, theirs };
}

/** Redocly's recommended rules, all of them: but what GitHub breaks must not end the run. */
const lenient = `telemetry: off
extends: [recommended]
rules: { security-defined: warn, nullable-type-sibling: warn, no-identical-paths: warn }
`;

export async function githubRows(context: Context): Promise<readonly Row[]> {
  const { ours, theirs } = await folders(context);
  await writeFile(join(ours, "redocly.yaml"), lenient);
  // Without rules, no file of rules is read.
  const plain = join(context.folder, "plain");
  await mkdir(plain);
  const cost = await inTurn(
    {
      alone: () => reference(github, theirs),
      plain: () => fresh(github, plain, "--no-lint"),
      lint: () => fresh(github, ours),
      again: () => specproof(github, "out", ours),
    },
    context.repeats,
  );
  const row = (name: string, subject: Cost, target?: number) =>
    compared(`GitHub: ${name}`, [subject.wall, cost.alone.wall], "ms", target);
  return [
    row("generate --no-lint", cost.plain, 0.85),
    compared("        processor", [cost.plain.cpu, cost.alone.cpu], "ms"),
    compared("        memory", [cost.plain.memory, cost.alone.memory], "MB", 1.2),
    row("generate", cost.lint, 1.6),
    row("nothing changed", cost.again),
  ];
}

export async function flagshipRows(context: Context): Promise<readonly Row[]> {
  const { ours, theirs } = await folders(context);
  for (const name of ["spec", "redocly.yaml"]) await cp(join(root, name), join(ours, name), { recursive: true });
  const spec = join(ours, "spec/openapi.yaml");
  const cost = await inTurn(
    {
      alone: () => reference(spec, theirs),
      ours: () => fresh(spec, ours),
      again: () => specproof(spec, "out", ours),
    },
    context.repeats,
  );
  return [
    compared("flagship: generate", [cost.ours.wall, cost.alone.wall], "ms", 1.5),
    compared("flagship: nothing changed", [cost.again.wall, cost.alone.wall], "ms", 0.35),
  ];
}

/** What starting up takes is the same for every size: that of a document of one operation is taken off. */
export async function growthRows(context: Context): Promise<readonly Row[]> {
  const { ours, theirs } = await folders(context);
  const sizes = [1, 100, 300, 1_000, 3_000];
  for (const size of sizes) await writeFile(join(context.folder, `${size}.json`), synthetic(size));
  const subjects = sizes.flatMap((size): readonly [string, () => Promise<Cost>][] => {
    const spec = join(context.folder, `${size}.json`);
    return [
      [`ours ${size}`, () => fresh(spec, ours, "--no-lint")],
      [`alone ${size}`, () => reference(spec, theirs)],
    ];
  });
  const cost = await inTurn(Object.fromEntries(subjects), context.repeats);
  const each = (of: string, size: number): number =>
    ((cost[`${of} ${size}`]?.wall ?? 0) - (cost[`${of} 1`]?.wall ?? 0)) / size;
  return [
    ...sizes
      .slice(1)
      .map((size) =>
        compared(`${size} operations`, [cost[`ours ${size}`]?.wall ?? 0, cost[`alone ${size}`]?.wall ?? 0], "ms"),
      ),
    compared(
      "growth of an operation: ours of 3,000, under alone ours of 300",
      [each("ours", 3_000), each("ours", 300)],
      "ms",
      1.2,
    ),
  ];
}
