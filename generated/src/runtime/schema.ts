import type { Report, Schema, TypeCheck } from "./descriptor.js";

const typed = (fits: boolean, type: string, value: unknown, schema: Schema, pointer: string, report: Report) => {
  if (!fits) report(pointer, "type", type, value, `must be of type ${type}`);
  if (schema.enum?.includes(value) === false) {
    report(pointer, "enum", schema.enum, value, `must be one of ${schema.enum.join(", ")}`);
  }
};

const bounded = (
  size: number,
  kind: "Length" | "imum" | "Items",
  unit: string,
  value: unknown,
  schema: Schema,
  pointer: string,
  report: Report,
) => {
  const least = schema[`min${kind}`];
  const most = schema[`max${kind}`];
  if (least !== undefined && size < least)
    report(pointer, `min${kind}`, least, value, `must ${unit} at least ${least}`);
  if (most !== undefined && size > most) report(pointer, `max${kind}`, most, value, `must ${unit} at most ${most}`);
};

/** `minLength` and `maxLength` count Unicode code points (JSON Schema validation, 6.3). */
export const string: TypeCheck = (value, ...rest) => {
  typed(typeof value === "string", "string", value, ...rest);
  if (typeof value === "string") bounded([...value].length, "Length", "have a length of", value, ...rest);
};

const numeric =
  (type: string, fits: (value: unknown) => boolean): TypeCheck =>
  (value, ...rest) => {
    typed(fits(value), type, value, ...rest);
    if (typeof value === "number") bounded(value, "imum", "be", value, ...rest);
  };

/** NaN and the infinities are no numbers of JSON. */
export const number: TypeCheck = /*@__PURE__*/ numeric("number", Number.isFinite);
export const integer: TypeCheck = /*@__PURE__*/ numeric("integer", Number.isInteger);

export const boolean: TypeCheck = (value, ...rest) => typed(typeof value === "boolean", "boolean", value, ...rest);

export const array: TypeCheck = (value, schema, pointer, report) => {
  typed(Array.isArray(value), "array", value, schema, pointer, report);
  if (!Array.isArray(value)) return;
  bounded(value.length, "Items", "have a number of items of", value, schema, pointer, report);
  const { items } = schema;
  if (items) for (const [index, item] of value.entries()) items.type(item, items, `${pointer}/${index}`, report);
};

/** A schema without a type. */
export const anything: TypeCheck = (value, ...rest) => typed(true, "", value, ...rest);
