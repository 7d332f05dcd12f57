import type { Incoming, Report } from "./descriptor.js";
import { type BrokenRule, DecodeError } from "./errors.js";
import type { Schema } from "./schema-descriptor.js";
import { schemaRef } from "./schema-ref.js";

/** How many broken rules an error keeps, and how many of them its message tells. */
const KEPT = 100;
const TOLD = 5;

/** Throws the DecodeError of a value that breaks a schema; `text` is what it was read from, `place` where that stood, if not in the body. */
export function verify(value: unknown, schema: Schema, text: string, { broken }: Incoming, place?: "header"): void {
  const violations: BrokenRule[] = [];
  let count = 0;
  const report: Report = (pointer, rule, limit) => {
    count += 1;
    // A pointer holds names that the service chose: like any text of it, they may hold a credential.
    if (count <= KEPT) violations.push({ ...(place && { in: place }), pointer: broken(pointer).text, rule, limit });
  };
  // By way of a reference: whatever is too deep for a check is told by it.
  schemaRef(value, { type: schemaRef, ref: () => schema }, "", report);
  if (!count) return;
  const told = violations
    .slice(0, TOLD)
    .map(({ pointer, rule, limit }) => `${place ?? ""} \`${pointer}\` breaks ${rule}: ${limit}`.trim());
  const rest = count > TOLD ? ` and ${count - TOLD} more` : "";
  const error = broken(text);
  throw new DecodeError(`${error.message}: ${told.join("; ")}${rest}`, error, {
    status: error.status,
    text: error.text,
    violations,
  });
}
