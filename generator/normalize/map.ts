/** Changing plain data without touching it: what does not change is handed on as it is. */
import type { Json } from "../model.js";
import { get, isObject, type JsonObject } from "../openapi.js";
import type { Path } from "./path.js";

/** Gives the value for a place, or the one that is there. */
export type Change = (value: Json, path: Path | undefined) => Json;

/** Changes these fields of an object, where it has them. */
export function fields(changes: Readonly<Record<string, Change>>): Change {
  const entries = Object.entries(changes);
  return (value, path) => {
    if (!isObject(value)) return value;
    let copy: Record<string, Json> | undefined;
    for (const [key, change] of entries) {
      const before = get(value, key);
      if (before === undefined) continue;
      const after = change(before, { parent: path, key });
      if (after === before) continue;
      copy ??= { ...value };
      copy[key] = after;
    }
    return copy ?? value;
  };
}

/** Changes every value of an object; the change is told the key, too. */
export function each(change: (value: Json, path: Path, key: string) => Json): Change {
  return (value, path) => {
    if (!isObject(value)) return value;
    let changed = false;
    const entries = Object.entries(value).map(([key, before]): [string, Json] => {
      const after = change(before, { parent: path, key }, key);
      changed ||= after !== before;
      return [key, after];
    });
    // Not by assignment: a key may be `__proto__`.
    return changed ? Object.fromEntries(entries) : value;
  };
}

/** Changes every item of an array. */
export function items(change: Change): Change {
  return (value, path) => {
    if (!Array.isArray(value)) return value;
    let changed = false;
    const after = value.map((item: Json, key) => {
      const next = change(item, { parent: path, key });
      changed ||= next !== item;
      return next;
    });
    return changed ? after : value;
  };
}

/** The fields of these names. */
export function pick(object: JsonObject, keys: ReadonlySet<string>): JsonObject {
  const picked: Record<string, Json> = {};
  // None of the names that are asked for is `__proto__`.
  for (const key of Object.keys(object)) if (keys.has(key)) picked[key] = object[key] as Json;
  return picked;
}
