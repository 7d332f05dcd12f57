import { PLAIN } from "./credentials.js";
import { ApiError, NetworkError } from "./errors.js";
import { discard, exchange } from "./exchange.js";
import { PRIVATE, redirectOf } from "./redirect.js";
import type { SendOptions } from "./send.js";

/** The answer, and whether it came to a request without credentials: another origin was on the way. */
export type Followed = readonly [response: Response, isElsewhere?: boolean];

/** What the option `headers` has of credentials is as private as what `auth` has, whatever the operation asks for. */
function keepPrivate({ url, headers }: Request, { operation, schemes, secrets, allowPlainHttp }: SendOptions): void {
  for (const name of PRIVATE) {
    const written = headers.get(name);
    // Of `Bearer t`, `t` is the secret.
    if (written) secrets.push(written, written.split(" ").pop());
  }
  for (const { key, in: place, name } of schemes) {
    const written = place === "header" && headers.get(name);
    secrets.push(written);
    if (written && PLAIN.test(url) && !allowPlainHttp) throw new ApiError(`auth.${key} needs https`, operation);
  }
}

/**
 * Sends a request, and another one to wherever it is redirected: `fetch` takes every header but a few along to another
 * origin.
 */
export async function follow(request: Request, options: SendOptions, hops = 0, isElsewhere = false): Promise<Followed> {
  const { headers } = request;
  keepPrivate(request, options);
  // As `fetch` has it (WHATWG Fetch, fetch, 11); that of workerd does not.
  if (!headers.has("accept")) headers.set("accept", "*/*");
  // Node takes a compressed body that lost its end for a whole one. Deno, where it is asked for none, decodes none.
  if (options.operation.isFile && !headers.has("accept-encoding") && !("Deno" in globalThis)) {
    headers.set("accept-encoding", "identity");
  }
  const response = await exchange(request, options);
  if (response.ok) return [response];
  const next = redirectOf(request, response, [...PRIVATE, ...options.schemes.map(({ name }) => name)], hops);
  if (!next) return [response, isElsewhere];
  discard(response);
  if (typeof next === "string") throw new NetworkError(`${options.name} is redirected ${next}`, options.operation);
  const following = await next;
  const isLeaving = new URL(following.url).origin !== new URL(request.url).origin;
  return follow(following, options, hops + 1, isElsewhere || isLeaving);
}
