/** From a schema of the model to the data that the runtime checks values with. */
import type { SchemaModel, SchemaType } from "../model.js";
import { code } from "./comment.js";
import { identifier, type Literal } from "./literal.js";
import type { ModuleImports } from "./module.js";

const typeChecks: Readonly<Record<SchemaType, string>> = {
  string: "string",
  integer: "integer",
  number: "number",
  boolean: "boolean",
  array: "array",
  object: "anything",
  null: "anything",
};

/** A schema descriptor; bounds that no value can break are left out. */
export function schemaLiteral(schema: SchemaModel, imports: ModuleImports): Literal {
  const check = schema.type === undefined ? "anything" : typeChecks[schema.type];
  const positive = (bound: number | undefined) => (bound === 0 ? undefined : bound);
  return {
    type: identifier(imports.value(check, "runtime/schema")),
    enum: schema.enum,
    minLength: positive(schema.minLength),
    maxLength: schema.maxLength,
    minimum: schema.minimum,
    maximum: schema.maximum,
    minItems: positive(schema.minItems),
    maxItems: schema.maxItems,
    items: schema.items && schemaLiteral(schema.items, imports),
  };
}

/** What a person wants to know of a value: `1 to 32 characters`. */
export function describeBounds(schema: SchemaModel): string | undefined {
  if (schema.enum) return `one of ${schema.enum.map((value) => code(JSON.stringify(value))).join(", ")}`;
  const { minLength, maxLength, minimum, maximum, minItems, maxItems } = schema;
  return range(minLength, maxLength, "character") ?? range(minItems, maxItems, "item") ?? range(minimum, maximum);
}

function range(least: number | undefined, most: number | undefined, unit?: string): string | undefined {
  const last = most ?? least;
  if (last === undefined) return undefined;
  const units = unit ? ` ${unit}${last === 1 ? "" : "s"}` : "";
  if (least === undefined) return `at most ${most}${units}`;
  return most === undefined ? `at least ${least}${units}` : `${least} to ${most}${units}`;
}
