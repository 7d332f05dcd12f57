import type { Plan } from "./internals.js";

/** What a credential provider may give. */
export interface ExpiringCredential<Value = string> {
  readonly value: Value;
  /**
   * Milliseconds since 1970, a Date, or an ISO 8601 text; the provider is asked again shortly before. What is no date never
   * comes.
   */
  readonly expiresAt?: number | string | Date | undefined;
}

/** A user name, in which RFC 7617 allows no colon, and a password. */
export interface UserPassword {
  readonly username: string;
  readonly password: string;
}

type Provided<Value> = Value | ExpiringCredential<Value> | null | undefined;

/**
 * A credential, or what gives one. A provider is asked once for any number of parallel calls; what it gave is kept until
 * shortly before `expiresAt`, or until the service answers 401.
 */
export type Credential<Value = string> = Value | (() => Provided<Value> | Promise<Provided<Value>>);

/** How far a reading has come, in bytes. */
export interface Progress {
  readonly loaded: number;
  /** Undefined where the server does not say. */
  readonly total: number | undefined;
  /** Bytes a second, since the head of the answer. */
  readonly rate: number;
}

/**
 * Repeats of an idempotent request (RFC 9110, 9.2.2), or of one with a header `Idempotency-Key`, after a network error or
 * one of 408, 429, 502, 503, 504; each is built anew, with a credential that is valid then.
 */
export interface RetryOptions {
  /** Default 2. */
  readonly limit?: number | undefined;
  /** The first wait without `Retry-After`, in milliseconds; it doubles each time, with full jitter. Default 500. */
  readonly minDelay?: number | undefined;
  /** No wait is longer, whatever `Retry-After` says, in milliseconds. Default 30,000. */
  readonly maxDelay?: number | undefined;
  /**
   * What a client has in store, so that a storm does not become a larger one: a repeat takes one, a call gives a tenth of
   * one back. Default 50.
   */
  readonly budget?: number | undefined;
}

/** Made by `observe`, which is a module of its own: who does not use it does not carry it. */
export type Observer = (plan: Plan) => Plan;

/** What is checked against the contract. */
export interface ValidateOptions {
  /** Default true. */
  readonly requests?: boolean | undefined;
  /**
   * JSON of a success, and each item of a stream: what breaks its schema is a DecodeError. Schemas are loaded when the
   * first answer is checked. Default false.
   */
  readonly responses?: boolean | undefined;
}

/** `true` and `false` speak of requests. */
export type Validate = boolean | ValidateOptions;

/** Additional headers; undefined values are left out. */
export type HeaderOptions = Headers | Readonly<Record<string, string | undefined>>;

/** What holds for every call of a client, and may be said anew for one call. */
export interface SharedOptions {
  /** They win over header parameters; the headers of a call win over those of the client; a credential wins over all. */
  readonly headers?: HeaderOptions | undefined;
  /**
   * Milliseconds for one attempt: to the head of the answer and, for a file, its first bytes; for any other body, all of
   * it. 0 is no limit. Default 30,000. A timeout is not retried.
   */
  readonly timeout?: number | undefined;
  /**
   * Milliseconds that a file, or a stream, may keep its reader waiting for more bytes. 0 is no limit. Default 30,000 for a
   * file, none for a stream. The time of the whole is the `signal`'s: `AbortSignal.timeout(…)`.
   */
  readonly idleTimeout?: number | undefined;
  /** A number of repeats, or more. */
  readonly retry?: number | RetryOptions | undefined;
  /**
   * What is checked against the contract: requests before they are sent, unless it says false (the service may be newer
   * than its contract); successes only where it says so. A boolean speaks of requests. Default true.
   */
  readonly validate?: Validate | undefined;
}

/** Options of one call. */
export interface CallOptions extends SharedOptions {
  /** In the place of the client's, or of the server that the document gives the operation; a path is one of the client's host. */
  readonly baseUrl?: string | undefined;
  /** Ends the call, or the reading of its file, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Told of a file that is read, where the reading has no listener of its own: at most ten times a second, and last of its
   * end, with what it is then. What it throws ends the reading. It is not waited for: it must not reject.
   */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * In the place of `fetch`. It hands both arguments on: `init` has the `signal` that closes the connection when a call is
 * over; to a `fetch` that does not listen, an answer that comes later is given up.
 */
export type FetchOption = (
  request: Request,
  init: { readonly signal: AbortSignal; readonly redirect: "manual" },
) => Promise<Response>;

/** Options of a client of any document: `Auth` has a key per security scheme, `Defaults` one per input. */
export interface RuntimeClientOptions<Auth, Defaults, K extends keyof Defaults> extends SharedOptions {
  /** Absolute, http or https; a path in it is kept. An operation to which the document gives a server goes there. */
  readonly baseUrl: string;
  readonly auth?: Auth | undefined;
  /** Inputs for every operation that has them, where a call gives nothing; each becomes optional in the types. */
  readonly defaults?: Pick<Required<Defaults>, K> | undefined;
  /** Lets credentials of `auth` travel over http, which anybody may read, to other hosts than this one. Default false. */
  readonly allowPlainHttp?: boolean | undefined;
  /** From `observe({ … })`: is told what happens, and changes none of it. */
  readonly hooks?: Observer | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: FetchOption | undefined;
}
