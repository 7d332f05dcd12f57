import type { RetryOptions } from "./options.js";

/** Of OpenAPI's methods, all but two (RFC 9110, 9.2.2). */
export const isIdempotent = (method: string): boolean => !/^(POST|PATCH)$/.test(method);

/** Statuses that say "later". */
export const isTransient = (status: number): boolean => /^(408|429|50[234])$/.test(`${status}`);

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, 10.2.3); undefined where it is neither. */
export function retryAfter(value: string | null, now: number): number | undefined {
  // Date.parse would take "-5" for a month.
  const text = value ?? "";
  const time = /^\d+$/.test(text) ? Number(text) * 1000 : /^[a-z]/i.test(text) ? Date.parse(text) - now : NaN;
  return Number.isNaN(time) ? undefined : Math.max(0, time);
}

/**
 * How long to wait before repeat `count` (from 0), in milliseconds: what the service asked for, else exponential
 * back-off with full jitter; `random` is in [0, 1).
 */
export const retryDelay = (
  count: number,
  asked: number | undefined,
  { minDelay = 500, maxDelay = 30_000 }: RetryOptions,
  random: number,
): number => Math.min(maxDelay, asked ?? random * minDelay * 2 ** count);
