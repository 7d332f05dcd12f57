/** Discriminators (OpenAPI 3.1, 4.8.25): which schema of several a value is meant for. */
import type { DiscriminatorModel, Json, SchemaModel } from "./model.js";
import { child, get, getArray, getObject, getString, type JsonObject, pointerTokens } from "./openapi.js";
import { followed } from "./schema-references.js";

/** Tells what is not followed, by its place. */
type Note = (pointer: string, message: string, construct?: string) => void;

/**
 * By the mapping, by the values that the schemas themselves allow for the property, or by their names. What would name two
 * schemas names none. `pointer` is where the discriminator stands.
 */
export function buildDiscriminator(
  document: JsonObject,
  discriminator: JsonObject,
  choices: readonly SchemaModel[],
  pointer: string,
  note: Note,
): DiscriminatorModel | undefined {
  const propertyName = getString(discriminator, "propertyName");
  if (propertyName === undefined) {
    note(pointer, "`discriminator` is not followed: it has no `propertyName`");
    return undefined;
  }
  // By value, the schemas that it names.
  const owners = new Map<string, readonly number[]>();
  for (const [index, { pointer: place, ref }] of choices.entries()) {
    const values = valuesOf(document, { $ref: place }, propertyName) ?? (ref === undefined ? [] : [ref]);
    for (const value of values) owners.set(value, [...(owners.get(value) ?? []), index]);
  }
  const targets = Object.entries(getObject(discriminator, "mapping") ?? {});
  const found = targets.map(([value, target]) => {
    const named = namedBy(document, target);
    const index = choices.findIndex((choice) => named.has(choice.pointer));
    if (index >= 0) owners.set(value, [index]);
    else note(child(child(pointer, "mapping"), value), "the value leads to none of the schemas to choose from");
    return index;
  });
  if (owners.size === 0 && found.length === 0) {
    note(pointer, "`discriminator` is not followed: nothing names the schemas to choose from");
  }
  const mapping = [...owners].flatMap(([value, [index, ...more]]) =>
    index === undefined || more.length > 0 ? [] : [[value, index] as const],
  );
  const chosen = new Set(mapping.map(([, index]) => index));
  for (const [value, indices] of owners) {
    // Where another value names each of them, this one is none that is meant to choose.
    if (indices.every((index) => chosen.has(index))) continue;
    const what = "names more than one schema: all of them are tried";
    note(pointer, `the value ${JSON.stringify(value)} ${what}`, `a value of a discriminator ${what}`);
  }
  return mapping.length > 0 ? { propertyName, mapping } : undefined;
}

/** The places of the schema that a mapping names or refers to: of the one there, and where that is a reference, of its end. */
function namedBy(document: JsonObject, target: Json): ReadonlySet<string> {
  if (typeof target !== "string") return new Set();
  const reference = target.startsWith("#/") ? target : child("#/components/schemas", target.replaceAll("%", "%25"));
  const end = followed(document, { $ref: reference }, "")?.pointer;
  return new Set([pointerTokens(reference).reduce(child, "#"), ...(end === undefined ? [] : [end])]);
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
