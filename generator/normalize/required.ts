/** Which properties a schema and its relatives declare and require: `required` may name what another part declares. */
import type { Json } from "../model.js";
import { get, getArray, getObject, isObject } from "../openapi.js";
import type { View } from "./document.js";
import { hasDefault, marksOf } from "./marks.js";
import { type References, referenceIn } from "./references.js";

/** Whether a property is left out of a view. One that is marked both ways, which the specification forbids, never is. */
export function isHidden(references: References, property: Json, view: View): boolean {
  const marks = marksOf(references, property);
  return marks.length === 1 && marks[0] === (view === "read" ? "writeOnly" : "readOnly");
}

/** The properties that a schema hides in a view, by itself and by the parts that are written in place. */
export function hiddenIn(references: References, schema: Json, view: View): readonly string[] {
  const own = Object.entries(getObject(schema, "properties") ?? {}).filter(([, one]) =>
    isHidden(references, one, view),
  );
  const parts = getArray(schema, "allOf").filter((part) => referenceIn(part) === undefined);
  return [...own.map(([name]) => name), ...parts.flatMap((part) => hiddenIn(references, part, view))];
}

/** The names that a schema requires, by itself and by the parts that are written in place. */
export function requiredIn(schema: Json): ReadonlySet<string> {
  const own = getArray(schema, "required").filter((name) => typeof name === "string");
  const parts = getArray(schema, "allOf").filter((part) => referenceIn(part) === undefined);
  return new Set([...own, ...parts.flatMap((part) => [...requiredIn(part)])]);
}

/** Whether a property is declared where its type is written: in the schema, a part in place, or each alternative in place. */
export function isDeclaredInPlace(schema: Json, name: string): boolean {
  if (get(getObject(schema, "properties"), name) !== undefined) return true;
  if (getArray(schema, "allOf").some((part) => isDeclaredInPlace(part, name))) return true;
  return ["oneOf", "anyOf"].some((keyword) => {
    const alternatives = getArray(schema, keyword);
    return alternatives.length > 0 && alternatives.every((one) => isDeclaredInPlace(one, name));
  });
}

/** What a schema and all that it is made of, or may be, say of a property. */
export function declarationOf(
  references: References,
  schema: Json,
  name: string,
  view: View,
): "hidden" | "required" | "optional" | undefined {
  const seen = new Set<string>();
  let found: "required" | "optional" | undefined;
  const look = (part: Json, isReferred: boolean): boolean => {
    if (!isObject(part)) return false;
    const reference = referenceIn(part);
    if (reference !== undefined && !seen.has(reference)) {
      seen.add(reference);
      const target = references.target(reference);
      if (target && look(target.schema, true)) return true;
    }
    const property = get(getObject(part, "properties"), name);
    if (property !== undefined && isHidden(references, property, view)) return true;
    if (isReferred && getArray(part, "required").includes(name)) found = "required";
    else if (property !== undefined) found ??= "optional";
    if (getArray(part, "allOf").some((inner) => look(inner, isReferred))) return true;
    return [...getArray(part, "oneOf"), ...getArray(part, "anyOf")].some((inner) => look(inner, false));
  };
  return look(schema, false) ? "hidden" : found;
}

/** The names that are asked for in a view: in what is sent, none that has a default, whichever part of the family says so. */
export function askedIn(references: References, family: Json, names: Iterable<string>, view: View): readonly string[] {
  return view === "read" ? [...names] : [...names].filter((name) => !isPreset(references, family, name, new Set()));
}

/** Whether a schema asks for less in what is sent. */
export function asksLess(references: References, schema: Json): boolean {
  return [...requiredIn(schema)].some((name) => isPreset(references, schema, name, new Set()));
}

/** Whether a schema, or what it is made of or may be, gives a property a default. */
function isPreset(references: References, schema: Json, name: string, seen: Set<string>): boolean {
  if (!isObject(schema)) return false;
  const property = get(getObject(schema, "properties"), name);
  if (property !== undefined && hasDefault(references, property)) return true;
  const reference = referenceIn(schema);
  if (reference !== undefined && !seen.has(reference)) {
    seen.add(reference);
    const target = references.target(reference);
    if (target && isPreset(references, target.schema, name, seen)) return true;
  }
  return ["allOf", "oneOf", "anyOf"].some((keyword) =>
    getArray(schema, keyword).some((part) => isPreset(references, part, name, seen)),
  );
}
