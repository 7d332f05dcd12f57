/** The checks of all members of an object, whatever they are called. Each lets any other value pass. */
import { deeper, isObject, membersOf } from "./json-value.js";
import { own } from "./own.js";
import type { TypeCheck } from "./schema-descriptor.js";
import { checkMember, requireMembers } from "./schema-object.js";
import { matches } from "./schema-value.js";

/** `patternProperties`, and `additionalProperties` for what neither those nor `properties` name. */
export const otherMembers: TypeCheck = (value, schema, pointer, report) => {
  if (!isObject(value)) return;
  const { properties, patternProperties = [], additionalProperties } = schema;
  for (const [key, member] of membersOf(value)) {
    const place = deeper(pointer, key);
    const found = patternProperties.filter(({ pattern }) => matches(pattern, key));
    for (const one of found) checkMember(member, one.schema, place, report);
    if (!found.length && own(properties, key) === undefined) checkMember(member, additionalProperties, place, report);
  }
};

/** `additionalProperties: false`, as a schema of a member. */
export const undeclared: TypeCheck = (value, _, pointer, report) =>
  report(pointer, "additionalProperties", false, value);

/** `minProperties` and `maxProperties`. */
export const memberCounts: TypeCheck = (value, schema, pointer, report) => {
  if (!isObject(value)) return;
  const { minProperties = 0, maxProperties = Infinity } = schema;
  const { length } = membersOf(value);
  if (length < minProperties) report(pointer, "minProperties", minProperties, value);
  if (length > maxProperties) report(pointer, "maxProperties", maxProperties, value);
};

/** `propertyNames`: the pointer is that of the member. */
export const memberNames: TypeCheck = (value, { propertyNames }, pointer, report) => {
  if (!isObject(value)) return;
  for (const [key] of membersOf(value)) {
    checkMember(key, propertyNames, "", (_, rule, limit) =>
      report(deeper(pointer, key), "propertyNames", `${rule} ${limit}`, key),
    );
  }
};

/** `dependentRequired` and `dependentSchemas`. */
export const dependentMembers: TypeCheck = (value, { dependentRequired, dependentSchemas }, pointer, report) => {
  if (!isObject(value)) return;
  for (const [key] of membersOf(value)) {
    requireMembers(
      value,
      (own(dependentRequired, key) ?? []) as readonly string[],
      "dependentRequired",
      pointer,
      report,
    );
    checkMember(value, own(dependentSchemas, key), pointer, report);
  }
};
