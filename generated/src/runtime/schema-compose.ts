/** The checks that are made of whole schemas (JSON Schema 2020-12, core, 10.2.1 and 10.2.2). */
import type { Report } from "./descriptor.js";
import { deeper, isObject } from "./json-value.js";
import { own } from "./own.js";
import type { Schema, TypeCheck } from "./schema-descriptor.js";
import { type Broken, brokenBy, fits, isQuestion } from "./schema-fit.js";

/** Every one of `allOf` (JSON Schema 2020-12, core, 10.2.1.1). */
export const allOf: TypeCheck = (value, schema, pointer, report) => {
  for (const one of schema.allOf ?? []) one.type(value, one, pointer, report);
};

/**
 * What is told where no schema of several fits: where one alone is right about the value itself, what is wrong further
 * down; else no more than the keyword.
 */
const tellNearest = (
  schemas: readonly Schema[],
  keyword: "anyOf" | "oneOf",
  value: unknown,
  pointer: string,
  report: Report,
): void => {
  const near: (readonly Broken[])[] = [];
  for (const one of isQuestion(report) ? [] : schemas) {
    const broken = brokenBy(one, value, pointer, report);
    if (broken.every(([place]) => place.length > pointer.length)) near.push(broken);
  }
  const [nearest, ...others] = near;
  if (nearest && !others.length) for (const facts of nearest) report(...facts);
  else report(pointer, keyword, `one of ${schemas.length} schemas`, value);
};

const atLeastOne =
  (keyword: "anyOf" | "oneOf"): TypeCheck =>
  (value, { [keyword]: schemas = [] }, pointer, report) => {
    for (const one of schemas) if (fits(one, value, pointer, report)) return;
    tellNearest(schemas, keyword, value, pointer, report);
  };

/** At least one of `anyOf` (core, 10.2.1.2). */
export const anyOf: TypeCheck = /*@__PURE__*/ atLeastOne("anyOf");

/** `oneOf` where one side is not asked for a property that may be what tells its schemas apart: several may fit. */
export const openOneOf: TypeCheck = /*@__PURE__*/ atLeastOne("oneOf");

/** Exactly one of `oneOf` (core, 10.2.1.3). */
export const oneOf: TypeCheck = (value, { oneOf: schemas = [] }, pointer, report) => {
  let fitting = 0;
  for (const one of schemas) if (fits(one, value, pointer, report)) fitting += 1;
  if (fitting > 1) report(pointer, "oneOf", `one schema, not ${fitting}`, value);
  if (!fitting) tellNearest(schemas, "oneOf", value, pointer, report);
};

/** `discriminator`: the schema that a value names is the one that it is checked with, and told about. */
export const discriminated: TypeCheck = (value, schema, pointer, report) => {
  const { discriminator = { propertyName: "", mapping: {} }, oneOf: choices = schema.anyOf ?? [] } = schema;
  const { propertyName, mapping } = discriminator;
  const name = own(value, propertyName);
  const named = choices[(own(mapping, `${name}`) ?? -1) as number];
  if (named) return named.type(value, named, pointer, report);
  const isOne = schema.oneOf !== undefined;
  if (!isObject(value)) return (isOne ? oneOf : anyOf)(value, schema, pointer, report);
  const fitting = choices.filter((one) => fits(one, value, pointer, report)).length;
  if (isOne ? fitting !== 1 : !fitting) {
    report(deeper(pointer, propertyName), "discriminator", Object.keys(mapping), name);
  }
};

/** Not what `not` is (core, 10.2.1.4). */
export const not: TypeCheck = (value, schema, pointer, report) => {
  if (schema.not && fits(schema.not, value, pointer, report)) report(pointer, "not", "what it excludes", value);
};

/** `if`, `then`, `else`. */
export const conditional: TypeCheck = (value, { condition }, pointer, report) => {
  if (!condition) return;
  const chosen = condition[fits(condition.if, value, pointer, report) ? "then" : "else"];
  chosen?.type(value, chosen, pointer, report);
};
