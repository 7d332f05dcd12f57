/** What a schema says of a value, for people. */
import type { SchemaModel } from "../model.js";
import { code } from "./comment.js";

/** What a person wants to know of a value: `1 to 32 characters`. */
export function describeBounds(schema: SchemaModel): string | undefined {
  if (schema.enum) return `one of ${schema.enum.map((value) => code(JSON.stringify(value))).join(", ")}`;
  const { minLength, maxLength, minimum, maximum, minItems, maxItems } = schema;
  // Nothing has fewer than none.
  const [characters, items] = [minLength || undefined, minItems || undefined];
  return range(characters, maxLength, "character") ?? range(items, maxItems, "item") ?? range(minimum, maximum);
}

function range(least: number | undefined, most: number | undefined, unit?: string): string | undefined {
  const last = most ?? least;
  if (last === undefined) return undefined;
  const units = unit ? ` ${unit}${last === 1 ? "" : "s"}` : "";
  if (least === undefined) return `at most ${most}${units}`;
  return most === undefined ? `at least ${least}${units}` : `${least} to ${most}${units}`;
}
