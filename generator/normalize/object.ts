/** The properties of an object schema, and its other keys. */
import type { Json } from "../model.js";
import { isObject, type JsonObject } from "../openapi.js";
import type { Path } from "./path.js";
import { askedIn, isHidden } from "./required.js";
import { bindingType, type ChangeSchema, type Knowledge, type Scope, whole } from "./scope.js";
import type { Shape } from "./shape.js";

/**
 * The keywords of an object, changed; none where it declares nothing. `family`: the whole that it is a part of; `isAlone`: nothing
 * else shapes the type.
 */
export function objectOf(
  { references, hasHidden }: Knowledge,
  change: ChangeSchema,
  family: Json,
  shape: Shape,
  path: Path,
  scope: Scope,
  isAlone: boolean,
): JsonObject {
  const scopeInside = whole(scope.view, scope.owner, "inside");
  const inside = (schema: Json, keyword: string, key?: string): JsonObject => {
    const place = { parent: path, key: keyword };
    return change(schema, key === undefined ? place : { parent: place, key }, scopeInside) ?? {};
  };
  const declared = Object.entries(shape.properties ?? {});
  const properties = declared
    .filter(([name, property]) => !scope.hidden.has(name) && !(hasHidden && isHidden(references, property, scope.view)))
    .map(([name, property]) => [name, inside(property, "properties", name)] as const);
  const names = new Set(properties.map(([name]) => name));
  const declaredNames = [...new Set([...shape.required, ...scope.asked])].filter((name) => names.has(name));
  const required = askedIn(references, family, declaredNames, scope.view);
  const others = Object.entries(shape.patternProperties ?? {}).map(([key, value]) =>
    inside(value, "patternProperties", key),
  );
  const { additionalProperties: additional } = shape;
  if (additional === true || isObject(additional)) others.push(inside(additional, "additionalProperties"));
  const isClosed = additional === false && others.length === 0 && declared.length === 0 && isAlone;
  // Every property is hidden: an object with any others would have these as well.
  if (declared.length > 0 && properties.length === 0 && others.length === 0 && shape.types.length < 2) {
    return bindingType("empty");
  }
  if (isClosed) others.push(bindingType("never"));
  return {
    ...(properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
    ...(required.length > 0 ? { required } : {}),
    ...(others.length > 0 ? { additionalProperties: indexOf(others, properties, required) } : {}),
  };
}

/**
 * An index signature speaks of every key, those of the properties as well: where it did not allow what they are, no object
 * could be written that has both.
 */
function indexOf(
  others: readonly JsonObject[],
  properties: readonly (readonly [name: string, schema: JsonObject])[],
  required: readonly string[],
): JsonObject {
  const [first = {}] = others;
  if (properties.length === 0) return others.length === 1 ? first : { anyOf: others };
  if (others.some(isAnything)) return {};
  const declared = properties.map(([, schema]) => typeOnly(schema));
  // A larger type would be written twice, and twice again on each level.
  if (declared.includes(undefined)) return {};
  const isOptional = properties.length > required.length;
  const none = isOptional ? [bindingType("undefined")] : [];
  const all = [...others, ...declared.filter((schema) => schema !== undefined), ...none];
  const distinct = [...new Map(all.map((schema) => [JSON.stringify(typeOnly(schema) ?? schema), schema])).values()];
  return distinct.length === 1 ? first : { anyOf: distinct };
}

function isAnything(schema: JsonObject): boolean {
  return !["$ref", "type", "enum", "const", "allOf", "anyOf", "oneOf", "properties"].some((key) => key in schema);
}

/** What shapes the type of a schema, where that is little. */
function typeOnly(schema: JsonObject): JsonObject | undefined {
  const { $ref, type, enum: values, const: value, nullable } = schema;
  const isSmall = $ref !== undefined || values !== undefined || value !== undefined || typeof type === "string";
  if (!isSmall || type === "object" || type === "array") return undefined;
  const kept = { $ref, type, enum: values, const: value, nullable };
  return Object.fromEntries(Object.entries(kept).flatMap(([key, item]) => (item === undefined ? [] : [[key, item]])));
}
