import { validateHeaderValue } from "node:http";
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
 * Whether a header can carry the value as it is, by Node's own word: what its HTTP refuses (RFC 9110, 5.5), and what its
 * Headers hold afterwards, without blanks at the ends (Fetch standard, normalize).
 */
export function canBeSent({ in: location }: DeclaredParameter, value: unknown): boolean {
  if (location !== "header") return true;
  const text = String(value);
  try {
    validateHeaderValue("x", text);
    return new Headers([["x", text]]).get("x") === text;
  } catch {
    return false;
  }
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
