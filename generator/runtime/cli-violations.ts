/** What an input breaks, in the words of the command line. */
import { namesOf } from "./cli-arguments.js";
import type { CliCommand } from "./cli-program.js";
import type { Violation } from "./descriptor.js";

/** What is known of a command when its input is judged. */
export interface Known {
  readonly command?: CliCommand;
  /** The variable that a credential comes from, by its key in `auth`; that of a user name, by the key and `/username`. */
  readonly sources?: ReadonlyMap<string, string>;
}

const counted = (limit: unknown, unit: string): string => `${limit} ${unit}${limit === 1 ? "" : "s"}`;

const rules: Readonly<Record<string, (limit: unknown) => string>> = {
  required: () => "is required",
  minimum: (limit) => `must be at least ${limit}`,
  maximum: (limit) => `must be at most ${limit}`,
  minLength: (limit) => `must have at least ${counted(limit, "character")}`,
  maxLength: (limit) => `must have at most ${counted(limit, "character")}`,
  minItems: (limit) => `must be given at least ${counted(limit, "time")}`,
  maxItems: (limit) => `must be given at most ${counted(limit, "time")}`,
  enum: (limit) => `must be one of ${[limit].flat().join(", ")}`,
  pattern: (limit) => `must match ${limit}`,
  type: (limit) => `must be of the type ${[limit].flat().join(" or ")}`,
  "user-password": (limit) => `must have ${limit}`,
  format: (limit) => `must be of the format ${limit}`,
  "header-value": () =>
    "must be of what a header can carry: Latin letters (ISO-8859-1), no line break, no blank at an end",
};

/** A sentence for each, once; a value that is none of those allowed has nothing else wrong with it. */
export function sentencesOf(violations: readonly Violation[], known: Known): readonly string[] {
  const told = violations.filter(
    ({ key, pointer, rule }) =>
      rule === "enum" ||
      !violations.some((other) => other.rule === "enum" && other.key === key && other.pointer === pointer),
  );
  return [...new Set(told.map((violation) => sentence(violation, known)))];
}

function sentence({ key, pointer, rule, limit, message }: Violation, known: Known): string {
  const subject = subjectOf(key, pointer, known);
  if (subject === undefined) return closed(message);
  const names = known.command?.flags.find((flag) => flag.key === key)?.names;
  const isOwn = pointer === "" || !rule.endsWith("Items");
  const what =
    names && rule === "enum"
      ? `must be one of ${namesOf(names)}`
      : ((isOwn ? rules[rule] : undefined)?.(limit) ?? `breaks ${rule}: ${limit}`);
  return closed(`${subject}${pointer === "" || names || key.startsWith("auth.") ? "" : ` (at ${pointer})`} ${what}`);
}

/** What the user wrote it as: a flag, or a variable of the environment; a user name has one of its own. */
export function subjectOf(key: string, pointer: string, { command, sources }: Known): string | undefined {
  if (key === "body") return "--body";
  const flag = command?.flags.find((one) => one.key === key);
  const source = key.replace(/^auth\./, "");
  return flag ? `--${flag.name}` : (sources?.get(source + pointer) ?? sources?.get(source));
}

/** With a full stop, where nothing else ends it. */
export const closed = (text: string): string => text.trim().replace(/(?<![.?!])$/, ".");
