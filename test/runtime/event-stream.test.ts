import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ServerSentEvent } from "../../generator/runtime/event-stream.js";
import { errorOf } from "./client.js";
import { bytes, pieces, serve } from "./server.js";
import { all, follow } from "./stream-operations.js";

const SSE = { "content-type": "text/event-stream; charset=utf-8" };

/** The events of a body that comes in these pieces. */
async function eventsOf(
  kind: "events" | "texts",
  ...parts: readonly (string | Uint8Array)[]
): Promise<readonly ServerSentEvent<unknown>[]> {
  await using server = await serve(pieces(parts, SSE));
  return await all(await follow(server, kind));
}

const dataOf = async (...parts: readonly (string | Uint8Array)[]) =>
  (await eventsOf("texts", ...parts)).map(({ data }) => data);

describe("an event", () => {
  it("has what its fields say", async () => {
    const text = "event: add\nid: 7\nretry: 1500\ndata: a\n\n";
    expect(await eventsOf("texts", text)).toEqual([{ event: "add", id: "7", retry: 1500, data: "a" }]);
  });

  it("is a message without an id, where nothing says otherwise", async () => {
    expect(await eventsOf("texts", "data: a\n\n")).toEqual([{ event: "message", id: "", retry: undefined, data: "a" }]);
  });

  it.each<readonly [string, string, readonly string[]]>([
    ["lines that end in LF", "data: a\n\ndata: b\n\n", ["a", "b"]],
    ["lines that end in CR LF", "data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]],
    ["lines that end in CR", "data: a\r\rdata: b\r\r", ["a", "b"]],
    ["lines that end in each", "data: a\r\n\rdata: b\n\r\ndata: c\r\n\n", ["a", "b", "c"]],
    ["a byte order mark", "\ufeffdata: a\n\n", ["a"]],
    ["data of several lines", "data: a\ndata:\ndata: b\n\n", ["a\n\nb"]],
    ["data without a colon", "data\n\n", [""]],
    ["two lines of data that say nothing", "data\ndata\n\n", ["\n"]],
    ["one space after the colon, and no more", "data:a\n\ndata:  a\n\ndata: a \n\n", ["a", " a", "a "]],
    ["colons in a value", "data: a: b\n\n", ["a: b"]],
    ["comments", ": hello\n\n:\ndata: a\n:data: b\n\n", ["a"]],
    ["fields that nobody knows", "DATA: b\ndatum: c\n data: d\ndata: a\n\n", ["a"]],
    ["no data", "event: a\n\nid: 1\n\ndata: b\n\n", ["b"]],
    ["no end", "data: a\n\ndata: b\n", ["a"]],
    ["no end of its last line", "data: a\n\ndata: b", ["a"]],
    ["empty lines", "\n\n\ndata: a\n\n\n\n", ["a"]],
    ["other line ends, which are none", "data: a\u2028b\u0085c\vd\n\n", ["a\u2028b\u0085c\vd"]],
    ["nothing", "", []],
  ])("with %s", async (_, text, expected) => {
    expect(await dataOf(text)).toEqual(expected);
    expect(await dataOf(...[...Buffer.from(text)].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  it("keeps id and retry of those before it, and no more", async () => {
    const text = [
      "id: 1\nretry: 10\nevent: x\ndata: a\n\n",
      "data: b\n\n",
      "id: 2\n\n",
      "retry: soon\nretry: -1\nid: 3\0\ndata: c\n\n",
      "id\ndata: d\n\n",
    ];
    expect(await eventsOf("texts", ...text)).toEqual([
      { event: "x", id: "1", retry: 10, data: "a" },
      { event: "message", id: "1", retry: 10, data: "b" },
      { event: "message", id: "2", retry: 10, data: "c" },
      { event: "message", id: "", retry: 10, data: "d" },
    ]);
  });

  it("is the same however its bytes are cut", { timeout: 30_000 }, async () => {
    const text = "\ufeffid: ü\r\ndata: 工€😀\r\ndata: b\r\r: c\ndata: {}\n\r\nevent: 😀\rdata: x\r\n\r\n";
    const whole = Buffer.from(text);
    const expected = await eventsOf("texts", whole);
    expect(expected.map(({ data }) => data)).toEqual(["工€😀\nb", "{}", "x"]);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(whole.length), { maxLength: 12 }), async (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), whole.length];
        const parts = ends.map((end, index) => whole.subarray(index === 0 ? 0 : ends[index - 1], end));
        expect(await eventsOf("texts", ...parts.filter(({ length }) => length))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("is there as soon as its line ends, be it in CR", async () => {
    for (const end of ["\n\n", "\r\r", "\r\n\r\n"]) {
      await using server = await serve((_, response) => {
        response.writeHead(200, SSE).write(`data: a${end}`);
      });
      await using stream = await follow(server, "texts");
      expect(await stream[Symbol.asyncIterator]().next()).toMatchObject({ value: { data: "a" } });
    }
  });
});

describe("data that the contract calls JSON", () => {
  it("is decoded", async () => {
    const parts = ['data: {"a":\ndata: 1}\n\n', "data: [1]\n\n", "data: null\n\n"];
    expect((await eventsOf("events", ...parts)).map(({ data }) => data)).toEqual([{ a: 1 }, [1], null]);
  });

  it("ends with `[DONE]`, and the connection with it", async () => {
    await using server = await serve((_, response) => {
      response.writeHead(200, SSE).write('data: {"a":1}\n\ndata: [DONE]\n\ndata: {"a":2}\n\n');
    });
    expect(await all(await follow(server, "events"))).toMatchObject([{ data: { a: 1 } }]);
    expect(await server.requests[0]?.taken).toBe(false);
    expect(await dataOf("data: [DONE]\n\ndata: a\n\n")).toEqual(["[DONE]", "a"]);
  });

  it.each([
    ["text", "hello"],
    ["half of it", '{"a":'],
    ["nothing", ""],
  ])("that is %s is a DecodeError with it, after the events before", async (_, data) => {
    await using server = await serve((_, response) => {
      response.writeHead(200, SSE).write(`data: 1\n\ndata: ${data}\n\ndata: 2\n\n`);
    });
    const items: unknown[] = [];
    const loop = (async () => {
      for await (const { data } of await follow(server, "events")) items.push(data);
    })();
    const error = await errorOf(loop);
    expect(error).toMatchObject({ name: "DecodeError", operationId: "follow", status: 200, text: data });
    expect(error.cause).toBeUndefined();
    expect(items).toEqual([1]);
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("is lossy where it is no UTF-8", async () => {
    await using server = await serve(
      bytes("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n", 'data: "', Uint8Array.of(0xff), '"\n\n'),
    );
    expect(await all(await follow(server, "events"))).toMatchObject([{ data: "\ufffd" }]);
  });
});
