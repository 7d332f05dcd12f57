import { once } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { isApiError, isHttpError, isNetworkError, isTimeoutError } from "../../generator/runtime/errors.js";
import type { CallOptions } from "../../generator/runtime/options.js";
import { closeCase, readCase } from "./case-operations.js";
import { clientOf, errorOf, INPUT, outlast } from "./client.js";
import { type ExportCasesInput, exportCases } from "./export-cases.js";
import { answer, bytes, type Handler, json, octets, problem, reset, serve, silence, stall } from "./server.js";

const JSON_HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n";
const OCTETS = { "content-type": "application/octet-stream" };
const JSON_TYPE = { "content-type": "application/json" };

describe("a NetworkError", () => {
  it("is what a refused connection gives", async () => {
    const { url } = await serve(silence).then(async (server) => {
      await server[Symbol.asyncDispose]();
      return server;
    });
    const error = await errorOf(exportCases(clientOf({ url }), INPUT));
    expect(isNetworkError(error)).toBe(true);
    expect(error).toMatchObject({ name: "NetworkError", operationId: "exportCases" });
    expect(error.message).toContain(`GET ${url}/v2/cases/export`);
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it.each<readonly [string, Handler]>([
    ["a connection that is reset before the head", reset],
    ["bytes that are no HTTP", bytes("SSH-2.0-OpenSSH_9.9\r\n")],
    ["a head that is cut", bytes("HTTP/1.1 200 OK\r\ncontent-ty")],
    ["a JSON body that is cut", bytes(JSON_HEAD, '{"a":1')],
    ["a chunk that is none", bytes('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"a":\r\nzz\r\n')],
  ])("is what %s gives", async (_, handler) => {
    await using server = await serve(handler);
    const error = await errorOf(readCase(clientOf(server), { caseId: "7" }, { retry: 0 }));
    expect(isNetworkError(error)).toBe(true);
    expect(error).toMatchObject({ operationId: "readCase" });
    expect(error.cause).toBeInstanceOf(Error);
    expect(server.requests).toHaveLength(1);
  });

  it("is what any error of the option `fetch` gives", async () => {
    const cause = new RangeError("no");
    const fetch = () => {
      throw cause;
    };
    const error = await errorOf(exportCases(clientOf({ url: "http://127.0.0.1" }, { fetch }), INPUT));
    expect(isNetworkError(error) && error.cause).toBe(cause);
  });

  it("is not what a cut body of an error gives: its status says more", async () => {
    await using server = await serve(bytes('HTTP/1.1 403 No\r\ncontent-length: 99\r\n\r\n{"error_code":'));
    const error = await errorOf(exportCases(clientOf(server), INPUT));
    expect(isHttpError(error) && [error.status, error.body]).toEqual([403, undefined]);
  });
});

describe("a TimeoutError", () => {
  it.each<readonly [string, Handler]>([
    ["there is no head", silence],
    ["there is no first chunk", stall(200, OCTETS)],
    ["what may be an envelope does not go on", stall(200, OCTETS, '{"error_code":')],
    ["an error's body does not go on", stall(500, JSON_TYPE, '{"error_code":')],
  ])("ends a call of a file where %s", async (_, handler) => {
    await using server = await serve(handler);
    const error = await errorOf(exportCases(clientOf(server), INPUT, { timeout: 250, idleTimeout: 250, retry: 0 }));
    expect(isTimeoutError(error)).toBe(true);
    expect(error).toMatchObject({ name: "TimeoutError", operationId: "exportCases" });
    expect(error.message).toContain("250 ms");
    expect(error.message).toContain(`GET ${server.url}/v2/cases/export`);
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it.each<readonly [string, Handler]>([
    ["does not begin", stall(200, JSON_TYPE)],
    ["does not go on", stall(200, JSON_TYPE, '{"a":')],
  ])("ends a call of JSON where its body %s", async (_, handler) => {
    await using server = await serve(handler);
    const error = await errorOf(readCase(clientOf(server, { timeout: 250 }), { caseId: "7" }));
    expect(isTimeoutError(error)).toBe(true);
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("is not retried", async () => {
    await using server = await serve(silence);
    expect(isTimeoutError(await errorOf(exportCases(clientOf(server), INPUT, { timeout: 250 })))).toBe(true);
    expect(server.requests).toHaveLength(1);
  });

  it("covers a provider of credentials, and a `fetch` that does not listen", async () => {
    const never = () => new Promise<never>(() => {});
    const url = "http://127.0.0.1";
    const provider = clientOf({ url }, { auth: { token: never }, timeout: 20 });
    expect(isTimeoutError(await errorOf(exportCases(provider, INPUT)))).toBe(true);
    expect(
      isTimeoutError(await errorOf(exportCases(clientOf({ url }, { fetch: never }), INPUT, { timeout: 20 }))),
    ).toBe(true);
  });
});

describe("the time of a call", () => {
  it.each([0, Number.POSITIVE_INFINITY, 2 ** 31, 2 ** 40])("of %d ms does not end", async (timeout) => {
    await using server = await serve(async (request, response) => {
      await outlast(40);
      json(200, { a: 1 })(request, response);
    });
    expect(await readCase(clientOf(server), { caseId: "7" }, { timeout })).toEqual({ a: 1 });
  });

  it("is the call's rather than the client's", async () => {
    await using server = await serve(silence);
    const error = await errorOf(exportCases(clientOf(server, { timeout: 0 }), INPUT, { timeout: 25 }));
    expect(error.message).toContain("25 ms");
  });

  it("ends where a file is handed over", async () => {
    await using server = await serve(async (_, response) => {
      response.writeHead(200, OCTETS).write("begin, ");
      await outlast(600);
      response.end("end");
    });
    const file = await exportCases(clientOf(server), INPUT, { timeout: 450 });
    expect(await file.text()).toBe("begin, end");
  });

  it("holds for a repeat, too", async () => {
    await using server = await serve(problem(503, "E"), silence);
    expect(isTimeoutError(await errorOf(exportCases(clientOf(server), INPUT, { timeout: 250 })))).toBe(true);
    expect(server.requests).toHaveLength(2);
  });

  it("begins anew with each attempt", async () => {
    const late =
      (handler: Handler): Handler =>
      async (request, response) => {
        await outlast(400);
        handler(request, response);
      };
    await using server = await serve(late(problem(503, "E")), late(octets("a")));
    const file = await exportCases(clientOf(server), INPUT, { timeout: 700 });
    expect(await file.text()).toBe("a");
  });
});

describe("an abort", () => {
  const reason = new Error("enough");

  it("before the call sends nothing, and asks nobody", async () => {
    await using server = await serve(octets("a"));
    const token = vi.fn(() => "token");
    const call = exportCases(clientOf(server, { auth: { token } }), INPUT, { signal: AbortSignal.abort(reason) });
    expect(await errorOf(call)).toBe(reason);
    expect(await errorOf(call.result())).toBe(reason);
    expect(token).not.toHaveBeenCalled();
    expect(server.requests).toHaveLength(0);
  });

  it("has the reason of the platform where none is given", async () => {
    const error = await errorOf(
      exportCases(clientOf({ url: "http://127.0.0.1" }), INPUT, { signal: AbortSignal.abort() }),
    );
    expect(error.name).toBe("AbortError");
    expect(isApiError(error)).toBe(false);
  });

  it.each<readonly [string, Handler]>([
    ["the head", silence],
    ["the first chunk", stall(200, OCTETS)],
    ["what may be an envelope", stall(200, OCTETS, '{"error_code":')],
    ["the body of an error", stall(400, JSON_TYPE, "{")],
  ])("while it waits for %s ends the call, and the connection", async (_, handler) => {
    await using server = await serve(handler);
    const controller = new AbortController();
    const arrival = server.arrival();
    const call = exportCases(clientOf(server), INPUT, { signal: controller.signal });
    await arrival;
    controller.abort(reason);
    expect(await errorOf(call)).toBe(reason);
    expect(await server.requests[0]?.taken).toBe(false);
    expect(server.requests).toHaveLength(1);
  });

  it("while a repeat waits ends the call", async () => {
    await using server = await serve(problem(503, "E", "no", { "retry-after": "60" }));
    const controller = new AbortController();
    const arrival = server.arrival();
    const call = exportCases(clientOf(server), INPUT, { signal: controller.signal, retry: { maxDelay: 60_000 } });
    await arrival;
    expect(await server.requests[0]?.taken).toBe(true);
    controller.abort(reason);
    expect(await errorOf(call)).toBe(reason);
    expect(server.requests).toHaveLength(1);
  });

  it.each<readonly [string, (abort: () => void) => Promise<void>]>([
    ["at once", async (abort) => abort()],
    [
      "a while later",
      async (abort) => {
        await null;
        abort();
      },
    ],
  ])("while a provider is asked ends the call: %s", async (_, when) => {
    const controller = new AbortController();
    const token = () => {
      when(() => controller.abort(reason));
      return new Promise<never>(() => {});
    };
    const client = clientOf({ url: "http://127.0.0.1" }, { auth: { token } });
    expect(await errorOf(exportCases(client, INPUT, { signal: controller.signal }))).toBe(reason);
  });

  it("while a file is read ends the reading, and the connection", async () => {
    await using server = await serve(stall(200, OCTETS, "begin"));
    const controller = new AbortController();
    const file = await exportCases(clientOf(server), INPUT, { signal: controller.signal });
    const reading = file.bytes({ onProgress: () => controller.abort(reason) });
    expect(await errorOf(reading)).toBe(reason);
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("before a file is read ends the connection, and lets nobody read", async () => {
    await using server = await serve(stall(200, OCTETS, "begin"));
    const controller = new AbortController();
    const file = await exportCases(clientOf(server), INPUT, { signal: controller.signal });
    controller.abort(reason);
    expect(await server.requests[0]?.taken).toBe(false);
    await expect(file.text()).rejects.toThrow();
  });

  it("after the end changes nothing", async () => {
    await using server = await serve(octets("all"));
    const controller = new AbortController();
    const file = await exportCases(clientOf(server), INPUT, { signal: controller.signal });
    expect(await file.text()).toBe("all");
    controller.abort(reason);
    expect(await exportCases(clientOf(server), INPUT).then((next) => next.text())).toBe("all");
  });

  it("is listened to no longer than the call", async () => {
    await using server = await serve(answer(204), problem(400, "E"), octets("a"), octets("b"));
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    const { addEventListener, removeEventListener } = signal;
    Object.assign(signal, {
      addEventListener(...all: Parameters<typeof addEventListener>) {
        listeners.add(all[1]);
        addEventListener.apply(signal, all);
      },
      removeEventListener(...all: Parameters<typeof removeEventListener>) {
        listeners.delete(all[1]);
        removeEventListener.apply(signal, all);
      },
    });
    const client = clientOf(server);
    await closeCase(client, { caseId: "7" }, { signal });
    await errorOf(exportCases(client, INPUT, { signal }));
    await (await exportCases(client, INPUT, { signal })).text();
    await (await exportCases(client, INPUT, { signal })).cancel();
    await errorOf(exportCases(client, {} as ExportCasesInput, { signal }));
    expect(listeners.size).toBe(0);
  });
});

describe("a failing call throws nothing at once, but rejects", () => {
  const url = "http://127.0.0.1";
  it.each<readonly [string, unknown, CallOptions]>([
    ["nothing for an input", undefined, {}],
    ["null for an input", null, {}],
    ["a text for an input", "a", {}],
    ["a header of a bad name", INPUT, { headers: { "a b": "c" } }],
    ["a signal that is aborted", INPUT, { signal: AbortSignal.abort() }],
  ])("%s", async (_, input, options) => {
    const call = exportCases(clientOf({ url }), input as ExportCasesInput, options);
    expect(call).toBeInstanceOf(Promise);
    await errorOf(call);
  });
});

/** What stays unhandled of the rejections that `work` causes. */
async function unhandledOf(work: () => Promise<unknown>): Promise<readonly unknown[]> {
  // The test runner's own listeners would fail the run.
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  const reasons: unknown[] = [];
  process.on("unhandledRejection", (reason) => reasons.push(reason));
  try {
    await work();
    // Node tells of them when the microtasks are done.
    await new Promise(setImmediate);
    await new Promise(setImmediate);
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const listener of others) process.on("unhandledRejection", listener);
  }
  return reasons;
}

describe("a rejection", () => {
  it("of a call that nobody waits for is unhandled, as of any promise", async () => {
    const reasons = await unhandledOf(async () => {
      const raised = once(process, "unhandledRejection");
      exportCases(clientOf({ url: "http://127.0.0.1" }), {} as ExportCasesInput);
      await raised;
    });
    expect(reasons).toMatchObject([{ name: "ValidationError" }]);
  });

  it.each<readonly [string, Handler]>([
    ["an HTTP error", problem(400, "E")],
    ["a connection that is reset", reset],
  ])("of a call of which only the result is asked is handled: %s", async (_, handler) => {
    await using server = await serve(handler);
    const options = { retry: 0 };
    const reasons = await unhandledOf(async () => {
      await exportCases(clientOf(server), INPUT, options)
        .result()
        .catch(() => {});
      await exportCases(clientOf(server), INPUT, options)
        .withResponse()
        .catch(() => {});
      const call = exportCases(clientOf(server), INPUT, options);
      await Promise.allSettled([call.result(), call.withResponse()]);
    });
    expect(reasons).toEqual([]);
  });

  it("of `withResponse` that nobody waits for is unhandled", async () => {
    const reasons = await unhandledOf(async () => {
      const raised = once(process, "unhandledRejection");
      exportCases(clientOf({ url: "http://127.0.0.1" }), {} as ExportCasesInput).withResponse();
      await raised;
    });
    expect(reasons).toMatchObject([{ name: "ValidationError" }]);
  });
});

describe("`.result()`", () => {
  it("resolves for an answer that is a failure, and `.withResponse()` rejects with the same error", async () => {
    await using server = await serve(problem(403, "OSM.0003"));
    const call = exportCases(clientOf(server), INPUT);
    const result = await call.result();
    expect(result).toMatchObject({ ok: false, status: 403, error: { code: "OSM.0003" } });
    expect(!result.ok && result.error).toBe(await errorOf(call.withResponse()));
    expect(!result.ok && result.error).toBe(await errorOf(call));
  });

  it.each<readonly [string, Handler, string]>([
    ["there is no answer", reset, "NetworkError"],
    ["the answer is not what the contract says", answer(200, {}, "{oops"), "DecodeError"],
    ["the time is up", silence, "TimeoutError"],
  ])("rejects where %s", async (_, handler, name) => {
    await using server = await serve(handler);
    const call = readCase(clientOf(server), { caseId: "7" }, { retry: 0, timeout: 300 });
    expect(await errorOf(call.result())).toMatchObject({ name });
  });
});
