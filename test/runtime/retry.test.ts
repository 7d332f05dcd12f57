import { describe, expect, it } from "vitest";
import { isHttpError, isNetworkError } from "../../generator/runtime/errors.js";
import type { CallOptions } from "../../generator/runtime/options.js";
import { isIdempotent, isTransient, retryAfter, retryDelay } from "../../generator/runtime/retry.js";
import { closeCase, readCase } from "./case-operations.js";
import { clientOf, errorOf, INPUT } from "./client.js";
import { type Client, exportCases } from "./export-cases.js";
import { answer, bytes, type Handler, json, octets, pieces, problem, reset, serve } from "./server.js";

describe("Retry-After", () => {
  const now = Date.UTC(2026, 10, 24, 8, 0, 0);
  it.each<readonly [string | null, number]>([
    ["0", 0],
    ["1", 1000],
    ["120", 120_000],
    ["007", 7000],
    ["Tue, 24 Nov 2026 08:00:05 GMT", 5000],
    ["Tue, 24 Nov 2026 07:59:55 GMT", -5000],
    ["Tuesday, 24-Nov-26 08:00:05 GMT", 5000],
    ["Tue Nov 24 08:00:05 2026 GMT", 5000],
    [null, NaN],
    ["", NaN],
    [" ", NaN],
    ["-5", NaN],
    ["+5", NaN],
    ["1.5", NaN],
    ["1e3", NaN],
    ["0x10", NaN],
    ["5s", NaN],
    ["soon", NaN],
    ["soon 5", NaN],
    ["about 5", NaN],
    ["retry in 120", NaN],
    ["month 3", NaN],
    ["NaN", NaN],
    ["Infinity", NaN],
  ])("%j is %s ms", (value, delay) => {
    expect(retryAfter(value ?? "", now)).toBe(delay);
  });
});

describe("the wait before a repeat", () => {
  it.each<readonly [string, Parameters<typeof retryDelay>, number]>([
    ["is none where chance says so", [0, NaN, { minDelay: 500 }, 0], 0],
    ["is at most the first", [0, NaN, { minDelay: 500 }, 0.5], 250],
    ["doubles", [1, NaN, { minDelay: 500 }, 0.5], 500],
    ["doubles again", [3, NaN, { minDelay: 500 }, 0.5], 2000],
    ["is capped", [20, NaN, { minDelay: 500, maxDelay: 1000 }, 0.99], 1000],
    ["is what the service asks for", [5, 70, { minDelay: 500 }, 0.5], 70],
    ["is not none where the service asks for that", [1, 0, { minDelay: 500 }, 0.5], 500],
    ["is not all that the service asks for", [0, 1e9, { maxDelay: 1000 }, 0.5], 1000],
    ["is of 500 ms by default", [0, NaN, {}, 0.5], 250],
    ["is capped at 30 s by default", [0, 1e9, {}, 0.5], 30_000],
  ])("%s", (_, facts, delay) => {
    expect(retryDelay(...facts)).toBe(delay);
  });
});

it("of the methods, POST and PATCH are not idempotent, without a key", () => {
  const methods = ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "POST", "PATCH"];
  const left = (headers: Headers) => methods.filter((method) => !isIdempotent({ method, headers }));
  expect(left(new Headers())).toEqual(["POST", "PATCH"]);
  expect(left(new Headers({ "Idempotency-Key": "a" }))).toEqual([]);
});

it("five statuses say later", () => {
  const all = Array.from({ length: 500 }, (_, index) => index + 100);
  expect(all.filter(isTransient)).toEqual([408, 429, 502, 503, 504]);
});

/** How many requests the export makes of a service that answers with `handlers`, and how it ends. */
async function attempt(
  handlers: readonly [Handler, ...Handler[]],
  options: CallOptions = { retry: { minDelay: 1 } },
): Promise<{ readonly requests: number; readonly end: unknown }> {
  await using server = await serve(...handlers);
  const end = await exportCases(clientOf(server), INPUT, options).then(
    (file) => file.text(),
    (error: unknown) => (isHttpError(error) ? error.status : error),
  );
  return { requests: server.requests.length, end };
}

const good = octets("good");
const busy = problem(503, "E");

describe("an idempotent call", () => {
  it.each<readonly [string, readonly [Handler, ...Handler[]], number, unknown]>([
    ["twice where it must", [busy, busy, good], 3, "good"],
    ["no oftener than twice", [busy], 3, 503],
    ["after a connection that was reset", [reset, good], 2, "good"],
    ["after bytes that are no HTTP", [bytes("hello\r\n\r\n"), good], 2, "good"],
    ["after different failures", [reset, problem(429, "E"), good], 3, "good"],
    ...[408, 429, 502, 503, 504].map((status) => [`after ${status}`, [problem(status, "E"), good], 2, "good"] as const),
  ])("is repeated %s", async (_, handlers, requests, end) => {
    expect(await attempt(handlers)).toEqual({ requests, end });
  });

  it.each([400, 401, 403, 404, 409, 422, 500, 501, 505])("is not repeated after %i", async (status) => {
    expect(await attempt([problem(status, "E"), good])).toEqual({ requests: 1, end: status });
  });

  it("is not repeated after an envelope behind a success", async () => {
    expect(await attempt([problem(200, "E"), good])).toEqual({ requests: 1, end: 200 });
  });

  it("that meets no network at last is a NetworkError", async () => {
    const { requests, end } = await attempt([reset]);
    expect(requests).toBe(3);
    expect(isNetworkError(end)).toBe(true);
  });

  it.each<readonly [CallOptions["retry"], number]>([
    [0, 1],
    [{ limit: 0 }, 1],
    [{ limit: 1, minDelay: 1 }, 2],
    [{ limit: 4, minDelay: 1 }, 5],
    [{ limit: undefined, minDelay: 1 }, 3],
  ])("is repeated as often as the call says: %j", async (retry, requests) => {
    expect(await attempt([busy], { retry })).toEqual({ requests, end: 503 });
  });

  it("is repeated as often as a number says, and as the call says rather than the client", async () => {
    const now = problem(503, "E", "no", { "retry-after": "0" });
    await using server = await serve(now);
    await errorOf(exportCases(clientOf(server, { retry: 3 }), INPUT));
    expect(server.requests).toHaveLength(4);
    await errorOf(exportCases(clientOf(server, { retry: 3 }), INPUT, { retry: 1 }));
    expect(server.requests).toHaveLength(6);
  });

  it.each<readonly [string, string, CallOptions["retry"]]>([
    ["waits no longer than it may", "3600", { maxDelay: 1 }],
    ["waits no longer than it may for a date", "Fri, 01 Jan 2100 00:00:00 GMT", { maxDelay: 1 }],
    ["does not wait for a date that is past", "Thu, 01 Jan 1970 00:00:00 GMT", { minDelay: 60_000 }],
    ["waits as it would where the header is of no use", "soon", { minDelay: 1 }],
  ])("%s", async (_, value, retry) => {
    const later = problem(429, "E", "no", { "retry-after": value });
    expect(await attempt([later, good], { retry })).toEqual({ requests: 2, end: "good" });
  });

  it("waits as long as the service says", async () => {
    const later = problem(429, "E", "no", { "retry-after": "1" });
    const start = performance.now();
    await attempt([later, good], { retry: { minDelay: 1e9, maxDelay: 30_000 } });
    const waited = performance.now() - start;
    // A timer may fire a little early. Chance would wait half a minute.
    expect(waited).toBeGreaterThan(990);
    expect(waited).toBeLessThan(20_000);
  });

  it("gives up the connection of an answer that it does not read", async () => {
    await using server = await serve(pieces(Array(320).fill("a".repeat(65_536)), {}, 503), good);
    await (await exportCases(clientOf(server), INPUT)).text();
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("sends the same again", async () => {
    await using server = await serve(busy, good);
    await exportCases(clientOf(server), { ...INPUT, xLanguage: "en-us" });
    const sent = server.requests.map(({ method, target, rawHeaders }) => ({ method, target, rawHeaders }));
    expect(sent[1]).toEqual(sent[0]);
  });
});

describe("what is not repeated", () => {
  it.each<readonly [string, Handler]>([
    ["503", busy],
    ["429 with Retry-After", problem(429, "E", "no", { "retry-after": "0" })],
    ["a connection that is reset", reset],
  ])("is a POST, after %s", async (_, handler) => {
    await using server = await serve(handler, answer(204));
    const client = clientOf(server, { retry: { limit: 5, minDelay: 1 } });
    await errorOf(closeCase(client, { caseId: "7" }));
    expect(server.requests).toHaveLength(1);
  });

  it.each<readonly [string, Handler]>([
    ["JSON", bytes('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{"a')],
    ["a text that is no JSON", answer(200, { "content-type": "application/json" }, "{oops")],
  ])("is a call of which the body began: %s", async (_, handler) => {
    await using server = await serve(handler, json(200, {}));
    await errorOf(readCase(clientOf(server), { caseId: "7" }));
    expect(server.requests).toHaveLength(1);
  });

  it("is the reading of a file", async () => {
    await using server = await serve(bytes("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"), good);
    const reading = exportCases(clientOf(server), INPUT).then((file) => file.text());
    expect(isNetworkError(await errorOf(reading))).toBe(true);
    expect(server.requests).toHaveLength(1);
  });
});

describe("a key by which the service knows a repeat", () => {
  it("lets a POST be repeated, with the same key and a token that is valid then", async () => {
    await using server = await serve(busy, reset, answer(204));
    const tokens = ["token-1", "token-2", "token-3", "token-4"];
    const auth = { token: () => ({ value: tokens.shift() ?? "", expiresAt: 0 }) };
    await closeCase(clientOf(server, { auth }), { caseId: "7" }, { headers: { "Idempotency-Key": "key-1" } });
    expect(server.requests.map((request) => request.header("idempotency-key"))).toEqual(["key-1", "key-1", "key-1"]);
    const sent = server.requests.map((request) => request.header("x-auth-token"));
    expect(new Set(sent).size).toBe(3);
  });
});

describe("the budget of a client", () => {
  const retry = { minDelay: 1, maxDelay: 1, budget: 5 };
  const storm = async (client: Client, count: number) => {
    for (let index = 0; index < count; index += 1) await errorOf(exportCases(client, INPUT));
  };

  it("bounds what calls repeat together; each call gives a tenth of a repeat back", async () => {
    await using server = await serve(busy);
    await storm(clientOf(server, { retry }), 40);
    // Five, and a tenth of forty.
    expect(server.requests.length).toBeGreaterThanOrEqual(40 + 5);
    expect(server.requests.length).toBeLessThanOrEqual(40 + 5 + 4);
  });

  it("bounds what calls in parallel repeat", async () => {
    await using server = await serve(busy);
    const client = clientOf(server, { retry });
    await Promise.all(Array.from({ length: 40 }, () => errorOf(exportCases(client, INPUT))));
    expect(server.requests.length).toBeLessThanOrEqual(40 + 5 + 4);
  });

  it("is each client's own", async () => {
    await using server = await serve(busy);
    await storm(clientOf(server, { retry }), 40);
    const before = server.requests.length;
    await storm(clientOf(server, { retry }), 1);
    expect(server.requests.length - before).toBe(3);
  });
});
