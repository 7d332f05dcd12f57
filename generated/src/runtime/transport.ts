import type { Client } from "openapi-fetch";
import type { Body, Parts } from "./descriptor.js";
import type { Plan } from "./internals.js";

export type { ClientOptions, Middleware } from "openapi-fetch";
/** openapi-fetch over a `fetch` of ours. */
export { default as createRawClient } from "openapi-fetch";

/** openapi-fetch's client over the bindings. */
export type RawClient<Paths extends {}> = Client<Paths>;

type Send = (request: Request, plan: Plan) => Promise<Response>;

/** Hands the request of serialized parts to `send`, and resolves with the answer. */
export type Dispatch = (parts: Parts, plan: Plan, send: Send) => Promise<Response>;

/** Its own types know the paths of one document; a helper of the runtime knows none. */
type UntypedRequest = (
  method: string,
  path: string,
  init: Readonly<Record<string, unknown>> & { readonly fetch: (request: Request) => Promise<Response> },
) => Promise<{ readonly response: Response; readonly data?: Body; readonly error?: object | string }>;

/** By way of openapi-fetch, so that its middleware sees the request. */
export const throughRaw: Dispatch = async ({ path, query, ...rest }, plan, send) => {
  let response: Response | undefined;
  // The answer it would read, and badly: it gets one without a body.
  const {
    data,
    error,
    response: answer,
  } = await (plan.raw.request as unknown as UntypedRequest)(plan.operation.method, path, {
    baseUrl: plan.baseUrl,
    parseAs: "stream",
    querySerializer: () => query.join("&"),
    async fetch(built) {
      response = await send(built, plan);
      return new Response(null, { status: 204 });
    },
    ...rest,
  });
  // Middleware may answer in the place of the service; the body of an error openapi-fetch has read by then.
  return response ?? new Response(data ?? (typeof error === "string" ? error : JSON.stringify(error)), answer);
};
