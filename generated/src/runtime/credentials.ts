import type { Deadline } from "./deadline.js";
import type { SecurityScheme } from "./descriptor.js";
import { ApiError, type ErrorSource } from "./errors.js";
import type { Credential, ExpiringCredential } from "./options.js";

/** Who asks for a credential. */
interface Caller extends ErrorSource {
  readonly time: Deadline;
  readonly allowPlainHttp?: boolean | undefined;
}

/** What a provider gave. */
interface Given {
  readonly value: unknown;
  /** What an answer may echo of it. */
  readonly secrets: readonly string[];
}

/** An address without https, as `URL` writes it, of a host that is not this one. */
export const PLAIN = /^http:\/\/(?!(localhost|127\.[\d.]+|\[::1])[:/])/;

/** A credential in a closure, for one call: nothing that prints an object can show it. */
export interface HeldCredential extends SecurityScheme {
  /** Undefined where there is none. */
  readonly get: (caller: Caller) => Promise<Given>;
  /** The request with the credential. */
  readonly apply: (request: Request, caller: Caller) => Promise<Request>;
  /** The text without any credential that was applied. */
  readonly redact: (text: string) => string;
  /** The service did not accept what was applied: the next `get` asks anew. False where there is nobody to ask. */
  readonly renew: () => boolean;
}

/** As it is, as a URL has it, and as JSON writes it; some writers put a backslash before each slash. */
const formsOf = (secret: string | undefined): readonly string[] => {
  if (!secret || secret.length < 4) return [];
  const quoted = JSON.stringify(secret).slice(1, -1);
  return [secret, encodeURIComponent(secret.toWellFormed()), quoted, quoted.replaceAll("/", "\\/")];
};

/** Keeps what a provider gives, and asks it once for parallel callers. The function that it returns is for each call. */
export function holdCredential(scheme: SecurityScheme, source: Credential<unknown>): () => HeldCredential {
  const isProvider = typeof source === "function";
  let until = 0;
  let asked: Promise<Given> | undefined;
  const ask = async () => {
    const given = isProvider ? await source() : source;
    const { value = given, expiresAt = 8.64e15 }: Partial<ExpiringCredential<unknown>> = Object(given);
    const secrets = ((scheme.secrets?.(value) ?? [value]) as readonly (string | undefined)[]).flatMap(formsOf);
    const end = +new Date(expiresAt);
    until = value ? end - Math.min(60_000, (end - Date.now()) / 2) : 0;
    return { value, secrets };
  };
  const get = async (caller: Caller) => {
    const { signal } = caller.time;
    // A call that is over asks nobody.
    signal.throwIfAborted();
    if (!(until > Date.now())) {
      until = Infinity;
      asked = ask();
    }
    const answer = asked as Promise<Given>;
    const giveUp = () => {
      if (asked === answer) until = 0;
    };
    // A provider may never answer.
    signal.addEventListener("abort", giveUp);
    try {
      return await answer;
    } catch (cause) {
      giveUp();
      throw new ApiError(`auth.${scheme.key} is unusable`, caller, { cause });
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  };
  return () => {
    let mine: typeof asked;
    // Of each attempt.
    let secrets: readonly string[] = [];
    return {
      ...scheme,
      get,
      async apply(request, caller) {
        const pending = get(caller);
        mine = asked;
        const { value: applied, secrets: added } = await pending;
        // The longest first: one may be the beginning of another.
        secrets = [...new Set([...secrets, ...added])].sort((a, b) => b.length - a.length);
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
