/** The checks of single values that `schema.ts`, which has those of most parameters, leaves out. */
import { canonical, isObject } from "./json-value.js";
import type { Pattern, TypeCheck } from "./schema-descriptor.js";

/** No value at all: the schema `false`. */
export const noValue: TypeCheck = (value, _, pointer, report) => report(pointer, "not", "any value", value);

const fits: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string" || value instanceof Date,
  number: (value) => Number.isFinite(value) || typeof value === "bigint",
  integer: (value) => Number.isInteger(value) || typeof value === "bigint",
  boolean: (value) => typeof value === "boolean",
  array: (value) => Array.isArray(value),
  object: isObject,
  null: (value) => value === null,
};

/** One of `types`; a Date is its text. */
export const typeIn: TypeCheck = (value, { types = [] }, pointer, report) => {
  if (!types.some((type) => fits[type]?.(value))) report(pointer, "type", types, value);
};

/** `min…` and `max…`, whatever else a value may be: what has no such size has NaN. */
export const within =
  (bound: "Length" | "imum" | "Items", size: (value: unknown) => number | bigint): TypeCheck =>
  (value, schema, pointer, report) => {
    const { [`min${bound}` as const]: least = NaN, [`max${bound}` as const]: most = NaN } = schema;
    if (size(value) < least) report(pointer, `min${bound}`, least, value);
    if (size(value) > most) report(pointer, `max${bound}`, most, value);
  };

/** A Date is the text that it is sent as. */
const textOf = (value: unknown): string | undefined => {
  const text = value instanceof Date ? value.toJSON() : value;
  return typeof text === "string" ? text : undefined;
};

/** Of a text, in Unicode code points. */
export const textLengths: TypeCheck = /*@__PURE__*/ within("Length", (value) => {
  const text = textOf(value);
  return text === undefined ? NaN : [...text].length;
});

/** Of a number. */
export const numberBounds: TypeCheck = /*@__PURE__*/ within("imum", (value) =>
  typeof value === "number" || typeof value === "bigint" ? value : NaN,
);

/** Whether two values are equal; with an integer whose last digits were lost when it was read, as far as they were not. */
const equals = (one: unknown, value: unknown): boolean =>
  canonical(one) === canonical(value) ||
  (typeof value === "bigint" && Number(value) === one && !Number.isSafeInteger(one));

/** `enum` of any values: those that are equal, not only those that are the same. */
export const amongValues: TypeCheck = (value, { values = [] }, pointer, report) => {
  if (!values.some((one) => equals(one, value))) report(pointer, "enum", values, value);
};

/** `const`. */
export const constantValue: TypeCheck = (value, schema, pointer, report) => {
  if (!equals(schema.const, value)) report(pointer, "const", schema.const, value);
};

/** A finite number without loss: digits, and a power of ten. */
const decimal = (value: number | bigint): readonly [digits: bigint, exponent: number] => {
  const [mantissa = "", exponent = "0"] = `${value}`.split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  return [BigInt(`${whole}${fraction}`), Number(exponent) - fraction.length];
};

/** 0.3 is a multiple of 0.1, whatever their quotient is. */
const isMultiple = (value: number | bigint, step: number): boolean => {
  const [[digits, exponent], [stepDigits, stepExponent]] = [decimal(value), decimal(step)];
  const least = Math.min(exponent, stepExponent);
  const scaled = (number: bigint, power: number) => number * 10n ** BigInt(power - least);
  return scaled(digits, exponent) % scaled(stepDigits, stepExponent) === 0n;
};

/** `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`. */
export const numberSteps: TypeCheck = (value, schema, pointer, report) => {
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity, multipleOf } = schema;
  if (!Number.isFinite(value) && typeof value !== "bigint") return;
  const number = value as number | bigint;
  if (number <= exclusiveMinimum) report(pointer, "exclusiveMinimum", exclusiveMinimum, value);
  if (number >= exclusiveMaximum) report(pointer, "exclusiveMaximum", exclusiveMaximum, value);
  if (multipleOf && !isMultiple(number, multipleOf)) report(pointer, "multipleOf", multipleOf, value);
};

/** Whether a text holds a match; one that would take too long is taken for one that does. */
export const matches = ({ source, length: most = Infinity }: Pattern, text: string): boolean =>
  text.length > most || new RegExp(source, "u").test(text);

/** `pattern`: it may match anywhere in a text (JSON Schema 2020-12, validation, 6.3.3). */
export const textPattern: TypeCheck = (value, schema, pointer, report) => {
  const text = textOf(value);
  if (text !== undefined && schema.pattern && !matches(schema.pattern, text)) {
    report(pointer, "pattern", schema.pattern.source, value);
  }
};
