/** The check of a schema that is a module of its own. */
import type { Report } from "./descriptor.js";
import type { Schema, TypeCheck } from "./schema-descriptor.js";

/** A report that only asks whether a value fits; it knows how to find out what a schema of another module says. */
export type Question = Report & { readonly fits?: (target: Schema, value: unknown, pointer: string) => boolean };

/** How deep a value may go; what goes deeper is a circle. */
const DEEPEST = 1_000;

/** Throws what an engine throws that has no more room. */
export const refuseDepth = (pointer: string): void => {
  if (pointer.split("/").length > DEEPEST) throw new RangeError();
};

/** Where the objects stand that schemas have told a report about. */
type Told = Map<Schema, WeakMap<object, string>>;

/** What is being checked by way of a schema of another module. */
const entered = /*@__PURE__*/ new WeakMap<Report, Told>();

/** Whether a schema has told all about this value already. */
const isTold = (told: Told, target: Schema, value: unknown, pointer: string): boolean => {
  if (typeof value !== "object" || value === null) return false;
  const places = told.get(target) ?? new WeakMap<object, string>();
  told.set(target, places);
  const before = places.get(value);
  places.set(value, pointer);
  return before === pointer;
};

/** Engines throw one or the other where there is no room for another call. */
const isOverflow = (reason: unknown): boolean => /^(RangeError|InternalError)$/.test(`${(reason as Error)?.name}`);

/** A schema of another module. A value that is too deep is told as a whole, by the first of them. */
export const schemaRef: TypeCheck = (value, schema, pointer, report: Question) => {
  const target = schema.ref?.();
  if (!target) return;
  if (report.fits) {
    if (!report.fits(target, value, pointer)) report(pointer, "$ref", "", value);
    return;
  }
  const before = entered.get(report);
  const told: Told = before ?? new Map();
  entered.set(report, told);
  try {
    refuseDepth(pointer);
    if (!isTold(told, target, value, pointer)) target.type(value, target, pointer, report);
  } catch (reason) {
    if (before || !isOverflow(reason)) throw reason;
    report(pointer, "depth", DEEPEST, value);
  } finally {
    if (!before) entered.delete(report);
  }
};
