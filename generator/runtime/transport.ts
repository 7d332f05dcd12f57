import type { Client } from "openapi-fetch";
import type { Body } from "./descriptor.js";

/** openapi-fetch over a `fetch` of ours. */
export { default as createTransport } from "openapi-fetch";

/** openapi-fetch's client over the bindings. */
export type RawClient<Paths extends {}> = Client<Paths>;

type Fetch = (request: Request) => Promise<Response>;

/** Its own types know the paths of one document; a helper of the runtime knows none. */
export type UntypedRequest = (
  method: string,
  path: string,
  init: Readonly<Record<string, unknown>> & { readonly fetch: Fetch },
) => Promise<{ readonly response: Response; readonly data?: Body; readonly error?: object | string }>;
