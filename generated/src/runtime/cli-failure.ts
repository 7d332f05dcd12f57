/** What went wrong, as sentences for a person and as data for a program: no stack, no secret. */
import { STATUS_CODES } from "node:http";
import { shown } from "./cli-layout.js";
import { jsonOf } from "./cli-output.js";
import { UsageError } from "./cli-usage.js";
import { closed, type Known, sentencesOf, subjectOf } from "./cli-violations.js";
import { type HttpError, isHttpError, isNetworkError, isTimeoutError, isValidationError } from "./errors.js";

/** What is told, and what the process ends with. */
export interface Failed {
  readonly text: string;
  /** 1 it did not work, 2 it was asked for in a way that cannot work. */
  readonly exitCode: 1 | 2;
}

/** Tells an error. */
export function failed(error: unknown, isJson: boolean, known: Known): Failed {
  const message = sentences(error, known);
  const exitCode = error instanceof UsageError || isValidationError(error) ? 2 : 1;
  return { text: isJson ? jsonOf({ error: { ...facts(error, known), message } }) : shown(message), exitCode };
}

/** Tells that a signal ended it. */
export const stopped = (isJson: boolean): string => {
  const message = "Stopped.";
  return isJson ? jsonOf({ error: { name: "AbortError", message } }) : message;
};

function sentences(error: unknown, known: Known): string {
  if (isValidationError(error)) return sentencesOf(error.violations, known).join("\n");
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) return text;
  if (isHttpError(error)) return line(refusal(error, known));
  if (isTimeoutError(error)) return line(`${closed(text)} --timeout and --idle-timeout say how long it may.`);
  const reason = isNetworkError(error) ? rootOf(error) : undefined;
  return line(closed(reason === undefined ? text : `${text}: ${reason}`));
}

/** What others wrote begins no line: it could look like one of ours. */
const line = (text: string): string => text.replace(/\s+/g, " ");

function refusal({ message, status, requestId }: HttpError, { command, sources }: Known): string {
  // A status alone has words of its own (RFC 9110, 15).
  const words = message.endsWith(`: ${status}`) ? ` ${STATUS_CODES[status] ?? ""}` : "";
  const sent = command?.security.flat().flatMap((key) => sources?.get(key) ?? []) ?? [];
  return [
    closed(`${message}${words}`),
    ...(requestId === undefined ? [] : [`Request id: ${requestId}.`]),
    ...(status === 401 && sent.length > 0 ? [`Is what ${[...new Set(sent)].join(" and ")} says still good?`] : []),
  ].join(" ");
}

/** `fetch failed` says nothing: what it came from does. */
function rootOf(error: Error): string | undefined {
  let root: unknown = error.cause;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  if (!(root instanceof Error)) return undefined;
  // Of several addresses, all failed: there is no message.
  return root.message || (root as NodeJS.ErrnoException).code;
}

/** What a program may want to tell errors apart by. */
function facts(error: unknown, known: Known): Readonly<Record<string, unknown>> {
  const name = error instanceof Error ? error.name : "Error";
  const { operationId } = known.command?.operation ?? {};
  if (isHttpError(error)) {
    const { status, code, requestId } = error;
    return { name, operationId, status, code, requestId };
  }
  if (isValidationError(error)) {
    const violations = error.violations.map(({ key, pointer, rule, limit }) => ({
      flag: subjectOf(key, pointer, known) ?? key,
      pointer,
      rule,
      limit,
    }));
    return { name, operationId, violations };
  }
  return { name, operationId };
}
