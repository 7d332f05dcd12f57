/** What the program talks to: a server with a case for each thing that may happen, another origin, and Prism. */

import { createHash } from "node:crypto";
import { type Fault, type FaultName, faults, JSON_FILE, LARGE_ENVELOPE, WHOLE } from "../runtime/faults/server.js";
import {
  answer,
  type Handler,
  json,
  octets,
  problem,
  type Received,
  serve,
  silence,
  stall,
} from "../runtime/server.js";

/** The file: no UTF-8, and more than a connection takes at once. */
export const FILE = Buffer.concat([
  Buffer.from("PK\x03\x04"),
  Uint8Array.from({ length: 500_000 }, (_, index) => (index * 7) % 256),
]);
export const FILE_NAME = "工单.xlsx";

const FILE_HEADERS = {
  "content-type": "application/octet-stream",
  "content-length": FILE.length,
  "content-disposition": "attachment; filename*=UTF-8''%E5%B7%A5%E5%8D%95.xlsx",
};
const ENVELOPE = { error_code: "OSM.01010002", error_msg: "no permission" };
const PIECES = 10;

/** How an export ends under a fault, in every runtime: with these bytes, or this error. */
const outcomes = {
  none: WHOLE,
  "reset before the head": "NetworkError",
  "reset inside the head": "NetworkError",
  "reset after the head": "NetworkError",
  "reset inside the body": "NetworkError",
  "bytes that are no HTTP": "NetworkError",
  "cut short of Content-Length": "NetworkError",
  "chunked without its end": "NetworkError",
  "a chunk that is none": "NetworkError",
  "a byte every 100 ms": WHOLE.subarray(0, 8),
  "no head": "TimeoutError",
  "silence after the head": "TimeoutError",
  gzip: WHOLE,
  br: WHOLE,
  "broken gzip": "NetworkError",
  "wrong Content-Type": WHOLE,
  "no Content-Type": WHOLE,
  "envelope at 200 as JSON": "HttpError 200 OSM.01010001",
  "envelope at 200 as octet-stream": "HttpError 200 OSM.01010001",
  "envelope at 200 with BOM": "HttpError 200 OSM.01010001",
  "envelope at 200 a byte a chunk": "HttpError 200 OSM.01010001",
  "envelope at 200 of 900 KiB": "HttpError 200 OSM.01010001",
  "envelope at 200 of 2 MiB": LARGE_ENVELOPE,
  "a file that begins with {": JSON_FILE,
  "an HTML 502": "HttpError 502",
  "401 for ever": "HttpError 401 OSM.0002",
  "429, Retry-After of years": WHOLE,
  "503 twice": WHOLE,
  "503 for ever": "HttpError 503 APIGW.0613",
  "redirect to the same origin": WHOLE,
  "redirect in a loop": "NetworkError",
  "200 with an empty body": new Uint8Array(),
  "20 MB of an error": "HttpError 500",
} as const satisfies Partial<Readonly<Record<FaultName, string | Uint8Array>>>;
const faultNames = Object.keys(outcomes) as readonly (keyof typeof outcomes)[];

/** A piece every so often, so that the progress has something to show; the connection ends with the last of them. */
const slowly =
  (pieces: number): Handler =>
  (_, response) => {
    response.writeHead(200, FILE_HEADERS);
    const length = Math.ceil(FILE.length / PIECES);
    let sent = 0;
    const timer = setInterval(() => {
      response.write(FILE.subarray(sent * length, ++sent * length));
      if (sent === PIECES) response.end();
      else if (sent === pieces) response.destroy();
    }, 60);
    response.once("close", () => clearInterval(timer));
  };

/** Takes the second token only. */
const tokens: Handler = (request, response) => {
  const isGood = request.headers["x-auth-token"] === "token-2";
  (isGood ? octets("good") : problem(401, "OSM.0002"))(request, response);
};

/** One handler after the other; the last one stays. */
function inTurn(handlers: readonly Handler[]): Handler {
  let count = 0;
  return (request, response) => handlers[Math.min(count++, handlers.length - 1)]?.(request, response);
}

/** Pages of every origin may ask, with every header, and read every one that the package reads (WHATWG Fetch, CORS protocol). */
const withCors =
  (handler: Handler): Handler =>
  (request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-expose-headers", "content-disposition, content-length, retry-after");
    if (request.method !== "OPTIONS") return handler(request, response);
    const asked = request.headers["access-control-request-headers"] ?? "";
    answer(204, { "access-control-allow-headers": asked })(request, response);
  };

export const digestOf = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** The first segment of the path; nothing for what a browser asks before it asks. */
const caseOf = ({ method, target }: Received): readonly string[] =>
  method === "GET" ? [target.split("/")[1] ?? ""] : [];

/** The servers of one run of the program. */
export interface Servers extends AsyncDisposable {
  /** For the program: the server, each case of which is a path; Prism; and a server for each fault. */
  readonly addresses: {
    readonly server: string;
    readonly prism: string;
    readonly faults: Readonly<Record<string, string>>;
  };
  /** How often each case was asked, and the other origin (`elsewhere`); what a browser asks by itself does not count. */
  readonly counts: () => Readonly<Record<string, number>>;
  /** The tokens that came to the other origin. */
  readonly strayTokens: () => readonly string[];
}

export async function startServers(prism: string): Promise<Servers> {
  const other = await serve(withCors(octets("elsewhere")));
  const cases: Readonly<Record<string, Handler>> = {
    file: slowly(PIECES),
    envelope: json(200, ENVELOPE),
    disguised: octets(JSON.stringify(ENVELOPE)),
    silence,
    stall: stall(200, { "content-type": "application/octet-stream" }),
    cut: slowly(PIECES / 2),
    busy: inTurn([problem(429, "APIGW.0308", "throttled", { "retry-after": "0" }), octets("good")]),
    tokens,
    redirect: answer(302, { location: `${other.url}/elsewhere` }),
  };
  const server = await serve(
    withCors((request, response) => {
      (cases[request.url?.split("/")[1] ?? ""] ?? answer(404))(request, response);
    }),
  );
  const faulty = await Promise.all(
    faultNames.map(async (name) => [name, await serve(withCors(inTurn((faults[name] as Fault)(other.url))))] as const),
  );
  return {
    addresses: {
      server: server.url,
      prism,
      faults: Object.fromEntries(faulty.map(([name, { url }]) => [name, url])),
    },
    counts() {
      const names = [server, other].flatMap(({ requests }) => requests.flatMap(caseOf));
      return Object.fromEntries(
        [...new Set(names)].map((name) => [name, names.filter((each) => each === name).length]),
      );
    },
    strayTokens: () => other.requests.flatMap((request) => request.header("x-auth-token") ?? []),
    async [Symbol.asyncDispose]() {
      const all = [server, other, ...faulty.map(([, each]) => each)];
      await Promise.all(all.map((each) => each[Symbol.asyncDispose]()));
    },
  };
}

/** What the program comes to, but for what it saves. */
export async function expected(prism: string) {
  const target = "/v2/servicerequest/cases/export?language=zh-cn&timezone=GMT%2B8";
  const example = await fetch(`${prism}${target}`, { headers: { "X-Auth-Token": "the-token" } });
  const digest = digestOf(FILE);
  return {
    bytes: {
      name: FILE_NAME,
      type: "application/octet-stream",
      size: FILE.length,
      digest,
      moved: true,
      end: [FILE.length, FILE.length],
    },
    stream: { digest, isStream: true },
    prism: { name: "工单列表.csv", digest: digestOf(new Uint8Array(await example.arrayBuffer())) },
    envelope: "HttpError 200 OSM.01010002",
    disguised: "HttpError 200 OSM.01010002",
    invalid: "ValidationError searchKey maxLength,limit maximum",
    aborted: ["Error: reason 1", "Error: reason 0"],
    timeouts: ["TimeoutError", "TimeoutError"],
    cut: "NetworkError",
    busy: "good",
    refreshed: { texts: ["good", "good", "good"], count: 2 },
    redirect: "elsewhere",
    faults: Object.fromEntries(faultNames.map((name) => [name, endOf(outcomes[name])])),
  };
}

const endOf = (outcome: string | Uint8Array): string => (typeof outcome === "string" ? outcome : digestOf(outcome));
