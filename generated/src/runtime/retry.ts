import type { RetryOptions } from "./options.js";

/** Of OpenAPI's methods, all but two (RFC 9110, 9.2.2). */
export const isIdempotent = (method: string): boolean => !/^(POST|PATCH)$/.test(method);

/** Statuses that say "later". */
export const isTransient = (status: number): boolean => /^(408|429|50[234])$/.test(`${status}`);

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, 10.2.3), which may be past; NaN where it is neither. */
export const retryAfter = (value: string | null, now: number): number =>
  // Date.parse would take "-5" for a month.
  /^\d+$/.test(`${value}`) ? Number(value) * 1000 : Date.parse(/^[a-z]/i.test(`${value}`) ? `${value}` : "") - now;

/**
 * How long to wait before repeat `count` (from 0), in milliseconds, not at all where it is negative: what the service
 * asked for, else (NaN) exponential back-off with full jitter; `random` is in [0, 1).
 */
export const retryDelay = (
  count: number,
  asked: number,
  { minDelay = 500, maxDelay = 30_000 }: RetryOptions,
  random: number,
): number => Math.min(maxDelay, Number.isNaN(asked) ? random * minDelay * 2 ** count : asked);
