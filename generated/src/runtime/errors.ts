import type { Violation } from "./descriptor.js";

/** What every error knows. */
interface ErrorFacts {
  readonly operationId: string | undefined;
  readonly cause?: unknown;
}

/** Any failure of a call. Errors hold no credential: what a server echoes of one is replaced by `[redacted]`. */
export class ApiError extends Error {
  /** Undefined for a call through `client.raw`. */
  readonly operationId: string | undefined;
  constructor(message: string, facts: ErrorFacts) {
    super(message, "cause" in facts ? { cause: facts.cause } : undefined);
    this.operationId = facts.operationId;
  }
  // A getter, so that the stack, which is taken while the base is built, has the name too.
  override get name(): string {
    return "ApiError";
  }
}

/** The input breaks the contract; nothing was sent. */
export class ValidationError extends ApiError {
  /** Every broken rule of every value. */
  readonly violations: readonly Violation[];
  constructor(violations: readonly Violation[], facts: ErrorFacts) {
    super(`nothing was sent: ${violations.map(({ message }) => message).join(" ")}`, facts);
    this.violations = violations;
  }
  override get name(): "ValidationError" {
    return "ValidationError";
  }
}

/** The service answered with a failure: an error status, or an error envelope behind a success. */
export class HttpError<Status extends number = number, Body = unknown> extends ApiError {
  readonly status: Status;
  /** What the document calls the code (`x-error`), else `type` of RFC 9457. */
  readonly code: string | undefined;
  /** As the contract says; where the service sent no JSON (a proxy's page), its first 64 KiB as text. */
  readonly body: Body;
  readonly headers: Headers;
  /** What the document calls the request id (`x-error`). */
  readonly requestId: string | undefined;
  constructor(
    message: string,
    facts: ErrorFacts & Pick<HttpError<Status, Body>, "status" | "code" | "body" | "headers" | "requestId">,
  ) {
    super(message, facts);
    this.status = facts.status;
    this.code = facts.code;
    this.body = facts.body;
    this.headers = facts.headers;
    this.requestId = facts.requestId;
  }
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

/** The answer is not what the contract says. */
export class DecodeError extends ApiError {
  readonly status: number;
  /** The beginning of the body, at most 64 KiB. */
  readonly text: string;
  constructor(message: string, facts: ErrorFacts & Pick<DecodeError, "status" | "text">) {
    super(message, facts);
    this.status = facts.status;
    this.text = facts.text;
  }
  override get name(): "DecodeError" {
    return "DecodeError";
  }
}

/** Compares a literal: class names do not survive minification, nor identity two copies of a package. */
const named = (error: unknown, name: string): boolean =>
  error instanceof Error && "operationId" in error && error.name.endsWith(name);

/** Any error of this package; the reason of an abort is none. */
export const isApiError = (error: unknown): error is ApiError => named(error, "Error");
export const isValidationError = (error: unknown): error is ValidationError => named(error, "ValidationError");
export const isHttpError = (error: unknown): error is HttpError => named(error, "HttpError");
export const isNetworkError = (error: unknown): error is NetworkError => named(error, "NetworkError");
export const isTimeoutError = (error: unknown): error is TimeoutError => named(error, "TimeoutError");
export const isDecodeError = (error: unknown): error is DecodeError => named(error, "DecodeError");
