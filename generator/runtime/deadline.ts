import { offAbort, onAbort, unref } from "#platform";

/** The time that an attempt has, and the caller's signal, as one signal for the whole of a call. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Calls `end` when the signal aborts. Not a listener: Node keeps signals, and what they lead to, of answers that broke off. */
  on(end: () => void): void;
  /** Time counts anew: `limit` milliseconds, or what an attempt has. */
  start(limit?: number): void;
  /** Starts the work in a time of its own; rejects with the signal's reason, and ends the time where the work fails. */
  limit<T>(work: () => Promise<T>): Promise<T>;
  /** Time does not count any more; the caller's signal does. */
  stop(): void;
  /** Waits in the place of an attempt; then the time begins anew. */
  wait(milliseconds: number): Promise<void>;
  /** Neither counts any more, and nothing listens: it is over, because of `error` if it failed. */
  close(error?: unknown): void;
}

/** A timer fires at once for anything longer than 31 bits say, which is 25 days. */
const after = (milliseconds: number, work: (nothing: undefined) => void) =>
  setTimeout(work as () => void, Math.min(milliseconds, 2e9));

/** `expired` makes the reason of the abort when the time, so many milliseconds, is up; 0 is no limit. */
export function deadline(
  timeout: number,
  caller: AbortSignal | undefined,
  expired: (limit: number) => unknown,
): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ends: (() => void)[] = [];
  const over = (reason: unknown) => {
    controller.abort(reason);
    for (const end of ends) end();
  };
  const abort = () => over(caller?.reason);
  const stop = () => clearTimeout(timer);
  const start = (limit = timeout) => {
    stop();
    if (limit) timer = unref(after(limit, () => over(expired(limit))));
  };
  const close = () => {
    stop();
    offAbort(caller, abort);
  };
  onAbort(caller, abort);
  return {
    signal,
    on: (end) => ends.push(end),
    start,
    stop,
    wait: (milliseconds) =>
      new Promise<undefined>((resolve) => {
        stop();
        timer = after(milliseconds, resolve);
      }).then(start),
    close,
    limit: <T>(work: () => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        caller?.throwIfAborted();
        start();
        // What is waited for need not listen to signals. Whatever the reason: it is thrown below.
        ends.push(reject);
        work().then(resolve, reject);
      }).catch((error) => {
        close();
        // An abort looks like many things.
        signal.throwIfAborted();
        throw error;
      }),
  };
}
