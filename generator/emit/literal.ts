/** The one encoder of literals: text of a document reaches code through here and through `comment.ts`, nowhere else. */
import type { Json } from "../model.js";

const NAME: unique symbol = Symbol("name");

/** Code among data: a name in scope, an imported codec, say. Data of a document can never be one. */
export interface Identifier {
  readonly [NAME]: string;
}

/** Data to be written as an expression; undefined properties are left out. */
export type Literal = Json | undefined | Identifier | readonly Literal[] | { readonly [key: string]: Literal };

/** Stands for a name in scope. */
export function identifier(name: string): Identifier {
  return { [NAME]: name };
}

/** Stands for a function that gives what a name in scope stands for when it is called. */
export function later(name: string): Identifier {
  return { [NAME]: `() => ${name}` };
}

/** Stands for what a function in scope makes of a module that it may load, and of `more`. */
export function loading(name: string, specifier: string, ...more: readonly Identifier[]): Identifier {
  const given = [`() => import(${stringLiteral(specifier)})`, ...more.map((one) => one[NAME])];
  return { [NAME]: `/*@__PURE__*/ ${name}(${given.join(", ")})` };
}

/** Every line terminator of ECMA-262, 12.3. */
export const LINE_BREAKS = /\r\n|[\n\r\u2028\u2029]/g;

/** Room for one line; at the top, a name and a type stand in front. */
const WIDTH = 110;
const TOP_WIDTH = 50;

/** An expression for a value; objects and arrays that do not fit on a line are broken, one entry a line. */
export function literal(value: Literal, depth = 0): string {
  if (isScalar(value)) return scalarLiteral(value);
  const items = entries(value, (item) => literal(item, depth + 1));
  const flat = flatList(value, items);
  const fits = flat.length + depth * 2 <= (depth === 0 ? TOP_WIDTH : WIDTH);
  // Where an entry is broken, all around it is: its own texts have no line breaks.
  if (fits && !flat.includes("\n")) return flat;
  const indent = "  ".repeat(depth + 1);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const lines = items.map((item) => `${indent}${item},\n`);
  return `${open}\n${lines.join("")}${"  ".repeat(depth)}${close}`;
}

/**
 * A string literal: double quotes, and no character that could end a line, a script element or the literal. The quote at
 * its end follows no backslash, which ts-morph's writer would take for the quote's own.
 */
export function stringLiteral(text: string): string {
  // Nothing to encode: as nearly all of them.
  if (/^[\w !#$%&'()*+,\-./:;=>?@[\]^`{|}~]*$/.test(text)) return `"${text}"`;
  return JSON.stringify(text)
    .replace(/\\\\"$/, '\\u005c"')
    .replace(/[\u007F-\u009F\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, unicodeEscape)
    .replaceAll("</", "<\\/")
    .replaceAll("<!--", "<\\u0021--");
}

/** A key of an object literal; `__proto__` would set the prototype and is computed. */
export function propertyKey(key: string): string {
  if (key === "__proto__") return `["__proto__"]`;
  return isIdentifierName(key) || /^(0|[1-9]\d{0,8})$/.test(key) ? key : stringLiteral(key);
}

/** A member name of an interface. */
export function memberName(key: string): string {
  return isIdentifierName(key) ? key : stringLiteral(key);
}

function isIdentifierName(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(key);
}

/** An expression for a value, on one line. */
export function flatLiteral(value: Literal): string {
  return isScalar(value) ? scalarLiteral(value) : flatList(value, entries(value, flatLiteral));
}

function flatList(value: Literal, items: readonly string[]): string {
  if (Array.isArray(value)) return `[${items.join(", ")}]`;
  return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
}

function scalarLiteral(value: Scalar): string {
  if (value === undefined) return "undefined";
  if (typeof value === "string") return stringLiteral(value);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "0" : String(value);
  return value[NAME];
}

/** The entries of a list or an object, with their keys, each written by `write`. */
function entries(value: Literal, write: (item: Literal) => string): readonly string[] {
  if (Array.isArray(value)) return value.map((item: Literal) => write(item));
  const written: string[] = [];
  for (const [key, item] of Object.entries(value as { readonly [key: string]: Literal })) {
    if (item !== undefined) written.push(`${propertyKey(key)}: ${write(item)}`);
  }
  return written;
}

type Scalar = string | number | boolean | null | undefined | Identifier;

function isScalar(value: Literal): value is Scalar {
  return typeof value !== "object" || value === null || isIdentifier(value);
}

function isIdentifier(value: object): value is Identifier {
  return NAME in value;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
