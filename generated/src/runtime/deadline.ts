/** The time that an attempt has, and the caller's signal, as one signal for the whole of a call. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** The work, or a rejection with the signal's reason: what is waited for need not listen to signals. */
  race<T>(work: Promise<T>): Promise<T>;
  /** The time begins anew. */
  start(): void;
  /** Time does not count any more; the caller's signal does. */
  stop(): void;
  /** Neither counts any more, and nothing listens. */
  close(): void;
}

/** `setTimeout` fires at once for anything longer. */
const LONGEST = 2 ** 31;

/** `expired` makes the reason of the abort when the time is up; a `timeout` of 0 or Infinity is none. */
export function deadline(timeout: number, caller: AbortSignal | undefined, expired: () => unknown): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  aborted.catch(() => {});
  const abort = () => controller.abort(caller?.reason);
  const stop = () => clearTimeout(timer);
  if (caller?.aborted) abort();
  caller?.addEventListener("abort", abort);
  return {
    signal,
    async race(work) {
      const result = await Promise.race([work, aborted]);
      // A stream that the abort ended may look like one that is complete.
      signal.throwIfAborted();
      return result;
    },
    start() {
      stop();
      if (timeout > 0 && timeout < LONGEST) {
        timer = setTimeout(() => controller.abort(expired()), timeout);
        // A timeout must not keep a process alive; only Node's timers can say so.
        (timer as { unref?: () => void }).unref?.();
      }
    },
    stop,
    close() {
      stop();
      caller?.removeEventListener("abort", abort);
    },
  };
}

/** Waits; for ever, once `signal` aborts: whoever waits is to race it. */
export const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => clearTimeout(timer));
  });
