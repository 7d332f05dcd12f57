/** What one schema says, keyword by keyword (JSON Schema 2020-12, core, 10, and validation, 6; OpenAPI 3.0, 4.7.24). */
import { buildDiscriminator } from "./build-discriminator.js";
import { checkedFormats, freeFormats } from "./formats.js";
import type { Json, PatternModel, PropertyModel, SchemaKeywords, SchemaModel, SchemaType } from "./model.js";
import {
  child,
  get,
  getArray,
  getNumber,
  getObject,
  getString,
  isBinary,
  isObject,
  type JsonObject,
  pointerTokens,
} from "./openapi.js";
import { patternCost } from "./pattern.js";
import { followed, hasSiblings } from "./schema-references.js";

/** What the reading of one schema needs of the whole document. */
export interface SchemaContext {
  readonly document: JsonObject;
  readonly note: (pointer: string, message: string, construct?: string) => void;
  /** The schema of another value: of an item, of a member. */
  readonly at: (schema: Json, pointer: string) => SchemaModel;
  /** A schema that the one at `owner` applies to its own value; none in a circle. */
  readonly sameValue: (schema: Json, pointer: string, owner: string, keyword: string) => SchemaModel | undefined;
}

/** A schema that forbids nothing. */
export function annotationsOf(value: JsonObject, pointer: string): SchemaModel {
  return {
    pointer,
    ref: /^#\/components\/schemas\/[^/]*$/.test(pointer) ? pointerTokens(pointer)[2] : undefined,
    type: undefined,
    nullable: false,
    format: undefined,
    description: getString(value, "description"),
    enum: undefined,
    default: get(value, "default"),
    example: get(value, "example") ?? getArray(value, "examples")[0],
    minLength: undefined,
    maxLength: undefined,
    minimum: undefined,
    maximum: undefined,
    minItems: undefined,
    maxItems: undefined,
    items: undefined,
    more: {},
  };
}

/** All that a schema says itself. */
export function keywordsOf(value: JsonObject, pointer: string, context: SchemaContext): SchemaModel {
  const { type, nullable, types } = typesOf(value);
  const values = get(value, "enum");
  const format = getString(value, "format");
  noteFormat(format, types, child(pointer, "format"), context);
  noteDigits(value, types, pointer, context);
  const exclusive = { minimum: get(value, "exclusiveMinimum"), maximum: get(value, "exclusiveMaximum") };
  const items = schemaOf(value, "items", pointer, context);
  const keywords = Object.keys(value);
  return {
    ...annotationsOf(value, pointer),
    type,
    nullable,
    format,
    enum: Array.isArray(values) ? values : undefined,
    minLength: getNumber(value, "minLength"),
    maxLength: getNumber(value, "maxLength"),
    // OpenAPI 3.0: `exclusiveMinimum: true` makes the other bound exclusive.
    minimum: exclusive.minimum === true ? undefined : getNumber(value, "minimum"),
    maximum: exclusive.maximum === true ? undefined : getNumber(value, "maximum"),
    minItems: getNumber(value, "minItems"),
    maxItems: getNumber(value, "maxItems"),
    items,
    more: present<SchemaKeywords>({
      types: type === undefined && types.length > 0 ? types : undefined,
      isBinary: isBinary(value) || undefined,
      const: get(value, "const"),
      exclusiveMinimum: exclusive.minimum === true ? getNumber(value, "minimum") : getNumber(value, "exclusiveMinimum"),
      exclusiveMaximum: exclusive.maximum === true ? getNumber(value, "maximum") : getNumber(value, "exclusiveMaximum"),
      multipleOf: getNumber(value, "multipleOf"),
      pattern: patternAt(getString(value, "pattern"), child(pointer, "pattern"), context),
      prefixItems: schemasOf(value, "prefixItems", pointer, context),
      uniqueItems: get(value, "uniqueItems") === true || undefined,
      contains: schemaOf(value, "contains", pointer, context),
      minContains: getNumber(value, "minContains"),
      maxContains: getNumber(value, "maxContains"),
      ...(keywords.some((keyword) => ofObjects.has(keyword)) ? objectKeywords(value, pointer, context) : {}),
      ...(keywords.some((keyword) => composing.has(keyword)) ? composition(value, pointer, context) : {}),
    }),
  };
}

/** Parsers make a number of 53 bits of any integer, so that what is left of a longer one is all that can be compared. */
function noteDigits(value: JsonObject, types: readonly SchemaType[], pointer: string, { note }: SchemaContext): void {
  if (!types.includes("integer")) return;
  const isRounded = (one: Json | undefined) => Number.isInteger(one) && !Number.isSafeInteger(one);
  const message = "an integer has more digits than a number of JavaScript: the last of them are not compared";
  if (getArray(value, "enum").some(isRounded)) note(child(pointer, "enum"), message);
  if (isRounded(get(value, "const"))) note(child(pointer, "const"), message);
  // Those of int64 are checked by its digits.
  for (const bound of getString(value, "format") === "int64" ? [] : BOUNDS) {
    if (isRounded(get(value, bound))) note(child(pointer, bound), message);
  }
}

const BOUNDS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] as const;

/** What `objectKeywords` reads. */
const ofObjects: ReadonlySet<string> = new Set([
  "required",
  "properties",
  "patternProperties",
  "additionalProperties",
  "propertyNames",
  "minProperties",
  "maxProperties",
  "dependentRequired",
  "dependentSchemas",
]);

/** What `composition` reads. */
const composing: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf", "discriminator", "not", "if"]);

type Optional<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

function present<T extends object>(fields: Optional<T>): T {
  const given: { [Key in keyof T]?: T[Key] | undefined } = {};
  for (const key in fields) if (fields[key] !== undefined) given[key] = fields[key];
  return given as T;
}

const typeNames: ReadonlySet<string> = new Set(["string", "integer", "number", "boolean", "array", "object", "null"]);

/** Keywords that may have something to say of null. */
const applying = ["allOf", "anyOf", "oneOf", "not", "if"];

/** One type or several, and whether null is a value whatever else is said. */
function typesOf(value: JsonObject): {
  readonly type: SchemaType | undefined;
  readonly types: readonly SchemaType[];
  readonly nullable: boolean;
} {
  const written = get(value, "type");
  // In YAML, `[string, null]` holds null and not its name.
  const said = (Array.isArray(written) ? written.map((type) => type ?? "null") : [written]).filter(
    (type): type is SchemaType => typeNames.has(String(type)),
  );
  const isNullable = get(value, "nullable") === true;
  const isOpen = applying.some((keyword) => keyword in value);
  const values = [...getArray(value, "enum"), ...("const" in value ? [get(value, "const") ?? null] : [])];
  const isListed = values.length === 0 || values.includes(null);
  // Whoever lists null means it.
  const named: readonly SchemaType[] =
    said.length > 0 && values.includes(null) ? [...new Set([...said, "null" as const])] : said;
  const others = named.filter((type) => type !== "null");
  if (others.length === 0) return { type: named[0], types: named, nullable: isNullable || named.length > 0 };
  const types = named.includes("null") && isOpen && !isNullable ? named : others;
  return {
    type: types.length === 1 ? types[0] : undefined,
    types,
    nullable: isNullable || (named.includes("null") && !isOpen && isListed),
  };
}

function noteFormat(
  format: string | undefined,
  types: readonly SchemaType[],
  pointer: string,
  { note }: SchemaContext,
): void {
  if (format === undefined || freeFormats.has(format)) return;
  const known = checkedFormats.get(format);
  if (known && (types.length === 0 || types.includes(known.type))) return;
  note(
    pointer,
    known ? `the format is one of another type, ${known.type}: it is not checked` : "the format is not checked",
  );
}

function patternAt(
  source: string | undefined,
  pointer: string,
  { note }: Pick<SchemaContext, "note">,
): PatternModel | undefined {
  if (source === undefined) return undefined;
  const cost = patternCost(source);
  if (cost.kind === "refused") {
    note(pointer, `the pattern is not matched: ${cost.reason}`);
    return undefined;
  }
  if (cost.kind === "linear") return { source, length: undefined };
  note(pointer, `the pattern is matched with texts of up to ${cost.length} UTF-16 code units: it is slow`);
  return { source, length: cost.length };
}

function isSchema(value: Json | undefined): value is JsonObject | boolean {
  return isObject(value) || typeof value === "boolean";
}

function schemaOf(value: JsonObject, keyword: string, pointer: string, { at }: SchemaContext): SchemaModel | undefined {
  const schema = get(value, keyword);
  return isSchema(schema) ? at(schema, child(pointer, keyword)) : undefined;
}

function schemasOf(
  value: JsonObject,
  keyword: string,
  pointer: string,
  { at }: SchemaContext,
): readonly SchemaModel[] | undefined {
  const list = get(value, keyword);
  return Array.isArray(list) ? list.map((item, index) => at(item, child(child(pointer, keyword), index))) : undefined;
}

function texts(value: Json | undefined): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : undefined;
}

function objectKeywords(value: JsonObject, pointer: string, context: SchemaContext): Optional<SchemaKeywords> {
  const { note, at } = context;
  const entries = (keyword: string) =>
    Object.entries(getObject(value, keyword) ?? {}).map(([name, item]) => ({
      name,
      item,
      place: child(child(pointer, keyword), name),
    }));
  const patterns = entries("patternProperties").map(({ name, item, place }) => ({
    pattern: patternAt(name, place, context),
    schema: at(item, place),
  }));
  // A name is matched at any length, or what the other names are cannot be told.
  const isMatched = patterns.every(({ pattern }) => pattern && pattern.length === undefined);
  if (!isMatched)
    note(child(pointer, "patternProperties"), "`patternProperties` and `additionalProperties` are not checked");
  return {
    required: texts(get(value, "required")),
    properties: getObject(value, "properties")
      ? entries("properties").map((entry) => property(entry, context))
      : undefined,
    patternProperties:
      isMatched && patterns.length > 0
        ? patterns.flatMap(({ pattern, schema }) => (pattern ? [{ pattern, schema }] : []))
        : undefined,
    additionalProperties: isMatched ? schemaOf(value, "additionalProperties", pointer, context) : undefined,
    propertyNames: schemaOf(value, "propertyNames", pointer, context),
    minProperties: getNumber(value, "minProperties"),
    maxProperties: getNumber(value, "maxProperties"),
    dependentRequired: getObject(value, "dependentRequired")
      ? entries("dependentRequired").map(({ name, item }) => [name, texts(item) ?? []] as const)
      : undefined,
    dependentSchemas: getObject(value, "dependentSchemas")
      ? entries("dependentSchemas").flatMap(({ name, item, place }) => {
          const schema = context.sameValue(item, place, pointer, "dependentSchemas");
          return schema ? [[name, schema] as const] : [];
        })
      : undefined,
  };
}

function property(
  { name, item, place }: { readonly name: string; readonly item: Json; readonly place: string },
  { document, at }: SchemaContext,
): PropertyModel {
  const isMarked = (isSaid: (schema: JsonObject) => boolean): boolean =>
    hasMark(document, item, place, isSaid, new Set());
  return {
    name,
    schema: at(item, place),
    readOnly: isMarked(({ readOnly }) => readOnly === true),
    writeOnly: isMarked(({ writeOnly }) => writeOnly === true),
    hasDefault: isMarked(
      (schema) => Object.hasOwn(schema, "default") && (hasSiblings(document) || !("$ref" in schema)),
    ),
  };
}

/** Whether a schema, what it refers to or a part of it says something. */
function hasMark(
  document: SchemaContext["document"],
  schema: Json,
  place: string,
  isSaid: (schema: JsonObject) => boolean,
  seen: Set<Json>,
): boolean {
  if (!isObject(schema) || seen.has(schema)) return false;
  seen.add(schema);
  if (isSaid(schema)) return true;
  const target = schema.$ref === undefined ? undefined : followed(document, schema, place);
  if (target && hasMark(document, target.schema, target.pointer, isSaid, seen)) return true;
  const parts = getArray(schema, "allOf");
  return parts.some((part, index) => hasMark(document, part, child(child(place, "allOf"), index), isSaid, seen));
}

function composition(value: JsonObject, pointer: string, context: SchemaContext): Optional<SchemaKeywords> {
  const { note, sameValue } = context;
  const list = (keyword: string): readonly SchemaModel[] | undefined => {
    const all = get(value, keyword);
    if (!Array.isArray(all) || all.length === 0) return undefined;
    const found = all.flatMap(
      (item, index) => sameValue(item, child(child(pointer, keyword), index), pointer, keyword) ?? [],
    );
    // With a choice less, good values would be refused.
    return found.length === all.length || keyword === "allOf" ? found : undefined;
  };
  const one = (keyword: string): SchemaModel | undefined => {
    const schema = get(value, keyword);
    return isSchema(schema) ? sameValue(schema, child(pointer, keyword), pointer, keyword) : undefined;
  };
  const [anyOf, oneOf] = [list("anyOf"), list("oneOf")];
  const when = one("if");
  const discriminator = getObject(value, "discriminator");
  const choices = oneOf ?? anyOf;
  const place = child(pointer, "discriminator");
  if (discriminator && !choices) {
    note(place, "`discriminator` is not followed: there is neither `oneOf` nor `anyOf`");
  }
  return {
    allOf: list("allOf"),
    anyOf,
    oneOf,
    discriminator:
      discriminator && choices ? buildDiscriminator(context.document, discriminator, choices, place, note) : undefined,
    not: one("not"),
    // Without `if`, the others mean nothing (JSON Schema 2020-12, core, 10.2.2).
    condition: when && [when, one("then"), one("else")],
  };
}
