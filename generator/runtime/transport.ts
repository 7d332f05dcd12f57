import type { Client } from "openapi-fetch";
import type { Body, Parts } from "./descriptor.js";

export type { ClientOptions, Middleware } from "openapi-fetch";
/** openapi-fetch over a `fetch` of ours. */
export { default as createRawClient } from "openapi-fetch";

/** openapi-fetch's client over the bindings. */
export type RawClient<Paths extends {}> = Client<Paths>;

type Send = (request: Request) => Promise<Response>;

/** Hands the request of serialized parts to `send`, and resolves with the answer. */
export type Dispatch = (
  raw: RawClient<object>,
  method: string,
  baseUrl: string,
  parts: Parts,
  send: Send,
) => Promise<Response>;

/** Its own types know the paths of one document; a helper of the runtime knows none. */
type UntypedRequest = (
  method: string,
  path: string,
  init: Readonly<Record<string, unknown>> & { readonly fetch: Send },
) => Promise<{ readonly response: Response; readonly data?: Body; readonly error?: object | string }>;

/** By way of openapi-fetch, so that its middleware sees the request. */
export const throughRaw: Dispatch = async (raw, method, baseUrl, { path, query, ...rest }, send) => {
  let response: Response | undefined;
  // The answer it would read, and badly: it gets one without a body.
  const {
    data,
    error,
    response: answer,
  } = await (raw.request as unknown as UntypedRequest)(method, path, {
    baseUrl,
    parseAs: "stream",
    querySerializer: () => query.join("&"),
    async fetch(built) {
      response = await send(built);
      return new Response(null, { status: 204 });
    },
    ...rest,
  });
  // Middleware may answer in the place of the service; the body of an error openapi-fetch has read by then.
  return response ?? new Response(data ?? (typeof error === "string" ? error : JSON.stringify(error)), answer);
};
