import { afterAll, beforeAll, expect, test } from "vitest";
import { type UnpackedPackage, unpackedPackage } from "../support/package.js";
import { type Bench, openBench } from "./bench.js";
import { type Mutant, mutants, mutate, runMutant, type Verdict } from "./mutants.js";

/** Proves that the suite can fail: it has to, for each way of breaking the package. */
let unpacked: UnpackedPackage;
let bench: Bench | undefined;
const verdicts: Verdict[] = [];

beforeAll(async () => {
  unpacked = await unpackedPackage();
  bench = await openBench();
});

afterAll(async () => {
  await bench?.[Symbol.asyncDispose]();
  const rows = verdicts.map(({ mutant, killedBy = "SURVIVED", failure }) =>
    [mutant.padEnd(34), killedBy.padEnd(66), failure].join(" "),
  );
  const killed = verdicts.filter(({ killedBy }) => killedBy !== undefined).length;
  console.log(`Mutants: ${killed} of ${verdicts.length} killed\n${rows.join("\n")}`);
});

async function judge(mutant: Mutant): Promise<Verdict> {
  if (bench === undefined) throw new Error("There is no bench");
  return runMutant(bench, unpacked, mutant);
}

for (const mutant of mutants) {
  test(`the suite fails for: ${mutant.name}`, async () => {
    const verdict = await judge(mutant);
    verdicts.push(verdict);
    expect(verdict.killedBy).toBeDefined();
  });
}

test("a copy that only a comment changes passes the whole suite", async () => {
  const harmless = { name: "harmless", file: "index.js", find: /^/, replace: "// A comment.\n" };
  expect(await judge(harmless)).toEqual({ mutant: "harmless", killedBy: undefined, failure: "" });
});

test("a mutation that does not match exactly once is an error", () => {
  const mutant = { name: "m", file: "f", find: "a", replace: "b" };
  expect(mutate("xay", mutant)).toBe("xby");
  expect(() => mutate("xy", mutant)).toThrow(/matches 0 places/);
  expect(() => mutate("aa", mutant)).toThrow(/matches 2 places/);
  expect(() => mutate("aa", { ...mutant, find: /a/ })).toThrow(/matches 2 places/);
});
