/** What takes the place of `abort.ts` in a bundle for a browser, which does not count listeners. */

/** Calls `end`, which it knows once, where the signal aborts. */
export const onAbort = (signal: AbortSignal | undefined, end: () => void): void =>
  signal?.addEventListener("abort", end);

/** Forgets `end`. */
export const offAbort = (signal: AbortSignal | undefined, end: () => void): void =>
  signal?.removeEventListener("abort", end);
