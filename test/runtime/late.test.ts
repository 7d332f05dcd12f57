/** What comes after a call has ended, or while nobody waits for it. */
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { isTimeoutError } from "../../generator/runtime/errors.js";
import { clientOf, errorOf, INPUT, outlast } from "./client.js";
import { exportCases } from "./export-cases.js";
import { type Handler, octets, problem, serve, stall } from "./server.js";

/** A `fetch` that does not listen to signals. */
const deaf = (request: Request) => fetch(request.url, { headers: request.headers });

/** An answer that comes when it is let go. */
function held(handler: Handler): { readonly handler: Handler; readonly release: () => void } {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { handler: (...args) => void released.then(() => handler(...args)), release: () => release() };
}

describe("an answer that comes after the call was aborted", () => {
  it.each<readonly [string, Handler]>([
    ["a 503", problem(503, "E", "no", { "retry-after": "0" })],
    ["a 401", problem(401, "E")],
  ])("and says %s is not followed by another request", async (_, answer) => {
    const late = held(answer);
    await using server = await serve(late.handler, octets("good"));
    const client = clientOf(server, { fetch: deaf, auth: { token: () => "a-token" } });
    const controller = new AbortController();
    const failed = errorOf(exportCases(client, INPUT, { signal: controller.signal }));
    await server.arrival();
    controller.abort(new Error("enough"));
    expect((await failed).message).toBe("enough");
    late.release();
    await server.requests[0]?.taken;
    await outlast(100);
    expect(server.requests).toHaveLength(1);
  });

  it("is given up", async () => {
    const late = held(stall(200, {}, "begin"));
    await using server = await serve(late.handler);
    const controller = new AbortController();
    const failed = errorOf(exportCases(clientOf(server, { fetch: deaf }), INPUT, { signal: controller.signal }));
    await server.arrival();
    controller.abort(new Error("enough"));
    await failed;
    late.release();
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("is not asked for where the credential came after it, too", async () => {
    await using server = await serve(octets("good"));
    let give = (_: string) => {};
    const token = () =>
      new Promise<string>((resolve) => {
        give = resolve;
      });
    const call = exportCases(clientOf(server, { fetch: deaf, auth: { token } }), INPUT, { timeout: 50 });
    expect(isTimeoutError(await errorOf(call))).toBe(true);
    give("a-token");
    await outlast(100);
    expect(server.requests).toHaveLength(0);
  });
});

describe("a file", () => {
  it("may be left alone between two of its chunks for longer than idleTimeout", async () => {
    let more = () => {};
    await using server = await serve((_, response) => {
      response.write("a");
      more = () => response.end("b");
    });
    const file = await exportCases(clientOf(server), INPUT, { idleTimeout: 250 });
    const reader = file.stream().getReader();
    const texts = [(await reader.read()).value];
    await outlast(400);
    more();
    texts.push((await reader.read()).value);
    expect(Buffer.concat(texts.map((text) => text ?? Buffer.of())).toString()).toBe("ab");
    expect((await reader.read()).done).toBe(true);
  });
});

describe("time", () => {
  it("begins anew after a 401: a timeout is that of one attempt", async () => {
    const slow =
      (handler: Handler): Handler =>
      (...args) =>
        void wait(700).then(() => handler(...args));
    await using server = await serve(slow(problem(401, "E")), slow(octets("good")));
    const file = await exportCases(clientOf(server, { auth: { token: () => "a-token" } }), INPUT, { timeout: 1200 });
    expect(await file.text()).toBe("good");
  });

  it("of years passes no sooner than others: a repeat is not made at once", async () => {
    await using server = await serve(problem(503, "E", "no", { "retry-after": "9999999999" }), octets("good"));
    const retry = { maxDelay: Number.POSITIVE_INFINITY };
    const signal = AbortSignal.timeout(300);
    expect((await errorOf(exportCases(clientOf(server), INPUT, { retry, signal }))).name).toBe("TimeoutError");
    expect(server.requests).toHaveLength(1);
  });
});

it("of many calls with one signal, none is warned of, and all end with it", async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error) => warnings.push(warning);
  process.on("warning", warn);
  await using server = await serve(stall(200, {}, "begin"));
  const controller = new AbortController();
  const calls = Array.from({ length: 30 }, () => {
    const call = exportCases(clientOf(server), INPUT, { signal: controller.signal });
    return errorOf(call.then((file) => file.text()));
  });
  await expect.poll(() => server.requests.length).toBe(30);
  controller.abort(new Error("enough"));
  expect((await Promise.all(calls)).map(({ message }) => message)).toEqual(Array(30).fill("enough"));
  process.off("warning", warn);
  expect(warnings).toEqual([]);
});
