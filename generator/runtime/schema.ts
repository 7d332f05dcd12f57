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
    least: "minLength" | "minimum" | "minItems",
    most: "maxLength" | "maximum" | "maxItems",
  ): TypeCheck =>
  (value, schema, pointer, report) => {
    const rule = (keyword: string, limit: unknown, isBroken: boolean) => {
      if (isBroken) report(pointer, keyword, limit, value);
    };
    rule("type", type, !fits(value));
    rule("enum", schema.enum, schema.enum?.includes(value) === false);
    rule(least, schema[least], schema[least] !== undefined && size(value) < schema[least]);
    rule(most, schema[most], schema[most] !== undefined && size(value) > schema[most]);
  };

const none = () => NaN;
const isString = (value: unknown) => typeof value === "string";
const numeric = (value: unknown) => (typeof value === "number" || typeof value === "bigint" ? value : NaN);

/** Its length counts Unicode code points (JSON Schema validation, 6.3). */
export const string: TypeCheck = /*@__PURE__*/ check(
  "string",
  isString,
  (value) => (isString(value) ? [...value].length : NaN),
  "minLength",
  "maxLength",
);

/** NaN and the infinities are no numbers of JSON; a bigint is one. */
export const number: TypeCheck = /*@__PURE__*/ check(
  "number",
  (value) => Number.isFinite(value) || typeof value === "bigint",
  numeric,
  "minimum",
  "maximum",
);
/** 5.0 is one, as JSON Schema has it; a bigint is one with all its digits. */
export const integer: TypeCheck = /*@__PURE__*/ check(
  "integer",
  (value) => Number.isInteger(value) || typeof value === "bigint",
  numeric,
  "minimum",
  "maximum",
);
/** Not the texts `true` and `false`. */
export const boolean: TypeCheck = /*@__PURE__*/ check(
  "boolean",
  (value) => typeof value === "boolean",
  none,
  "minLength",
  "maxLength",
);

/** A schema without a type. */
export const anything: TypeCheck = /*@__PURE__*/ check("", () => true, none, "minLength", "maxLength");

const list: TypeCheck = /*@__PURE__*/ check(
  "array",
  (value) => Array.isArray(value),
  (value) => (Array.isArray(value) ? value.length : NaN),
  "minItems",
  "maxItems",
);

/** Each item is checked, too; its index is in the pointer. */
export const array: TypeCheck = (value, schema, pointer, report) => {
  list(value, schema, pointer, report);
  const { items } = schema;
  for (const [index, item] of items && Array.isArray(value) ? value.entries() : []) {
    items?.type(item, items, `${pointer}/${index}`, report);
  }
};
