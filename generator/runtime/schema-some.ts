/** The check of a parameter that is to hold something. */
import { isObject } from "./json-value.js";
import type { TypeCheck } from "./schema-descriptor.js";

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
