import type { SecurityScheme } from "./descriptor.js";
import { ApiError } from "./errors.js";
import { isHeader } from "./header-value.js";
import type { Credential, ExpiringCredential } from "./options.js";

/** A credential in a closure: nothing that prints an object can show it. */
export interface HeldCredential {
  readonly scheme: SecurityScheme;
  get(): Promise<string | undefined>;
  /** The service did not accept `used`: the next `get` asks anew. False where there is nobody to ask. */
  renew(used: string | null): boolean;
}

/** How long before its end a credential is replaced, in milliseconds. */
const MARGIN = 60_000;

const isStale = ({ expiresAt }: ExpiringCredential) =>
  expiresAt !== undefined && new Date(expiresAt).getTime() - MARGIN <= Date.now();

/** Keeps what a provider gives, and asks it once for parallel callers. */
export function holdCredential(scheme: SecurityScheme, source: Credential | undefined): HeldCredential {
  if (typeof source !== "function") return { scheme, get: async () => source, renew: () => false };
  let held: ExpiringCredential | undefined;
  let pending: Promise<string | undefined> | undefined;
  const ask = async () => {
    const given = await source();
    held = typeof given === "string" ? { value: given } : (given ?? undefined);
    return held?.value;
  };
  return {
    scheme,
    async get() {
      if (held && !isStale(held)) return held.value;
      pending ??= ask().finally(() => {
        pending = undefined;
      });
      return pending;
    },
    renew(used) {
      if (held?.value === used) held = undefined;
      return true;
    },
  };
}

/** The values of credentials, side by side. */
export const resolveCredentials = (
  credentials: readonly HeldCredential[],
  operationId: string | undefined,
): Promise<(readonly [SecurityScheme, string | undefined])[]> =>
  Promise.all(
    credentials.map(async ({ scheme, get }) => {
      try {
        return [scheme, await get()] as const;
      } catch (cause) {
        throw new ApiError(`auth.${scheme.scheme} gave no credential`, { operationId, cause });
      }
    }),
  );

/** Puts the current credentials on a request. */
export async function authorize(
  request: Request,
  credentials: readonly HeldCredential[],
  operationId: string | undefined,
): Promise<void> {
  for (const [{ scheme, name }, value] of await resolveCredentials(credentials, operationId)) {
    if (value === undefined || value === null) continue;
    // `fetch` would say so, too, and show the value.
    if (!isHeader(name, value)) throw new ApiError(`auth.${scheme} holds what a header cannot carry`, { operationId });
    request.headers.set(name, value);
  }
}
