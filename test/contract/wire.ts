import type { Case } from "./cases.js";
import type { DeclaredOperation } from "./contract.js";

/** What a case has to look like on the wire. */
export interface ExpectedRequest {
  readonly method: string;
  readonly target: string;
  /** Lower-case names; exactly these of the headers that the contract or the caller has a say in. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The request of a case, worked out from the contract: parameters in the document's order, `form` with `explode` in the
 * query and `simple` in a header (OpenAPI, Style Values), percent-encoded except for unreserved characters (RFC 3986, 2.3).
 */
export function expectedRequest(operation: DeclaredOperation, { given }: Case): ExpectedRequest {
  const pairs = operation.parameters
    .filter((parameter) => parameter.in === "query" && given.has(parameter))
    .flatMap((parameter) =>
      [given.get(parameter)].flat().map((value) => `${parameter.name}=${percent(String(value))}`),
    );
  const headers = operation.parameters
    .filter((parameter) => parameter.in === "header" && given.has(parameter))
    .map((parameter) => [parameter.name.toLowerCase(), String(given.get(parameter))] as const);
  return {
    method: operation.method,
    target: operation.path + (pairs.length === 0 ? "" : `?${pairs.join("&")}`),
    headers: { accept: "*/*", ...Object.fromEntries(headers) },
  };
}

/** Headers that fetch adds on its own account (Fetch standard, and Node's implementation of it). */
const ownHeaders = ["host", "connection", "accept-language", "accept-encoding", "sec-fetch-mode", "user-agent"];

/** The headers of a raw request without those of fetch itself. */
export function sentHeaders(rawHeaders: readonly string[]): Readonly<Record<string, string>> {
  const pairs = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? ""] as const] : [],
  );
  return Object.fromEntries(pairs.filter(([name]) => !ownHeaders.includes(name)));
}

function percent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
