import { describe, expect, it } from "vitest";
import { isHttpError, isNetworkError, isTimeoutError } from "../../generator/runtime/errors.js";
import type { ApiStream } from "../../generator/runtime/stream.js";
import { errorOf, outlast, TOKEN } from "./client.js";
import { answer, bytes, type Handler, json, pieces, problem, serve, stall } from "./server.js";
import { all, follow } from "./stream-operations.js";

const LINES = { "content-type": "application/x-ndjson" };
const SEQUENCE = { "content-type": "application/json-seq" };
const SSE = { "content-type": "text/event-stream" };

async function linesOf(...parts: readonly (string | Uint8Array)[]): Promise<readonly unknown[]> {
  await using server = await serve(pieces(parts, LINES));
  return await all(await follow(server, "lines"));
}

async function sequenceOf(...parts: readonly string[]): Promise<readonly unknown[]> {
  await using server = await serve(pieces(parts, SEQUENCE));
  return await all(await follow(server, "sequence"));
}

describe("JSON lines", () => {
  it.each<readonly [string, string, readonly unknown[]]>([
    ["a value each", '{"a":1}\n[2]\nnull\n"工"\n', [{ a: 1 }, [2], null, "工"]],
    ["no end of the last one", "1\n2", [1, 2]],
    ["ends of CR LF", "1\r\n2\r\n", [1, 2]],
    ["empty lines", "\n1\n\r\n  \n2\n\n", [1, 2]],
    ["a byte order mark", "\ufeff1\n", [1]],
    ["other line ends in texts", '"a\u2028b"\n', ["a\u2028b"]],
    ["nothing", "", []],
  ])("with %s", async (_, text, expected) => {
    expect(await linesOf(text)).toEqual(expected);
    expect(await linesOf(...[...Buffer.from(text)].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  it.each([
    "application/x-ndjson; charset=utf-8",
    "application/ndjson",
    "application/jsonl",
    "Application/JSONL",
    "application/json-lines",
    "application/stream+json",
  ])("come as %s", async (type) => {
    await using server = await serve(pieces(["1\n"], { "content-type": type }));
    expect(await all(await follow(server, "lines"))).toEqual([1]);
  });

  it.each([
    ["a line that is cut", '{"a":'],
    ["two values", "1 2"],
    ["text", "nope"],
  ])("with %s are a DecodeError, after the items before", async (_, line) => {
    await using server = await serve(pieces(["1\n", `${line}\n`, "3\n"], LINES));
    const iterator = (await follow(server, "lines"))[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    expect(await errorOf(iterator.next())).toMatchObject({ name: "DecodeError", status: 200, text: line });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });
});

describe("a JSON text sequence", () => {
  it.each<readonly [string, string, readonly unknown[]]>([
    ["values", '\x1e{"a":1}\n\x1e[2]\n\x1enull\n', [{ a: 1 }, [2], null]],
    ["lines within a value", '\x1e{\n"a":\n1}\n', [{ a: 1 }]],
    ["no line ends", '\x1e{"a":1}\x1e"b"\x1e[2]', [{ a: 1 }, "b", [2]]],
    ["empty records", "\x1e\x1e1\n\x1e\n", [1]],
    ["nothing", "", []],
  ])("with %s", async (_, text, expected) => {
    expect(await sequenceOf(text)).toEqual(expected);
    expect(await sequenceOf(...text)).toEqual(expected);
  });

  it.each(["12", "tru", "true", '{"a":1'])("with %s that is cut is a DecodeError", async (text) => {
    expect(await errorOf(sequenceOf("\x1e1\n", `\x1e${text}`))).toMatchObject({ name: "DecodeError", text });
  });
});

describe("a stream", () => {
  const ways: readonly (readonly [string, (stream: ApiStream<unknown>) => Promise<unknown>])[] = [
    [
      "leaving the loop",
      async (stream) => {
        for await (const _ of stream) break;
      },
    ],
    [
      "an error in the loop",
      (stream) =>
        errorOf(
          (async () => {
            for await (const _ of stream) throw new Error("no");
          })(),
        ),
    ],
    ["cancel", (stream) => stream.cancel()],
    ["cancel, twice", (stream) => stream.cancel().then(() => stream.cancel())],
    [
      "await using",
      async (stream) => {
        await using _ = stream;
      },
    ],
  ];
  it.each(ways)("is given up by %s, and its connection is closed", async (_, giveUp) => {
    await using server = await serve(stall(200, LINES, "1\n2\n"));
    const stream = await follow(server, "lines");
    await giveUp(stream);
    expect(await server.requests[0]?.taken).toBe(false);
    expect(() => stream[Symbol.asyncIterator]()).toThrow(TypeError);
  });

  it("is read once", async () => {
    await using server = await serve(pieces(["1\n"], LINES));
    const stream = await follow(server, "lines");
    expect(await all(stream)).toEqual([1]);
    expect(await errorOf(all(stream))).toBeInstanceOf(TypeError);
  });

  it.each<readonly [string, (stream: ApiStream<unknown>, iterator: AsyncIterator<unknown>) => Promise<unknown>]>([
    ["its cancel", (stream) => stream.cancel()],
    ["its iterator's return", async (_, iterator) => iterator.return?.()],
  ])("ends at once by %s, though it waits for an item", async (_, end) => {
    await using server = await serve(stall(200, LINES, "1\n"));
    const stream = await follow(server, "lines");
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    const waiting = iterator.next();
    await end(stream, iterator);
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("is handed over before its first item, and then takes its time", async () => {
    await using server = await serve(async (_, response) => {
      response.writeHead(200, SSE).flushHeaders();
      await outlast(400);
      response.end("data: 1\n\n");
    });
    const stream = await follow(server, "events", { timeout: 300 });
    expect(await all(stream)).toMatchObject([{ data: 1 }]);
  });

  it("has its head within the time of the attempt", async () => {
    await using server = await serve(() => {});
    expect(isTimeoutError(await errorOf(follow(server, "events", { timeout: 50 })))).toBe(true);
  });

  it("ends with the reason of the call's signal, and its connection with it", async () => {
    const reason = new Error("enough");
    await using server = await serve(stall(200, LINES, "1\n"));
    const controller = new AbortController();
    const iterator = (await follow(server, "lines", { signal: controller.signal }))[Symbol.asyncIterator]();
    await iterator.next();
    const waiting = errorOf(iterator.next());
    controller.abort(reason);
    expect(await waiting).toBe(reason);
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("that breaks off is a NetworkError, after the items before", async () => {
    const head = "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n";
    await using server = await serve(bytes(head, "4\r\n1\n2\n\r\n"));
    const iterator = (await follow(server, "lines"))[Symbol.asyncIterator]();
    expect([await iterator.next(), await iterator.next()].map(({ value }) => value)).toEqual([1, 2]);
    const error = await errorOf(iterator.next());
    expect(isNetworkError(error)).toBe(true);
    expect(error).toMatchObject({ operationId: "follow" });
  });

  it.each(["lines", "sequence", "texts"] as const)("of %s that never ends an item is a DecodeError", async (kind) => {
    const types = { lines: LINES, sequence: SEQUENCE, texts: SSE };
    const part = kind === "texts" ? `data: ${"x".repeat(65_530)}\n` : "x".repeat(65_536);
    await using server = await serve(async (_, response) => {
      response.writeHead(200, types[kind]);
      while (!response.destroyed)
        if (!response.write(part)) await new Promise((resolve) => response.once("drain", resolve));
    });
    const error = await errorOf(all<unknown>(await (kind === "texts" ? follow(server, kind) : follow(server, kind))));
    expect(error).toMatchObject({ name: "DecodeError", text: expect.stringMatching(/^x{65530}/) });
    expect((error as Error & { readonly text: string }).text).toHaveLength(65_536);
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("is taken no faster than its items are", async () => {
    const line = `"${"x".repeat(65_533)}"\n`;
    let written = 0;
    await using server = await serve(async (_, response) => {
      response.writeHead(200, LINES);
      for (; !response.destroyed && written < 2 ** 28; written += line.length) {
        if (!response.write(line)) await new Promise((resolve) => response.once("drain", resolve));
      }
    });
    const stream = await follow(server, "lines");
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    await outlast(200);
    expect(written).toBeLessThan(2 ** 26);
    await iterator.return?.();
  });

  it("of a wrong type is a DecodeError, not an empty stream", async () => {
    await using server = await serve(json(200, { a: 1 }));
    expect(await errorOf(follow(server, "events"))).toMatchObject({
      name: "DecodeError",
      status: 200,
      text: '{"a":1}',
    });
  });

  it("may be an envelope instead", async () => {
    await using server = await serve(problem(202, "E"));
    const error = await errorOf(follow(server, "events"));
    expect(isHttpError(error) && [error.status, error.code]).toEqual([202, "E"]);
    await using other = await serve(json(202, { a: 1 }));
    expect(await errorOf(follow(other, "lines"))).toMatchObject({ name: "DecodeError", text: '{"a":1}' });
    await using stream = await serve(answer(202, SSE, "data: 1\n\n"));
    expect(await all(await follow(stream, "events"))).toMatchObject([{ data: 1 }]);
  });

  it("is an HttpError where its status is a failure", async () => {
    await using server = await serve(problem(409, "E"));
    expect(await errorOf(follow(server, "events"))).toMatchObject({ name: "HttpError", status: 409, code: "E" });
  });

  it("tells no credential that a service echoes", async () => {
    const echo: Handler = answer(200, LINES, `nope ${TOKEN}\n`);
    await using server = await serve(echo);
    const error = await errorOf(follow(server, "lines").then(all));
    expect(error).toMatchObject({ name: "DecodeError", text: "nope [redacted]" });
  });
});
