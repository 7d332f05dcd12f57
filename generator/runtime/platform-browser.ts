/** What takes the place of `platform.ts` in a bundle for a browser, which counts no listeners and keeps no answers. */

/** Calls `end`, which it knows once, where the signal aborts. */
export const onAbort = (signal: AbortSignal | undefined, end: () => void): void =>
  signal?.addEventListener("abort", end);

/** Forgets `end`. */
export const offAbort = (signal: AbortSignal | undefined, end: () => void): void =>
  signal?.removeEventListener("abort", end);

/** A page is not kept by its timers. */
export function unref<T>(timer: T): T {
  return timer;
}

/** Not for a file: dots alone, controls, overrides of direction. A browser does not save by the name of a device. */
export const NO_NAME = /^\.+$|[\p{Cc}\p{Bidi_C}]/u;

/** There is none. */
export function forgetAnswer(): void {}
