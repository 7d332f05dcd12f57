/** The checks of headers: of the values that their texts stand for (OpenAPI 3.1, 4.8.12.3, `simple`). */
import type { TypeCheck } from "./schema-descriptor.js";

/** A text that is none of the kind stays what it is, and breaks `type`. */
const number = (text: string): unknown => (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : text);
const boolean = (text: string): unknown => (text === "true" || text === "false" ? text === "true" : text);

const list =
  (read: (text: string) => unknown) =>
  (text: string): unknown =>
    text === "" ? [] : text.split(",").map((item) => read(item.trim()));

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const reading =
  (read: (text: string) => unknown): TypeCheck =>
  (text, { of }, pointer, report) =>
    of?.type(read(`${text}`), of, pointer, report);

export const headerNumber: TypeCheck = /*@__PURE__*/ reading(number);
export const headerBoolean: TypeCheck = /*@__PURE__*/ reading(boolean);
export const headerList: TypeCheck = /*@__PURE__*/ reading(/*@__PURE__*/ list((text) => text));
export const headerNumberList: TypeCheck = /*@__PURE__*/ reading(/*@__PURE__*/ list(number));
export const headerBooleanList: TypeCheck = /*@__PURE__*/ reading(/*@__PURE__*/ list(boolean));
/** A text that is no JSON is no value: it breaks whatever the schema asks for. */
export const headerJson: TypeCheck = /*@__PURE__*/ reading(json);
