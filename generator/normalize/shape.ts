/** What the keywords of a schema say of its type: each is what it is to be, or absent. */
import type { Json } from "../model.js";
import { get, isObject, type JsonObject } from "../openapi.js";
import { schemaTypes } from "./keywords.js";
import type { Notes } from "./notes.js";
import type { Path } from "./path.js";

/** What shapes a type. */
export interface Shape {
  /** Without `null`, if there is another one; empty where the schema does not say. */
  readonly types: readonly string[];
  readonly nullable: boolean;
  /** Of `enum` or `const`, null included. */
  readonly values: readonly Json[] | undefined;
  /** The values are one, by `const`. */
  readonly isConstant: boolean;
  readonly required: readonly string[];
  readonly properties: JsonObject | undefined;
  readonly patternProperties: JsonObject | undefined;
  readonly additionalProperties: Json | undefined;
  readonly items: Json | undefined;
  readonly prefixItems: readonly Json[] | undefined;
  readonly allOf: readonly Json[];
  readonly anyOf: readonly Json[];
  readonly oneOf: readonly Json[];
}

/** Which of the two dialects a document is written in; each is read as the other where it uses the other's words. */
export type Dialect = "3.0" | "3.1";

/** Reads a schema that is no reference. */
export function readShape(schema: JsonObject, path: Path, notes: Notes): Shape {
  const below = (key: string): Path => ({ parent: path, key });
  const list = (key: string): readonly Json[] | undefined => {
    const value = get(schema, key);
    return Array.isArray(value) ? value : undefined;
  };
  const object = (key: string): JsonObject | undefined => {
    const value = get(schema, key);
    return isObject(value) ? value : undefined;
  };
  const types = readTypes(schema);
  const listed = list("enum");
  const constant = get(schema, "const");
  const values = constant !== undefined ? [constant] : listed;
  const hasNull = values?.includes(null) ?? false;
  const isNullable = get(schema, "nullable") === true;
  const allowsNull = isNullable || types.includes("null");
  if (hasNull && types.length > 0 && !allowsNull) {
    notes.read(constant === undefined ? "enumNull" : "constNull", below(constant === undefined ? "enum" : "const"));
  }
  if (listed && listed.length > 0 && isNullable && !hasNull) notes.read("enumNoNull", below("nullable"));

  const items = get(schema, "items");
  const additional = get(schema, "additionalProperties");
  const isSchema = typeof additional === "boolean" || isObject(additional);
  const others = types.filter((type) => type !== "null");
  const isOneOfTypes = types.includes("null") && others.length > 0;
  if (values && isOneOfTypes && !hasNull && !isNullable) notes.read("typeNull", below("type"));
  return {
    types: others.length > 0 ? others : types,
    nullable: isNullable || hasNull || (isOneOfTypes && !values),
    values: values?.length === 0 ? undefined : values,
    isConstant: constant !== undefined,
    required: [...new Set(list("required")?.filter((name) => typeof name === "string"))],
    properties: object("properties"),
    patternProperties: object("patternProperties"),
    additionalProperties: isSchema ? additional : undefined,
    items: Array.isArray(items) ? undefined : items,
    prefixItems: Array.isArray(items) ? items : list("prefixItems"),
    allOf: list("allOf") ?? [],
    anyOf: list("anyOf") ?? [],
    oneOf: list("oneOf") ?? [],
  };
}

function readTypes(schema: JsonObject): readonly string[] {
  const written = get(schema, "type");
  if (written === undefined) return "items" in schema || "prefixItems" in schema ? ["array"] : [];
  const types = [written].flat().filter((type) => typeof type === "string");
  return types.every((type) => schemaTypes.has(type)) ? [...new Set(types)] : [];
}
