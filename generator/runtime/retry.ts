import type { RetryOptions } from "./options.js";

/** Of OpenAPI's methods, all but two (RFC 9110, 9.2.2). */
export const isIdempotent = (method: string): boolean => !/^(POST|PATCH)$/.test(method);

/** Statuses that say "later". */
export const isTransient = (status: number): boolean => [408, 429, 502, 503, 504].includes(status);

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, 10.2.3); undefined where it is neither. */
export function retryAfter(value: string | null, now: number): number | undefined {
  // Date.parse would take "-5" for a month.
  const time = value && (/^\d+$/.test(value) ? Number(value) * 1000 : /^[a-z]/i.test(value) && Date.parse(value) - now);
  return typeof time === "number" && !Number.isNaN(time) ? Math.max(0, time) : undefined;
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
