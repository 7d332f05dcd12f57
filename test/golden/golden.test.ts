import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { buildModel } from "../../generator/build-model.js";
import { assignNames } from "../../generator/names.js";
import type { Violation } from "../../generator/runtime/descriptor.js";
import { compiledCli } from "../support/compiled.js";
import { broken } from "./broken.js";
import { makePackages, names, type Package, type Packages, readAll, specFolder } from "./packages.js";
import { serve } from "./server.js";

let packages: Packages;

beforeAll(async () => {
  packages = await makePackages();
});
afterAll(() => packages?.remove());

/** A package, with a client of it and the server that the client calls. */
async function against(name: string, answer?: Parameters<typeof serve>[0], options: Readonly<object> = {}) {
  const loaded = await packages.load(name);
  const server = await serve(answer);
  const client = loaded.client({ baseUrl: server.baseUrl, retry: 0, ...options });
  const call: (operation: string, input?: object) => ReturnType<Package["call"]> = (operation, input) =>
    loaded.call(client, operation, input);
  return { ...loaded, ...server, call, client };
}

function keysOf(loaded: Pick<Package, "descriptor">, operation: string): readonly string[] {
  return loaded.descriptor(operation).parameters.map(({ key, in: location }) => `${location} ${key}`);
}

const messagesOf = (name: string, code: string): readonly string[] =>
  (packages.results.get(name)?.diagnostics ?? []).filter((one) => one.code === code).map(({ message }) => message);

describe("every fixture", () => {
  it("gives a package, with no error and no difference between the document and its bindings", () => {
    for (const name of names) {
      const result = packages.results.get(name);
      const found = result?.diagnostics.filter(
        ({ severity, code }) => severity === "error" || code === "bindings-differ",
      );
      expect({ name, outcome: result?.outcome, found }).toEqual({ name, outcome: "written", found: [] });
    }
  });

  it("compiles under the strictest settings, with the code of its user", () => {
    expect(packages.findings).toEqual([]);
  });

  it("does nothing when it is imported", async () => {
    for (const name of names) await packages.load(name);
    expect(Reflect.has(globalThis, "PWN")).toBe(false);
    expect(Reflect.has({}, "polluted")).toBe(false);
  });

  it("imports nothing from the runtime that a name of the document could be", async () => {
    const imported = new Set<string>();
    for (const name of names) {
      for (const [path, source] of await packages.files(name)) {
        if (!path.startsWith("src/") || path.startsWith("src/runtime/")) continue;
        for (const [, list = ""] of source.matchAll(/^import (?:type )?\{(.*)\} from ".*\/runtime\/.*";$/gm)) {
          for (const item of list.split(",")) imported.add(item.trim().replace(/^type /, ""));
        }
      }
    }
    expect(imported).toContain("call");
    const schemas = Object.fromEntries([...imported].map((name) => [name, { "x-error": {} }]));
    const { model } = buildModel({ openapi: "3.1.0", components: { schemas } }, () => ({}));
    const { errorSchema } = assignNames(model).names;
    expect([...imported].map(errorSchema).filter((name) => imported.has(name))).toEqual([]);
  });

  it("is the same bytes from another process, folder, time zone and locale, and written once", async () => {
    const folder = await specFolder();
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const apis = names.map((name) => [
      name,
      { root: `${name}.yaml`, "x-specproof": { out: `generated/${name}`, package: name, version: "0.0.0" } },
    ]);
    await writeFile(join(folder, "redocly.yaml"), JSON.stringify({ apis: Object.fromEntries(apis) }));
    const { stdout } = await promisify(execFile)(process.execPath, [compiledCli, "generate", "--no-lint"], {
      cwd: folder,
      env: { ...process.env, TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
    });
    expect(stdout.split("\n").filter((line) => line.includes("files written"))).toHaveLength(names.length);
    const again = await readAll(join(folder, "generated"));
    for (const name of names) expect(again.get(name), name).toEqual(await packages.files(name));
  });
});

describe("path-item-override", () => {
  it("an operation's parameter replaces the path item's of the same name and location", async () => {
    const { call, seen, ...loaded } = await against("path-item-override");
    expect(keysOf(loaded, "listShelf")).toEqual([
      "path shelf",
      "query limit",
      "header xTrace",
      "query queryOrder",
      "header headerOrder",
    ]);
    expect(keysOf(loaded, "clearShelf")).toEqual(["path shelf", "query limit", "header xTrace", "query order"]);
    await call("listShelf", { shelf: "a b", limit: 100, xTrace: "longer than 4", queryOrder: "q", headerOrder: "h" });
    expect(seen[0]).toMatchObject({
      method: "GET",
      target: "/shelves/a%20b?limit=100&order=q",
      headers: { "x-trace": "longer than 4", order: "h" },
    });
    expect(await broken(call("listShelf", { shelf: "a" }))).toEqual(["limit required"]);
    expect(await broken(call("clearShelf", { shelf: "a", limit: 100, xTrace: "longer than 4" }))).toEqual([
      "limit maximum",
      "xTrace maxLength",
    ]);
    await call("clearShelf", { shelf: "a" });
    expect(seen).toHaveLength(2);
  });
});

describe("ignored-headers", () => {
  it("Accept, Content-Type and Authorization as header parameters are no inputs", async () => {
    const { call, seen, ...loaded } = await against("ignored-headers");
    expect(keysOf(loaded, "listNotices")).toEqual(["query accept", "header acceptLanguage"]);
    await call("listNotices", { accept: "a query", acceptLanguage: "de" });
    expect(seen[0]?.target).toBe("/notices?accept=a%20query");
    expect(seen[0]?.headers).toMatchObject({ accept: "*/*", "accept-language": "de" });
    expect(seen[0]?.headers).not.toHaveProperty("authorization");
    expect(await broken(call("listNotices", { authorization: "x", contentType: "y" }))).toEqual([
      "authorization unknown",
      "contentType unknown",
    ]);
  });
});

describe("security-filled-header", () => {
  const auth = { "vault-key": "abcd", admin: () => Promise.resolve("root") };

  it("a header that a scheme in force fills is no input; another one stays", async () => {
    const loaded = await packages.load("security-filled-header");
    expect(keysOf(loaded, "listVaults")).toEqual(["header xAdminKey"]);
    expect(keysOf(loaded, "openVaults")).toEqual(["header xVaultKey", "header xAdminKey"]);
    expect(keysOf(loaded, "emptyVaults")).toEqual([]);
    expect(keysOf(loaded, "readOwn")).toEqual(["header xVaultKey", "query xAdminKey"]);
  });

  it("each operation sends the credentials it asks for, and no others", async () => {
    const { call, seen } = await against("security-filled-header", undefined, { auth });
    await call("listVaults");
    await call("openVaults", { xVaultKey: "mine" });
    await call("emptyVaults");
    await call("readOwn", { xAdminKey: "a query" });
    const sent = seen.map(({ headers }) => [headers["x-vault-key"], headers["x-admin-key"]]);
    expect(sent).toEqual([
      ["abcd", undefined],
      ["mine", undefined],
      ["abcd", "root"],
      [undefined, "root"],
    ]);
    expect(seen[3]?.target).toBe("/own?X-Admin-Key=a%20query");
  });

  it("client.raw sends the credentials that the document asks for", async () => {
    const { client, seen } = await against("security-filled-header", undefined, { auth });
    const { raw } = client as { readonly raw: { readonly GET: (path: string) => Promise<unknown> } };
    await raw.GET("/vaults");
    expect(seen.map(({ headers }) => [headers["x-vault-key"], headers["x-admin-key"]])).toEqual([["abcd", undefined]]);
  });

  it("the header parameter's bounds are the credential's", async () => {
    const { call, seen } = await against("security-filled-header", undefined, {
      auth: { "vault-key": "ab", admin: "longer than twenty characters" },
    });
    expect(await broken(call("listVaults"))).toEqual(["auth.vault-key minLength"]);
    expect(await broken(call("readOwn"))).toEqual(["auth.admin maxLength"]);
    const none = await against("security-filled-header");
    expect(await broken(none.call("emptyVaults"))).toEqual(["auth.vault-key required", "auth.admin required"]);
    expect([...seen, ...none.seen]).toEqual([]);
  });
});

describe("name-clash", () => {
  it("each thing has a name of its own, and each change is told with its place", async () => {
    const { exports } = await packages.load("name-clash");
    const functions = Object.keys(exports).filter((name) => Object.hasOwn(exports, `${name}Operation`));
    expect(functions.sort()).toEqual(
      ["await2", "call2", "constructor", "createClient2", "delete2", "getUrl", "getUrl2", "getUrl3"].concat([
        "places",
        "proto",
        "taken2",
        "takenInput",
        "undefined2",
      ]),
    );
    expect(exports).toMatchObject({
      Error2: { A: "a" },
      Promise2: { B: "b" },
      Record2: { C: "c" },
      TakenResult: { D: "d" },
      record2Labels: { c: "See" },
    });
    expect(exports).not.toHaveProperty("error2Labels");
    expect(Object.entries(exports.Members as object)).toEqual(
      Object.entries({ Proto: 0, constructor: 1, AB: 2, AB2: 3, class: 4, _7: 5 }),
    );
    const changed = packages.results.get("name-clash")?.diagnostics ?? [];
    expect(changed.every(({ file, line, pointer }) => file && line && pointer)).toBe(true);
    expect(changed.map(({ message }) => message)).toContain(
      "operation `get-url` is named `getUrl2`, because `getUrl` is taken",
    );
  });

  it("each input travels under its own name, however odd", async () => {
    const { call, seen } = await against("name-clash", { status: 200, type: "application/json", body: "{}" });
    // biome-ignore lint/suspicious/noThenProperty: a document may have a parameter of that name.
    const plain = { queryId: "1", headerId: "2", queryBody: "3", queryConstructor: "4", proto: "5", then: "6" };
    const odd = { querySortBy: "7", querySortBy2: "8", _2nd: "9", 名前: "10", unnamed: "11", filterName: "12" };
    const turkish = { itemId: "13" };
    await call("places", { ...plain, ...odd, ...turkish });
    expect(seen[0]?.headers.id).toBe("2");
    expect([...new URLSearchParams(seen[0]?.target.split("?")[1])]).toEqual([
      ["id", "1"],
      ["body", "3"],
      ["constructor", "4"],
      ["__proto__", "5"],
      ["then", "6"],
      ["Sort-By", "7"],
      ["sort_by", "8"],
      ["2nd", "9"],
      ["名前", "10"],
      ["!", "11"],
      ["filter[name]", "12"],
      ["ITEM-ID", "13"],
    ]);
  });
});

describe("comment-escape", () => {
  it("what a document says stays text: in the descriptor, the enumeration and its labels", async () => {
    const { exports, descriptor } = await packages.load("comment-escape");
    const kind = descriptor("readTexts").parameters.find(({ name }) => name === "kind");
    const [text] = (kind?.schema.enum ?? []) as readonly string[];
    for (const part of [
      "*/ globalThis",
      "\u2028",
      "\u2029",
      "\r",
      "\r\n@deprecated\n",
      "</script><!--",
      "\0\u202e\ufeff \\",
    ]) {
      expect(text).toContain(part);
    }
    expect(Object.values(exports.Kind as object)).toEqual([text, "plain"]);
    expect(exports.kindLabels).toEqual({ [text ?? ""]: text, plain: text });
  });

  it("no word of it becomes a tag of our comments, or a character that misleads a reader", async () => {
    const tags: string[] = [];
    for (const [path, source] of await packages.files("comment-escape")) {
      // openapi-typescript writes its own comments; the runtime holds no word of a document.
      if (!path.startsWith("src/") || path === "src/bindings.ts" || path.startsWith("src/runtime/")) continue;
      tags.push(...source.split("\n").flatMap((line) => /^[ *]*@(deprecated|throws nothing)/.exec(line)?.[1] ?? []));
      for (const character of "\0\r\u2028\u2029\u202e\ufeff") expect(source.includes(character), path).toBe(false);
    }
    // The parameter that is deprecated.
    expect(tags).toEqual(["deprecated"]);
  });
});

describe("data-stays-data", () => {
  it("values of the document arrive in the descriptor as they are", async () => {
    const { descriptor, exports } = await packages.load("data-stays-data");
    const [object, text] = descriptor("data").parameters.map(({ schema }) => schema.values ?? schema.enum);
    expect(object?.slice(0, 2)).toEqual([
      { identifier: "globalThis.PWN = 1" },
      { "Symbol(name)": "globalThis.PWN = 2", description: "name" },
    ]);
    expect(Object.keys(object?.[2] ?? {})).toEqual(["__proto__", "constructor"]);
    expect(object?.[3]).toEqual([1, null, true, -0.5, 1e21, "$" + "{globalThis.PWN = 3}"]);
    expect(text).toEqual([
      '");globalThis.PWN=5;("',
      "`$" + "{globalThis.PWN = 6}`",
      "\u2028globalThis.PWN=7",
      "\\",
      "</script>",
      "",
    ]);
    expect(Object.values(exports.Mixed as object)).toEqual([1, "1", -1, 0.5, 1e21, "__proto__"]);
    // 1 and "1" are one key: the last one says.
    expect(Object.entries(exports.mixedLabels as object)).toEqual([
      ["1", "a text"],
      ["-1", "below zero"],
      ["0.5", "a half"],
      ["1e+21", "huge"],
      ["__proto__", "proto"],
    ]);
  });

  it("an odd path and an odd name are sent as they are", async () => {
    const { call, seen } = await against("data-stays-data");
    await call("data", { quoteGlobalThisPwn9: "a", mixed: "__proto__" });
    expect([...new URLSearchParams(seen[0]?.target.split("?")[1])]).toEqual([
      ["mixed", "__proto__"],
      ["quote\"'`$" + "{globalThis.PWN = 9}", "a"],
    ]);
    const odd = await against("data-stays-data", { status: 200, type: "application/json", body: "{}" });
    expect(await odd.call("oddGlobalThisPwn11", { a: "x/y", globalThisPwn10: "$" })).toEqual({});
    expect(decodeURIComponent(odd.seen[0]?.target ?? "")).toBe('/odd/"`$$/x/y');
    expect(odd.seen[0]?.target).toMatch(/x%2Fy$/);
  });
});

describe("no-operation-id", () => {
  it("method and path make the names", async () => {
    const { call, seen } = await against("no-operation-id");
    await call("deletePetsPetId", { petId: "7" });
    await call("getPetsPetId2", { petId: "8" });
    await call("get");
    expect(seen.map(({ method, target }) => `${method} ${target}`)).toEqual([
      "DELETE /pets/7",
      "GET /pets/8/",
      "GET /",
    ]);
    const found = await against("no-operation-id", { status: 200, type: "application/json", body: '{"name":"Rex"}' });
    expect(await found.call("getPetsPetId", { petId: "9", verbose: true })).toEqual({ name: "Rex" });
    expect(found.seen[0]?.target).toBe("/pets/9?verbose=true");
  });
});

describe("references", () => {
  it("parameters, responses, schemas and path items are found behind them", async () => {
    const answer = { status: 404, type: "application/json", body: '{"reason":"lost"}' };
    const { call, seen } = await against("references", answer);
    await expect(call("readLink", { id: "a", size: [1, 3], odd: "b" })).rejects.toMatchObject({
      name: "HttpError",
      status: 404,
      code: "lost",
      body: { reason: "lost" },
    });
    expect(seen[0]?.target).toBe("/links/a?size=1&size=3&odd=b");
    expect(await broken(call("readLink", { id: "abcde", size: [1, 4, 2], odd: "abcde" }))).toEqual([
      "id maxLength",
      "size maxItems",
      "size maximum",
      "odd maxLength",
    ]);
  });

  it("stand wherever the specification has them", async () => {
    const { call, seen } = await against("references", { status: 200, headers: { "X-Link": "a" } });
    await call("everywhere", { short: "one", body: { part: "p" } });
    expect(seen[0]).toMatchObject({ method: "POST", target: "/everywhere?short=one" });
    expect(messagesOf("references", "spec-shape")).toEqual([]);
  });
});

describe("elsewhere", () => {
  it("what stands under another path is the same there as where it was written", async () => {
    const answer = { status: 200, type: "application/json", body: '{"id":7}', headers: { "X-Left": "2" } };
    const { call, seen } = await against("elsewhere", answer);
    const body = { title: "ab" };
    expect(await call("addCopy", { shelf: "a", size: 2, xTrace: "t", body })).toEqual({ id: 7 });
    expect(seen[0]).toMatchObject({ target: "/copies/a?size=2", headers: { "x-trace": "t" } });
    expect(JSON.parse(String(seen[0]?.body))).toEqual(body);
    expect(await broken(call("addCopy", { shelf: "long", size: 10, body: { title: "" } }))).toEqual([
      "shelf maxLength",
      "size maximum",
      "body minLength",
    ]);
  });

  it("so is what stands under an extension or in a folder of other versions, and it is read as it is meant", async () => {
    const pet = { kind: "c", friend: { kind: "Dog" } };
    const answer = { status: 200, type: "application/json", body: JSON.stringify(pet) };
    const { call, seen } = await against("elsewhere", answer, { auth: { key: "k" } });
    expect(await call("putCommon", { page: 2, body: pet })).toEqual(pet);
    expect(seen[0]).toMatchObject({ target: "/common?page=2", headers: { "x-key": "k" } });
    expect(await broken(call("putCommon", { page: 0.5, body: { kind: "c", lives: 10 } }))).toEqual([
      "page type",
      "page minimum",
      "body maximum",
    ]);
  });
});

describe("statuses", () => {
  const cases: readonly (readonly [operation: string, status: number, type: string, body: string, expected: object])[] =
    [
      ["defaultOnly", 200, "application/json", '["a"]', { ok: true, status: 200, data: ["a"] }],
      ["defaultOnly", 500, "application/json", '["b"]', { ok: false, status: 500, error: { body: ["b"] } }],
      ["range", 201, "application/json", '{"good":true}', { ok: true, status: 201, data: { good: true } }],
      ["range", 404, "text/plain", "gone", { ok: false, status: 404, error: { body: "gone" } }],
      ["range", 403, "application/problem+json", '{"type":"t"}', { ok: false, status: 403, error: { code: "t" } }],
      ["range", 503, "text/html", "<p>", { ok: false, status: 503, error: { body: "<p>" } }],
      ["text2", 200, "text/plain; charset=utf-8", "{}", { ok: true, status: 200, data: "{}" }],
      ["several", 200, "application/json", '{"now":"x"}', { ok: true, status: 200, data: { now: "x" } }],
      ["several", 202, "text/plain", "", { ok: true, status: 202, data: undefined }],
    ];
  it.each(cases)("%s %i", async (operation, status, type, body, expected) => {
    const { call } = await against("statuses", { status, type, body });
    expect(await call(operation).result()).toMatchObject(expected);
  });

  it("204 has no data, where it is within a range, too; any other has", async () => {
    const { call } = await against("statuses");
    for (const operation of ["empty", "range", "defaultOnly"]) expect(await call(operation)).toBeUndefined();
    const checked = await against("statuses", { status: 204 }, { validate: { responses: true } });
    expect(await checked.call("range")).toBeUndefined();
    const lost = await against("statuses", { status: 200, type: "application/json", body: "" });
    await expect(lost.call("range")).rejects.toThrow("breaks the contract");
  });
});

describe("all-optional and no-security", () => {
  it("an input may be left out where nothing is required; no credential is asked for", async () => {
    const { call, seen } = await against("all-optional");
    await call("optional");
    await call("optional", { page: 2, xTag: "a" });
    await call("nothing");
    expect(seen.map(({ target }) => target)).toEqual(["/optional", "/optional?page=2", "/nothing"]);
    expect(await broken(call("needed"))).toEqual(["page required"]);

    const open = await against("no-security");
    await open.call("open");
    expect(open.seen).toHaveLength(1);
  });
});

describe("error-schemas", () => {
  const cases: readonly (readonly [status: number, type: string, body: string, expected: object])[] = [
    [400, "application/json", '{"no":7,"why":"w"}', { code: "7", requestId: undefined }],
    [409, "application/json", '{"what":"x","trace":"t","no":7}', { code: "x", requestId: "t" }],
    [422, "application/problem+json", '{"type":"p","detail":"d"}', { code: "p", requestId: undefined }],
    [500, "application/json", '{"fault":"f","what":"x"}', { code: undefined, requestId: undefined }],
  ];
  it.each(cases)("%i: the schema of the status says what is what", async (status, type, body, expected) => {
    const { call } = await against("error-schemas", { status, type, body });
    await expect(call("fail")).rejects.toMatchObject({
      name: "HttpError",
      status,
      body: JSON.parse(body),
      ...expected,
    });
  });
});

describe("left-out", () => {
  it("an optional part that is not honoured is left out and told; what needs one gets no function", async () => {
    const loaded = await packages.load("left-out");
    const functions = Object.keys(loaded.exports).filter((name) => Object.hasOwn(loaded.exports, `${name}Operation`));
    expect(functions.sort()).toEqual(["emptyBody", "optionalParts", "reserved"]);
    expect(keysOf(loaded, "optionalParts")).toEqual(["query plain"]);
    expect(messagesOf("left-out", "construct-unsupported")).toEqual([
      "parameter `session` is left out: style `simple` in cookie",
      "parameter `deep` is left out: style `deepObject` in header",
      "parameter `coded` is left out: neither `schema` nor `content` of JSON",
      "a request body is left out: `fetch` sends none by GET",
      "a request body is left out: it names no media type",
      "parameter `id` is left out: style `form` in path",
      "operation `needsLabel` gets no function: it needs what is left out",
      "parameter `session` is left out: style `matrix` in cookie",
      "operation `needsCookie` gets no function: it needs what is left out",
      "parameter `path`: `allowReserved`, it is percent-encoded",
    ]);
  });
});

describe("views", () => {
  it("what has a default may be left out of what is sent, and of nothing that is received", async () => {
    const some = { status: 200, type: "application/json", body: '{"name":"n","own":"o"}' };
    const { call, seen } = await against("views", some, { validate: { responses: true } });
    const error = await Promise.resolve(call("addPreset", { body: { name: "n" } })).catch((reason: unknown) => reason);
    expect(seen[0]?.body.toString()).toBe('{"name":"n"}');
    expect((error as { readonly violations: readonly Violation[] }).violations.map(({ pointer }) => pointer)).toEqual(
      ["role", "part", "other", "beside"].map((name) => `/${name}`),
    );
    expect(await broken(call("addPreset", { body: { role: "admin" } }))).toEqual(["body required"]);
  });
});

describe("nulls", () => {
  it("null is sent and received where the types have it, and what is no null is checked", async () => {
    const echo = { validate: { responses: true } };
    const answer = (request: { readonly body: Buffer }) => ({
      status: 200,
      type: "application/json",
      body: [request.body],
    });
    const { call, seen } = await against("nulls", answer, echo);
    const none = { parent: null, alias: null, text: null, state: null };
    expect(await call("echo", { body: none })).toEqual(none);
    const some = { parent: { id: "a" }, alias: { id: "b" }, text: "abc", state: "busy" };
    expect(await call("echo", { body: some })).toEqual(some);
    const wrong = { parent: {}, alias: {}, text: "abcd", state: "idle" };
    const error = await Promise.resolve(call("echo", { body: wrong })).catch((reason: unknown) => reason);
    expect((error as { readonly violations: readonly Violation[] }).violations.map(({ pointer }) => pointer)).toEqual([
      "/parent/id",
      "/alias/id",
      "/text",
      "/state",
    ]);
    expect(seen).toHaveLength(2);
  });
});

describe("same-id", () => {
  it("operations with one operationId are functions of their own", async () => {
    const { call, seen } = await against("same-id");
    await call("read", { first: "a" });
    await call("read2", { second: 2 });
    await call("read3", { first: "c" });
    expect(seen.map(({ target }) => target)).toEqual(["/first?first=a", "/second?second=2", "/third?first=c"]);
    expect(messagesOf("same-id", "name-changed")).toEqual([
      "operation `read` is named `read2`, because `read` is taken",
      "operation `read` is named `read3`, because `read` is taken",
    ]);
  });
});
