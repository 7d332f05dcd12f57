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
export interface RuntimeClient<in out Paths extends {}, out Defaults> extends Callable {
  /**
   * openapi-fetch over the same credentials, retries, timeout and redirects, without validation and defaults. Helpers
   * send through it, so its middleware sees their requests too; the answer it then sees has no body.
   */
  readonly raw: RawClient<Paths>;
  readonly defaults: Defaults;
}

const baseOf = (baseUrl: string): string => {
  // An error of `new URL` would show a password.
  const url = URL.canParse(baseUrl) && new URL(baseUrl);
  // Anything more is a user name, a password, a query or a fragment.
  if (url && /^http/.test(url.href) && url.href === url.origin + url.pathname) return url.href.replace(/\/$/, "");
  throw new TypeError("baseUrl must be a plain http(s) URL");
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

  const begin: Callable[typeof internals] = (operation, call): Plan => {
    const { operationId, method, path, security } = operation;
    const target = `${method} ${baseUrl}${path}`;
    const timeout = call.timeout ?? options.timeout ?? 30_000;
    const retry = call.retry ?? options.retry;
    const expired = () => new TimeoutError(`${target} took over ${timeout} ms`, operation);
    return {
      raw,
      defaults,
      operationId,
      target,
      fetch: options.fetch,
      credentials: held.filter(({ scheme }) => security.includes(scheme)),
      time: deadline(timeout, call.signal, expired),
      retry: typeof retry === "object" ? retry : { limit: retry },
      headers: [options.headers, call.headers],
      validate: call.validate ?? options.validate ?? true,
    };
  };
  const raw = createTransport<Paths>(baseUrl, options.headers, async (built) => {
    const { method, signal } = built;
    const plan = begin({ operationId: undefined, method, path: "", security: rawSecurity }, { signal });
    const { time } = plan;
    const response = await time.limit(() =>
      send(new Request(built, { signal: time.signal, redirect: "manual" }), plan),
    );
    // The body is openapi-fetch's; the caller's signal goes on to end it.
    time.stop();
    return response;
  });
  return { raw, defaults, [internals]: begin };
}
