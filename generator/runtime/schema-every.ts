/** The checks that are made of others. */
import type { TypeCheck } from "./schema-descriptor.js";

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
