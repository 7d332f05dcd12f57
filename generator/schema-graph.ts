/** Questions about schemas and what they are made of; no stage, used by several. */
import { checkedFormats } from "./formats.js";
import type { Direction, MediaTypeModel, OperationModel, SchemaModel } from "./model.js";

/** The schemas that one is made of, in a fixed order. */
export function partsOf({ items, more }: SchemaModel): readonly SchemaModel[] {
  return [
    ...(items ? [items] : []),
    ...(more.prefixItems ?? []),
    ...(more.contains ? [more.contains] : []),
    ...(more.properties ?? []).map(({ schema }) => schema),
    ...(more.patternProperties ?? []).map(({ schema }) => schema),
    ...(more.additionalProperties ? [more.additionalProperties] : []),
    ...(more.propertyNames ? [more.propertyNames] : []),
    ...(more.dependentSchemas ?? []).map(([, schema]) => schema),
    ...(more.header ? [more.header.schema] : []),
    ...appliedBy(more),
  ];
}

/** The schemas that one applies to its own value. */
function appliedBy(more: SchemaModel["more"]): readonly SchemaModel[] {
  return [...askedBy(more), ...[more.not, more.condition?.[0]].flatMap((schema) => schema ?? [])];
}

/** Those of them that a value may have to fit: neither what it must not be, nor what it may or may not be. */
function askedBy({ allOf, anyOf, oneOf, condition }: SchemaModel["more"]): readonly SchemaModel[] {
  const branches = (condition ?? []).slice(1);
  return [...[allOf, anyOf, oneOf].flatMap((list) => list ?? []), ...branches.flatMap((schema) => schema ?? [])];
}

/** A schema and all that it is made of, of whatever value. */
export function reachableFrom(schema: SchemaModel): ReadonlySet<SchemaModel> {
  const reached = new Set([schema]);
  for (const one of reached) for (const part of partsOf(one)) reached.add(part);
  return reached;
}

/** Whether a schema is one type with bounds and an enumeration, or an array of such: it is written where it is used. */
export function isPlain(schema: SchemaModel, within: ReadonlySet<SchemaModel> = new Set()): boolean {
  // An array of itself has no end, and nobody writes one so deep.
  if (within.has(schema) || within.size > 8) return false;
  const { type, enum: values, format, more, nullable, items } = schema;
  if (nullable || checkedFormats.has(format ?? "") || Object.keys(more).length > 0) return false;
  if (type === "array")
    return values === undefined && (items === undefined || isPlain(items, new Set([...within, schema])));
  if (type === undefined) return isFree(schema);
  return (
    type !== "object" && type !== "null" && (values ?? []).every((value) => typeof value !== "object" || value === null)
  );
}

/** Whether a schema is of bytes, or of a list of them. */
export function isBytes(schema: SchemaModel, within: ReadonlySet<SchemaModel> = new Set()): boolean {
  const { type, items, more } = schema;
  if (more.isBinary || within.has(schema)) return more.isBinary === true;
  const isList = type === "array" && items !== undefined && partsOf(schema).length === 1;
  return isList && isBytes(items, new Set([...within, schema]));
}

/** A schema and all that it applies to its own value, by way of references, too. */
export function familyOf(schema: SchemaModel): ReadonlySet<SchemaModel> {
  const family = new Set([schema]);
  for (const member of family) for (const part of appliedBy(member.more)) family.add(part);
  return family;
}

/** The properties that a side may leave out: what is read only, or has a default, is not asked for in a request (OpenAPI 3.1, 4.8.24). */
export function leftOutBy(schema: SchemaModel, direction: Direction): readonly string[] {
  if (Object.keys(schema.more).length === 0) return [];
  const properties = [...familyOf(schema)].flatMap(({ more }) => more.properties ?? []);
  return properties
    .filter(({ readOnly, writeOnly, hasDefault }) => (direction === "request" ? readOnly || hasDefault : writeOnly))
    .map(({ name }) => name);
}

/** The properties that a schema asks for, by itself and by all that it applies to its own value. */
export function requiredBy(schema: SchemaModel): readonly string[] {
  const asked = new Set([schema]);
  for (const one of asked) for (const part of askedBy(one.more)) asked.add(part);
  return [...asked].flatMap(({ more }) => more.required ?? []);
}

/** Whether a side is not asked for all that a schema asks for; other schemas may say that it leaves out `others`. */
export function asksLess(schema: SchemaModel, direction: Direction, others: readonly string[] = []): boolean {
  const left = [...others, ...leftOutBy(schema, direction)];
  return left.length > 0 && requiredBy(schema).some((name) => left.includes(name));
}

/**
 * What a body is checked with, or each item of one that is a sequence: OpenAPI 3.1 does not say whether the schema is of
 * the body or of an item, and documents do either. An array is taken for the sequence, anything else for an item.
 */
export function checkedSchema({ kind, schema, isChecked, envelope }: MediaTypeModel): SchemaModel | undefined {
  if (!isChecked || envelope || !schema) return undefined;
  if (kind.startsWith("text")) return takesAnyText(schema) ? undefined : schema;
  const checked = kind !== "json" && isSequence(schema) ? itemOf(schema) : schema;
  return checked && !isFree(checked) ? checked : undefined;
}

/** Whether the schema of a body that is a sequence is of all of it. */
export function isSequence({ type }: SchemaModel): boolean {
  return type === "array";
}

/** None where not all items are alike. */
function itemOf({ items, more }: SchemaModel): SchemaModel | undefined {
  return more.prefixItems ? undefined : items;
}

/** What a success may be checked with: its status, and the schema of JSON. */
export function successBodies({ responses }: OperationModel): readonly {
  readonly status: string;
  readonly schema: SchemaModel;
}[] {
  return responses.flatMap(({ status, outcome, content }) => {
    if (outcome === "failure") return [];
    return content.flatMap((media) => {
      const schema = checkedSchema(media);
      return schema ? [{ status, schema }] : [];
    });
  });
}

/** The same without null: a schema of its own, where it makes a difference. */
export function withoutNull(schema: SchemaModel): SchemaModel {
  return schema.nullable ? { ...schema, nullable: false, pointer: `${schema.pointer} without null` } : schema;
}

/** Whether a schema may refuse the empty text. */
export function mayRefuseEmpty(schema: SchemaModel): boolean {
  return !takesAnyText({ ...schema, maxLength: undefined });
}

/** Whether a list or an object of nothing may have a schema. */
export function mayHoldNothing({ type, enum: values, minItems = 0, items, more }: SchemaModel): boolean {
  if (values?.every((value) => typeof value !== "object" || value === null)) return false;
  // Its items, too, may be nothing.
  if (type === "array" && minItems > 0) return items === undefined || items.nullable || mayHoldNothing(items);
  const types = type === undefined ? more.types : [type];
  return types === undefined || types.includes("array") || types.includes("object");
}

/** Whether a schema takes any text. */
export function takesAnyText(schema: SchemaModel): boolean {
  const { type, enum: values, minLength = 0, maxLength, format, more } = schema;
  const isBounded =
    values !== undefined || minLength > 0 || maxLength !== undefined || checkedFormats.has(format ?? "");
  return isFree(schema) || (type === "string" && !isBounded && Object.keys(more).length === 0);
}

/** Whether a schema takes any value. */
export function isFree(schema: SchemaModel): boolean {
  const {
    type,
    enum: values,
    format,
    more,
    items,
    minItems,
    maxItems,
    minLength,
    maxLength,
    minimum,
    maximum,
  } = schema;
  const bounds = [items, minItems, maxItems, minLength, maxLength, minimum, maximum];
  const isBounded = bounds.some((bound) => bound !== undefined) || Object.keys(more).length > 0;
  return type === undefined && values === undefined && !checkedFormats.has(format ?? "") && !isBounded;
}

/** Whether a schema is of one value that has a text, and that only: what is sent as text is checked by no other. */
export function isOneValue(schema: SchemaModel | undefined): schema is SchemaModel {
  return /^(string|integer|number|boolean)$/.test(schema?.type ?? "");
}
