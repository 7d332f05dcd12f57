/** How a property is marked: by itself, or by what it is made of (annotations of every part count: JSON Schema, core, 7.7). */
import type { Json } from "../model.js";
import { getArray, isObject, type JsonObject } from "../openapi.js";
import { type References, referenceIn } from "./references.js";

/** Which of the two a property carries. */
export function marksOf(references: References, property: Json): readonly ("readOnly" | "writeOnly")[] {
  if (!isObject(property)) return none;
  if (isSimple(property) && property.readOnly !== true && property.writeOnly !== true) return none;
  return (["readOnly", "writeOnly"] as const).filter((mark) =>
    isMarked(references, property, (schema) => schema[mark] === true, new Set()),
  );
}

const none = [] as const;

/** Whether a property has a default; beside a reference, that counts since OpenAPI 3.1. */
export function hasDefault(references: References, property: Json): boolean {
  if (!isObject(property) || (isSimple(property) && !Object.hasOwn(property, "default"))) return false;
  const isSaid = (schema: JsonObject): boolean =>
    Object.hasOwn(schema, "default") && (references.hasSiblings || referenceIn(schema) === undefined);
  return isMarked(references, property, isSaid, new Set());
}

function isSimple(schema: JsonObject): boolean {
  return referenceIn(schema) === undefined && !("allOf" in schema);
}

function isMarked(
  references: References,
  schema: Json,
  isSaid: (schema: JsonObject) => boolean,
  seen: Set<string>,
): boolean {
  if (!isObject(schema)) return false;
  if (isSaid(schema)) return true;
  const reference = referenceIn(schema);
  if (reference !== undefined && !seen.has(reference)) {
    seen.add(reference);
    const target = references.target(reference);
    if (target && isMarked(references, target.schema, isSaid, seen)) return true;
  }
  return getArray(schema, "allOf").some((part) => isMarked(references, part, isSaid, seen));
}
