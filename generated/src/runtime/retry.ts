import type { RetryOptions } from "./options.js";

/** Every option said. */
export type RetryPolicy = { readonly [Key in keyof RetryOptions]-?: number };

export function retryPolicy(retry: number | RetryOptions | undefined): RetryPolicy {
  const { limit = 2, minDelay = 500, maxDelay = 30_000 } = typeof retry === "object" ? retry : { limit: retry };
  return { limit, minDelay, maxDelay };
}

/** RFC 9110, 9.2.2. */
export const isIdempotent = (method: string): boolean => /^(GET|HEAD|PUT|DELETE|OPTIONS|TRACE)$/.test(method);

/** Statuses that say "later". */
export const isTransient = (status: number): boolean => /^(408|429|50[234])$/.test(`${status}`);

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, 10.2.3); undefined where it is neither. */
export function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // Date.parse would take "-5" for a month.
  const at = /^[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/**
 * How long to wait before repeat `count` (from 0), in milliseconds: what the service asked for, else exponential
 * back-off with full jitter; `random` is in [0, 1).
 */
export function retryDelay(count: number, asked: number | undefined, policy: RetryPolicy, random: number): number {
  return Math.min(policy.maxDelay, asked ?? random * policy.minDelay * 2 ** count);
}
