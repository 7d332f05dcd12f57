import type { Incoming, Violation } from "./descriptor.js";
import { DecodeError } from "./errors.js";
import type { Schema } from "./schema-descriptor.js";

/** How many broken rules an error keeps, and how many of them its message tells. */
const KEPT = 100;
const TOLD = 5;

/** Throws the DecodeError of a value that breaks a schema; `text` is what it was read from. */
export function verify(value: unknown, schema: Schema, text: string, { broken }: Incoming): void {
  const violations: Pick<Violation, "pointer" | "rule" | "limit">[] = [];
  let count = 0;
  schema.type(value, schema, "", (pointer, rule, limit) => {
    count += 1;
    // A pointer holds names that the service chose: like any text of it, they may hold a credential.
    if (count <= KEPT) violations.push({ pointer: broken(pointer).text, rule, limit });
  });
  if (!count) return;
  const told = violations.slice(0, TOLD).map(({ pointer, rule, limit }) => `\`${pointer}\` breaks ${rule}: ${limit}`);
  const rest = count > TOLD ? ` and ${count - TOLD} more` : "";
  const error = broken(text);
  throw new DecodeError(`${error.message}: ${told.join("; ")}${rest}`, error, {
    status: error.status,
    text: error.text,
    violations,
  });
}
