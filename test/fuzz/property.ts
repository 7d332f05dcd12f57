/** The property that every document has, whatever its texts: tried in batches, and shrunk alone where it does not hold. */
import fc from "fast-check";
import type { JsonObject } from "../../generator/openapi.js";
import { type Fate, openWorkshop } from "./batch.js";
import { documents } from "./documents.js";

const BATCH = 100;

/** How many documents gave a package, why others did not, and what all of them took. */
export interface Tally {
  readonly written: number;
  readonly refused: ReadonlyMap<string, number>;
  /** Of the processor, the imports included: a machine that is busy with something else takes longer, and proves nothing. */
  readonly seconds: number;
}

/**
 * Tries `runs` documents. `FUZZ_SEED=<seed>` in the environment takes the place of `seed`.
 * @throws Error with the seed, and with the smallest document found that has a problem.
 */
export async function tryDocuments(runs: number, seed: number): Promise<Tally> {
  const { FUZZ_SEED = seed } = process.env;
  const chosen = Number(FUZZ_SEED);
  const before = process.cpuUsage();
  const all = fc.sample(documents, { seed: chosen, numRuns: runs });
  const workshop = await openWorkshop();
  try {
    const fates: Fate[] = [];
    for (let start = 0; start < runs; start += BATCH) {
      const found = await workshop.run(all.slice(start, start + BATCH));
      const bad = found.findIndex(({ problems }) => problems.length > 0);
      if (bad >= 0) await fail(workshop.run, chosen, start + bad, found[bad]?.problems ?? []);
      fates.push(...found);
    }
    const { user, system } = process.cpuUsage(before);
    return { ...tally(fates), seconds: (user + system) / 1e6 + workshop.seconds() };
  } finally {
    await workshop.remove();
  }
}

/** The path of a value in a run is its index: the run is begun there again, and goes on to smaller ones. */
async function fail(
  run: (documents: readonly JsonObject[]) => Promise<readonly Fate[]>,
  seed: number,
  index: number,
  problems: readonly string[],
): Promise<never> {
  const alone = fc.asyncProperty(documents, async (document) => {
    const [fate] = await run([document]);
    return fate?.problems.length === 0;
  });
  const { counterexample, numShrinks } = await fc.check(alone, {
    seed,
    path: String(index),
    interruptAfterTimeLimit: 60_000,
  });
  const [smallest] = counterexample ?? fc.sample(documents, { seed, path: String(index), numRuns: 1 });
  const [fate] = smallest ? await run([smallest]) : [];
  throw new Error(
    [
      `FUZZ_SEED=${seed}, document ${index}, shrunk ${numShrinks} times:`,
      JSON.stringify(smallest, undefined, 1),
      ...(fate?.problems.length ? fate.problems : ["only in its batch:", ...problems]),
    ].join("\n"),
  );
}

function tally(fates: readonly Fate[]): Omit<Tally, "seconds"> {
  const refused = new Map<string, number>();
  for (const { outcome, codes } of fates) {
    if (outcome === "written") continue;
    for (const code of new Set(codes)) refused.set(code, (refused.get(code) ?? 0) + 1);
  }
  return { written: fates.filter(({ outcome }) => outcome === "written").length, refused };
}
