/** The checks that are made of others. */
import type { Report } from "./descriptor.js";
import { isObject } from "./json-value.js";
import type { TypeCheck } from "./schema-descriptor.js";
import { DEEPEST, fits, isQuestion, isTold, refuseDepth } from "./schema-fit.js";

/** All of `checks`. */
export const everyCheck: TypeCheck = (value, schema, pointer, report) => {
  for (const one of schema.checks ?? []) one(value, schema, pointer, report);
};

/** The same, but that null is a value, too (OpenAPI 3.0, `nullable`). */
export const nullable: TypeCheck = (value, schema, pointer, report) => {
  if (value === null) return;
  for (const one of schema.checks ?? []) one(value, schema, pointer, report);
};

/** The one schema of `anyOf`, but that the empty text is a value, too (OpenAPI 3.1, `allowEmptyValue`). */
export const orEmpty: TypeCheck = (value, { anyOf: [schema] = [] }, pointer, report) => {
  if (value !== "") schema?.type(value, schema, pointer, report);
};

/** Whether nothing of a value would be sent; a circle is something. */
const isNothing = (value: unknown, around: readonly unknown[] = []): boolean => {
  if (value === undefined || value === null) return true;
  if ((!Array.isArray(value) && !isObject(value)) || around.includes(value)) return false;
  return Object.values(value).every((member) => isNothing(member, [...around, value]));
};

/** The one schema of `anyOf`, of a parameter that is required: no style but those of a path writes a list or an object of nothing. */
export const someMember: TypeCheck = (value, { anyOf: [schema] = [] }, pointer, report) => {
  if (isNothing(value)) report(pointer, "required", true, value);
  schema?.type(value, schema, pointer, report);
};

/** What is being checked by way of a schema of another module. */
const entered = /*@__PURE__*/ new WeakSet<Report>();

/** Engines throw one or the other where there is no room for another call. */
const isOverflow = (reason: unknown): boolean => /^(RangeError|InternalError)$/.test(`${(reason as Error)?.name}`);

/** A schema of another module. A value that is too deep is told as a whole, by the first of them. */
export const schemaRef: TypeCheck = (value, schema, pointer, report) => {
  const target = schema.ref?.();
  if (!target) return;
  if (isQuestion(report)) {
    if (!fits(schema, value, pointer, report)) report(pointer, "$ref", "", value);
    return;
  }
  const isFirst = !entered.has(report);
  entered.add(report);
  try {
    refuseDepth(pointer);
    if (!isTold(target, value, pointer, report)) target.type(value, target, pointer, report);
  } catch (reason) {
    if (!isFirst || !isOverflow(reason)) throw reason;
    report(pointer, "depth", DEEPEST, value);
  } finally {
    if (isFirst) entered.delete(report);
  }
};
