/** The keywords of schemas (JSON Schema 2020-12, with those of OpenAPI 3.0 and 3.1): which are honoured, and how they are to look. */
import type { Json } from "./model.js";
import { child, get, getArray, getObject, isObject, type JsonObject } from "./openapi.js";

type Kind = "number" | "string" | "boolean" | "array" | "object" | "schema" | "value";

/** Keywords that say which values are good, and are honoured. */
const assertions: ReadonlyMap<string, readonly Kind[]> = new Map<string, readonly Kind[]>([
  ["type", ["string", "array"]],
  ["nullable", ["boolean"]],
  ["enum", ["array"]],
  ["const", ["value"]],
  ["minimum", ["number"]],
  ["maximum", ["number"]],
  ["exclusiveMinimum", ["number", "boolean"]],
  ["exclusiveMaximum", ["number", "boolean"]],
  ["multipleOf", ["number"]],
  ["minLength", ["number"]],
  ["maxLength", ["number"]],
  ["pattern", ["string"]],
  ["format", ["string"]],
  ["items", ["schema"]],
  ["prefixItems", ["array"]],
  ["minItems", ["number"]],
  ["maxItems", ["number"]],
  ["uniqueItems", ["boolean"]],
  ["contains", ["schema"]],
  ["minContains", ["number"]],
  ["maxContains", ["number"]],
  ["properties", ["object"]],
  ["required", ["array"]],
  ["additionalProperties", ["schema"]],
  ["patternProperties", ["object"]],
  ["propertyNames", ["schema"]],
  ["minProperties", ["number"]],
  ["maxProperties", ["number"]],
  ["dependentRequired", ["object"]],
  ["dependentSchemas", ["object"]],
  ["allOf", ["array"]],
  ["anyOf", ["array"]],
  ["oneOf", ["array"]],
  ["not", ["schema"]],
  ["if", ["schema"]],
  ["then", ["schema"]],
  ["else", ["schema"]],
  ["discriminator", ["object"]],
]);

/** Keywords that forbid no value: they describe, or hold what is referred to. */
const annotations: ReadonlySet<string> = new Set([
  ...["title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "$comment"],
  ...["externalDocs", "xml", "contentEncoding", "contentMediaType", "contentSchema", "$schema", "$id", "$anchor"],
  ...["$defs", "definitions", "$ref", "$vocabulary"],
]);

/** Keywords that are known, and not honoured. */
const known: ReadonlySet<string> = new Set([
  ...["unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$dynamicAnchor", "$recursiveRef"],
  ...["dependencies", "additionalItems"],
]);

/** What of a schema is not honoured: the keyword, and a sentence. */
export function unhonoured(schema: JsonObject): readonly (readonly [keyword: string, message: string])[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const kinds = assertions.get(keyword);
    if (kinds) {
      if (kinds.some((kind) => isKind(value, kind))) return [];
      return [[keyword, `\`${keyword}\` is not checked: it is no ${kinds.join(" or ")}`]];
    }
    if (annotations.has(keyword) || keyword.startsWith("x-")) return [];
    return [[keyword, known.has(keyword) ? `\`${keyword}\` is not checked` : `\`${keyword}\` is no known keyword`]];
  });
}

function isKind(value: unknown, kind: Kind): boolean {
  if (kind === "value") return true;
  if (kind === "object") return isObject(value);
  if (kind === "schema") return isObject(value) || typeof value === "boolean";
  return kind === "array" ? Array.isArray(value) : typeof value === kind;
}

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
