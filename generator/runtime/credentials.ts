import type { Deadline } from "./deadline.js";
import type { SecurityScheme } from "./descriptor.js";
import { ApiError, type ErrorFacts, type ErrorSource } from "./errors.js";
import type { Credential, ExpiringCredential } from "./options.js";
import { isGiven } from "./style.js";

/** Who asks for a credential. */
interface Caller {
  /** What was applied: answers may echo it. */
  readonly secrets: unknown[];
  readonly operation: ErrorSource;
  readonly time: Deadline;
  readonly allowPlainHttp?: boolean | undefined;
}

/** An address without https, as `URL` writes it, of a host that is not this one. */
export const PLAIN = /^http:\/\/(?!(localhost|127\.[\d.]+|\[::1])[:/])/;

/** A credential in a closure, for one call: nothing that prints an object can show it. */
export interface HeldCredential extends SecurityScheme {
  /** Undefined where there is none. */
  readonly get: (caller: Caller) => Promise<unknown>;
  /** The request with the credential. */
  readonly apply: (request: Request, caller: Caller) => Promise<Request>;
  /** The service did not accept what was applied: the next `get` asks anew. False where there is nobody to ask. */
  readonly renew: () => boolean;
}

/** As it is, as JSON writes it, where some writers put a backslash before each slash, and as a URL has it. */
const formsOf = (secret: unknown): readonly string[] => {
  const text = `${secret || ""}`.toWellFormed();
  const encoded = encodeURIComponent(text);
  const forms = [text, text.replace(/["\\/]/g, "\\$&"), encoded, encoded.replace(/%../g, (c) => c.toLowerCase())];
  // Three letters are no secret.
  return forms.filter((form) => form[3]);
};

/** What takes the credentials of a call, as they are now, out of texts. */
export const redact = ({ secrets }: Pick<Caller, "secrets">): ((text: string) => string) => {
  // The longest first: one may be a part of another.
  const forms = secrets.flatMap(formsOf).sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((clean, form) => clean.replaceAll(form, "[redacted]"), text);
};

/** One asking of a provider. */
interface Asking {
  data?: Promise<unknown>;
  /** When the data are good no more; undefined while there are none. */
  end?: number;
}

/** Keeps what a provider gives, and asks it once for parallel callers. The function that it returns is for each call. */
export function holdCredential(scheme: SecurityScheme, source: Credential<unknown>): () => HeldCredential {
  const isProvider = typeof source === "function";
  let latest: Asking = { end: 0 };
  const fail = (what: string, { operation }: Caller, facts?: ErrorFacts): never => {
    throw new ApiError(`auth.${scheme.key} ${what}`, operation, facts);
  };
  const ask = async (asking: Asking) => {
    const given = isProvider ? await source() : source;
    const { value = given, expiresAt }: Partial<ExpiringCredential<unknown>> = Object(given);
    // NaN where nobody says so in a way that can be read: it never comes.
    const end = +new Date(expiresAt as Date);
    asking.end = value ? end - Math.min(60_000, (end - Date.now()) / 2) : 0;
    return value;
  };
  return () => {
    let mine = latest;
    /** It was asked for already, to be checked: the attempt that follows takes what came. */
    let isAhead = false;
    let former: unknown;
    const get = async (caller: Caller) => {
      if (!isAhead) {
        // A call that is over asks nobody.
        caller.time.signal.throwIfAborted();
        // Nothing is before an end that is undefined.
        if ((latest.end as number) <= Date.now()) {
          latest = {};
          latest.data = ask(latest);
        }
        const asking = latest;
        // A provider may never answer: where somebody's time is up, the next call asks anew. Who gives up leaves it to others.
        caller.time.on(() => {
          if (caller.time.signal.reason?.name === "TimeoutError") asking.end ??= 0;
        });
        mine = asking;
        isAhead = true;
      }
      return mine.data?.catch((cause) => {
        mine.end = 0;
        fail("is unusable", caller, { cause });
      });
    };
    return {
      ...scheme,
      get,
      async apply(request, caller) {
        const applied = await get(caller);
        isAhead = false;
        // The option `headers` may have another one in its place.
        const written = scheme.in === "header" && request.headers.get(scheme.name);
        caller.secrets.push(...(scheme.secrets?.(applied) ?? [applied]), written);
        if ((applied || written) && PLAIN.test(request.url) && !caller.allowPlainHttp) {
          fail("needs https", caller);
        }
        // Nothing takes the place of what was applied before, but not of what the option `headers` has.
        former ??= applied;
        return (
          (isGiven(former) && (await scheme.style(scheme, applied, () => fail("is unusable", caller), request))) ||
          request
        );
      },
      renew() {
        mine.end = 0;
        return isProvider;
      },
    };
  };
}
