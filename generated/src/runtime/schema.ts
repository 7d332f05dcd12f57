import type { TypeCheck } from "./schema-descriptor.js";

/**
 * A type of JSON Schema with its keywords: `min…` and `max…` bound the size of a value, which is NaN for what has none;
 * `enum` bounds all.
 */
const check =
  (
    type: string,
    fits: (value: unknown) => boolean,
    size: (value: unknown) => number | bigint,
    bound: "Length" | "imum" | "Items",
  ): TypeCheck =>
  (value, schema, pointer, report) => {
    const rule = (isBroken: boolean, keyword: string, limit: unknown) => {
      if (isBroken) report(pointer, keyword, limit, value);
    };
    // Nothing is less or more than a bound that is undefined.
    const least = schema[`min${bound}`] as number;
    const most = schema[`max${bound}`] as number;
    rule(!fits(value), "type", type);
    rule(schema.enum?.includes(value) === false, "enum", schema.enum);
    rule(size(value) < least, `min${bound}`, least);
    rule(size(value) > most, `max${bound}`, most);
  };

const none = () => NaN;
const isString = (value: unknown) => typeof value === "string";
const numeric = (value: unknown) => (typeof value === "number" || typeof value === "bigint" ? value : NaN);

/** Its length counts Unicode code points (JSON Schema validation, 6.3). */
export const string: TypeCheck = /*@__PURE__*/ check(
  "string",
  isString,
  (value) => (isString(value) ? [...value].length : NaN),
  "Length",
);

/** NaN and the infinities are no numbers of JSON. */
export const number: TypeCheck = /*@__PURE__*/ check("number", (value) => Number.isFinite(value), numeric, "imum");
/** 5.0 is one, as JSON Schema has it; a bigint is one with all its digits. */
export const integer: TypeCheck = /*@__PURE__*/ check(
  "integer",
  (value) => Number.isInteger(value) || typeof value === "bigint",
  numeric,
  "imum",
);
/** Not the texts `true` and `false`. */
export const boolean: TypeCheck = /*@__PURE__*/ check("boolean", (value) => typeof value === "boolean", none, "Length");

/** A schema without a type. */
export const anything: TypeCheck = /*@__PURE__*/ check("", () => true, none, "Length");

const list: TypeCheck = /*@__PURE__*/ check(
  "array",
  (value) => Array.isArray(value),
  (value) => (Array.isArray(value) ? value.length : NaN),
  "Items",
);

/** Each item is checked, too; its index is in the pointer. */
export const array: TypeCheck = (value, schema, pointer, report) => {
  list(value, schema, pointer, report);
  const { items } = schema;
  for (const [index, item] of items && Array.isArray(value) ? value.entries() : []) {
    items?.type(item, items, `${pointer}/${index}`, report);
  }
};
