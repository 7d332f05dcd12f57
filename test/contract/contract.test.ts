import { afterAll, beforeAll, expect, test } from "vitest";
import { importPackage, unpackedPackage } from "../support/package.js";
import { type Bench, openBench, openRun, type Run } from "./bench.js";
import type { Subject } from "./subject.js";
import { generation, suite } from "./suite.js";

/** The packed package, called as a user calls it, against a Prism mock of the contract. */
let bench: Bench | undefined;
let run: Run;

beforeAll(async () => {
  const unpacked = await unpackedPackage();
  const subject = (await importPackage(unpacked)) as Subject;
  bench = await openBench();
  run = openRun(bench, subject);
});

afterAll(async () => {
  if (bench === undefined) return;
  console.log(`${run.coverage}\n\n${run.tally}\nPrism was ready after ${Math.round(bench.prism.startedIn)} ms.`);
  await bench[Symbol.asyncDispose]();
});

for (const check of suite) test(check.name, () => check.run(run));

test("at least 1,000 generated cases were judged", () => {
  expect(generation.numRuns).toBeGreaterThanOrEqual(1_000);
  expect(run.tally.cases).toBeGreaterThanOrEqual(generation.numRuns);
});
