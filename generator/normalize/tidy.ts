/**
 * Schemas that openapi-typescript gets right as they are: nearly all of a document. They are handed on, and where something
 * in them changes, with that alone.
 */
import type { Json } from "../model.js";
import { isBinary, isObject, type JsonObject } from "../openapi.js";
import { isPlain, referring, texts } from "./keywords.js";
import type { Path } from "./path.js";
import { askedIn, isHidden } from "./required.js";
import { type ChangeSchema, type Knowledge, type Scope, whole } from "./scope.js";

/** The schema, changed within; undefined where it has to be read keyword by keyword. */
export function tidied(
  knowledge: Knowledge,
  change: ChangeSchema,
  schema: JsonObject,
  path: Path,
  scope: Scope,
): JsonObject | undefined {
  switch (schema.type) {
    case "string":
    case "integer":
    case "number":
    case "boolean": {
      if (scope.view === "form" && isBinary(schema)) return undefined;
      return isTidy(knowledge, schema, "enum", isPlainList) ? schema : undefined;
    }
    case "array": {
      const { items } = schema;
      if (!isTidy(knowledge, schema, "items", isObject) || !isObject(items)) return undefined;
      const position = scope.position === "inside" ? "inside" : "list";
      const changed = change(items, { parent: path, key: "items" }, whole(scope.view, scope.owner, position)) ?? {};
      return changed === items ? schema : { ...schema, items: changed };
    }
    case "object":
      return scope.asked.size + scope.hidden.size > 0
        ? undefined
        : tidiedObject(knowledge, change, schema, path, scope);
    default:
      return undefined;
  }
}

function tidiedObject(
  knowledge: Knowledge,
  change: ChangeSchema,
  schema: JsonObject,
  path: Path,
  scope: Scope,
): JsonObject | undefined {
  const { references, hasHidden } = knowledge;
  const { properties, required } = schema;
  if (!isObject(properties) || !isTidy(knowledge, schema, "properties", isObject, "required")) return undefined;
  if (required !== undefined && !(Array.isArray(required) && areNamesOf(required, properties))) return undefined;
  const names = Object.keys(properties);
  if (names.length === 0) return undefined;
  const isSeen = (name: string): boolean => !isHidden(references, properties[name] as Json, scope.view);
  if (hasHidden && !names.every(isSeen)) return undefined;
  const place = { parent: path, key: "properties" };
  const inside = whole(scope.view, scope.owner, "inside");
  let isChanged = false;
  const entries = names.map((name): readonly [string, JsonObject] => {
    const before = properties[name] as Json;
    const after = change(before, { parent: place, key: name }, inside) ?? {};
    isChanged ||= after !== before;
    return [name, after];
  });
  const asked = askedIn(references, scope.family ?? schema, required ?? [], scope.view);
  if (asked.length < (required?.length ?? 0))
    return { ...schema, properties: Object.fromEntries(entries), required: asked };
  return isChanged ? { ...schema, properties: Object.fromEntries(entries) } : schema;
}

/** Nothing but one type, what is known of this keyword, and what does not shape the type. */
function isTidy(
  { dialect }: Knowledge,
  schema: JsonObject,
  keyword: string,
  isKnown: (value: Json) => boolean,
  beside?: string,
): boolean {
  if (schema.readOnly === true && schema.writeOnly === true) return false;
  for (const key of Object.keys(schema)) {
    const value = schema[key] as Json;
    if (key === keyword ? isKnown(value) : key === "type" || key === beside) continue;
    const isNullable = key === "nullable" && dialect === "3.0" && typeof value === "boolean" && !("enum" in schema);
    if (!isPlain(key) && !isNullable) return false;
    // openapi-typescript calls methods of text on these two.
    if ((key === "title" || key === "summary") && typeof value !== "string") return false;
  }
  return true;
}

function isPlainList(values: Json): boolean {
  return Array.isArray(values) && values.length > 0 && !values.includes(null);
}

function areNamesOf(required: readonly Json[], properties: JsonObject): required is readonly string[] {
  return required.every((name) => typeof name === "string" && Object.hasOwn(properties, name));
}

/** A reference with nothing beside it that shapes the type. */
export function isMereReference(schema: JsonObject): boolean {
  return Object.keys(schema).every((key) => referring.has(key) || texts.has(key));
}
