import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OperationModel } from "../../generator/model.js";
import { makePackages, names, type Packages, unchecked } from "../golden/packages.js";
import { servePrism } from "../support/prism-server.js";
import type { Difference } from "./difference.js";
import { cutParameters, misjudged, unloadable, unservable } from "./fixture-gaps.js";
import { fixtureQuirks } from "./fixture-quirks.js";
import { type FixtureBench, judgeCase, openFixture } from "./fixture-run.js";
import { type ModelCase, modelCases, readFixture } from "./model-cases.js";
import { requestsOnly } from "./requests-only.js";
import { Tally } from "./tally.js";
import type { Verdict } from "./verdict.js";

/** The package of each golden fixture against a Prism mock of the fixture: the two refuse the same calls, for the same reasons. */
const loadable = names.filter((name) => !Object.hasOwn(unloadable, name));
const tally = new Tally(fixtureQuirks);
const unserved = new Set<string>();
let unsendable = 0;

let packages: Packages;
beforeAll(async () => {
  packages = await makePackages(loadable, unchecked);
});
afterAll(async () => {
  console.log(`${tally}\n${unsendable} more are refused with and without validation: no request can carry them.`);
  await packages?.remove();
});

describe.each(loadable.filter((name) => !Object.hasOwn(misjudged, name)))("%s", (name) => {
  test("client and Prism agree, but for the known differences", async () => {
    const fixture = await readFixture(name);
    await using bench = await openFixture(fixture, await packages.load(name));
    const problems: string[] = [];
    for (const operation of fixture.model.operations) {
      const id = `${name}/${fixture.names.operation(operation).functionName}`;
      if (Object.hasOwn(unservable, id)) {
        expect(await unjudged(bench, operation), `${id} is judged by Prism`).toBe(true);
        unserved.add(id);
      } else problems.push(...(await compareAll(bench, operation)).map((problem) => `${id} ${problem}`));
    }
    expect(problems).toEqual([]);
  });
});

test.each(Object.entries(unloadable))("Prism does not load %s: %s", async (name) => {
  const { document } = await readFixture(name);
  await expect(servePrism(requestsOnly(document, () => false))).rejects.toThrow();
});

test.each(Object.entries(misjudged))("Prism has another view of %s: %s", async (name) => {
  const fixture = await readFixture(name);
  await using bench = await openFixture(fixture, await packages.load(name));
  const problems: string[] = [];
  for (const operation of fixture.model.operations) problems.push(...(await compareAll(bench, operation)));
  expect(problems).not.toEqual([]);
});

test.each(cutParameters)("Prism cannot live with $parameter of $fixture: $reason", async ({ fixture: name }) => {
  const fixture = await readFixture(name);
  const pkg = await packages.load(name);
  const [operation] = fixture.model.operations;
  const bench = await openFixture(fixture, pkg, true).catch(() => undefined);
  try {
    const isJudged = bench !== undefined && operation !== undefined && !(await unjudged(bench, operation));
    expect(isJudged).toBe(false);
  } finally {
    await bench?.[Symbol.asyncDispose]();
  }
});

test("each line of the tables is needed", () => {
  expect(tally.idle, "quirks that no case needs").toEqual([]);
  expect([...unserved].sort()).toEqual(Object.keys(unservable).sort());
  const whole = [unloadable, misjudged].flatMap(Object.keys);
  expect(whole.filter((name) => !names.includes(name))).toEqual([]);
});

/** What a schema allows, and a style or a path has no way to write. */
const unsendableRules = /: (style|path-segment|header-value)$/;

/** Whether Prism has no verdict about a call that is right, or a wrong one. */
async function unjudged(bench: FixtureBench, operation: OperationModel): Promise<boolean> {
  const [least] = modelCases(bench.fixture, operation);
  if (least === undefined) return false;
  const judgement = await judgeCase(bench, operation, least);
  return judgement.client.length === 0 && judgement.isSent && judgement.differences.length > 0;
}

async function compareAll(bench: FixtureBench, operation: OperationModel): Promise<readonly string[]> {
  const isCut = ({ parameter }: ModelCase) =>
    cutParameters.some((one) => one.fixture === bench.fixture.name && one.parameter === parameter?.name);
  const problems: string[] = [];
  for (const subject of modelCases(bench.fixture, operation).filter((one) => !isCut(one))) {
    const judgement = await judgeCase(bench, operation, subject);
    const isCarried = judgement.isSent || !judgement.client.every((entry) => unsendableRules.test(entry));
    if (isCarried) problems.push(...unexpected(subject, judgement.client));
    if (!judgement.isSent) {
      unsendable += 1;
      continue;
    }
    const explained = judgement.differences.map(
      (one) => [one, fixtureQuirks.find((quirk) => quirk.explains(one))] as const,
    );
    tally.add({ explainedBy: [...new Set(explained.flatMap(([, quirk]) => quirk?.name ?? []))] });
    problems.push(...explained.filter(([, quirk]) => quirk === undefined).map(([one]) => told(one)));
  }
  return problems;
}

/** What a case is made to show is in the client's verdict, whatever Prism says. */
function unexpected({ label, expected }: ModelCase, client: Verdict): readonly string[] {
  if (expected === "unknown") return [];
  const isRight = expected === "accepted" ? client.length === 0 : client.includes(expected.entry);
  return isRight ? [] : [`${label}: expected ${JSON.stringify(expected)}, the client says [${client}]`];
}

function told({ by, place, rule, subject: { label, value } }: Difference): string {
  return `${label}: only ${by} says ${place}: ${rule} (${JSON.stringify(value)?.slice(0, 200)})`;
}
