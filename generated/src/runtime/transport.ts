import createFetchClient, { type Client } from "openapi-fetch";
import type { Parts } from "./descriptor.js";
import type { HeaderOptions } from "./options.js";

/** openapi-fetch's client over the bindings. */
export type RawClient<Paths extends {}> = Client<Paths>;

type Fetch = (request: Request) => Promise<Response>;

/** openapi-fetch over a `fetch` of ours. */
export const createTransport = <Paths extends {}>(
  baseUrl: string,
  headers: HeaderOptions | undefined,
  fetch: Fetch,
): RawClient<Paths> => createFetchClient<Paths>({ baseUrl, headers: headers ?? {}, fetch });

/** Its own types know the paths of one document; a helper of the runtime knows none. */
type Untyped = (
  method: string,
  path: string,
  init: Readonly<Record<string, unknown>>,
) => Promise<{ readonly response: Response }>;

/**
 * Lets openapi-fetch build the request of serialized parts and hand it to `fetch`. What it gets for an answer it would
 * read, and badly: it gets one without a body. Resolves with what middleware answers instead of the service.
 */
export async function request(
  raw: RawClient<object>,
  method: string,
  { path, query, ...parts }: Parts,
  init: { readonly baseUrl: string; readonly signal: AbortSignal; readonly fetch: Fetch },
): Promise<Response> {
  const { response } = await (raw.request as unknown as Untyped)(method, path, {
    ...init,
    ...parts,
    redirect: "manual",
    querySerializer: () => query.join("&"),
  });
  return response;
}
