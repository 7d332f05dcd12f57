/** References where the specification has none: in place of a map, a list or an object that is no component of any kind. */
import type { Shape } from "./grammar.js";
import type { Json } from "./model.js";
import { asPointer, child, isObject, type JsonObject, pointerTokens, valueUnder } from "./openapi.js";
import { shapeAt } from "./shape-at.js";

/** A value and where it was written. */
export interface Elsewhere {
  readonly value: Json;
  readonly pointer: string;
}

/** What `value` leads to, where it is a reference and nothing else, and that is what belongs in its place. */
export function elsewhere(document: JsonObject, value: Json, shape: Shape): Elsewhere | undefined {
  // A text may be what a key holds that is called `$ref`.
  if (shape.kind === "map" && (shape.of.kind === "text" || shape.of.kind === "any")) return undefined;
  if (shape.kind === "object" && shape.type().group !== undefined) return undefined;
  const passed = new Set<string>();
  let current = value;
  for (;;) {
    const reference = soleReference(current);
    const pointer = reference === undefined ? undefined : asPointer(document, reference);
    if (pointer === undefined || passed.has(pointer)) return undefined;
    passed.add(pointer);
    const keys = pointerTokens(pointer);
    const target = valueUnder(document, keys);
    if (target === undefined) return undefined;
    if (soleReference(target) === undefined) {
      return fits(target, shape, shapeAt(keys)) ? { value: target, pointer: keys.reduce(child, "#") } : undefined;
    }
    current = target;
  }
}

function soleReference(value: Json): string | undefined {
  if (!isObject(value) || typeof value.$ref !== "string") return undefined;
  return Object.keys(value).length === 1 ? value.$ref : undefined;
}

/** Whether a value is of a shape: by its place, where the specification says what is there, and by its kind. */
function fits(value: Json, shape: Shape, there: Shape | undefined): boolean {
  if (there && !isSame(shape, there)) return false;
  switch (shape.kind) {
    case "map":
      return isObject(value) && Object.values(value).every((entry) => fits(entry, shape.of, undefined));
    case "list":
      return Array.isArray(value) && value.every((entry) => fits(entry, shape.of, undefined));
    case "object":
      return isObject(value) || (shape.type().isBoolean === true && typeof value === "boolean");
    default:
      return typeof value !== "object";
  }
}

function isSame(one: Shape, other: Shape): boolean {
  if (one.kind === "object") return other.kind === "object" && one.type() === other.type();
  if (one.kind === "map") return other.kind === "map" && isSame(one.of, other.of);
  if (one.kind === "list") return other.kind === "list" && isSame(one.of, other.of);
  return one.kind === other.kind;
}
