/** What Node asks for besides. In a bundle for a browser, `platform-browser.ts` takes the place of this module. */

/** What the abort of a signal ends, by signal; one listener for all: at the eleventh, Node warns of a leak. */
const ended = new WeakMap<AbortSignal, Set<() => void>>();

function endAll({ target }: Event): void {
  for (const end of ended.get(target as AbortSignal) ?? []) end();
}

/** Calls `end`, which it knows once, where the signal aborts. */
export function onAbort(signal: AbortSignal | undefined, end: () => void): void {
  if (!signal) return;
  const all = ended.get(signal) ?? new Set();
  ended.set(signal, all.add(end));
  signal.addEventListener("abort", endAll);
}

/** Forgets `end`. */
export function offAbort(signal: AbortSignal | undefined, end: () => void): void {
  const all = signal && ended.get(signal);
  all?.delete(end);
  if (!all?.size) signal?.removeEventListener("abort", endAll);
}

/** The timer; where there is nothing else to wait for, it is no reason to wait. */
export function unref<T>(timer: T): T {
  (timer as { readonly unref?: () => void }).unref?.();
  return timer;
}

/** Not for a file: dots alone, controls, overrides of direction, and what Windows calls devices, whatever their extension. */
export const NO_NAME = /^\.+$|[\p{Cc}\p{Bidi_C}]|^(con|prn|aux|nul|(com|lpt)[\d\xb9\xb2\xb3]) *(\.|$)/iu;

/** An answer that is no HTTP, which Node keeps with whatever it echoes; requests and answers, as ky, ofetch and axios keep them. */
const KEPT: readonly string[] = ["data", "request", "response", "options", "config"];

/** Takes out of an error of `fetch`, and out of what it came from, what may hold a credential. */
export function forgetAnswer(facts: { readonly cause?: unknown } | undefined): void {
  let error = facts?.cause;
  // There may be a circle.
  for (let depth = 0; depth < 9 && error instanceof Error; depth += 1) {
    for (const name of KEPT) Reflect.deleteProperty(error, name);
    error = error.cause;
  }
}
