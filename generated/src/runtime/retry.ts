import type { RetryOptions } from "./options.js";

/** Of OpenAPI's methods, all but PATCH and POST (RFC 9110, 9.2.2); those, too, with a key by which the service knows a repeat. */
export const isIdempotent = ({ method, headers }: Pick<Request, "method" | "headers">): boolean =>
  !/^P[AO]/.test(method) || headers.has("idempotency-key");

/** Statuses that say "later"; a pattern makes a text of a number. */
export const isTransient = (status: number): boolean => /408|429|50[234]/.test(status as never);

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, 10.2.3), which may be past; NaN where it is neither. */
export const retryAfter = (value: string, now: number): number =>
  // Date.parse would take "-5" and "about 5" for a month; a date has a time.
  /^\d+$/.test(value) ? +value * 1000 : Date.parse(/:/.test(value) ? value : "") - now;

/**
 * How long to wait before repeat `count` (from 0), in milliseconds, not at all where it is negative: what the service
 * asked for (not 0, which is asked for by crowds), else exponential back-off with full jitter; `random` is in [0, 1).
 */
export const retryDelay = (
  count: number,
  asked: number | undefined,
  { minDelay = 500, maxDelay = 30_000 }: RetryOptions,
  random: number,
): number => Math.min(maxDelay, asked || random * minDelay * 2 ** count);
