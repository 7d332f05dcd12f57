/** Discriminators (OpenAPI 3.1, 4.8.25): which schema of several a value is meant for. */
import type { DiscriminatorModel, Json, SchemaModel } from "./model.js";
import { child, get, getArray, getObject, getString, type JsonObject, pointerTokens } from "./openapi.js";
import { followed } from "./schema-references.js";

/**
 * By the mapping, by the values that the schemas themselves allow for the property, or by their names. What would name two
 * schemas names none.
 */
export function buildDiscriminator(
  document: JsonObject,
  discriminator: JsonObject,
  choices: readonly SchemaModel[],
): DiscriminatorModel | undefined {
  const propertyName = getString(discriminator, "propertyName");
  if (propertyName === undefined) return undefined;
  const mapping = new Map<string, number | undefined>();
  for (const [index, { pointer, ref }] of choices.entries()) {
    const values = valuesOf(document, { $ref: pointer }, propertyName) ?? (ref === undefined ? [] : [ref]);
    for (const value of values) mapping.set(value, mapping.has(value) ? undefined : index);
  }
  for (const [value, target] of Object.entries(getObject(discriminator, "mapping") ?? {})) {
    const index = choices.findIndex(({ pointer }) => isNamed(pointer, target));
    if (index >= 0) mapping.set(value, index);
  }
  const known = [...mapping].flatMap(([value, index]) => (index === undefined ? [] : [[value, index] as const]));
  return known.length > 0 ? { propertyName, mapping: known } : undefined;
}

/** A mapping names a schema, or refers to it. */
function isNamed(pointer: string, target: Json): boolean {
  if (typeof target !== "string") return false;
  const place = target.startsWith("#/") ? pointerTokens(target).reduce(child, "#") : `#/components/schemas/${target}`;
  return place === pointer;
}

/** The texts that a schema allows for a property; undefined where it does not say. */
function valuesOf(
  document: JsonObject,
  schema: Json,
  name: string,
  seen: ReadonlySet<string> = new Set(),
): readonly string[] | undefined {
  const place = followed(document, schema, "");
  if (!place || seen.has(place.pointer)) return undefined;
  const property = get(getObject(place.schema, "properties"), name);
  const own = property === undefined ? undefined : followed(document, property, "")?.schema;
  const only = get(own, "const");
  const values = only === undefined ? getArray(own, "enum") : [only];
  if (values.length > 0) return values.filter((value) => typeof value === "string");
  const before = new Set([...seen, place.pointer]);
  const referring = get(place.schema, "$ref") === undefined ? [] : [place.schema];
  for (const part of [...referring, ...getArray(place.schema, "allOf")]) {
    const found = valuesOf(document, part, name, before);
    if (found) return found;
  }
  return undefined;
}
