import type { Case } from "./cases.js";
import type { DeclaredOperation } from "./contract.js";

/** What of the package is under test, as its own documentation has it; the real types have tests of their own. */
export interface Subject {
  readonly createClient: (options: Readonly<Record<string, unknown>>) => unknown;
  readonly isValidationError: (error: unknown) => error is SubjectError & { readonly violations: readonly Violation[] };
  readonly isHttpError: (error: unknown) => error is SubjectHttpError;
  readonly [operationId: string]: unknown;
}

interface Violation {
  readonly parameter: string;
  readonly rule: string;
  readonly value: unknown;
}

interface SubjectError extends Error {
  readonly operationId: string;
}

export interface SubjectHttpError extends SubjectError {
  readonly status: number;
  readonly code: unknown;
  readonly body: unknown;
  readonly requestId: unknown;
}

export interface SubjectFile {
  readonly name: unknown;
  bytes(): Promise<Uint8Array>;
}

/** What `.result()` resolves to. */
export type Answer =
  | { readonly ok: true; readonly status: number; readonly data: SubjectFile }
  | { readonly ok: false; readonly status: number; readonly error: SubjectHttpError };

/** How a call ended: with an answer, or before anything was sent. */
export type Outcome = { readonly answer: Answer } | { readonly violations: readonly Violation[] };

type ApiCall = Promise<unknown> & { result(): Promise<Answer> };

/** Starts the call that a case describes; `retry: 0`, for each answer is a verdict. */
export function start(
  subject: Subject,
  operation: DeclaredOperation,
  { given, unknown }: Case,
  target: Target,
): ApiCall {
  const inputs = [...given].flatMap(([{ key }, value]) => (key === undefined ? [] : [[key, value] as const]));
  const secrets = [...given].flatMap(([{ key }, value]) =>
    key === undefined && operation.credential !== undefined ? [[operation.credential.scheme, value] as const] : [],
  );
  const client = subject.createClient({ baseUrl: target.baseUrl, auth: Object.fromEntries(secrets) });
  const helper = subject[operation.operationId];
  if (typeof helper !== "function") throw new Error(`The package has no function ${operation.operationId}`);
  const input = { ...Object.fromEntries(inputs), ...unknown };
  return helper(client, input, { retry: 0, headers: target.headers, validate: target.validate }) as ApiCall;
}

export interface Target {
  readonly baseUrl: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly validate?: boolean;
}

/** Waits for the end of a call; any error but a ValidationError is thrown on. */
export async function outcomeOf(subject: Subject, call: ApiCall): Promise<Outcome> {
  try {
    return { answer: await call.result() };
  } catch (error) {
    if (subject.isValidationError(error)) return { violations: error.violations };
    throw error;
  }
}
