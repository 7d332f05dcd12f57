/** What a caller may give in the place of a value of JSON, since it says the same in more digits or by itself. */
import type { SchemaModel } from "../model.js";
import { memberName } from "./literal.js";
import type { ModuleImports } from "./module.js";

/** `type` and what may stand for it: a bigint for `int64`, a Date for `date-time`, in an array or a member of an object, too. */
export function withExact(type: string, schema: SchemaModel, imports: ModuleImports): string {
  const exact = exactly(schema);
  if (exact !== undefined) return `${type} | ${exact}`;
  const members = (schema.more.properties ?? []).flatMap(({ name, schema: member }) => {
    const other = exactly(member);
    return other === undefined ? [] : [`readonly ${memberName(name)}: ${other}`];
  });
  if (members.length === 0) return type;
  return `${imports.type("OrExact", "runtime/types")}<${type}, { ${members.join("; ")} }>`;
}

/** What may stand for a value, or for a list of them: some of its items may be what they are in JSON. */
function exactly(schema: SchemaModel): string | undefined {
  const { type, enum: values, items, more } = schema;
  if (type !== "array" || !items || more.prefixItems || values !== undefined) return scalar(schema);
  // Not of lists of lists: an array may hold itself.
  const item = scalar(items);
  const plain = items.type === "string" ? "string" : "number";
  return item && `readonly (${plain} | ${item}${items.nullable ? " | null" : ""})[]`;
}

function scalar({ type, format, enum: values }: SchemaModel): string | undefined {
  if (values !== undefined) return undefined;
  if (type === "string" && format === "date-time") return "Date";
  return type === "integer" && format === "int64" ? "bigint" : undefined;
}
