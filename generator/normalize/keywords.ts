/** The keywords of a schema, by what they do to its type. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** The keywords of a reference. */
export const referring = words("$ref $dynamicRef $recursiveRef");

/** Each of these says something of the type; beside a reference, they narrow it. */
const narrowing = words(
  "type enum const required properties patternProperties additionalProperties items prefixItems allOf anyOf oneOf",
);

/** These change what the others say. */
const modifying = words("nullable discriminator contentMediaType contentEncoding");

/** Told in the comment, or as `readonly`. */
export const texts = words("title summary description format deprecated default example examples readOnly");

/** JSON Schema 2020-12 and the dialects of OpenAPI 3.0 and 3.1: these do not shape the type. */
const others = words(
  [
    "writeOnly externalDocs xml multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern",
    "maxItems minItems uniqueItems maxContains minContains maxProperties minProperties dependentRequired",
    "not if then else dependentSchemas contains propertyNames unevaluatedItems unevaluatedProperties contentSchema",
    "$id $schema $anchor $dynamicAnchor $recursiveAnchor $vocabulary $comment",
  ].join(" "),
);

/** They hold schemas of which nothing is known but by reference. */
const holding = words("$defs definitions");

const known: readonly ReadonlySet<string>[] = [referring, narrowing, modifying, texts, others, holding];

/** Whether a keyword means something. */
export const isKeyword = (keyword: string): boolean =>
  keyword.startsWith("x-") || known.some((group) => group.has(keyword));

/** Whether a keyword says something of the type. */
export const isNarrowing = (keyword: string): boolean => narrowing.has(keyword);

/** Whether a schema of one plain type and this keyword is one that openapi-typescript gets right. */
export const isPlain = (keyword: string): boolean =>
  texts.has(keyword) || others.has(keyword) || keyword.startsWith("x-");

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
