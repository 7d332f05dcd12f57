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
