import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { call } from "../../generator/runtime/call.js";
import { file } from "../../generator/runtime/decode.js";
import { isDecodeError, isHttpError, isNetworkError } from "../../generator/runtime/errors.js";
import type { ApiFile } from "../../generator/runtime/file.js";
import type { Progress } from "../../generator/runtime/options.js";
import type { Success } from "../../generator/runtime/types.js";
import { clientOf, errorOf, INPUT } from "./client.js";
import { exportCases, exportCasesOperation } from "./export-cases.js";
import { answer, bytes, type Handler, json, octets, pieces, problem, serve, stall } from "./server.js";

const OCTETS = { "content-type": "application/octet-stream" };
/** Every byte there is, and what UTF-8 cannot be. */
const BINARY = Uint8Array.from({ length: 1024 }, (_, index) => index % 256);
const MIB = 2 ** 20;

/** Calls the export, and looks at its file while the server is there. */
async function withFile<T>(handler: Handler, look: (file: ApiFile) => T): Promise<Awaited<T>> {
  await using server = await serve(handler);
  return await look(await exportCases(clientOf(server), INPUT));
}

const readings: readonly (readonly [string, (file: ApiFile) => Promise<Uint8Array>])[] = [
  ["bytes", (file) => file.bytes()],
  ["blob", async (file) => new Uint8Array(await (await file.blob()).arrayBuffer())],
  ["stream", async (file) => new Uint8Array(await new Response(file.stream()).arrayBuffer())],
];

describe("a file", () => {
  it("tells its name, type and size before it is read", async () => {
    const headers = {
      "content-type": "Text/CSV; charset=utf-8",
      "content-disposition": "attachment; filename=\"a.csv\"; filename*=UTF-8''%E5%B7%A5%E5%8D%95.csv",
    };
    const facts = await withFile(octets(BINARY, headers), ({ name, type, size }) => ({ name, type, size }));
    expect(facts).toEqual({ name: "工单.csv", type: "Text/CSV; charset=utf-8", size: 1024 });
  });

  it("has no name, type or size that the service does not tell", async () => {
    await using server = await serve(pieces(["a"], { "content-type": "" }));
    const { name, type, size } = await exportCases(clientOf(server), INPUT);
    expect({ name, type, size }).toEqual({ name: undefined, type: "", size: undefined });
  });

  it.each(readings)("gives its %s as they were sent", async (_, read) => {
    expect(await withFile(octets(BINARY), read)).toEqual(BINARY);
    expect(await withFile(pieces([BINARY, BINARY]), read)).toEqual(Uint8Array.of(...BINARY, ...BINARY));
  });

  it.each(readings)("that is empty gives its %s", async (_, read) => {
    expect(await withFile(octets(""), read)).toEqual(new Uint8Array());
    expect(await withFile(pieces([]), read)).toEqual(new Uint8Array());
  });

  it("gives its text without a byte order mark, and a blob of its type", async () => {
    const csv = "\ufeff工单,a\r\n";
    expect(await withFile(octets(csv), (file) => file.text())).toBe("工单,a\r\n");
    const blob = await withFile(octets(csv, { "content-type": "text/csv" }), (file) => file.blob());
    expect([blob.type, blob.size]).toEqual(["text/csv", Buffer.byteLength(csv)]);
  });

  it("is as large as it is, and not what the length of its compressed bytes says", async () => {
    const packed = gzipSync(BINARY);
    const handler = octets(packed, { "content-encoding": "gzip", "content-length": packed.length });
    await withFile(handler, async (file) => {
      expect(file.size).toBeUndefined();
      expect(await file.bytes()).toEqual(BINARY);
    });
  });

  it("is no part that nobody asked for, and that the contract does not know", async () => {
    const responses = [{ status: "2XX", content: [{ type: "application/octet-stream", decode: file }] }] as const;
    await using server = await serve(answer(206, { "content-range": "bytes 0-3/99" }, "half"), octets("whole"));
    const operation = { ...exportCasesOperation, responses };
    const get = () => call<Success<number, ApiFile>, never>(clientOf(server), operation, INPUT);
    expect(isDecodeError(await errorOf(get()))).toBe(true);
    expect(await (await get()).text()).toBe("whole");
  });

  it("may be long", async () => {
    const parts = Array.from({ length: 40 }, (_, index) => new Uint8Array(100_000).fill(index));
    const received = await withFile(pieces(parts), (file) => file.bytes());
    expect(Buffer.concat(parts).equals(received)).toBe(true);
  });
});

describe("a second reading", () => {
  const every: readonly (readonly [string, (file: ApiFile) => unknown])[] = [
    ["stream", (file) => file.stream()],
    ["bytes", (file) => file.bytes()],
    ["blob", (file) => file.blob()],
    ["text", (file) => file.text()],
  ];
  it.each(every)("by `%s` is a TypeError", async (_, read) => {
    await withFile(octets("a"), async (file) => {
      expect(await file.text()).toBe("a");
      expect(await errorOf(new Promise((resolve) => resolve(read(file))))).toBeInstanceOf(TypeError);
    });
  });

  it.each(every)("after `cancel`, by `%s`, is one, too", async (_, read) => {
    await withFile(octets("a"), async (file) => {
      await file.cancel();
      expect(await errorOf(new Promise((resolve) => resolve(read(file))))).toBeInstanceOf(TypeError);
    });
  });
});

describe("giving a file up", () => {
  it.each<readonly [string, (file: ApiFile) => Promise<unknown>]>([
    ["cancel", (file) => file.cancel()],
    ["cancel, twice", (file) => file.cancel().then(() => file.cancel())],
    [
      "await using",
      async (file) => {
        await using _ = file;
      },
    ],
    ["the stream's own cancel", (file) => file.stream().cancel()],
    [
      "the end of an iteration",
      async (file) => {
        for await (const _ of file.stream() as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) break;
      },
    ],
  ])("by %s closes the connection", async (_, giveUp) => {
    await using server = await serve(stall(200, OCTETS, "begin"));
    await giveUp(await exportCases(clientOf(server), INPUT));
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("while it is read is a NetworkError to its reader, who must not take what came for the whole", async () => {
    await using server = await serve(stall(200, OCTETS, "begin"));
    const file = await exportCases(clientOf(server), INPUT);
    expect(isNetworkError(await errorOf(file.text({ onProgress: () => file.cancel() })))).toBe(true);
  });

  it("after it was read is no failure", async () => {
    await withFile(octets("a"), async (file) => {
      await file.text();
      await file.cancel();
      await file[Symbol.asyncDispose]();
    });
  });

  it("after it broke off is no failure", async () => {
    await withFile(bytes("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"), async (file) => {
      expect(isNetworkError(await errorOf(file.text()))).toBe(true);
      await file.cancel();
    });
  });
});

describe("a file that breaks off", () => {
  const head = "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n";

  it.each<readonly [string, Handler]>([
    ["before the announced length", bytes(head, "content-length: 9\r\n\r\nabc")],
    ["before its last chunk", bytes(head, "transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n")],
    ["in a chunk that is none", bytes(head, "transfer-encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n")],
    [
      "in compressed bytes",
      bytes(head, "content-encoding: gzip\r\ncontent-length: 999\r\n\r\n", gzipSync(BINARY).subarray(0, 100)),
    ],
  ])("%s gives a NetworkError to each way of reading", async (_, handler) => {
    for (const [, read] of readings) {
      await using server = await serve(handler);
      const reading = exportCases(clientOf(server, { retry: 0 }), INPUT).then(read);
      const error = await errorOf(reading);
      expect(isNetworkError(error)).toBe(true);
      expect(error).toMatchObject({ operationId: "exportCases" });
    }
  });

  it.each([
    ["shorter", 2],
    ["longer", 4],
  ])("is told where what `fetch` gives is %s than announced", async (_, length) => {
    await using server = await serve(octets("abc"));
    const fetch = async (request: Request) => {
      const response = await globalThis.fetch(request);
      return new Response(response.body, { headers: { ...OCTETS, "content-length": `${length}` } });
    };
    const error = await errorOf(exportCases(clientOf(server, { fetch }), INPUT).then((file) => file.bytes()));
    expect(isNetworkError(error)).toBe(true);
  });
});

const ENVELOPE = { error_code: "OSM.01010001", error_msg: "parameter check failed", request_id: "r-1" };
const TEXT = JSON.stringify(ENVELOPE);

describe("an error envelope at 200", () => {
  const padded = (length: number) => JSON.stringify({ ...ENVELOPE, padding: "a".repeat(length - TEXT.length - 13) });

  it.each<readonly [string, Handler]>([
    ["as JSON", json(200, ENVELOPE)],
    ["as JSON with a charset", json(200, ENVELOPE, { "content-type": "application/json;charset=utf-8" })],
    ["as octets", octets(TEXT)],
    ["as a spreadsheet", octets(TEXT, { "content-type": "application/vnd.ms-excel" })],
    ["as an attachment", octets(TEXT, { "content-disposition": "attachment; filename=a.xlsx" })],
    ["without a type", octets(TEXT, { "content-type": "" })],
    ["with a byte order mark", octets(`\ufeff${TEXT}`)],
    ["after blanks", octets(` \r\n\t ${TEXT}`)],
    ["after a mark and blanks, in pieces", pieces(["\ufeff", " \n", " ", "{", " ", '"', TEXT.slice(2)])],
    ["with more members, and lines", octets(JSON.stringify({ ...ENVELOPE, a: [1] }, null, 4))],
    ["in a chunk a byte", pieces([...Buffer.from(`\ufeff\n${TEXT}`)].map((byte) => Buffer.of(byte)))],
    ["compressed", octets(gzipSync(TEXT), { "content-encoding": "gzip" })],
    ["of nearly a mebibyte", octets(padded(MIB - 10))],
  ])("%s is an HttpError, and no file", async (_, handler) => {
    await using server = await serve(handler);
    const error = await errorOf(exportCases(clientOf(server), INPUT));
    if (!isHttpError(error)) throw error;
    expect(error).toMatchObject({ status: 200, code: "OSM.01010001", requestId: "r-1" });
    expect(error.body).toMatchObject(ENVELOPE);
    expect(error.message).toContain("200 OSM.01010001 parameter check failed");
    expect(server.requests).toHaveLength(1);
  });

  it.each<readonly [string, Handler]>([
    ["as JSON", json(200, { error_code: "E" })],
    ["as octets", octets('{"error_code":"E"}')],
  ])("of a code alone is one, %s", async (_, handler) => {
    await using server = await serve(handler);
    const error = await errorOf(exportCases(clientOf(server), INPUT));
    expect(error).toMatchObject({ name: "HttpError", status: 200, code: "E", body: { error_code: "E" } });
  });

  it.each<readonly [string, string | Uint8Array]>([
    ["JSON that lacks the code", '{"error_msg":"no"}'],
    ["JSON with more around it", `[${TEXT}]`],
    ["JSON with something after it", `${TEXT}\n${TEXT}`],
    ["JSON that is cut", TEXT.slice(0, -1)],
    ["a brace, then text", "{error_code}"],
    ["a brace alone", "{"],
    ["blanks alone", " \r\n "],
    ["a mark alone", "\ufeff"],
    ["a brace, then bytes", Uint8Array.of(0x7b, 0xff, 0x00, 0x22)],
    ["a brace and a quote, then bytes", Uint8Array.of(0x7b, 0x22, 0xff, 0x00)],
    ["a zip", Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x7b, 0x22)],
    ["an envelope of more than a mebibyte", padded(MIB + 100_000)],
  ])("is not %s: a file, byte for byte", async (_, body) => {
    const expected = Buffer.from(body);
    expect(expected.equals(await withFile(octets(body), (file) => file.bytes()))).toBe(true);
    const cut = [expected.subarray(0, 1), expected.subarray(1, 3), expected.subarray(3)].filter(({ length }) => length);
    expect(expected.equals(await withFile(pieces(cut), (file) => file.bytes()))).toBe(true);
  });

  it("is not JSON that is a file, and that is read with progress", async () => {
    const text = JSON.stringify({ rows: [1, 2] });
    const told: Progress[] = [];
    const read = (file: ApiFile) => file.text({ onProgress: (progress) => told.push(progress) });
    expect(await withFile(json(200, { rows: [1, 2] }), read)).toBe(text);
    expect(told.at(-1)).toMatchObject({ loaded: text.length, total: text.length });
  });

  it("is an error where its status is one, too", async () => {
    await using server = await serve(problem(400, "OSM.0001"));
    expect(await errorOf(exportCases(clientOf(server), INPUT))).toMatchObject({ status: 400, code: "OSM.0001" });
  });
});
