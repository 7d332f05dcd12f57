import { authorize, holdCredential } from "./credentials.js";
import { deadline } from "./deadline.js";
import type { SecurityScheme } from "./descriptor.js";
import { TimeoutError } from "./errors.js";
import { type Callable, internals, type Plan } from "./internals.js";
import type { Credential, RuntimeClientOptions } from "./options.js";
import { own } from "./own.js";
import { retryPolicy } from "./retry.js";
import { describe, type Fetch, send } from "./send.js";
import { createTransport, type RawClient } from "./transport.js";

/** A client of any document. */
export interface RuntimeClient<Paths extends {}, Defaults> extends Callable {
  /**
   * openapi-fetch over the same credentials, retries, timeout and redirects, without validation and defaults. Helpers
   * send through it, so its middleware sees their requests too; the answer it then sees has no body.
   */
  readonly raw: RawClient<Paths>;
  readonly defaults: Defaults;
}

const baseOf = (baseUrl: string): string => {
  try {
    const { href, origin, pathname, protocol } = new URL(baseUrl);
    // Anything more is a user name, a password, a query or a fragment.
    if (/^https?:$/.test(protocol) && href === origin + pathname) return href.replace(/\/$/, "");
  } catch {
    // The same sentence, which shows nothing of the URL.
  }
  throw new TypeError("baseUrl must be an absolute http or https URL without credentials, query and fragment");
};

/** `rawSecurity` are the schemes that the document asks for where an operation says nothing: those of `raw`. */
export function createRuntimeClient<Paths extends {}, Auth, Defaults, K extends keyof Defaults>(
  options: RuntimeClientOptions<Auth, Defaults, K>,
  securitySchemes: readonly SecurityScheme[],
  rawSecurity: readonly string[],
): RuntimeClient<Paths, Pick<Required<Defaults>, K>> {
  const baseUrl = baseOf(options.baseUrl);
  const defaults = Object.freeze({ ...options.defaults }) as Pick<Required<Defaults>, K>;
  const held = securitySchemes.map((scheme) =>
    // Generated `Auth` types say so.
    holdCredential(scheme, own(options.auth, scheme.scheme) as Credential | undefined),
  );
  // Not bound early: what replaces the global one later is meant, too.
  const fetch: Fetch = options.fetch ?? ((request) => globalThis.fetch(request));

  const begin: Callable[typeof internals] = ({ operationId, security }, target, call): Plan => {
    const timeout = call.timeout ?? options.timeout ?? 30_000;
    const expired = () => new TimeoutError(`${target} was not answered within ${timeout} ms`, { operationId });
    return {
      raw,
      baseUrl,
      defaults,
      operationId,
      fetch,
      credentials: held.filter(({ scheme }) => security.includes(scheme.scheme)),
      time: deadline(timeout, call.signal, expired),
      retry: retryPolicy(call.retry ?? options.retry),
      headers: [options.headers, call.headers],
      validate: call.validate ?? options.validate ?? true,
    };
  };
  const raw = createTransport<Paths>(baseUrl, options.headers, async (built) => {
    const operation = { operationId: undefined, security: rawSecurity };
    const plan = begin(operation, describe(built), { signal: built.signal });
    const { time, credentials } = plan;
    try {
      const request = new Request(built, { signal: time.signal, redirect: "manual" });
      time.start();
      await time.race(authorize(request, credentials, undefined));
      return await send(request, plan);
    } finally {
      // The body is openapi-fetch's; the caller's signal goes on to end it.
      time.stop();
    }
  });
  return { raw, defaults, [internals]: begin };
}
