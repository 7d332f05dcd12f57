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

/** Where there is nothing else to wait for, the timer is no reason to wait. */
export function unref(timer: unknown): void {
  (timer as { readonly unref?: () => void }).unref?.();
}

/** Takes out of an error of `fetch` the answer that is no HTTP, which Node keeps with whatever it echoes. */
export function forgetAnswer(cause: unknown): void {
  delete (cause as { cause?: { data?: unknown } } | undefined)?.cause?.data;
}
