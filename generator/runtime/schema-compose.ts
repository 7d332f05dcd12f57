/** The checks that are made of whole schemas (JSON Schema 2020-12, core, 10.2.1 and 10.2.2). */
import type { Report } from "./descriptor.js";
import { deeper, isObject } from "./json-value.js";
import { own } from "./own.js";
import type { Schema, TypeCheck } from "./schema-descriptor.js";

type Broken = Parameters<Report>;

const brokenBy = (schema: Schema, value: unknown, pointer: string): readonly Broken[] => {
  const broken: Broken[] = [];
  schema.type(value, schema, pointer, (...facts) => {
    broken.push(facts);
  });
  return broken;
};

/** Every one of `allOf` (JSON Schema 2020-12, core, 10.2.1.1). */
export const allOf: TypeCheck = (value, schema, pointer, report) => {
  for (const one of schema.allOf ?? []) one.type(value, one, pointer, report);
};

/**
 * What is told where no schema of several fits: where one alone is right about the value itself, what is wrong further
 * down; else no more than the keyword.
 */
const tellNearest = (
  broken: readonly (readonly Broken[])[],
  keyword: string,
  value: unknown,
  pointer: string,
  report: Report,
): void => {
  const [nearest, ...others] = broken.filter((facts) => facts.every(([place]) => place.length > pointer.length));
  if (nearest && !others.length) for (const facts of nearest) report(...facts);
  else report(pointer, keyword, `one of ${broken.length} schemas`, value);
};

const atLeastOne =
  (keyword: "anyOf" | "oneOf"): TypeCheck =>
  (value, schema, pointer, report) => {
    const broken: (readonly Broken[])[] = [];
    for (const one of schema[keyword] ?? []) {
      const facts = brokenBy(one, value, pointer);
      if (!facts.length) return;
      broken.push(facts);
    }
    tellNearest(broken, keyword, value, pointer, report);
  };

/** At least one of `anyOf` (core, 10.2.1.2). */
export const anyOf: TypeCheck = /*@__PURE__*/ atLeastOne("anyOf");

/** `oneOf` where one side is not asked for a property that may be what tells its schemas apart: several may fit. */
export const openOneOf: TypeCheck = /*@__PURE__*/ atLeastOne("oneOf");

/** Exactly one of `oneOf` (core, 10.2.1.3). */
export const oneOf: TypeCheck = (value, schema, pointer, report) => {
  const broken = (schema.oneOf ?? []).map((one) => brokenBy(one, value, pointer));
  const fitting = broken.filter((facts) => !facts.length).length;
  if (fitting > 1) report(pointer, "oneOf", `one schema, not ${fitting}`, value);
  if (!fitting) tellNearest(broken, "oneOf", value, pointer, report);
};

/** `discriminator`: the schema that a value names is the one that it is checked with, and told about. */
export const discriminated: TypeCheck = (value, schema, pointer, report) => {
  const { discriminator = { propertyName: "", mapping: {} }, oneOf: choices = schema.anyOf ?? [] } = schema;
  const { propertyName, mapping } = discriminator;
  const name = own(value, propertyName);
  const named = choices[(own(mapping, `${name}`) ?? -1) as number];
  const all: Schema = { ...schema, type: schema.oneOf ? oneOf : anyOf };
  if (named) named.type(value, named, pointer, report);
  else if (!isObject(value)) all.type(value, all, pointer, report);
  else if (brokenBy(all, value, pointer).length) {
    report(deeper(pointer, propertyName), "discriminator", Object.keys(mapping), name);
  }
};

/** Not what `not` is (core, 10.2.1.4). */
export const not: TypeCheck = (value, schema, pointer, report) => {
  if (schema.not && !brokenBy(schema.not, value, pointer).length) report(pointer, "not", "what it excludes", value);
};

/** `if`, `then`, `else`. */
export const conditional: TypeCheck = (value, { condition }, pointer, report) => {
  if (!condition) return;
  const chosen = condition[brokenBy(condition.if, value, pointer).length ? "else" : "then"];
  chosen?.type(value, chosen, pointer, report);
};
