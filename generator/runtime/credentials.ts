import type { SecurityScheme } from "./descriptor.js";
import { ApiError } from "./errors.js";
import type { Credential } from "./options.js";

/** A credential in a closure: nothing that prints an object can show it. */
export interface HeldCredential {
  readonly scheme: SecurityScheme;
  /** Undefined where there is none. */
  readonly get: (operationId: string | undefined) => Promise<string | undefined>;
  /** The service did not accept `used`: the next `get` asks anew. False where there is nobody to ask. */
  readonly renew: (used: string | null) => boolean;
}

/** How long before its end a credential is replaced, in milliseconds; half of what is left where that is less. */
const MARGIN = 60_000;

/** Keeps what a provider gives, and asks it once for parallel callers. */
export function holdCredential(scheme: SecurityScheme, source: Credential | undefined): HeldCredential {
  const isProvider = typeof source === "function";
  let held: string | undefined;
  let until = 0;
  let pending: Promise<void> | undefined;
  const ask = async () => {
    const given = isProvider ? await source() : source;
    const { value, expiresAt } = typeof given === "string" || !given ? { value: given ?? undefined } : given;
    const end = expiresAt === undefined ? Infinity : new Date(expiresAt).getTime();
    held = value;
    until = value ? end - Math.min(MARGIN, (end - Date.now()) / 2) : 0;
  };
  return {
    scheme,
    async get(operationId) {
      try {
        if (!(until > Date.now())) {
          pending ??= ask().finally(() => {
            pending = undefined;
          });
          await pending;
        }
        return held;
      } catch (cause) {
        throw new ApiError(`auth.${scheme.scheme} gave no credential`, { operationId, cause });
      }
    },
    renew(used) {
      if (held === used) until = 0;
      return isProvider;
    },
  };
}
