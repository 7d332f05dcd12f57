/** The keywords of a schema, by what they do to its type. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** The keywords of a reference. */
export const referring = words("$ref $dynamicRef $recursiveRef");

/** Each of these says something of the type; beside a reference, they narrow it. */
const narrowing = words(
  "type enum const required properties patternProperties additionalProperties items prefixItems allOf anyOf oneOf",
);

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
