import { holdCredential } from "./credentials.js";
import { deadline } from "./deadline.js";
import type { SecurityScheme } from "./descriptor.js";
import { TimeoutError } from "./errors.js";
import { type Callable, internals, type Plan } from "./internals.js";
import type { Credential, RuntimeClientOptions } from "./options.js";
import { own } from "./own.js";
import { send } from "./send.js";
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
  const { href, origin, pathname } = new URL(baseUrl);
  // Anything more is a user name, a password, a query or a fragment.
  if (/^http/.test(href) && href === origin + pathname) return href.replace(/\/$/, "");
  throw new TypeError("baseUrl must be an http(s) URL without user, query and fragment");
};

/** `rawSecurity` are the schemes that the document asks for where an operation says nothing: those of `raw`. */
export function createRuntimeClient<Paths extends {}, Auth, Defaults, K extends keyof Defaults>(
  options: RuntimeClientOptions<Auth, Defaults, K>,
  securitySchemes: readonly SecurityScheme[],
  rawSecurity: readonly string[],
): RuntimeClient<Paths, Pick<Required<Defaults>, K>> {
  const baseUrl = baseOf(options.baseUrl);
  const defaults = { ...options.defaults } as Pick<Required<Defaults>, K>;
  const held = securitySchemes.map((scheme) =>
    // Generated `Auth` types say so.
    holdCredential(scheme, own(options.auth, scheme.scheme) as Credential | undefined),
  );

  const begin: Callable[typeof internals] = ({ operationId, method, path, security }, call): Plan => {
    const target = `${method} ${baseUrl}${path}`;
    const timeout = call.timeout ?? options.timeout ?? 30_000;
    const retry = call.retry ?? options.retry;
    const expired = () => new TimeoutError(`${target} took more than ${timeout} ms`, { operationId });
    return {
      raw,
      baseUrl,
      defaults,
      operationId,
      target,
      // Not bound early: what replaces the global one later is meant, too.
      fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
      credentials: held.filter(({ scheme }) => security.includes(scheme.scheme)),
      secrets: new Set(),
      time: deadline(timeout, call.signal, expired),
      retry: typeof retry === "object" ? retry : { limit: retry },
      headers: [options.headers, call.headers],
      validate: call.validate ?? options.validate ?? true,
    };
  };
  const raw = createTransport<Paths>(baseUrl, options.headers, async (built) => {
    const { method, url, signal } = built;
    const path = url.replace(baseUrl, "").replace(/\?.*/, "");
    const plan = begin({ operationId: undefined, method, path, security: rawSecurity }, { signal });
    try {
      return await send(new Request(built, { signal: plan.time.signal, redirect: "manual" }), plan);
    } finally {
      // The body is openapi-fetch's; the caller's signal goes on to end it.
      plan.time.stop();
    }
  });
  return { raw, defaults, [internals]: begin };
}
