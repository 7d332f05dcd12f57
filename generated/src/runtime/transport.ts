import createFetchClient, { type Client } from "openapi-fetch";
import type { HeaderOptions } from "./options.js";

/** openapi-fetch's client over the bindings. */
export type RawClient<Paths extends {}> = Client<Paths>;

type Fetch = (request: Request) => Promise<Response>;

/** A request of which every part is serialized. */
export interface SerializedRequest {
  readonly method: string;
  /** The path template, which is what middleware is told. */
  readonly template: string;
  readonly url: string;
  readonly query: string;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  readonly fetch: Fetch;
}

export const createTransport = <Paths extends {}>(
  baseUrl: string,
  headers: HeaderOptions | undefined,
  fetch: Fetch,
): RawClient<Paths> => createFetchClient<Paths>({ baseUrl, headers: headers ?? {}, fetch });

type Request_ = (
  method: string,
  template: string,
  init: Readonly<Record<string, unknown>>,
) => Promise<{ readonly response: Response }>;

/**
 * Lets openapi-fetch build the request and hand it to `fetch`. What it gets for an answer it would read, and badly: it is
 * to be one without a body.
 */
export async function request(raw: RawClient<object>, parts: SerializedRequest): Promise<Response> {
  const { method, template, url, query, headers, signal, fetch } = parts;
  // Its types know the paths of one document, this file knows none.
  const untyped = raw.request as unknown as Request_;
  const { response } = await untyped(method, template, {
    params: { path: {} },
    pathSerializer: () => url,
    querySerializer: () => query,
    redirect: "manual",
    headers,
    signal,
    fetch,
  });
  return response;
}
