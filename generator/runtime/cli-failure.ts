/** What went wrong, as sentences for a person and as data for a program: no stack, no secret. */
import { shown } from "./cli-layout.js";
import { jsonOf } from "./cli-output.js";
import type { CliCommand } from "./cli-program.js";
import { UsageError } from "./cli-usage.js";
import type { Violation } from "./descriptor.js";
import { isApiError, isHttpError, isNetworkError, isValidationError } from "./errors.js";

/** What is told, and what the process ends with. */
export interface Failed {
  readonly text: string;
  /** 1 it did not work, 2 it was asked for in a way that cannot work. */
  readonly exitCode: 1 | 2;
}

/** Tells an error; `command` is what was asked for, if that is known. */
export function failed(error: unknown, isJson: boolean, command?: CliCommand): Failed {
  const message = sentences(error, command);
  const exitCode = error instanceof UsageError || isValidationError(error) ? 2 : 1;
  return { text: isJson ? jsonOf({ error: { ...facts(error, command), message } }) : shown(message), exitCode };
}

function sentences(error: unknown, command: CliCommand | undefined): string {
  if (isValidationError(error)) return error.violations.map((violation) => sentence(violation, command)).join("\n");
  const text = error instanceof Error ? error.message : String(error);
  if (isHttpError(error))
    return `${closed(text)}${error.requestId === undefined ? "" : ` Request id: ${error.requestId}.`}`;
  if (error instanceof UsageError) return text;
  if (!isApiError(error)) return closed(text);
  const reason = isNetworkError(error) ? rootOf(error) : undefined;
  return closed(reason === undefined ? text : `${text}: ${reason}`);
}

/** With a full stop, where nothing else ends it. */
const closed = (text: string): string => text.trim().replace(/(?<![.?!])$/, ".");

/** `fetch failed` says nothing: what it came from does. */
function rootOf(error: Error): string | undefined {
  let root: unknown = error.cause;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  if (!(root instanceof Error)) return undefined;
  // Of several addresses, all failed: there is no message.
  return root.message || (root as NodeJS.ErrnoException).code;
}

const rules: Readonly<Record<string, (limit: unknown) => string>> = {
  required: () => "is required",
  minimum: (limit) => `must be at least ${limit}`,
  maximum: (limit) => `must be at most ${limit}`,
  minLength: (limit) => `must have at least ${limit} characters`,
  maxLength: (limit) => `must have at most ${limit} characters`,
  minItems: (limit) => `must be given at least ${limit} times`,
  maxItems: (limit) => `must be given at most ${limit} times`,
  enum: (limit) => `must be one of ${[limit].flat().join(", ")}`,
  pattern: (limit) => `must match ${limit}`,
  type: (limit) => `must be of the type ${[limit].flat().join(" or ")}`,
  format: (limit) => `must be of the format ${limit}`,
};

/** In the words of the command line. */
function sentence({ key, pointer, rule, limit, message }: Violation, command: CliCommand | undefined): string {
  const flag = flagOf(key, command);
  if (flag === undefined) return closed(message);
  const isOwn = pointer === "" || !rule.endsWith("Items");
  const what = (isOwn ? rules[rule] : undefined)?.(limit) ?? `breaks ${rule}: ${limit}`;
  return closed(`${flag}${pointer === "" ? "" : ` (at ${pointer})`} ${what}`);
}

function flagOf(key: string, command: CliCommand | undefined): string | undefined {
  if (key === "body") return "--body";
  const flag = command?.flags.find((one) => one.key === key);
  return flag && `--${flag.name}`;
}

/** What a program may want to tell errors apart by. */
function facts(error: unknown, command: CliCommand | undefined): Readonly<Record<string, unknown>> {
  const name = error instanceof Error ? error.name : "Error";
  const { operationId } = command?.operation ?? {};
  if (isHttpError(error)) {
    const { status, code, requestId } = error;
    return { name, operationId, status, code, requestId };
  }
  if (isValidationError(error)) {
    const violations = error.violations.map(({ key, pointer, rule, limit }) => ({
      flag: flagOf(key, command) ?? key,
      pointer,
      rule,
      limit,
    }));
    return { name, operationId, violations };
  }
  return { name, operationId };
}
