import createFetchClient, { type Client } from "openapi-fetch";
import type { HeaderOptions } from "./options.js";

/** openapi-fetch's client over the bindings. */
export type RawClient<Paths extends {}> = Client<Paths>;

type Fetch = (request: Request) => Promise<Response>;

/** openapi-fetch over a `fetch` of ours; undefined headers are none. */
export const createTransport = createFetchClient as <Paths extends {}>(options: {
  readonly baseUrl: string;
  readonly headers: HeaderOptions | undefined;
  readonly redirect: "manual";
  readonly fetch: Fetch;
}) => RawClient<Paths>;

/** Its own types know the paths of one document; a helper of the runtime knows none. */
export type UntypedRequest = (
  method: string,
  path: string,
  init: Readonly<Record<string, unknown>> & { readonly fetch: Fetch },
) => Promise<{ readonly response: Response }>;
