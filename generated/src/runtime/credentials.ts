import type { Report, SecurityScheme } from "./descriptor.js";
import { ApiError, type ErrorSource } from "./errors.js";
import type { Credential, ExpiringCredential } from "./options.js";

/** A credential in a closure, for one call: nothing that prints an object can show it. */
export interface HeldCredential extends SecurityScheme {
  /** Undefined where there is none. */
  readonly get: (caller: ErrorSource) => Promise<unknown>;
  /** The request with the credential. */
  readonly apply: (request: Request, caller: ErrorSource) => Promise<Request>;
  /** The text without the credential. */
  readonly redact: (text: string) => string;
  /** The service did not accept what was applied: the next `get` asks anew. False where there is nobody to ask. */
  readonly renew: () => boolean;
}

/** Keeps what a provider gives, and asks it once for parallel callers. The function that it returns is for each call. */
export function holdCredential(scheme: SecurityScheme, source: Credential<unknown>): () => HeldCredential {
  const isProvider = typeof source === "function";
  let held: unknown;
  let until = 0;
  let asked: Promise<unknown> | undefined;
  // Also those that were replaced: an answer may be on its way.
  const secrets: string[] = [];
  const ask = async () => {
    held = undefined;
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
    held = value;
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
    let applied: unknown;
    return {
      ...scheme,
      get,
      async apply(request, caller) {
        applied = await get(caller);
        const report: Report = () => {
          throw new ApiError(`auth.${scheme.key} is unusable`, caller);
        };
        return (applied != null && (await scheme.style(scheme, applied, report, request))) || request;
      },
      redact: (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, "[redacted]"), text),
      renew() {
        if (held === applied) until = 0;
        return isProvider;
      },
    };
  };
}
