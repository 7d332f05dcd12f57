/** Reads an address that a reference names: only where the user lets it lead, on the way too. */
import { lookup as systemLookup } from "node:dns";
import { get as getPlain, type IncomingMessage } from "node:http";
import { get as getSecure } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** A reference that the document may not make; the message completes "`$ref` …". */
export class RefusedError extends Error {}

/** What was read. */
export interface Content {
  readonly bytes: Uint8Array;
  readonly mimeType?: string;
}

/** How much an address may ask for. */
export interface Limits {
  readonly bytes: number;
  readonly milliseconds: number;
  readonly redirects: number;
}

const usual: Limits = { bytes: 50 * 1024 * 1024, milliseconds: 30_000, redirects: 5 };

/** Why `address` may not be asked; undefined if one of `allowed` is it, or holds it. */
export function refuseAddress(address: string, allowed: readonly URL[]): string | undefined {
  if (!URL.canParse(address)) return "is not an address";
  const url = new URL(address);
  if (url.username !== "" || url.password !== "") return "holds a password";
  const isAllowed = allowed.some((place) => place.origin === url.origin && isBelow(url.pathname, place.pathname));
  return isAllowed ? undefined : `leads to ${url.origin === "null" ? url.protocol : url.origin}`;
}

function isBelow(path: string, place: string): boolean {
  if (place === "/") return true;
  // A server may take these for a slash, and leave the place.
  if (/%(2f|5c)/i.test(path)) return false;
  return path === place || path.startsWith(`${place.replace(/\/$/, "")}/`);
}

/**
 * The content of an address. Each redirect is judged like a reference, and so is the address that a name stands for: a
 * network of one's own is reached only if `allowed` names it by its number, or as `localhost`.
 * @throws RefusedError, or an Error whose message completes "it cannot be read: …".
 */
export async function download(
  address: string,
  allowed: readonly URL[],
  limits: Limits = usual,
  lookup: typeof systemLookup = systemLookup,
): Promise<Content> {
  const signal = AbortSignal.timeout(limits.milliseconds);
  let url = new URL(address);
  for (let hop = 0; hop <= limits.redirects; hop += 1) {
    const response = await ask(url, allowed, signal, lookup);
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy();
      const next = URL.canParse(headers.location, url) ? new URL(headers.location, url) : undefined;
      const refusal = next ? refuseAddress(next.href, allowed) : "leads to no address";
      if (next === undefined || refusal) throw new RefusedError(`is redirected, and that ${refusal}`);
      url = next;
      continue;
    }
    if (statusCode < 200 || statusCode >= 300) {
      response.destroy();
      throw new Error(`the server answered ${statusCode}`);
    }
    return { bytes: await readAll(response, limits.bytes, signal), mimeType: headers["content-type"] ?? "" };
  }
  throw new Error(`the server redirects more than ${limits.redirects} times`);
}

function ask(
  url: URL,
  allowed: readonly URL[],
  signal: AbortSignal,
  lookup: typeof systemLookup,
): Promise<IncomingMessage> {
  const host = hostOf(url);
  const refusal = (number: string) =>
    isPrivate(number) && !isNamed(number, url, allowed)
      ? new RefusedError(`leads to ${number === host ? "" : `${host}, which is `}the private address ${number}`)
      : undefined;
  if (isIP(host) !== 0) {
    const refused = refusal(host);
    if (refused) return Promise.reject(refused);
  }
  // The connection is made to the numbers that are judged here: to ask for them twice could give others.
  const judged: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, numbers) => {
      const [first] = numbers ?? [];
      const refused = error ?? numbers.map(({ address }) => refusal(address)).find(Boolean);
      if (refused || first === undefined) callback(refused ?? new Error("no such host"), []);
      else if (options.all) callback(null, numbers);
      else callback(null, first.address, first.family);
    });
  };
  const get = url.protocol === "https:" ? getSecure : getPlain;
  const headers = { accept: "application/yaml, application/json, */*" };
  return new Promise((resolve, reject) => {
    get(url, { headers, signal, lookup: judged }, resolve).on("error", (error) =>
      reject(error instanceof RefusedError ? error : unreached(error, signal)),
    );
  });
}

async function readAll(response: IncomingMessage, limit: number, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) break;
      chunks.push(chunk);
    }
  } catch (error) {
    if (signal.aborted) throw new Error("the server takes too long");
    throw new Error(`the server breaks off: ${reasonOf(error)}`);
  }
  if (size > limit) throw new Error(`it is larger than ${limit} bytes`);
  return Buffer.concat(chunks);
}

function unreached(error: Error, signal: AbortSignal): Error {
  return new Error(signal.aborted ? "the server takes too long" : `the server cannot be reached: ${reasonOf(error)}`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}

/** Without the brackets of an IPv6 number. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

/** Whether the user has named this number, for this protocol and port. */
function isNamed(number: string, url: URL, allowed: readonly URL[]): boolean {
  return allowed.some((place) => {
    if (place.protocol !== url.protocol || place.port !== url.port) return false;
    const host = hostOf(place);
    return host === number || (/^(.+\.)?localhost\.?$/.test(host) && ["127.0.0.1", "::1"].includes(number));
  });
}

/** Networks that are no part of the Internet (IANA's special-purpose registries, RFC 6890). */
const special: readonly (readonly [network: string, prefix: number])[] = [
  ...([
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["224.0.0.0", 3],
  ] as const),
  ["::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
];

const privateNetworks = new BlockList();
for (const [network, prefix] of special) {
  privateNetworks.addSubnet(network, prefix, network.includes(":") ? "ipv6" : "ipv4");
}

/** Whether a number leads to a network of one's own; an IPv4 number in IPv6 clothes is still one. */
export function isPrivate(number: string): boolean {
  if (isIP(number) !== 6) return privateNetworks.check(number, "ipv4");
  return privateNetworks.check(translated(number) ?? number, translated(number) ? "ipv4" : "ipv6");
}

/** The IPv4 number behind one of a translator's (RFC 6052, 2.1). */
function translated(number: string): string | undefined {
  const { hostname } = new URL(`http://[${number.replace(/%.*$/, "")}]`);
  const [, high = "0", low = "0"] = /^\[64:ff9b::(?:([0-9a-f]+):)?([0-9a-f]+)?\]$/.exec(hostname) ?? [];
  if (!hostname.startsWith("[64:ff9b::")) return undefined;
  const bits = Number.parseInt(high, 16) * 0x1_0000 + Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join(".");
}
