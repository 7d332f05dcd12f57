/** Headers of answers are checked where the call asks for it, and are never more than what the contract says of them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePackages, type Package, type Packages, unchecked } from "./packages.js";
import { type Answer, serve } from "./server.js";

let packages: Packages;
let loaded: Package;
beforeAll(async () => {
  packages = await makePackages(["headers"], unchecked);
  loaded = await packages.load("headers");
});
afterAll(() => packages?.remove());

type Facts = { readonly name?: string; readonly violations?: readonly object[]; readonly message?: string };

async function read(operation: string, answer: Answer, validate: unknown = { responses: true }) {
  const { baseUrl, seen } = await serve(answer);
  const call = loaded.call(loaded.client({ baseUrl, retry: 0, validate }), operation);
  const error = await Promise.resolve(call).then(
    () => undefined,
    (reason: unknown) => reason as Facts,
  );
  await Promise.all(seen.map(({ taken }) => taken));
  return error;
}

const quota = (headers: Record<string, string>, status = 200): Answer => ({
  status,
  type: "application/json",
  body: "{}",
  headers,
});

/** What one header breaks, as `name rule`. */
async function broken(name: string, value: string): Promise<readonly string[]> {
  const error = await read("readQuota", quota({ "X-Left": "1", [name]: value }));
  if (error) expect(error.name).toBe("DecodeError");
  return (error?.violations ?? []).map((one) => {
    expect(one).toMatchObject({ in: "header" });
    const { pointer, rule } = one as { readonly pointer: string; readonly rule: string };
    return `${pointer} ${rule}`;
  });
}

describe("a header of a success", () => {
  it.each([
    ["X-Left", "100"],
    ["X-Ratio", "-2.5e-1"],
    ["X-Exact", "false"],
    ["X-Tier", "paid"],
    ["X-Since", "2026-01-02T03:04:05Z"],
    ["X-Tags", "a, bbb ,ccc"],
    ["X-Ids", "1,-2"],
    ["X-Ids", ""],
    ["X-Flags", "true,false"],
    ["X-Info", '{"name":"n","more":1}'],
    ["X-Note", "anything"],
    ["X-Pair", "a,b"],
  ])("%s may be %s", async (name, value) => {
    expect(await broken(name, value)).toEqual([]);
  });

  it.each([
    ["X-Left", "101", ["/x-left maximum"]],
    ["X-Left", "many", ["/x-left type"]],
    ["X-Left", "", ["/x-left type"]],
    ["X-Ratio", "1.0", ["/x-ratio exclusiveMaximum"]],
    ["X-Exact", "True", ["/x-exact type"]],
    ["X-Tier", "gold", ["/x-tier enum"]],
    ["X-Since", "yesterday", ["/x-since format"]],
    ["X-Tags", "", ["/x-tags minItems"]],
    ["X-Tags", "a,long", ["/x-tags/1 maxLength"]],
    ["X-Ids", "1,b,2.5", ["/x-ids/1 type", "/x-ids/2 type"]],
    ["X-Flags", "true,1", ["/x-flags/1 type"]],
    ["X-Info", "{}", ["/x-info/name required"]],
    ["X-Info", "no JSON", ["/x-info type"]],
  ])("%s may not be %s", async (name, value, rules) => {
    expect(await broken(name, value)).toEqual(rules);
  });

  it("is missed where it is required", async () => {
    const error = await read("readQuota", quota({}));
    expect(error).toMatchObject({
      name: "DecodeError",
      violations: [{ in: "header", pointer: "/x-left", rule: "required", limit: true }],
    });
    expect(error?.message).toMatch(/GET .*\/quota: 200 breaks the contract: header `\/x-left` breaks required: true$/);
  });

  it("is checked only where the call asks for it", async () => {
    for (const validate of [true, false, {}, { responses: false }]) {
      expect(await read("readQuota", quota({}), validate)).toBeUndefined();
    }
  });

  it.each([
    ["deleteQuota", { status: 204 }],
    ["readFile", { status: 200, type: "application/octet-stream", body: ["a", "b"] }],
    ["readLines", { status: 200, type: "application/jsonl", body: ["1\n", "2\n"] }],
  ] satisfies [string, Answer][])("of %s is checked, too", async (operation, answer) => {
    expect(await read(operation, answer)).toMatchObject({
      name: "DecodeError",
      violations: [{ pointer: "/x-left" }, ...(operation === "readLines" ? [{ pointer: "/x-id" }] : [])],
    });
    expect(await read(operation, { ...answer, headers: { "X-Left": "1", "X-Id": "any" } })).toBeUndefined();
  });
});

it("an error is one whatever its headers", async () => {
  expect(await read("readQuota", quota({}, 404))).toMatchObject({ name: "HttpError", status: 404 });
  const envelope = { status: 200, type: "application/problem+json", body: '{"code":"E1"}' };
  expect(await read("readQuota", envelope)).toMatchObject({ name: "HttpError", code: "E1" });
});

it("an answer without a body has no media type", async () => {
  const { baseUrl } = await serve({ status: 204, headers: { "X-Left": "1" } });
  const call = loaded.call(loaded.client({ baseUrl }), "deleteQuota");
  expect(await call.result()).toMatchObject({ ok: true, status: 204, mediaType: undefined, data: undefined });
});

it("what is not checked is told, with its place; answers that share headers share their check", async () => {
  expect(
    packages.results.get("headers")?.diagnostics.map(({ code, message, pointer }) => ({ code, message, pointer })),
  ).toEqual([
    {
      code: "coverage-not-honoured",
      message: "the schema of header `X-Pair` is not used: it does not say which one type its text stands for",
      pointer: "#/paths/~1quota/get/responses/200/headers/X-Pair",
    },
  ]);
  const files = [...(await packages.files("headers")).keys()];
  expect(files.filter((path) => path.endsWith("headers.ts") && path.includes("responses/")).sort()).toEqual([
    "src/schemas/responses/delete-quota-204-headers.ts",
    "src/schemas/responses/read-lines-200-headers.ts",
    "src/schemas/responses/read-quota-200-headers.ts",
  ]);
});
