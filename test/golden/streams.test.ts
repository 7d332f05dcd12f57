import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePackages, type Package, type Packages, unchecked } from "./packages.js";
import { type Answer, serve } from "./server.js";

let packages: Packages;
let loaded: Package;

beforeAll(async () => {
  packages = await makePackages(["streams"], unchecked);
  loaded = await packages.load("streams");
});
afterAll(() => packages?.remove());

/** Every item of what an operation answers. */
async function itemsOf(operation: string, answer: Answer): Promise<readonly unknown[]> {
  const { baseUrl } = await serve(answer);
  const items: unknown[] = [];
  const stream = await loaded.call(loaded.client({ baseUrl, retry: 0 }), operation);
  for await (const item of stream as AsyncIterable<unknown>) items.push(item);
  return items;
}

const SSE = "text/event-stream";
const plain = { event: "message", id: "", retry: undefined };

it("tells nothing but what it does not honour", () => {
  expect(packages.results.get("streams")?.diagnostics.filter(({ code }) => code !== "coverage-not-honoured")).toEqual(
    [],
  );
});

it("is told by the README", async () => {
  const readme = (await packages.files("streams")).get("README.md");
  expect(readme).toContain("A stream gives its items by `for await`, once");
  expect(readme).toContain("`headers: { Accept }` asks for one");
});

describe("a stream of the contract", () => {
  const cases: readonly (readonly [
    operation: string,
    status: number,
    type: string,
    body: string[],
    items: unknown[],
  ])[] = [
    ["events", 200, SSE, ['data: {"n":1}\n\n', 'data: {"n":2}\n\n'], [{ n: 1 }, { n: 2 }].map(asEvent)],
    ["eventList", 200, SSE, ['id: 1\ndata: {"n":1}\r\n\r\n'], [{ ...plain, id: "1", data: { n: 1 } }]],
    ["eventTexts", 200, SSE, ['data: {"n":1}\n\n'], ['{"n":1}'].map(asEvent)],
    ["eventTexts", 201, SSE, ["data: 1\n\n"], ["1"].map(asEvent)],
    ["eventTexts", 202, SSE, ["data: 1\n\n"], ["1"].map(asEvent)],
    ["eventTexts", 203, SSE, ["data: 1\n\n"], ["1"].map(asEvent)],
    ["lines", 200, "application/x-ndjson", ['{"n":1}\n{"n', '":2}\n'], [{ n: 1 }, { n: 2 }]],
    ["lines", 200, "application/jsonl", ['{"n":1}\n'], [{ n: 1 }]],
    ["lines", 201, "application/jsonl", ['{"n":1}\n{"n":2}'], [{ n: 1 }, { n: 2 }]],
    ["lines", 202, "application/ndjson", ["1\n", "null\n"], [1, null]],
    ["lines", 203, "application/geo+json-seq", ['\x1e{"a":\n1}\n', '\x1e{"a":2}\n'], [{ a: 1 }, { a: 2 }]],
  ];
  it.each(cases)("%s %i %s", async (operation, status, type, body, items) => {
    expect(await itemsOf(operation, { status, type, body })).toEqual(items);
  });

  it("is the actual Content-Type's choice", async () => {
    const { baseUrl } = await serve({ status: 200, type: "application/json", body: '[{"n":1}]' });
    expect(await loaded.call(loaded.client({ baseUrl }), "events")).toEqual([{ n: 1 }]);
  });

  it("is read as any error is where its status is a failure", async () => {
    const { baseUrl } = await serve({ status: 400, type: SSE, body: 'data: {"n":1}\n\n' });
    const error = { name: "HttpError", status: 400, body: 'data: {"n":1}\n\n' };
    await expect(loaded.call(loaded.client({ baseUrl }), "events")).rejects.toMatchObject(error);
  });
});

function asEvent(data: unknown): object {
  return { ...plain, data };
}
