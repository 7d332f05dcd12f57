/** Which properties a schema and its relatives declare and require: `required` may name what another part declares. */
import type { Json } from "../model.js";
import { get, getArray, getObject, isObject } from "../openapi.js";
import type { View } from "./document.js";
import { type References, referenceIn } from "./references.js";
import { marksOf } from "./survey.js";

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
