/** What the abort of a signal ends; one listener for all: at the eleventh, Node warns of a leak. */
const ended = new WeakMap<AbortSignal, Set<() => void>>();

function endedBy(signal: AbortSignal): Set<() => void> {
  const known = ended.get(signal);
  if (known) return known;
  const all = new Set<() => void>();
  ended.set(signal, all);
  signal.addEventListener("abort", () => {
    for (const end of all) end();
  });
  return all;
}

/** Calls `end`, which it knows once, where the signal aborts. */
export const onAbort = (signal: AbortSignal | undefined, end: () => void): unknown =>
  signal && endedBy(signal).add(end);

/** Forgets `end`. */
export const offAbort = (signal: AbortSignal | undefined, end: () => void): unknown =>
  signal && endedBy(signal).delete(end);
