import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePackages, type Package, type Packages, unchecked } from "./packages.js";
import { type Answer, type Seen, serve } from "./server.js";

let packages: Packages;
let loaded: Package;

beforeAll(async () => {
  packages = await makePackages(["responses"], unchecked);
  loaded = await packages.load("responses");
});
afterAll(() => packages?.remove());

/** A call of the package against a server that answers so. */
async function ask(
  operation: string,
  answer: Answer | ((request: Seen) => Answer),
  headers?: Record<string, string>,
  validate?: object,
) {
  const { baseUrl, seen } = await serve(answer);
  const client = loaded.client({ baseUrl, retry: 0, headers, validate });
  return { call: loaded.call(client, operation), seen };
}

const rejection = (call: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(call).then(
    (data) => expect.fail(`no rejection but ${JSON.stringify(data)}`),
    (reason: unknown) => reason,
  );

const text = async (file: unknown): Promise<string> => (file as { readonly text: () => Promise<string> }).text();

it("agrees with the bindings, and tells what is odd", () => {
  const found = packages.results.get("responses")?.diagnostics ?? [];
  expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    "spec-mended: `application/hal+json` is null: it is read as an empty object",
    "spec-mended: `schema` is null: it is read as an empty object",
    "spec-mended: `mediaTypes` of a Components Object is of OpenAPI 3.2: it is read as there",
    "coverage-not-honoured: the schema of a body of `application/xml` is not used: it is given as text, and not checked",
    "coverage-not-honoured: operation `successless` says nothing of a success: what one brings is left out",
    "coverage-not-honoured: operation `silent` says nothing of a success: what one brings is left out",
    "coverage-not-honoured: the schema of a body of `application/json; version=1` is not used: media types that differ in their parameters alone are one to the client",
    "coverage-not-honoured: the schema of a body of `application/json; version=2` is not used: media types that differ in their parameters alone are one to the client",
    "coverage-not-honoured: a body where HTTP allows none",
    "coverage-not-honoured: a body where HTTP allows none",
    "coverage-not-honoured: a body where HTTP allows none",
    "construct-unsupported: a response for status `600`",
    "coverage-not-honoured: status `2xx` is read as `2XX`",
  ]);
});

describe("the decoder is that of the actual Content-Type", () => {
  const cases: readonly (readonly [operation: string, type: string, body: string, expected: object])[] = [
    ["choice", "application/json", '{"id":1}', { mediaType: "application/json", data: { id: 1 } }],
    ["choice", "APPLICATION/JSON ;charset=UTF-8", '{"id":1}', { mediaType: "application/json", data: { id: 1 } }],
    ["choice", "application/json", '\ufeff{"id":1}', { data: { id: 1 } }],
    [
      "choice",
      "application/vnd.rows.v2+json;v=1",
      '{"rows":1}',
      { mediaType: "application/vnd.rows.v2+json", data: { rows: 1 } },
    ],
    // JSON of another name is the first JSON there is.
    ["choice", "application/hal+json", '{"id":1}', { mediaType: "application/json", data: { id: 1 } }],
    ["choice", "text/csv; header=present", '{"id":1}', { mediaType: "text/csv", data: '{"id":1}' }],
    ["choice", "text/html", "<p>", { mediaType: "text/csv", data: "<p>" }],
    ["choice", "text/csv", "", { mediaType: "text/csv", data: "" }],
    [
      "zoo",
      "application/vnd.acme.v2+json",
      '{"v":"1"}',
      { mediaType: "application/vnd.acme.v2+json", data: { v: "1" } },
    ],
    ["zoo", "application/xml", "<a/>", { mediaType: "application/xml", data: "<a/>" }],
    ["choice", "application/atom+xml", "<a/>", { mediaType: "text/csv", data: "<a/>" }],
    ["zoo", "text/html", "<p>", { mediaType: "text/*", data: "<p>" }],
    ["zoo", "application/hal+json", '{"w":"1"}', { mediaType: "*/*", data: { w: "1" } }],
    ["zoo", "application/octet-stream", '{"w":"1"}', { mediaType: "*/*", data: { w: "1" } }],
    ["anyType", "text/plain", "7", { data: "7" }],
    ["anyType", "application/octet-stream", "7", { data: "7" }],
    ["unsaid", "application/hal+json", "null", { mediaType: "application/hal+json", data: null }],
    ["unsaid", "text/json", "[1]", { mediaType: "text/json", data: [1] }],
    ["referred", "application/json", '{"id":1}', { data: { id: 1 } }],
    // Whatever it is: the contract says nothing of it.
    ["successless", "application/json", '{"id":1}', { mediaType: undefined, data: undefined }],
    ["silent", "text/plain", "a", { mediaType: undefined, data: undefined }],
    ["sloppy", "application/json", '{"id":1}', { data: { id: 1 } }],
  ];
  it.each(cases)("%s %s %s", async (operation, type, body, expected) => {
    const { call } = await ask(operation, { status: 200, type, body });
    expect(await call.result()).toMatchObject({ ok: true, status: 200, ...expected });
  });

  it.each([
    ["choice", "application/pdf"],
    ["choice", "application/vnd.ms-excel"],
    ["zoo", "image/png"],
    ["zoo", "Image/SVG+XML; charset=utf-8"],
    // What is at the end of a redirect.
    ["moved", "application/json"],
  ])("%s %s is a file", async (operation, type) => {
    const { call } = await ask(operation, { status: 200, type, body: "bytes" });
    const data = await call;
    expect(data).toMatchObject({ type });
    expect(await text(data)).toBe("bytes");
  });

  describe("checks", () => {
    const checked = (operation: string, type: string, body: string) =>
      ask(operation, { status: 200, type, body }, {}, { responses: true });

    it.each([
      ["text/plain", "up"],
      ["application/other", "abc"],
    ])("a text of %s, which may be %s", async (type, body) => {
      expect(await (await checked("texts", type, body)).call).toBe(body);
    });

    it.each([
      ["text/plain", "sideways", "enum"],
      ["application/other", "abcd", "maxLength"],
    ])("a text of %s, which may not be %s", async (type, body, rule) => {
      const error = await rejection((await checked("texts", type, body)).call);
      expect(error).toMatchObject({ name: "DecodeError", text: body, violations: [{ pointer: "", rule }] });
    });

    it("the data of an event that are text", async () => {
      const { call } = await checked("texts", "text/event-stream", "data: ab\n\ndata: c\n\n");
      const items = ((await call) as AsyncIterable<unknown>)[Symbol.asyncIterator]();
      expect(await items.next()).toMatchObject({ value: { data: "ab" } });
      expect(await rejection(items.next())).toMatchObject({ name: "DecodeError", violations: [{ rule: "minLength" }] });
    });

    it("nothing where one type has two schemas, which its parameters tell apart", async () => {
      expect(await (await checked("versions", "application/json; version=2", '{"b":1}')).call).toEqual({ b: 1 });
    });
  });

  it("a caller chooses by Accept, and gets what the service gives", async () => {
    const answer = ({ headers }: Seen): Answer =>
      headers.accept === "text/csv"
        ? { status: 200, type: "text/csv", body: "a,b" }
        : { status: 200, type: "application/json", body: '{"id":1}' };
    const chosen = await ask("choice", answer, { Accept: "text/csv" });
    expect(await chosen.call).toBe("a,b");
    const unchosen = await ask("choice", answer);
    expect(await unchosen.call).toEqual({ id: 1 });
    expect([...chosen.seen, ...unchosen.seen].map(({ headers }) => headers.accept)).toEqual(["text/csv", "*/*"]);
  });

  it("is asked for uncompressed where it may be a file", async () => {
    const row: Answer = { status: 200, type: "application/json", body: '{"id":1}' };
    const codings = async (operation: string) => {
      const { call, seen } = await ask(operation, row);
      await call;
      return seen.map(({ headers }) => headers["accept-encoding"]);
    };
    expect(await codings("choice")).toEqual(["identity"]);
    expect(await codings("referred")).toEqual([expect.stringContaining("gzip")]);
  });

  it("without a Content-Type it is bytes, else the first that is described", async () => {
    const file = await ask("choice", { status: 200, body: "bytes" });
    expect(await text(await file.call)).toBe("bytes");
    const json = await ask("referred", { status: 200, body: '{"id":1}' });
    expect(await json.call).toEqual({ id: 1 });
  });

  it("bytes that are no UTF-8 become replacement characters, as `fetch` has it", async () => {
    const body = Uint8Array.of(0x61, 0xff, 0x62, 0xe2, 0x82);
    const { call } = await ask("choice", { status: 200, type: "text/csv", body });
    expect(await call).toBe("a\ufffdb\ufffd");
  });

  it.each<readonly [charset: string, body: Uint8Array, expected: string]>([
    ["; charset=ISO-8859-1", Uint8Array.of(0xfc, 0x80), "ü€"],
    ['; Charset="utf-16le"; header=present', Buffer.from("ü€", "utf16le"), "ü€"],
    ["; charset=Shift_JIS", Uint8Array.of(0x93, 0xfa), "日"],
    ["; charset=klingon", Buffer.from("ü€"), "ü€"],
    ["; charset=", Buffer.from("ü€"), "ü€"],
  ])("text is in its charset: %s", async (charset, body, expected) => {
    const chunks = [...body].map((byte) => Uint8Array.of(byte));
    const { call } = await ask("choice", { status: 200, type: `text/csv${charset}`, body: chunks });
    expect(await call).toBe(expected);
  });

  it("a character is whole, wherever the chunks end", async () => {
    const body = [...Buffer.from('{"id":"工€😀"}')].map((byte) => Uint8Array.of(byte));
    const { call } = await ask("choice", { status: 200, type: "application/json", body });
    expect(await call).toEqual({ id: "工€😀" });
  });
});

describe("an answer without a body", () => {
  it.each<readonly [operation: string, answer: Answer]>([
    ["bodilessStatus", { status: 200 }],
    ["bodilessStatus", { status: 200, type: "text/plain", body: "not said" }],
    ["bodilessStatus", { status: 204 }],
    ["bodilessStatus", { status: 204, type: "application/json" }],
    ["bodilessStatus", { status: 205 }],
    ["bodilessHead", { status: 200, type: "application/json", headers: { "content-length": 9 } }],
    ["statusMatrix", { status: 204 }],
    // Within a range, which names JSON.
    ["sloppy", { status: 204 }],
    ["sloppy", { status: 205, headers: { "content-length": 0 } }],
  ])("of %s is undefined: %o", async (operation, answer) => {
    const { call } = await ask(operation, answer);
    expect(await call.result()).toMatchObject({ ok: true, status: answer.status, data: undefined });
  });

  it("is empty text and an empty file where these are described", async () => {
    const { call } = await ask("bodilessStatus", { status: 206, headers: { "content-length": 0 } });
    expect(await call).toBe("");
    const file = await ask("bodilessStatus", { status: 207, headers: { "content-length": 0 } });
    expect(await text(await file.call)).toBe("");
  });

  it("of HEAD is an error that says its status alone", async () => {
    const { call } = await ask("bodilessHead", { status: 404, type: "application/problem+json" });
    expect(await rejection(call)).toMatchObject({ name: "HttpError", status: 404, body: undefined });
  });

  it.each<readonly [operation: string, answer: Answer]>([
    ["bodilessStatus", { status: 202, type: "application/json" }],
    ["bodilessStatus", { status: 202, headers: { "content-length": 0 } }],
    ["sloppy", { status: 203 }],
  ])("of %s is a DecodeError where JSON is described: %o", async (operation, answer) => {
    const { call } = await ask(operation, answer);
    expect(await rejection(call)).toMatchObject({ name: "DecodeError", status: answer.status, text: "" });
  });
});

describe("an answer that is not what the contract says", () => {
  const page = "<h1>Sign in</h1>";
  it.each<readonly [what: string, operation: string, answer: Answer, text: string]>([
    ["JSON that is cut", "referred", { status: 200, type: "application/json", body: '{"id":' }, '{"id":'],
    ["a page", "referred", { status: 200, type: "text/html", body: page }, page],
    ["a page that calls itself JSON", "choice", { status: 200, type: "application/json", body: page }, page],
    ["a page where any type is JSON", "anyType", { status: 202, type: "application/xhtml+xml", body: page }, page],
    ["a type out of the range", "anyType", { status: 202, type: "text/html", body: page }, page],
    ["a success that is not described", "referred", { status: 201, type: "application/json", body: "1" }, "1"],
    ["text with JSON in it", "referred", { status: 200, type: "text/plain", body: '{"id":1}' }, '{"id":1}'],
  ])("%s is a DecodeError with its text", async (_, operation, answer, expected) => {
    const { call } = await ask(operation, answer);
    const error = await rejection(call);
    expect(error).toMatchObject({ name: "DecodeError", status: answer.status, text: expected });
    expect((error as Error).cause).toBeUndefined();
    expect(error).not.toBeInstanceOf(SyntaxError);
    await expect(call.result()).rejects.toBe(error);
  });

  it("keeps 64 KiB of the text", async () => {
    const { call } = await ask("referred", { status: 200, type: "application/json", body: "x".repeat(100_000) });
    expect(await rejection(call)).toMatchObject({ name: "DecodeError", text: "x".repeat(65_536) });
  });
});

describe("a failure", () => {
  const problem = '{"title":"no","type":"t"}';
  it.each<readonly [status: number, type: string, body: string, expected: object]>([
    [404, "application/problem+json", problem, { code: "t", body: { title: "no", type: "t" } }],
    [418, "image/png", "bytes", { body: "bytes" }],
    [410, "text/plain", "42", { body: "42" }],
    [410, "application/json", "42", { body: 42 }],
    [500, "text/plain", "", { body: undefined }],
    [503, "text/plain", "out", { body: "out" }],
    // Its type is text, whatever it looks like.
    [503, "text/plain", "42", { body: "42" }],
    [503, "text/plain", "", { body: "" }],
    [203, "text/plain", "other", { body: "other" }],
  ])("of status %i is what its own response says", async (status, type, body, expected) => {
    const { call } = await ask("statusMatrix", { status, type, body });
    expect(await call.result()).toMatchObject({ ok: false, status, error: { name: "HttpError", status, ...expected } });
  });

  it("that ends in half a character says so", async () => {
    const { call } = await ask("statusMatrix", { status: 503, type: "text/plain", body: Uint8Array.of(0x61, 0xc3) });
    expect(await rejection(call)).toMatchObject({ body: "a\ufffd" });
  });

  it("of a status that nobody describes is an HttpError, too", async () => {
    const { call } = await ask("choice", { status: 409, type: "application/json", body: "{}" });
    expect(await rejection(call)).toMatchObject({ name: "HttpError", status: 409, body: {} });
  });

  it("of a range in small letters is that of the range", async () => {
    const { call } = await ask("sloppy", { status: 404, type: "text/plain", body: "7" });
    expect(await rejection(call)).toMatchObject({ name: "HttpError", status: 404, body: "7" });
  });
});
