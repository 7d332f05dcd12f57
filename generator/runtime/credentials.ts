import type { Deadline } from "./deadline.js";
import type { SecurityScheme } from "./descriptor.js";
import { ApiError, type ErrorFacts, type ErrorSource } from "./errors.js";
import type { Credential, ExpiringCredential } from "./options.js";

/** Who asks for a credential. */
interface Caller {
  /** What answers may echo of what was applied. */
  readonly secrets: string[];
  readonly operation: ErrorSource;
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
  /** The service did not accept what was applied: the next `get` asks anew. False where there is nobody to ask. */
  readonly renew: () => boolean;
}

/** As it is, as a URL has it, and as JSON writes it, where some writers put a backslash before each slash. */
const formsOf = (secret: string | false | null | undefined): readonly string[] =>
  secret && secret.length > 3
    ? [secret, encodeURIComponent(secret.toWellFormed()), secret.replace(/["\\/]/g, "\\$&")]
    : [];

/** The text without the credentials of a call. */
export const redact = ({ secrets }: Pick<Caller, "secrets">, text: string): string =>
  // The longest first: one may be a part of another.
  secrets.sort((a, b) => b.length - a.length).reduce((clean, secret) => clean.replaceAll(secret, "[redacted]"), text);

/** Keeps what a provider gives, and asks it once for parallel callers. The function that it returns is for each call. */
export function holdCredential(scheme: SecurityScheme, source: Credential<unknown>): () => HeldCredential {
  const isProvider = typeof source === "function";
  let until = 0;
  let asked: Promise<Given> | undefined;
  const failure = (what: string, { operation }: Caller, facts?: ErrorFacts) =>
    new ApiError(`auth.${scheme.key} ${what}`, operation, facts);
  const ask = async () => {
    const given = isProvider ? await source() : source;
    const { value = given, expiresAt = 8.64e15 }: Partial<ExpiringCredential<unknown>> = Object(given);
    const secrets = ((scheme.secrets?.(value) ?? [value]) as readonly (string | null | undefined)[]).flatMap(formsOf);
    const end = +new Date(expiresAt);
    until = value ? end - Math.min(60_000, (end - Date.now()) / 2) : 0;
    return { value, secrets };
  };
  const get = async (caller: Caller) => {
    const { time } = caller;
    // A call that is over asks nobody.
    time.signal.throwIfAborted();
    if (!(until > Date.now())) {
      until = Infinity;
      asked = ask();
    }
    const answer = asked as Promise<Given>;
    const giveUp = () => {
      if (asked === answer && until === Infinity) until = 0;
    };
    // A provider may never answer.
    time.listen(giveUp);
    try {
      return await answer;
    } catch (cause) {
      giveUp();
      throw failure("is unusable", caller, { cause });
    }
  };
  return () => {
    let mine: typeof asked;
    return {
      ...scheme,
      get,
      async apply(request, caller) {
        const pending = get(caller);
        mine = asked;
        const { value: applied, secrets } = await pending;
        // The option `headers` may have another one in its place.
        const written = scheme.in === "header" && request.headers.get(scheme.name);
        caller.secrets.push(...secrets, ...formsOf(written));
        if ((applied || written) && PLAIN.test(request.url) && !caller.allowPlainHttp) {
          throw failure("needs https", caller);
        }
        const refuse = () => {
          throw failure("is unusable", caller);
        };
        return (await scheme.style(scheme, applied, refuse, request)) || request;
      },
      renew() {
        if (asked === mine) until = 0;
        return isProvider;
      },
    };
  };
}
