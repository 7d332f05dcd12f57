import { createTransport } from "#dispatch";
import { baseOf } from "./base-url.js";
import { holdCredential } from "./credentials.js";
import { deadline } from "./deadline.js";
import type { Operation, SecurityScheme } from "./descriptor.js";
import { TimeoutError } from "./errors.js";
import { type Callable, internals, type Plan } from "./internals.js";
import type { Credential, HeaderOptions, RuntimeClientOptions } from "./options.js";
import { own } from "./own.js";
import { send } from "./send.js";
import type { RawClient } from "./transport.js";

/** A client of any document. */
export interface RuntimeClient<in out Paths extends {}, out Defaults> extends Callable {
  /**
   * openapi-fetch over the same credentials, retries, timeout and redirects, without validation and defaults. Its
   * middleware sees the requests of helpers, too; the answer it then sees has no body. Of credentials it sends those that
   * the document asks of every operation, and it knows no address but the client's.
   */
  readonly raw: RawClient<Paths>;
  readonly defaults: Defaults;
}

/** `documentSecurity` is what is asked for where an operation says nothing, and of `raw`. */
export function createRuntimeClient<Paths extends {}, Auth, Defaults, K extends keyof Defaults>(
  options: RuntimeClientOptions<Auth, Defaults, K>,
  securitySchemes: readonly SecurityScheme[],
  documentSecurity: NonNullable<Operation["security"]>,
): RuntimeClient<Paths, Pick<Required<Defaults>, K>> {
  const baseUrl = baseOf(options.baseUrl);
  const budget = { spent: 0 };
  const defaults = { ...options.defaults } as Pick<Required<Defaults>, K>;
  const holders = securitySchemes.map((scheme) =>
    // Generated `Auth` types say so.
    holdCredential(scheme, own(options.auth, scheme.key) as Credential<unknown>),
  );

  const begin: Callable[typeof internals] = (operation, call): Plan => {
    const { security = documentSecurity } = operation;
    const needed = security.find((keys) => keys.every((key) => own(options.auth, key))) ?? security[0];
    const other = call.baseUrl ?? operation.server;
    const base = other ? baseOf(other, baseUrl) : baseUrl;
    const name = `${operation.method} ${base}${operation.path}`;
    const retry = call.retry ?? options.retry;
    const plan: Plan = {
      // Each by its name: to spread objects costs a fifth of a call.
      raw,
      defaults,
      held: holders.map((hold) => hold()).filter((each) => needed?.includes(each.key)),
      operation,
      allowPlainHttp: options.allowPlainHttp,
      budget,
      retry: typeof retry === "object" ? retry : { limit: retry },
      baseUrl: base,
      fetch: options.fetch,
      name,
      schemes: securitySchemes,
      headers: [options.headers, call.headers],
      validate: call.validate ?? options.validate ?? true,
      secrets: [],
      idleTimeout: call.idleTimeout ?? options.idleTimeout,
      time: deadline(
        call.timeout ?? options.timeout ?? 30_000,
        call.signal,
        (limit) => new TimeoutError(`${name}: waited over ${limit} ms`, operation),
      ),
    };
    return options.hooks?.(plan) ?? plan;
  };
  const raw = createTransport<Paths>({
    baseUrl,
    // Undefined headers are none, though its types do not say so.
    headers: options.headers as HeaderOptions,
    redirect: "manual",
    async fetch(built) {
      // Of its options, a request has `signal`.
      const plan = begin({ method: built.method, path: "" }, built);
      // The body is openapi-fetch's; the caller's signal goes on to end it.
      return plan.time.limit(() => send(built, plan)).finally(plan.time.stop);
    },
  });
  return { raw, defaults, [internals]: begin };
}
