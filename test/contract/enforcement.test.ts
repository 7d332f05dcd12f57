import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { RecordingProxy } from "../support/proxy.js";
import { inLanes } from "./bench.js";
import { baseCase, type Case } from "./cases.js";
import { type DeclaredOperation, readContract } from "./contract.js";
import { Coverage } from "./coverage.js";
import { allQuirks } from "./quirks.js";
import { Tally } from "./tally.js";
import { compare, prismVerdict } from "./verdict.js";

/** The suite's own judgement: what it must not let pass. */
let operation: DeclaredOperation;

beforeAll(async () => {
  const [first] = await readContract(fileURLToPath(new URL("../../spec/openapi.yaml", import.meta.url)));
  if (first === undefined) throw new Error("The contract has no operation");
  operation = first;
});

function given(values: Readonly<Record<string, unknown>>): Case {
  const base = baseCase(operation);
  const pairs = operation.parameters.flatMap((parameter) =>
    Object.hasOwn(values, parameter.name) ? [[parameter, values[parameter.name]] as const] : [],
  );
  return { ...base, given: new Map([...base.given, ...pairs]) };
}

describe("a comparison", () => {
  test("is equal where both say what the contract says", () => {
    const limits = ["status: enum", "status: maximum"];
    expect(compare(operation, given({ status: 99 }), limits, limits)).toEqual({ explainedBy: [], problems: [] });
  });

  test("finds a problem where Prism reports less, more, or something else", () => {
    for (const prism of [[], ["limit: maximum", "limit: type"], ["offset: maximum"]]) {
      expect(compare(operation, given({ limit: 101 }), ["limit: maximum"], prism).problems).toHaveLength(1);
    }
  });

  test("finds a problem where client and Prism agree on what the contract does not say", () => {
    expect(compare(operation, given({ limit: 101 }), [], []).problems).toHaveLength(2);
  });

  test("explains a difference by its quirk, and hides no mistake of the client behind it", () => {
    const item = given({ language: "" });
    const prism = ["language: required"];
    expect(compare(operation, item, ["language: minLength"], prism)).toEqual({
      explainedBy: ["empty-is-absent"],
      problems: [],
    });
    expect(compare(operation, item, [], prism).problems).toHaveLength(1);
    expect(compare(operation, item, ["language: minLength"], []).problems).toHaveLength(1);
  });
});

test("Prism's verdict has the name of a missing parameter from the message, and that of the credential", () => {
  const entry = { severity: "Error", message: "Request query must have required property 'timezone'" };
  expect(
    prismVerdict(operation, [
      { ...entry, location: ["request", "query"], code: "required" },
      { ...entry, location: ["request"], code: 401, message: "Invalid security scheme used" },
      { ...entry, location: ["request", "query", "tenant_source_id_list", "3"], code: "type", message: "" },
    ]),
  ).toEqual(["tenant_source_id_list: type", "timezone: required", "x-auth-token: 401"]);
});

test("a quirk is idle until a case needs it", () => {
  const tally = new Tally(allQuirks);
  const all = allQuirks.map(({ name }) => name);
  expect(tally.idle).toEqual(all);
  tally.add({ explainedBy: ["list-of-one"] });
  expect(tally.idle).toEqual(all.filter((name) => name !== "list-of-one"));
});

test("what was not exercised is named: answers by media type, parameters accepted and refused", () => {
  const coverage = new Coverage([operation]);
  expect(coverage.missing).toHaveLength(operation.answers.length + 2 * operation.parameters.length);
  coverage.add(
    operation,
    {
      method: "GET",
      target: `${operation.path}?language=a&xtimezone=b`,
      rawHeaders: [],
      body: Buffer.alloc(0),
      status: 418,
      mediaType: "application/json",
      violations: [],
    },
    ["timezone: required"],
  );
  const id = operation.operationId;
  expect(coverage.missing).toContain(`${id}: 200 application/json`);
  expect(coverage.missing).toContain(`${id}: an accepted timezone`);
  expect(coverage.missing).toContain(`${id}: a refused language`);
  for (const seen of ["default application/json", "an accepted language", "a refused timezone"]) {
    expect(coverage.missing).not.toContain(`${id}: ${seen}`);
  }
});

test("after a failure no lane starts another item, and none is busy when it is thrown", async () => {
  const lane = { take: () => [] } as unknown as RecordingProxy;
  const finished: number[] = [];
  const work = async (item: number): Promise<void> => {
    await new Promise(setImmediate);
    if (item === 1) throw new Error("item 1");
    await new Promise(setImmediate);
    finished.push(item);
  };
  await expect(inLanes({ lanes: [lane, lane] }, [0, 1, 2, 3], work)).rejects.toThrow("item 1");
  expect(finished).toEqual([0]);
});
