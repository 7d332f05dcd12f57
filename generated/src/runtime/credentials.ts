import type { SecurityScheme } from "./descriptor.js";
import { ApiError, type ErrorSource } from "./errors.js";
import { isHeaderValue } from "./header-value.js";
import type { Credential, ExpiringCredential } from "./options.js";

/** A credential in a closure: nothing that prints an object can show it. */
export interface HeldCredential extends SecurityScheme {
  /** Undefined where there is none. */
  readonly get: (caller: ErrorSource) => Promise<string | undefined>;
  /** Puts it on a request. */
  readonly apply: (request: Request, caller: ErrorSource) => Promise<void>;
  /** The text without the credential. */
  readonly redact: (text: string) => string;
  /** The service did not accept the request: the next `get` asks anew. False where there is nobody to ask. */
  readonly renew: (request: Request) => boolean;
}

/** How long before its end a credential is replaced, in milliseconds; half of what is left where that is less. */
const MARGIN = 60_000;

/** The last moment that a Date can hold. */
const FOREVER = 8.64e15;

/** Anything shorter is no secret, and would spoil the text that it is taken from. */
const SHORTEST_SECRET = 4;

/** Keeps what a provider gives, and asks it once for parallel callers. */
export function holdCredential(scheme: SecurityScheme, source: Credential | undefined): HeldCredential {
  const isProvider = typeof source === "function";
  let held: string | undefined;
  let until = 0;
  let pending: Promise<void> | undefined;
  // Also those that were replaced: an answer may be on its way.
  const secrets: string[] = [];
  const ask = async () => {
    const given = isProvider ? await source() : source;
    const { value, expiresAt }: Partial<ExpiringCredential> =
      typeof given === "string" ? { value: given } : (given ?? {});
    held = value;
    if (value && value.length >= SHORTEST_SECRET) {
      // As JSON writes it, too; some writers put a backslash before each slash.
      const quoted = JSON.stringify(value).slice(1, -1);
      secrets.push(value, quoted, quoted.replaceAll("/", "\\/"));
    }
    const end = new Date(expiresAt ?? FOREVER).getTime();
    until = value ? end - Math.min(MARGIN, (end - Date.now()) / 2) : 0;
  };
  const get = async (caller: ErrorSource) => {
    try {
      if (!(until > Date.now())) {
        pending ??= ask().finally(() => {
          pending = undefined;
        });
        await pending;
      }
      return held;
    } catch (cause) {
      throw new ApiError(`auth.${scheme.scheme} gave no credential`, caller, { cause });
    }
  };
  return {
    ...scheme,
    get,
    async apply({ headers }, caller) {
      const value = await get(caller);
      if (value === undefined) return;
      // `fetch` would say so, too, and show the value.
      if (!isHeaderValue(value)) throw new ApiError(`auth.${scheme.scheme} is no header`, caller);
      headers.set(scheme.name, value);
    },
    redact: (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, "[redacted]"), text),
    renew({ headers }) {
      if (held === headers.get(scheme.name)) until = 0;
      return isProvider;
    },
  };
}
