/** The checks that are made of others. */
import { isObject } from "./json-value.js";
import type { TypeCheck } from "./schema-descriptor.js";

/** All of `checks`. */
export const everyCheck: TypeCheck = (value, schema, pointer, report) => {
  for (const one of schema.checks ?? []) one(value, schema, pointer, report);
};

/** The same, but that null is a value, too (OpenAPI 3.0, `nullable`). */
export const nullable: TypeCheck = (value, schema, pointer, report) => {
  if (value !== null) everyCheck(value, schema, pointer, report);
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

/** How deep a value may go; what goes deeper is a circle. */
const DEEPEST = 1_000;

/** A schema of another module. */
export const schemaRef: TypeCheck = (value, schema, pointer, report) => {
  const target = schema.ref?.();
  if (pointer.split("/").length > DEEPEST) report(pointer, "depth", DEEPEST, value);
  else target?.type(value, target, pointer, report);
};
