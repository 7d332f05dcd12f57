/** A real server that misbehaves: one switch a fault. */
import { brotliCompressSync, gzipSync } from "node:zlib";
import {
  answer,
  bytes,
  type Handler,
  json,
  octets,
  pieces,
  problem,
  serve,
  silence,
  stall,
  type TestServer,
} from "../server.js";

/** The file that is exported: every byte there is, after the beginning of a zip. */
export const WHOLE = Buffer.concat([
  Buffer.from("PK\x03\x04"),
  Uint8Array.from({ length: 4096 }, (_, index) => (index * 7) % 256),
]);

/** A file that begins as an envelope does. */
export const JSON_FILE = Buffer.from('{"rows":[1,2,3]}');

const MIB = 2 ** 20;
const OCTETS = { "content-type": "application/octet-stream" };
const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n";
const ENVELOPE = { error_code: "OSM.01010001", error_msg: "parameter check failed", request_id: "r-1" };
const good = octets(WHOLE);

/** The bytes as they are, then RST. */
const reset =
  (...raw: readonly string[]): Handler =>
  ({ socket }) => {
    // The kernel drops what was not sent yet.
    socket.write(raw.join(""), () => setImmediate(() => socket.resetAndDestroy()));
  };

/** A byte, and the next one after a while. */
const drip =
  (body: Uint8Array, pause: number): Handler =>
  (_, response) => {
    response.writeHead(200, { ...OCTETS, "content-length": body.length });
    let sent = 0;
    const timer = setInterval(() => {
      response.write(body.subarray(sent, ++sent));
      if (sent === body.length) response.end();
    }, pause);
    response.once("close", () => clearInterval(timer));
  };

const later = (after: string | (() => string)): readonly [Handler, Handler] => [
  (request, response) => {
    const value = typeof after === "string" ? after : after();
    problem(429, "APIGW.0308", "throttled", { "retry-after": value })(request, response);
  },
  good,
];

const padded = (length: number): string => JSON.stringify({ ...ENVELOPE, padding: "a".repeat(length) });
const compressed = (body: Uint8Array, coding: string): Handler => octets(body, { "content-encoding": coding });
/** Its checksum is of another file. */
const broken = Buffer.concat([gzipSync(WHOLE).subarray(0, -8), gzipSync("").subarray(-8)]);
/** A proxy that compresses for whoever takes it, and loses the end, in framing that is sound. */
const squeezed: Handler = (request, response) =>
  (/gzip/.test(request.headers["accept-encoding"] ?? "") ? compressed(gzipSync(WHOLE).subarray(0, 99), "gzip") : good)(
    request,
    response,
  );
/** What the server does to one request after the other; the last one stays. `other` is an origin with the whole file. */
export type Fault = (other: string) => readonly [Handler, ...Handler[]];

export const faults = {
  none: () => [good],
  "reset before the head": () => [reset()],
  "reset inside the head": () => [reset("HTTP/1.1 200 OK\r\ncontent-ty")],
  "reset after the head": () => [reset(HEAD, "content-length: 9\r\n\r\n")],
  "reset inside the body": () => [reset(HEAD, "content-length: 9\r\n\r\nPK\x03\x04")],
  "bytes that are no HTTP": () => [bytes("SSH-2.0-OpenSSH_9.9\r\n")],
  "cut short of Content-Length": () => [bytes(HEAD, "content-length: 9\r\n\r\nPK\x03\x04")],
  "chunked without its end": () => [bytes(HEAD, "transfer-encoding: chunked\r\n\r\n4\r\nPK\x03\x04\r\n")],
  "a chunk that is none": () => [bytes(HEAD, "transfer-encoding: chunked\r\n\r\n4\r\nPK\x03\x04\r\nzz\r\n")],
  "a byte every 100 ms": () => [drip(WHOLE.subarray(0, 8), 100)],
  "no head": () => [silence],
  "silence after the head": () => [stall(200, OCTETS)],
  "silence inside the body": () => [stall(200, OCTETS, "PK\x03\x04")],
  gzip: () => [compressed(gzipSync(WHOLE), "gzip")],
  br: () => [compressed(brotliCompressSync(WHOLE), "br")],
  "broken gzip": () => [compressed(broken, "gzip")],
  "gzip without its end": () => [squeezed],
  "wrong Content-Type": () => [octets(WHOLE, { "content-type": "text/html" })],
  "no Content-Type": () => [answer(200, {}, WHOLE)],
  "envelope at 200 as JSON": () => [json(200, ENVELOPE)],
  "envelope at 200 as octet-stream": () => [octets(JSON.stringify(ENVELOPE))],
  "envelope at 200 with BOM": () => [octets(`\ufeff${JSON.stringify(ENVELOPE)}`)],
  "envelope at 200 pretty-printed": () => [octets(`\r\n${JSON.stringify(ENVELOPE, null, 4)}`)],
  "envelope at 200 a byte a chunk": () => [pieces([...JSON.stringify(ENVELOPE)])],
  "envelope at 200 of 900 KiB": () => [octets(padded(900 * 1024))],
  // More than is held to look at: no service has such an error.
  "envelope at 200 of 2 MiB": () => [octets(padded(2 * MIB))],
  "a file that begins with {": () => [octets(JSON_FILE)],
  "an HTML 502": () => [answer(502, { "content-type": "text/html" }, "<h1>Bad Gateway</h1>")],
  "401 once": () => [problem(401, "OSM.0002"), good],
  "401 for ever": () => [problem(401, "OSM.0002")],
  "403, forbidden": () => [problem(403, "OSM.0003")],
  "429, Retry-After in seconds": () => later("1"),
  "429, Retry-After as a date": () => later(() => new Date(Date.now() + 2000).toUTCString()),
  "429, Retry-After in the past": () => later("Thu, 01 Jan 1970 00:00:00 GMT"),
  "429, Retry-After of years": () => later("99999999"),
  "429, Retry-After as a far date": () => later("Fri, 01 Jan 2100 00:00:00 GMT"),
  "429, Retry-After negative": () => later("-5"),
  "429, Retry-After not a number": () => later("soon"),
  "503 twice": () => [problem(503, "APIGW.0613"), problem(503, "APIGW.0613"), good],
  "503 for ever": () => [problem(503, "APIGW.0613")],
  "redirect to the same origin": () => [answer(302, { location: "/elsewhere" }), good],
  "redirect to another origin": (other) => [answer(302, { location: other })],
  "redirect in a loop": () => [answer(302, { location: "/again" })],
  "200 with an empty body": () => [octets("")],
  "20 MB of an error": () => [
    pieces(Array<string>(320).fill("a".repeat(65_536)), { "content-type": "text/html" }, 500),
  ],
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof faults;

export const serveFault = (fault: FaultName, other: TestServer): Promise<TestServer> =>
  serve(...(faults[fault] as Fault)(other.url));

/** What an envelope of the server looks like on disk, where it is too large to be looked at. */
export const LARGE_ENVELOPE = Buffer.from(padded(2 * MIB));
