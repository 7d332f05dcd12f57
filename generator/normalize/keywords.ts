/** The keywords of a schema, by what they do to its type. */

/** Of the type itself. */
const shaping = [
  ...["$ref", "$dynamicRef", "type", "nullable", "enum", "const", "required", "properties", "patternProperties"],
  ...["additionalProperties", "items", "prefixItems", "allOf", "anyOf", "oneOf", "discriminator", "format"],
  ...["contentMediaType", "contentEncoding"],
] as const;

/** Of these alone, or of none, is every type: beside a `$ref` they narrow it. */
const narrowing: ReadonlySet<string> = new Set(
  shaping.filter(
    (keyword) =>
      !["$ref", "$dynamicRef", "nullable", "discriminator", "format", "contentMediaType", "contentEncoding"].includes(
        keyword,
      ),
  ),
);

export const isShaping = (keyword: string): boolean => narrowing.has(keyword);

/** Told in the comment, or as `readonly`. */
const annotations = [
  ...["title", "summary", "description", "format", "deprecated", "default", "example", "examples", "readOnly"],
] as const;

export const texts: ReadonlySet<string> = new Set(annotations);

/** The keywords of a reference. */
export const references: ReadonlySet<string> = new Set(["$ref", "$dynamicRef"]);

/** JSON Schema 2020-12 and the dialects of OpenAPI 3.0 and 3.1: they do not shape the type. */
const others = [
  ...["writeOnly", "externalDocs", "xml", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"],
  ...["maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxContains", "minContains"],
  ...["maxProperties", "minProperties", "dependentRequired", "not", "if", "then", "else", "dependentSchemas"],
  ...[
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
    "$defs",
    "definitions",
  ],
  ...["$id", "$schema", "$anchor", "$dynamicAnchor", "$vocabulary", "$comment"],
] as const;

/** Every keyword that means something. */
export const known: ReadonlySet<string> = new Set([...shaping, ...annotations, ...others]);

/** A schema of these alone, and of one plain type, is one that openapi-typescript gets right. */
const plain: ReadonlySet<string> = new Set(
  [...annotations, ...others].filter((keyword) => keyword !== "$defs" && keyword !== "definitions"),
);

export const isPlainKeyword = (keyword: string): boolean => plain.has(keyword) || keyword.startsWith("x-");

/** The types of JSON Schema (2020-12, validation, 6.1.1). */
export const schemaTypes: ReadonlySet<string> = new Set([
  "string",
  "integer",
  "number",
  "boolean",
  "array",
  "object",
  "null",
]);

/** Types as other languages and older versions write them, by what is meant; in any case of letters. */
export const foreignTypes: ReadonlyMap<string, string> = new Map([
  ...["int", "int32", "int64", "long"].map((type) => [type, "integer"] as const),
  ...["float", "double", "decimal"].map((type) => [type, "number"] as const),
  ...["bool", "boolean"].map((type) => [type, "boolean"] as const),
  ...["file", "date", "datetime", "date-time", "uuid"].map((type) => [type, "string"] as const),
  ...["string", "integer", "number", "array", "object", "null"].map((type) => [type, type] as const),
]);
