/** The checks of objects and of the members that a schema names. */
import type { Report } from "./descriptor.js";
import { deeper, isObject, membersOf } from "./json-value.js";
import { own } from "./own.js";
import type { Schema, TypeCheck } from "./schema-descriptor.js";

export const checkMember = (member: unknown, schema: unknown, place: string, report: Report) =>
  // What is kept under a name in `properties` and its like is a schema.
  (schema as Schema | undefined)?.type(member, schema as Schema, place, report);

/** Tells each of the names that is no member. */
export const requireMembers = (
  value: object,
  names: readonly string[],
  rule: string,
  pointer: string,
  report: Report,
) => {
  for (const name of names) {
    if (own(value, name) === undefined) report(deeper(pointer, name), rule, true, undefined);
  }
};

/** `required` and `properties`: a member that is undefined is none, since JSON does not write it. */
export const namedMembers: TypeCheck = (value, { properties, required = [] }, pointer, report) => {
  if (!isObject(value)) return;
  requireMembers(value, required, "required", pointer, report);
  for (const [key, member] of membersOf(value)) {
    // Not by way of another function: values are nested, and calls take room.
    const schema = own(properties, key) as Schema | undefined;
    schema?.type(member, schema, deeper(pointer, key), report);
  }
};

/** An object, with its members. */
export const object: TypeCheck = (value, schema, pointer, report) => {
  if (isObject(value)) namedMembers(value, schema, pointer, report);
  else report(pointer, "type", "object", value);
};
