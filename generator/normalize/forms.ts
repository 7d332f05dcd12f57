/** Changed schemas: what they say, and how something is added to one so that openapi-typescript sees it. */
import { get, getArray, getObject, isObject, type JsonObject } from "../openapi.js";
import { isNarrowing, schemaTypes, texts } from "./keywords.js";
import { pick } from "./map.js";
import type { Shape } from "./shape.js";

/** Values of a property that discriminators choose by. */
export type Values = readonly (string | number)[];

/** Whether the type is more than `unknown`. */
export function saysSomething(schema: JsonObject): boolean {
  return Object.keys(schema).some((key) => key === "$ref" || isNarrowing(key));
}

/** An object of which nothing is known: beside another one it would only allow to read what is not there. */
export function isBareObject(schema: JsonObject): boolean {
  return (schema.type === "object" || schema.type === "empty") && Object.keys(schema).filter(isNarrowing).length === 1;
}

/** What is told in the comment, and `readOnly` for the modifier. */
export function textsOf(schema: JsonObject): JsonObject {
  const { title, summary, readOnly, ...others } = pick(schema, texts);
  return {
    ...others,
    // openapi-typescript calls methods of text on these two.
    ...(title === undefined ? {} : { title: String(title) }),
    ...(summary === undefined ? {} : { summary: String(summary) }),
    // Marked both ways, it is neither.
    ...(readOnly === true && schema.writeOnly !== true ? { readOnly } : {}),
  };
}

/** `enum` or `const`; null is the business of `withNull`. */
export function valuesOf({ values = [], isConstant }: Shape, type: JsonObject): JsonObject {
  if (values.every((value) => value === null)) return { type: "null" };
  if (isConstant) return { ...type, const: values[0] ?? null };
  // For objects, openapi-typescript takes `enum` for a list of schemas.
  return type.type === "object" ? { enum: values } : { ...type, enum: values };
}

/** The schema, or null. openapi-typescript knows `nullable`, though not beside everything. */
export function withNull(schema: JsonObject): JsonObject {
  const { type } = schema;
  if (!saysSomething(schema) || type === "null") return schema;
  if (getArray(schema, "oneOf").some((one) => get(one, "type") === "null")) return schema;
  if (Array.isArray(type) && !("enum" in schema)) return { ...schema, type: [...type, "null"] };
  if (schema.const !== undefined) return { enum: [schema.const, null] };
  const isStandard = type === undefined || Array.isArray(type) || schemaTypes.has(String(type));
  return "$ref" in schema || !isStandard ? { anyOf: [schema, { type: "null" }] } : { ...schema, nullable: true };
}

/** The schema where a property is there and has one of these values. */
export function withValues(schema: JsonObject, property: string, values: Values): JsonObject {
  const said = { type: typeof values[0] === "number" ? "number" : "string", enum: values };
  const inPlace = sayInPlace(schema, property, said);
  if (inPlace) return inPlace;
  const object = { type: "object", properties: Object.fromEntries([[property, said]]), required: [property] };
  if (isBareObject(schema) || !saysSomething(schema)) return { ...schema, ...object };
  if ("properties" in schema) return addProperty(schema, property, said);
  const parts = "allOf" in schema ? getArray(schema, "allOf") : [schema];
  const own = "allOf" in schema ? schema : textsOf(schema);
  return { ...own, allOf: [...parts, object] };
}

/** Where the property is declared already; undefined where it is not. */
function sayInPlace(schema: JsonObject, property: string, said: JsonObject): JsonObject | undefined {
  const declared = get(getObject(schema, "properties"), property);
  if (declared !== undefined)
    return addProperty(schema, property, isObject(declared) ? { ...textsOf(declared), ...said } : said);
  let isSaid = false;
  const parts = getArray(schema, "allOf").map((part) => {
    const changed = isObject(part) ? sayInPlace(part, property, said) : undefined;
    isSaid ||= changed !== undefined;
    return changed ?? part;
  });
  return isSaid ? { ...schema, allOf: parts } : undefined;
}

function addProperty(schema: JsonObject, property: string, said: JsonObject): JsonObject {
  const others = Object.entries(getObject(schema, "properties") ?? {}).filter(([name]) => name !== property);
  const required = new Set([...getArray(schema, "required"), property]);
  return { ...schema, properties: Object.fromEntries([[property, said], ...others]), required: [...required] };
}
