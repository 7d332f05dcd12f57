/** References between schemas of one document, and what they lead to. */
import type { Json } from "./model.js";
import { child, get, getArray, getString, isObject, type JsonObject, pointerTokens } from "./openapi.js";
import { applied, assertionsOf } from "./schema-keywords.js";

/** A schema, which may be a boolean, and where it stands. */
export interface SchemaPlace {
  readonly schema: Json;
  readonly pointer: string;
}

/** Whether what stands beside `$ref` counts: not in OpenAPI 3.0 (4.7.24.1). */
export function hasSiblings(document: JsonObject): boolean {
  return !getString(document, "openapi")?.startsWith("3.0");
}

/**
 * What counts beside `$ref`, if anything does: in OpenAPI 3.0 nothing, but that `nullable` is taken at its word; since
 * 3.1, all that forbids values.
 */
export function besideReference(document: JsonObject, { $ref: _, ...beside }: JsonObject): JsonObject | undefined {
  const isNullable = get(beside, "nullable") === true;
  if (!hasSiblings(document)) return isNullable ? { nullable: true } : undefined;
  return isNullable || assertionsOf(beside).length > 0 ? beside : undefined;
}

/**
 * Follows local references to the end, or to one that more is said beside; undefined for one that leads nowhere, or in a
 * circle.
 */
export function followed(document: JsonObject, schema: Json, pointer: string): SchemaPlace | undefined {
  const reference = getString(schema, "$ref");
  if (reference === undefined) return { schema, pointer };
  const known = targets.get(document) ?? new Map<string, SchemaPlace | undefined>();
  targets.set(document, known);
  if (!known.has(reference)) known.set(reference, endOf(document, { schema, pointer }));
  return known.get(reference);
}

/** Where each reference of a document ends: there are many references to few places. */
const targets = new WeakMap<JsonObject, Map<string, SchemaPlace | undefined>>();

function endOf(document: JsonObject, start: SchemaPlace): SchemaPlace | undefined {
  const seen = new Set<string>();
  let place = start;
  for (;;) {
    const reference = getString(place.schema, "$ref");
    if (reference === undefined) return place;
    if (!reference.startsWith("#/") || seen.has(reference)) return undefined;
    seen.add(reference);
    const tokens = pointerTokens(reference);
    const target = tokens.reduce<Json | undefined>(
      (node, token) => (Array.isArray(node) ? node[Number(token)] : get(node, token)),
      document,
    );
    if (!isObject(target) && typeof target !== "boolean") return undefined;
    place = { schema: target, pointer: tokens.reduce(child, "#") };
    if (isObject(target) && "$ref" in target && besideReference(document, target)) return place;
  }
}

/**
 * Whether checking a value with one schema means checking the same value with the one at `target`. A circle by way of
 * `allOf` is broken there: what is applied by another keyword is looked for without it.
 */
export function appliesTo(document: JsonObject, from: SchemaPlace, target: string, byAllOf: boolean): boolean {
  const seen = new Set<string>();
  const pending = [from];
  for (let current = pending.pop(); current; current = pending.pop()) {
    const { schema, pointer } = current;
    if (pointer === target) return true;
    if (seen.has(pointer)) continue;
    seen.add(pointer);
    for (const { keyword, schema: part, pointer: place } of applied(schema, pointer)) {
      const isReference = getString(part, "$ref") !== undefined;
      const next = byAllOf || keyword !== "allOf" || !isReference ? followed(document, part, place) : undefined;
      if (next) pending.push(next);
    }
  }
  return false;
}

/** The one schema that another stands for, and whether null is a value beside it: `allOf: [A]`, `anyOf: [A, {type: null}]`. */
export function soleSchema(
  document: JsonObject,
  value: JsonObject,
  pointer: string,
): (SchemaPlace & { readonly keyword: string; readonly admitsNull: boolean }) | undefined {
  const [keyword = "", ...others] = assertionsOf(value);
  if (others.length > 0 || !["allOf", "anyOf", "oneOf"].includes(keyword)) return undefined;
  const parts = getArray(value, keyword).map((schema, index) => ({
    schema,
    pointer: child(child(pointer, keyword), index),
  }));
  const [sole, ...more] = keyword === "allOf" ? parts : parts.filter(({ schema }) => get(schema, "type") !== "null");
  if (!sole || more.length > 0 || parts.length > 2) return undefined;
  const admitsNull = parts.length === 2;
  // Null would be a value of both, and so of none.
  if (keyword === "oneOf" && admitsNull && mayBeNull(document, sole)) return undefined;
  return { ...sole, keyword, admitsNull };
}

function mayBeNull(document: JsonObject, { schema, pointer }: SchemaPlace): boolean {
  const target = followed(document, schema, pointer)?.schema;
  const types = [get(target, "type")].flat();
  return get(target, "nullable") === true || types.includes("null") || types.includes(undefined);
}
