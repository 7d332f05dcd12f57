import type { SecurityScheme } from "./descriptor.js";
import { ApiError, type ErrorSource } from "./errors.js";
import type { Credential, ExpiringCredential } from "./options.js";

/** Who asks for a credential. */
interface Caller extends ErrorSource {
  readonly allowPlainHttp?: boolean | undefined;
}

/** An address without https, as `URL` writes it, of a host that is not this one. */
const PLAIN = /^http:\/\/(?!(localhost|127\.[\d.]+|\[::1])[:/])/;

/** A credential in a closure, for one call: nothing that prints an object can show it. */
export interface HeldCredential extends SecurityScheme {
  /** Undefined where there is none. */
  readonly get: (caller: ErrorSource) => Promise<unknown>;
  /** The request with the credential. */
  readonly apply: (request: Request, caller: Caller) => Promise<Request>;
  /** The text without the credential. */
  readonly redact: (text: string) => string;
  /** The service did not accept what was applied: the next `get` asks anew. False where there is nobody to ask. */
  readonly renew: () => boolean;
}

/** Keeps what a provider gives, and asks it once for parallel callers. The function that it returns is for each call. */
export function holdCredential(scheme: SecurityScheme, source: Credential<unknown>): () => HeldCredential {
  const isProvider = typeof source === "function";
  let until = 0;
  let asked: Promise<unknown> | undefined;
  // Also those that were replaced: an answer may be on its way.
  const secrets: string[] = [];
  const ask = async () => {
    const given = isProvider ? await source() : source;
    const { value = given, expiresAt = 8.64e15 }: Partial<ExpiringCredential<unknown>> = Object(given);
    for (const secret of (scheme.secrets?.(value) ?? [value]) as readonly (string | undefined)[]) {
      if (!secret || secret.length < 4) continue;
      // As JSON writes it, too; some writers put a backslash before each slash.
      const quoted = JSON.stringify(secret).slice(1, -1);
      secrets.push(secret, quoted, quoted.replaceAll("/", "\\/"));
    }
    const end = +new Date(expiresAt);
    until = value ? end - Math.min(60_000, (end - Date.now()) / 2) : 0;
    return value;
  };
  const get = async (caller: ErrorSource) => {
    try {
      if (!(until > Date.now())) {
        until = Infinity;
        asked = ask();
      }
      return await asked;
    } catch (cause) {
      until = 0;
      throw new ApiError(`auth.${scheme.key} is unusable`, caller, { cause });
    }
  };
  return () => {
    let mine: unknown;
    return {
      ...scheme,
      get,
      async apply(request, caller) {
        const pending = get(caller);
        mine = asked;
        const applied = await pending;
        if (applied == null) return request;
        const refuse = (why: string) => {
          throw new ApiError(`auth.${scheme.key} ${why}`, caller);
        };
        if (PLAIN.test(request.url) && !caller.allowPlainHttp) refuse("needs https");
        return (await scheme.style(scheme, applied, () => refuse("is unusable"), request)) || request;
      },
      redact: (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, "[redacted]"), text),
      renew() {
        if (asked === mine) until = 0;
        return isProvider;
      },
    };
  };
}
