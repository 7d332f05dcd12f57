/** The keywords of schemas (JSON Schema 2020-12, with those of OpenAPI 3.0 and 3.1): which are honoured, and how they are to look. */
import type { Json } from "./model.js";
import { child, get, getArray, getObject, isObject, type JsonObject } from "./openapi.js";

/** Keywords that say which values are good, and are honoured. */
const assertions: ReadonlySet<string> = new Set([
  ...["type", "nullable", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minLength", "maxLength", "pattern", "format", "items", "prefixItems", "minItems", "maxItems", "uniqueItems"],
  ...[
    "contains",
    "minContains",
    "maxContains",
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "minProperties",
  ],
  ...["maxProperties", "dependentRequired", "dependentSchemas", "allOf", "anyOf", "oneOf", "not", "if", "then"],
  ...["else", "discriminator"],
]);

/** The keywords of a schema that forbid values, but for `nullable`. */
export function assertionsOf(schema: JsonObject): readonly string[] {
  return Object.keys(schema).filter((keyword) => keyword !== "nullable" && assertions.has(keyword));
}

/** The schemas that a schema applies to its own value, with where they stand; behind a reference, what it refers to. */
export function applied(
  schema: Json,
  pointer: string,
): readonly { readonly keyword: string; readonly schema: Json; readonly pointer: string }[] {
  const place = (keyword: string, part: Json | undefined, ...keys: readonly (string | number)[]) =>
    part === undefined ? [] : [{ keyword, schema: part, pointer: [keyword, ...keys].reduce(child, pointer) }];
  return [
    ...["allOf", "anyOf", "oneOf"].flatMap((keyword) =>
      getArray(schema, keyword).flatMap((part, index) => place(keyword, part, index)),
    ),
    ...["not", "if", "then", "else"].flatMap((keyword) => place(keyword, get(schema, keyword))),
    ...Object.entries(getObject(schema, "dependentSchemas") ?? {}).flatMap(([name, part]) =>
      place("dependentSchemas", part, name),
    ),
    // Beside other keywords, a reference is one of them (OpenAPI 3.1).
    ...(isObject(schema) && "$ref" in schema ? [{ keyword: "$ref", schema, pointer }] : []),
  ];
}
