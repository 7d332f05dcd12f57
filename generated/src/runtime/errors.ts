import { forgetAnswer } from "#platform";
import type { Violation } from "./descriptor.js";

/** What an error belongs to: the descriptor of an operation. */
export interface ErrorSource {
  readonly operationId?: string | undefined;
}

/** What every error may be made of. */
export interface ErrorFacts {
  readonly cause?: unknown;
}

/** Any failure of a call. Errors hold no credential: what a server echoes of one is replaced by `[redacted]`. */
export class ApiError<Facts extends ErrorFacts = ErrorFacts> extends Error {
  /** Undefined for a call through `client.raw`. */
  declare readonly operationId: string | undefined;
  constructor(message: string, { operationId }: ErrorSource, facts?: Facts) {
    forgetAnswer(facts);
    super(message, facts);
    // The fields of the classes below are only declared, so that each class is a name and nothing more.
    Object.assign(this, facts, { operationId });
  }
  // A getter, so that the stack, which is taken while the base is built, has the name too.
  override get name(): string {
    return "ApiError";
  }
}

interface ValidationFacts extends ErrorFacts {
  readonly violations: readonly Violation[];
}

/** The input breaks the contract; nothing was sent. */
export class ValidationError extends ApiError<ValidationFacts> {
  /** Every broken rule of every value. */
  declare readonly violations: readonly Violation[];
  override get name(): "ValidationError" {
    return "ValidationError";
  }
}

interface HttpFacts<Status, Body> extends ErrorFacts {
  readonly status: Status;
  readonly code: string | undefined;
  readonly body: Body;
  readonly headers: Headers;
  readonly requestId: string | undefined;
}

/** The service answered with a failure: an error status, or an error envelope behind a success. */
export class HttpError<Status extends number = number, Body = unknown> extends ApiError<HttpFacts<Status, Body>> {
  /** Of the answer: a success, too, where an error envelope came with it. */
  declare readonly status: Status;
  /** What the document calls the code (`x-error`), else `type` of RFC 9457. */
  declare readonly code: string | undefined;
  /** As the contract says; of no JSON (a proxy's page), the first 64 KiB as text; undefined where it broke off, or is none. */
  declare readonly body: Body;
  /** Of the answer. */
  declare readonly headers: Headers;
  /** What the document calls the request id (`x-error`). */
  declare readonly requestId: string | undefined;
  override get name(): "HttpError" {
    return "HttpError";
  }
}

/** No answer came, or it broke off; `cause` is what `fetch` said. */
export class NetworkError extends ApiError {
  override get name(): "NetworkError" {
    return "NetworkError";
  }
}

/** The time of an attempt was up. */
export class TimeoutError extends ApiError {
  override get name(): "TimeoutError" {
    return "TimeoutError";
  }
}

/** What an answer breaks of the contract, where answers are checked. */
export interface BrokenRule extends Pick<Violation, "pointer" | "rule" | "limit"> {
  /** Absent where it is the body; in a header, the pointer is its name in lower case. */
  readonly in?: "header";
}

interface DecodeFacts extends ErrorFacts {
  readonly status: number;
  readonly text: string;
  readonly violations?: readonly BrokenRule[];
}

/** The answer is not what the contract says. */
export class DecodeError extends ApiError<DecodeFacts> {
  /** Of the answer. */
  declare readonly status: number;
  /** The beginning of the body, at most 64 KiB. */
  declare readonly text: string;
  /** Which rules it breaks, at most 100, where answers are checked. */
  declare readonly violations: readonly BrokenRule[] | undefined;
  override get name(): "DecodeError" {
    return "DecodeError";
  }
}

/** Compares a literal: class names do not survive minification, nor identity two copies of a package. */
const named = (error: unknown, name: string): boolean =>
  error instanceof Error && "operationId" in error && error.name.endsWith(name);

/** Any error of this package; the reason of an abort is none. */
export const isApiError = (error: unknown): error is ApiError => named(error, "Error");
/** Nothing was sent. */
export const isValidationError = (error: unknown): error is ValidationError => named(error, "ValidationError");
/** The service answered with a failure. */
export const isHttpError = (error: unknown): error is HttpError => named(error, "HttpError");
/** No answer, or half of one. */
export const isNetworkError = (error: unknown): error is NetworkError => named(error, "NetworkError");
/** The time of an attempt was up. */
export const isTimeoutError = (error: unknown): error is TimeoutError => named(error, "TimeoutError");
/** The answer breaks the contract. */
export const isDecodeError = (error: unknown): error is DecodeError => named(error, "DecodeError");
