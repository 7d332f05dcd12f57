/** Values of parameters that have no text: each is refused, and none is left out without a word. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Violation } from "../../generator/runtime/descriptor.js";
import { makePackages, type Package, type Packages, unchecked } from "./packages.js";
import { type Seen, serve } from "./server.js";

let packages: Packages;
let texts: Package;

beforeAll(async () => {
  packages = await makePackages(["texts"], unchecked);
  texts = await packages.load("texts");
});
afterAll(() => packages?.remove());

async function send(operation: string, input: object, options: Readonly<object> = {}): Promise<Seen> {
  const { baseUrl, seen } = await serve();
  await texts.call(texts.client({ baseUrl, retry: 0, ...options }), operation, input);
  return seen[0] as Seen;
}

/** The broken rules, each as `place rule`; nothing was sent. */
async function refused(operation: string, input: object, options: Readonly<object> = {}): Promise<readonly string[]> {
  const { baseUrl, seen } = await serve();
  const error = await texts.call(texts.client({ baseUrl, ...options }), operation, input).then(
    () => undefined,
    (reason: { readonly name: string; readonly violations: readonly Violation[] }) => reason,
  );
  expect(error?.name).toBe("ValidationError");
  expect(seen).toEqual([]);
  return error?.violations.map(({ key, pointer, rule }) => `${key}${pointer} ${rule}`) ?? [];
}

describe("bytes", () => {
  const { one, bytes } = { one: new Blob(["x"]), bytes: new Uint8Array([1, 2]) };

  it("are no value of a query or a header, whatever is validated", async () => {
    const input = { one, many: [bytes], xOne: one, xMany: [bytes] };
    expect(await refused("sendBytes", input)).toEqual(["one type", "many/0 type", "xOne type", "xMany/0 type"]);
    expect(await refused("sendBytes", input, { validate: false })).toEqual([
      "one style",
      "many style",
      "xOne style",
      "xMany style",
    ]);
    const { target, headers } = await send("sendBytes", { one: "a", many: ["b", "c"], xOne: "d", xMany: ["e"] });
    expect([target, headers["x-one"], headers["x-many"]]).toEqual(["/bytes?one=a&many=b&many=c", "d", "e"]);
  });

  it("of the same schema are parts of a body", async () => {
    expect((await send("sendFile", { body: { a: one, b: bytes } })).body.toString()).toContain('name="b"');
  });
});

it("what has its members within, or none, is no value of a parameter that may be anything", async () => {
  for (const value of [new URL("http://a.example/"), new Map([["a", 1]]), new Set(["a"]), new Blob(["x"]), /a/]) {
    for (const validate of [true, false]) {
      expect(
        await refused(
          "sendMembers",
          { queryAny: value, deep: { a: [value] }, xAny: value, cookieAny: value },
          { validate },
        ),
      ).toEqual(["queryAny style", "deep/a/0 style", "xAny style", "cookieAny style"]);
    }
  }
});

it("a name in a deep object holds no bracket: it would arrive as other names", async () => {
  const deep = { "x][y": 1, a: { "b[0]": 2, "c.d": 3 } };
  for (const validate of [true, false]) {
    expect(await refused("sendMembers", { deep }, { validate })).toEqual(["deep/x][y style", "deep/a/b[0] style"]);
  }
  const { target } = await send("sendMembers", { deep: { a: { "c.d": "[e]" } } });
  expect(target).toBe("/members?deep%5Ba%5D%5Bc.d%5D=%5Be%5D");
});

describe("what is required", () => {
  const some = {
    list: ["a"],
    one: ["b"],
    map: { c: 1 },
    deep: { d: [1] },
    xList: [null, 2],
    seen: ["e"],
    any: [3],
    json: [],
  };

  it("is sent", async () => {
    const { target, headers } = await send("sendRequired", { ...some, any: "" });
    expect([target, headers["x-list"], headers.cookie]).toEqual([
      "/required?list=a&one=b&map=c,1&deep%5Bd%5D%5B0%5D=1&any=&json=%5B%5D",
      "2",
      "seen=e",
    ]);
  });

  it("has a member, since nothing is sent of a list or an object without", async () => {
    const nothing = { list: [], one: [], map: {}, deep: { a: [], b: { c: null } }, xList: [null], seen: [], any: [] };
    expect(await refused("sendRequired", { ...some, ...nothing })).toEqual([
      "list required",
      "one minItems",
      "map required",
      "deep required",
      "xList required",
      "seen required",
      "any required",
    ]);
    const { target } = await send("sendRequired", { ...some, ...nothing }, { validate: false });
    expect(target).toBe("/required?json=%5B%5D");
  });

  it("may hold itself, which is refused as what it is", async () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(await refused("sendRequired", { ...some, map: circle })).toEqual(["map style"]);
  });
});
