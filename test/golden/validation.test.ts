import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Violation } from "../../generator/runtime/descriptor.js";
import type { ServerSentEvent } from "../../generator/runtime/event-stream.js";
import type { ApiStream } from "../../generator/runtime/stream.js";
import { makePackages, type Package, type Packages, unchecked } from "./packages.js";
import { type Answer, serve } from "./server.js";

let packages: Packages;
let loaded: Package;
beforeAll(async () => {
  packages = await makePackages(["validation"], unchecked);
  loaded = await packages.load("validation");
});
afterAll(() => packages?.remove());

const token = "secret-token";

/** A call of the package against a server that answers always the same. */
async function against(answer: Answer, options: Readonly<object> = {}) {
  const { baseUrl, seen } = await serve(answer);
  const client = loaded.client({ baseUrl, retry: 0, auth: { token }, ...options });
  return {
    seen,
    call: (name: string, input: object = {}, more: Parameters<Package["call"]>[3] = {}) =>
      loaded.call(client, name, input, more),
  };
}

/** The items of a stream that a call gives. */
async function itemsOf(call: PromiseLike<unknown>): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  for await (const item of (await call) as ApiStream<unknown>) items.push(item);
  return items;
}

const json = (body: unknown): Answer => ({ status: 200, type: "application/json", body: JSON.stringify(body) });
const errorOf = (call: PromiseLike<unknown>) =>
  Promise.resolve(call).then(
    (data) => expect.fail(`it gave ${JSON.stringify(data)}`),
    (error: Error & { readonly violations?: readonly Violation[]; readonly text?: string }) => error,
  );

describe("an input", () => {
  it("is written with all its digits, a Date as the text that it stands for", async () => {
    const { call, seen } = await against({ status: 204 });
    await call("search", { since: new Date(0), day: "2024-02-29", id: 2n ** 62n + 1n });
    expect(seen[0]?.target).toBe("/search?since=1970-01-01T00%3A00%3A00.000Z&day=2024-02-29&id=4611686018427387905");
    await call("search", {
      ids: [2n ** 62n + 1n, 1],
      moments: [new Date(0), "2024-02-29T00:00:00Z"],
      range: { from: new Date(0), ids: [2n ** 62n + 1n] },
    });
    expect(decodeURIComponent(seen[1]?.target ?? "").split(/[?&]/)).toEqual([
      "/search",
      "ids=4611686018427387905",
      "ids=1",
      "moments=1970-01-01T00:00:00.000Z,2024-02-29T00:00:00Z",
      "range[from]=1970-01-01T00:00:00.000Z",
      "range[ids][0]=4611686018427387905",
    ]);
    // With or without a check, a Date is no `[object Object]`, and in no language of people.
    await call("search", { day: new Date(0) }, { validate: false });
    expect(seen[2]?.target).toBe("/search?day=1970-01-01T00%3A00%3A00.000Z");
  });

  it("may be empty where the document says so, and is else what its schema says", async () => {
    const { call, seen } = await against({ status: 204 });
    await call("search", { blank: "", short: "" });
    expect(seen[0]?.target).toBe("/search?blank=&short=");
    const { violations } = await errorOf(call("search", { blank: "c", short: "b", code: "" }));
    expect(violations?.map(({ key, rule }) => `${key} ${rule}`)).toEqual([
      "blank enum",
      "short minLength",
      "code pattern",
    ]);
  });

  it("that is no text cannot be empty, and that is told", () => {
    const places = packages.results
      .get("validation")
      ?.diagnostics.filter(({ pointer }) => pointer?.endsWith("/allowEmptyValue"));
    expect(places).toMatchObject([
      { code: "coverage-not-honoured", message: "`allowEmptyValue`: only a text can be empty" },
    ]);
  });

  it.each<readonly [title: string, input: object, rules: readonly string[]]>([
    [
      "that is right",
      { since: new Date(0), id: 9007199254740993n, code: "AB", maybe: "abc", filter: { price: { gte: 1 } } },
      [],
    ],
    ["that is null or not looked at", { maybe: null, slow: `${"a".repeat(60)}!` }, []],
    [
      "with texts and numbers that are wrong",
      { since: "yesterday", id: 2n ** 63n, code: "ABC", maybe: "abcd" },
      ["code pattern", "id format", "maybe maxLength", "since format"],
    ],
    [
      "with wrong members",
      { filter: { price: { gte: 0, lt: 5 }, tags: ["red", "green", "red"] } },
      [
        "filter/price/gte exclusiveMinimum",
        "filter/price/lt additionalProperties",
        "filter/tags/1 enum",
        "filter/tags/2 uniqueItems",
      ],
    ],
    ["without members", { filter: { tags: "red" } }, ["filter/price required", "filter/tags type"]],
    [
      "that is wrong further down",
      { tree: { id: "a", kids: [{ id: "" }, { kids: [1] }] } },
      ["tree/kids/0/id minLength", "tree/kids/1/id required", "tree/kids/1/kids/0 type"],
    ],
    [
      "with odd names",
      { tree: JSON.parse('{"id":"a","__proto__":1,"constructor":2,"*/ `$":3}') },
      ["tree/*~1 `$ type", "tree/__proto__ type", "tree/constructor type"],
    ],
    ["without what is read only", { user: { name: "a", password: "b", boss: null } }, []],
    [
      "without what is written",
      { user: { id: 1, boss: {} } },
      [
        "user/boss/name required",
        "user/boss/password required",
        "user/id type",
        "user/name required",
        "user/password required",
      ],
    ],
  ])("%s", async (_, input, rules) => {
    const { call, seen } = await against({ status: 204 });
    if (rules.length === 0) {
      await call("search", input);
      expect(seen).toHaveLength(1);
      return;
    }
    const { name, violations = [] } = await errorOf(call("search", input));
    expect(name).toBe("ValidationError");
    expect(violations.map(({ key, pointer, rule }) => `${key}${pointer} ${rule}`).sort()).toEqual(rules);
    expect(seen).toEqual([]);
  });

  it("is sent as it is where nobody is to look", async () => {
    const { call, seen } = await against({ status: 204 }, { validate: { requests: false } });
    await call("search", { code: "abc" });
    expect(seen[0]?.target).toBe("/search?code=abc");
  });
});

describe("an answer", () => {
  const bad = [
    { kind: "cat", lives: 9 },
    { kind: "dog", friends: [{ kind: "cat", lives: 10 }, { kind: "owl" }] },
  ];

  it("is taken as it is, unless it is to be checked", async () => {
    for (const validate of [undefined, true, false, { requests: true }, { responses: false }]) {
      const { call } = await against(json(bad), { validate });
      expect(await call("listPets")).toEqual(bad);
    }
    const { call } = await against(json(bad), { validate: { responses: true } });
    expect(await call("listPets", {}, { validate: true })).toEqual(bad);
  });

  it("that breaks its schema is a DecodeError, which tells the rules and where", async () => {
    const { call } = await against(json(bad), { validate: { responses: true } });
    const error = await errorOf(call("listPets"));
    expect(error).toMatchObject({
      name: "DecodeError",
      status: 200,
      text: JSON.stringify(bad),
      violations: [
        { pointer: "/1/friends/0/lives", rule: "maximum", limit: 9 },
        { pointer: "/1/friends/1/kind", rule: "discriminator", limit: ["cat", "dog"] },
      ],
    });
    expect(error.message).toMatch(
      /^GET http:.*\/pets: 200 breaks the contract: `\/1\/friends\/0\/lives` breaks maximum: 9; `\/1\/friends\/1\/kind` /,
    );
  });

  it("that keeps to its schema is what it is without the check", async () => {
    const good = [{ kind: "cat", lives: 9, other: 1 }];
    const { call } = await against(json(good), { validate: { responses: true } });
    expect(await call("listPets")).toEqual(good);
  });

  it("is asked for what is read, not for what is written", async () => {
    const good = { id: "1", name: "a", boss: { id: "2", name: "b" } };
    const right = await against({ ...json(good), type: "application/vnd.user" }, { validate: { responses: true } });
    expect(await right.call("readUser")).toEqual(good);
    const wrong = await against(json({ boss: { password: 1 } }), { validate: { responses: true } });
    const { violations = [] } = await errorOf(wrong.call("readUser"));
    expect(violations.map(({ pointer, rule }) => `${pointer} ${rule}`).sort()).toEqual([
      "/boss/id required",
      "/boss/name required",
      "/boss/password type",
      "/id required",
      "/name required",
    ]);
  });

  it("shows no credential in its error, wherever the service put it", async () => {
    const body = { kind: "dog", friends: [{ kind: token }], [token]: token };
    const nodes = [{ id: "a", [token]: [{}], kids: { [token]: 1 } }];
    const pet = await against(json(body), { validate: { responses: true } });
    const stream = await against(
      { status: 200, type: "application/x-ndjson", body: JSON.stringify(nodes) },
      { validate: { responses: true } },
    );
    const errors = [await errorOf(pet.call("readPet")), await errorOf(itemsOf(stream.call("streamNodes")))];
    for (const error of errors) {
      expect(error.name).toBe("DecodeError");
      expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain(token);
    }
  });

  it("tells a hundred rules at most, and some of them in its message", async () => {
    const { call } = await against(json(Array(500).fill(1)), { validate: { responses: true } });
    const { message, violations } = await errorOf(call("listPets"));
    expect(violations).toHaveLength(100);
    expect(message).toMatch(/and 495 more$/);
  });

  it.each([1_500, 20_000])("that goes too deep is refused as a whole: %i levels", async (depth) => {
    const body = `${'{"id":"1","name":"a","boss":'.repeat(depth)}null${"}".repeat(depth)}`;
    const { call } = await against({ ...json(0), body }, { validate: { responses: true } });
    expect(await errorOf(call("readUser"))).toMatchObject({
      name: "DecodeError",
      violations: [{ pointer: "", rule: "depth", limit: 1_000 }],
    });
  });

  it("with no schema, or that is a failure, is not checked", async () => {
    const any = await against({ ...json([1]), status: 201 }, { validate: { responses: true } });
    expect(await any.call("readPet")).toEqual([1]);
    const failure = await against({ ...json({ kind: 5 }), status: 404 }, { validate: { responses: true } });
    expect(await errorOf(failure.call("listPets"))).toMatchObject({ name: "HttpError", body: { kind: 5 } });
  });
});

describe("an item of a stream", () => {
  const good = { id: "a", kids: [{ id: "b" }] };
  const bad = { id: "a", kids: [{}] };
  const line = (...items: readonly unknown[]) => items.map((item) => `${JSON.stringify(item)}\n`);
  const texts = (...items: readonly unknown[]) => items.map((item) => `\x1e${JSON.stringify(item)}\n`);
  const event = (...items: readonly unknown[]) => items.map((item) => `data: ${JSON.stringify(item)}\n\n`);

  it.each<readonly [string, Answer, (item: unknown) => unknown]>([
    ["lines", { status: 200, type: "application/x-ndjson", body: line(good, bad, good) }, (item) => item],
    [
      "events",
      { status: 201, type: "text/event-stream", body: event(good, bad, good) },
      (item) => (item as ServerSentEvent<unknown>).data,
    ],
    // Of an array, what its items are.
    ["lines of an array", { status: 202, type: "application/x-ndjson", body: line(good, bad, good) }, (item) => item],
    [
      "events of an array",
      { status: 203, type: "text/event-stream", body: event(good, bad, good) },
      (item) => (item as ServerSentEvent<unknown>).data,
    ],
    [
      "a sequence that is an array",
      { status: 206, type: "application/json-seq", body: texts(good, bad, good) },
      (item) => item,
    ],
  ])("of %s is checked when it comes", async (_, answer, dataOf) => {
    const { call, seen } = await against(answer, { validate: { responses: true } });
    const items: unknown[] = [];
    const error = await errorOf(
      (async () => {
        for await (const item of (await call("streamNodes")) as ApiStream<unknown>) items.push(dataOf(item));
      })(),
    );
    expect(items).toEqual([good]);
    expect(error).toMatchObject({
      name: "DecodeError",
      text: JSON.stringify(bad),
      violations: [{ pointer: "/kids/0/id", rule: "required" }],
    });
    expect(await seen[0]?.taken).toBeDefined();
    const unchecked = await against(answer);
    expect((await itemsOf(unchecked.call("streamNodes"))).map(dataOf)).toEqual([good, bad, good]);
  });

  it("ends with the loop, as without a check", async () => {
    async function* endless() {
      for (;;) yield* line(good);
    }
    const answer: Answer = { status: 200, type: "application/x-ndjson", body: endless() };
    const { call, seen } = await against(answer, { validate: { responses: true } });
    for await (const item of (await call("streamNodes")) as ApiStream<unknown>) {
      expect(item).toEqual(good);
      break;
    }
    expect(await seen[0]?.taken).toBe(false);
  });
});

describe("a body", () => {
  const rulesOf = async (name: string, input: object) => {
    const { call, seen } = await against({ status: 204 });
    const outcome = await Promise.resolve(call(name, input)).then(
      () => [],
      (error: { readonly violations: readonly Violation[] }) =>
        error.violations.map(({ key, pointer, rule }) => `${key}${pointer} ${rule}`),
    );
    expect(seen).toHaveLength(outcome.length > 0 ? 0 : 1);
    return outcome;
  };

  it.each<readonly [title: string, name: string, input: object, rules: readonly string[]]>([
    ["with names that every object has", "sendOdd", { body: { constructor: "x", toString: "x" } }, []],
    [
      "with what is wrong under such a name",
      "sendOdd",
      { body: { constructor: "y", toString: "y" } },
      ["body/constructor minLength", "body/toString const"],
    ],
    ["that is right", "addNode", { body: { id: "a", kids: [{ id: "b" }] } }, []],
    ["that is missing", "addNode", {}, ["body required"]],
    ["of another type", "addNode", { body: [] }, ["body type"]],
    [
      "that is wrong deep inside",
      "addNode",
      { body: { id: "", kids: [{ id: "b" }, { kids: [{ id: 1 }] }], "*/ `$": 1 } },
      ["body/*~1 `$ type", "body/id minLength", "body/kids/1/id required", "body/kids/1/kids/0/id type"],
    ],
    ["of fields", "setUser", { body: { name: "a", password: "b", boss: null } }, []],
    [
      "of fields that are wrong",
      "setUser",
      { body: { name: null, password: 1 } },
      ["body/name required", "body/password type"],
    ],
    [
      "of parts",
      "setUser",
      { contentType: "multipart/form-data", body: { name: "a", photo: new Blob(["x"]), tags: ["red"] } },
      [],
    ],
    [
      "of parts that are wrong",
      "setUser",
      { contentType: "multipart/form-data", body: { name: "long", tags: ["red", "green", "blue"] } },
      ["body/name maxLength", "body/photo required", "body/tags maxItems", "body/tags/1 enum"],
    ],
    ["of text", "setUser", { contentType: "text/plain", body: "long" }, ["body maxLength"]],
    ["of text with a schema of an object", "setUser", { contentType: "application/xml", body: "<User/>" }, []],
  ])("%s", async (_, name, input, rules) => {
    expect((await rulesOf(name, input)).toSorted()).toEqual(rules);
  });

  it("takes the value of a part for the part", async () => {
    const part = loaded.exports.part as (value: unknown, facts: object) => unknown;
    const body = (name: string) => ({ name: part(name, { contentType: "text/x" }), photo: part(new Blob([]), {}) });
    expect(await rulesOf("setUser", { contentType: "multipart/form-data", body: body("abc") })).toEqual([]);
    expect(await rulesOf("setUser", { contentType: "multipart/form-data", body: body("abcd") })).toEqual([
      "body/name maxLength",
    ]);
  });

  it("is sent as it is without validation", async () => {
    const { call, seen } = await against({ status: 204 }, { validate: false });
    await call("addNode", { body: { id: 1 } });
    await call("addNode", { body: { id: 2 } }, { validate: { responses: true, requests: false } });
    expect(await Promise.all(seen.map(({ body }) => body))).toHaveLength(2);
  });
});

describe("the schemas of answers", () => {
  it("are in chunks of their own, which nobody loads who does not check", async () => {
    const { outputFiles, metafile } = await build({
      stdin: {
        contents: `export { createClient, listPets } from "./index.js";`,
        resolveDir: packages.folder("validation"),
      },
      bundle: true,
      splitting: true,
      format: "esm",
      outdir: "/out",
      write: false,
      metafile: true,
      logLevel: "silent",
    });
    const chunks = Object.values(metafile.outputs);
    const entry = chunks.find(({ entryPoint }) => entryPoint === "<stdin>");
    const startup = new Set<string>();
    const add = (chunk: (typeof chunks)[number] | undefined): void => {
      for (const [path, { bytesInOutput }] of Object.entries(chunk?.inputs ?? {})) if (bytesInOutput) startup.add(path);
      for (const { path, kind } of chunk?.imports ?? []) if (kind === "import-statement") add(metafile.outputs[path]);
    };
    add(entry);
    expect(outputFiles.length).toBeGreaterThan(1);
    expect([...startup].filter((path) => /schemas\/|schema-(object|compose)/.test(path))).toEqual([]);
  });
});
