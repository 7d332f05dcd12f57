/**
 * The formats of moments (RFC 3339, 5.6). A Date is the text that it is sent as, a moment; which day that is depends on where
 * one is, so that it is no `date`.
 */
import type { TypeCheck } from "./schema-descriptor.js";

/** `full-date`: of the calendar, so that 30 February is none. */
const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && `${new Date(text).toJSON()}`.startsWith(text);

/** `full-time`. */
const isTime = (text: string): boolean =>
  /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i.test(text);

/** Between date and time, a blank may stand for `T`. */
const isDateTime = (text: string): boolean =>
  /^[t ]$/i.test(text.charAt(10)) && isDate(text.slice(0, 10)) && isTime(text.slice(11));

/** The format alone, or with the type. */
const moment =
  (format: string, fits: (text: string) => boolean, isTyped?: true): TypeCheck =>
  (value, _, pointer, report) => {
    const isMoment = value instanceof Date && format === "date-time" && !Number.isNaN(value.getTime());
    if (value instanceof Date ? !isMoment : typeof value === "string" && !fits(value)) {
      report(pointer, "format", format, value);
    } else if (isTyped && typeof value !== "string" && !(value instanceof Date)) {
      report(pointer, "type", "string", value);
    }
  };

/** `type: string` with `format: date` (RFC 3339, `full-date`). */
export const dateText: TypeCheck = /*@__PURE__*/ moment("date", isDate, true);
/** `type: string` with `format: date-time`, or a Date. */
export const dateTimeText: TypeCheck = /*@__PURE__*/ moment("date-time", isDateTime, true);
/** Of a value that need not be text. */
export const dateFormat: TypeCheck = /*@__PURE__*/ moment("date", isDate);
/** Of a value that need not be text. */
export const dateTimeFormat: TypeCheck = /*@__PURE__*/ moment("date-time", isDateTime);
/** `full-time`, with its offset. */
export const timeFormat: TypeCheck = /*@__PURE__*/ moment("time", isTime);
