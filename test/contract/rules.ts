import type { DeclaredParameter, ValueSchema } from "./contract.js";

/** Names of broken rules: keywords of JSON Schema, `header-value`, and `401` in Prism's verdict. */
export type Rules = ReadonlySet<string>;

/**
 * The rules that a parameter breaks, by JSON Schema 2020-12 (Validation, 6.1 to 6.4) and RFC 9110, 5.5 for a header. A
 * third opinion beside the client's and Prism's: without it a mistake of the client could hide behind a quirk of Prism.
 */
export function brokenRules(parameter: DeclaredParameter, value: unknown): Rules {
  if (value === undefined) return new Set(parameter.required ? ["required"] : []);
  const rules = new Set(brokenKeywords(parameter.schema, value));
  if (!canBeSent(parameter, value)) rules.add("header-value");
  return rules;
}

/**
 * Whether fetch can carry the value as it is: a header has no room for control characters and for what is beyond Latin-1
 * (RFC 9110, 5.5), and loses the blanks at its ends (Fetch standard, normalize).
 */
export function canBeSent({ in: location }: DeclaredParameter, value: unknown): boolean {
  return location !== "header" || !/^[\t ]|[\t ]$|[^\t\x20-\x7e\x80-\xff]/.test(String(value));
}

function brokenKeywords(schema: ValueSchema, value: unknown): readonly string[] {
  const { type, minLength, maxLength, minimum, maximum, minItems, maxItems, items } = schema;
  const broken: string[] = [];
  const expect = (rule: string, holds: boolean): unknown => holds || broken.push(rule);
  expect("type", hasType(type, value));
  expect("enum", schema.enum === undefined || schema.enum.includes(value));
  if (typeof value === "string") {
    const length = [...value].length;
    expect("minLength", minLength === undefined || length >= minLength);
    expect("maxLength", maxLength === undefined || length <= maxLength);
  }
  if (typeof value === "number") {
    // NaN is no JSON; it is of no type, and neither above nor below anything.
    expect("minimum", minimum === undefined || !(value < minimum));
    expect("maximum", maximum === undefined || !(value > maximum));
  }
  if (Array.isArray(value)) {
    expect("minItems", minItems === undefined || value.length >= minItems);
    expect("maxItems", maxItems === undefined || value.length <= maxItems);
    if (items !== undefined) broken.push(...value.flatMap((item) => brokenKeywords(items, item)));
  }
  return broken;
}

function hasType(type: string | undefined, value: unknown): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    default:
      return typeof value === type;
  }
}
