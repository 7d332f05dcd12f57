import { describe, expect, it } from "vitest";
import {
  ApiError,
  DecodeError,
  HttpError,
  isApiError,
  isDecodeError,
  isHttpError,
  isNetworkError,
  isTimeoutError,
  isValidationError,
  NetworkError,
  TimeoutError,
  ValidationError,
} from "../../generator/runtime/errors.js";
import { closeCase, readCase, readNotes, readOdd, readText } from "./case-operations.js";
import { clientOf, errorOf, INPUT } from "./client.js";
import { exportCases } from "./export-cases.js";
import { answer, bytes, type Handler, json, pieces, problem, serve } from "./server.js";

const HTML = { "content-type": "text/html; charset=utf-8" };
const KEPT = 65_536;

/** The HttpError of the export where the service answers with `handler`. */
async function httpErrorOf(handler: Handler): Promise<HttpError> {
  await using server = await serve(handler);
  const error = await errorOf(exportCases(clientOf(server), INPUT, { retry: 0 }));
  expect(server.requests).toHaveLength(1);
  if (!isHttpError(error)) throw error;
  return error;
}

/** The HttpError of the operation with a path, ranges and RFC 9457. */
async function readErrorOf(handler: Handler): Promise<Error> {
  await using server = await serve(handler);
  return await errorOf(readCase(clientOf(server), { caseId: "7" }, { retry: 0 }));
}

describe("an error status", () => {
  it.each([400, 401, 403, 404, 408, 422, 429, 500, 502, 503, 504, 599])(
    "%i is an HttpError with what the body says",
    async (status) => {
      const error = await httpErrorOf(problem(status, "OSM.0001", "no such thing", { "x-request-id": "h-1" }));
      expect(error).toBeInstanceOf(HttpError);
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject({
        name: "HttpError",
        operationId: "exportCases",
        status,
        code: "OSM.0001",
        requestId: "r-1",
        body: { error_code: "OSM.0001", error_msg: "no such thing", request_id: "r-1" },
      });
      expect(error.headers.get("x-request-id")).toBe("h-1");
      expect(error.message).toMatch(/^GET http:.*\/v2\/cases\/export: \d+ OSM\.0001 no such thing$/);
      expect(error.message).toContain(`${status}`);
      expect(error.stack).toMatch(/^HttpError: GET /);
    },
  );

  it.each<readonly [string, Handler, object]>([
    ["nothing", answer(500), { body: undefined, code: undefined, requestId: undefined }],
    ["a page of a proxy", answer(502, HTML, "<h1>Bad Gateway</h1>"), { body: "<h1>Bad Gateway</h1>", code: undefined }],
    [
      "JSON that calls itself a page",
      answer(500, HTML, '{"error_code":"E"}'),
      { body: { error_code: "E" }, code: "E" },
    ],
    ["JSON without a type", answer(500, {}, ' {"error_code":"E"}'), { body: { error_code: "E" }, code: "E" }],
    ["JSON that is none", answer(500, { "content-type": "application/json" }, '{"a'), { body: '{"a', code: undefined }],
    ["a code that is a number", json(500, { error_code: 42 }), { body: { error_code: 42 }, code: "42" }],
    ["a code that is no text", json(500, { error_code: { a: 1 } }), { code: undefined }],
    ["an array", json(500, [1]), { body: [1], code: undefined }],
    ["null", json(500, null), { body: null, code: undefined }],
    ["a number", json(500, 5), { body: 5, code: undefined }],
    ["plain text", answer(500, { "content-type": "text/plain" }, "no"), { body: "no", code: undefined }],
    [
      "a body that breaks off",
      bytes("HTTP/1.1 500 No\r\ncontent-length: 9\r\n\r\nno"),
      { status: 500, body: undefined },
    ],
  ])("with %s keeps what there is", async (_, handler, facts) => {
    expect(await httpErrorOf(handler)).toMatchObject(facts);
  });

  it("keeps a page out of the message", async () => {
    const error = await httpErrorOf(answer(502, HTML, "<h1>Bad Gateway</h1>"));
    expect(error.message).toMatch(/: 502$/);
  });

  it("reads no more than 64 KiB of a body, and gives the connection up", async () => {
    const page = pieces(Array(320).fill("a".repeat(65_536)), HTML, 500);
    await using server = await serve(page);
    const error = await errorOf(exportCases(clientOf(server), INPUT, { retry: 0 }));
    expect(isHttpError(error) && `${error.body}`.length).toBe(KEPT);
    expect(await server.requests[0]?.taken).toBe(false);
  });
});

describe("a status that the contract names in another way", () => {
  it.each<readonly [string, Handler, object]>([
    ["by itself", problem(404, "OSM.15"), { status: 404, code: "OSM.15" }],
    [
      "by its range, with RFC 9457",
      json(422, { type: "urn:p", title: "Bad", detail: "field a" }, { "content-type": "application/problem+json" }),
      { status: 422, code: "urn:p", requestId: undefined, message: expect.stringMatching(/: 422 urn:p field a$/) },
    ],
    [
      "by its range, with a title alone",
      json(400, { title: "Bad" }, { "content-type": "application/problem+json" }),
      { status: 400, code: undefined, body: { title: "Bad" } },
    ],
    [
      "not at all",
      problem(500, "E"),
      { status: 500, code: undefined, body: { error_code: "E", error_msg: "no", request_id: "r-1" } },
    ],
    ["not at all, as a redirect without a Location", answer(304), { status: 304, code: undefined }],
  ])("%s", async (_, handler, facts) => {
    const error = await readErrorOf(handler);
    expect(isHttpError(error)).toBe(true);
    expect(error).toMatchObject({ operationId: "readCase", ...facts });
  });

  it("is a failure where `default` describes failures, though it is a success", async () => {
    expect(await httpErrorOf(problem(201, "E"))).toMatchObject({ status: 201, code: "E" });
  });
});

describe("an envelope behind a success", () => {
  it.each<readonly [string, Handler]>([
    ["of its own media type", problem(200, "OSM.7")],
    ["of the media type of the success", problem(200, "OSM.7", "no", { "content-type": "application/vnd.notes+json" })],
  ])("%s is an HttpError", async (_, handler) => {
    await using server = await serve(handler);
    const result = await readNotes(clientOf(server)).result();
    expect(result).toMatchObject({
      ok: false,
      status: 200,
      error: { name: "HttpError", code: "OSM.7", requestId: "r-1" },
    });
  });

  it("is an HttpError where no codec of a success reads its media type", async () => {
    await using server = await serve(problem(200, "OSM.7"));
    expect(await errorOf(readText(clientOf(server)))).toMatchObject({ name: "HttpError", status: 200, code: "OSM.7" });
  });

  it.each<readonly [string, unknown]>([
    ["lacks what tells one", { error_msg: "no" }],
    ["is an array", ["error_code", "error_msg"]],
  ])("is none where the body %s", async (_, body) => {
    await using server = await serve(json(200, body));
    expect(await readNotes(clientOf(server))).toEqual(body);
  });

  it("is none where the body only inherits the required property", async () => {
    await using server = await serve(json(200, { a: 1 }));
    expect(await readOdd(clientOf(server))).toEqual({ a: 1 });
  });
});

describe("a success", () => {
  it.each<readonly [string, Handler]>([
    ["with a charset", answer(200, { "content-type": "application/json;charset=UTF-8" }, '{"a":"工"}')],
    ["in capitals", answer(200, { "content-type": "Application/JSON ; charset=utf-8" }, '{"a":"工"}')],
    ["of another JSON type", answer(200, { "content-type": "application/hal+json" }, '{"a":"工"}')],
    ["without a type", answer(200, {}, '{"a":"工"}')],
    ["with a byte order mark", answer(200, { "content-type": "application/json" }, '\ufeff{"a":"工"}')],
    [
      "in pieces that cut a character",
      pieces(
        [...Buffer.from('{"a":"工"}')].map((byte) => Buffer.of(byte)),
        { "content-type": "application/json" },
      ),
    ],
  ])("is JSON %s", async (_, handler) => {
    await using server = await serve(handler);
    expect(await readCase(clientOf(server), { caseId: "7" })).toEqual({ a: "工" });
  });

  it.each([false, 0, "", null, [], {}])("may be %j", async (value) => {
    await using server = await serve(json(200, value));
    expect(await readCase(clientOf(server), { caseId: "7" })).toEqual(value);
  });

  it("without a body is undefined", async () => {
    await using server = await serve(answer(204));
    const call = closeCase(clientOf(server), { caseId: "7" });
    expect(await call).toBeUndefined();
    expect(await call.result()).toMatchObject({ ok: true, status: 204, data: undefined });
    expect((await call.withResponse()).response.status).toBe(204);
  });
});

describe("an answer that is not what the contract says", () => {
  it.each<readonly [string, Handler, number, string]>([
    ["no JSON", answer(200, { "content-type": "application/json" }, "{oops"), 200, "{oops"],
    ["nothing where JSON must be", answer(200, { "content-type": "application/json" }), 200, ""],
    ["another media type", answer(200, HTML, "<p>hi"), 200, "<p>hi"],
    ["a success without a description", json(201, { a: 1 }), 201, '{"a":1}'],
  ])("%s is a DecodeError", async (_, handler, status, text) => {
    const error = await readErrorOf(handler);
    expect(isDecodeError(error)).toBe(true);
    expect(error).toMatchObject({ name: "DecodeError", operationId: "readCase", status, text });
    expect(error.cause).toBeUndefined();
    expect(error.message).toContain(`/v2/cases/{case_id}: ${status}`);
  });

  it("keeps 64 KiB of the body, and none in the message", async () => {
    const error = await readErrorOf(answer(200, { "content-type": "application/json" }, `{${"a".repeat(200_000)}`));
    expect(isDecodeError(error) && error.text.length).toBe(KEPT);
    expect(error.message.length).toBeLessThan(300);
  });
});

describe("the guards", () => {
  const facts = { operationId: "a" };
  const errors = [
    new ApiError("m", facts),
    new ValidationError("m", facts, { violations: [] }),
    new HttpError("m", facts, { status: 400, code: "c", body: 1, headers: new Headers(), requestId: "r" }),
    new NetworkError("m", facts),
    new TimeoutError("m", facts),
    new DecodeError("m", facts, { status: 200, text: "" }),
  ];
  const guards = [isApiError, isValidationError, isHttpError, isNetworkError, isTimeoutError, isDecodeError];

  it("tell each class from the others", () => {
    const table = errors.map((error) => guards.map((guard) => (guard(error) ? 1 : 0)).join(""));
    expect(table).toEqual(["100000", "110000", "101000", "100100", "100010", "100001"]);
  });

  it("go by the literal name, which minification and a second copy of the package keep", () => {
    class a extends Error {
      readonly operationId = undefined;
      override readonly name = "HttpError";
    }
    expect(guards.map((guard) => guard(new a()))).toEqual([true, false, true, false, false, false]);
  });

  it.each([
    ["an error of somebody else", new TypeError("m")],
    ["another's HttpError", Object.assign(new Error("m"), { name: "HttpError" })],
    ["the reason of an abort", AbortSignal.abort().reason],
    ["an object that looks like one", { name: "HttpError", operationId: "a" }],
    ["undefined", undefined],
    ["null", null],
  ])("do not take %s", (_, value) => {
    expect(guards.filter((guard) => guard(value))).toEqual([]);
  });

  it("know the cause and the class in every error's text", () => {
    const cause = new Error("why");
    expect(new NetworkError("m", facts, { cause }).cause).toBe(cause);
    for (const error of errors) {
      expect(error).toBeInstanceOf(Error);
      expect(`${error}`).toBe(`${error.name}: m`);
      expect(error.stack).toContain(`${error.name}: m\n`);
    }
  });
});
