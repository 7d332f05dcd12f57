/**
 * What a check asks before it tells: whether a value fits a schema. That is found out once, however many schemas ask it:
 * of a value that is nested, each would else ask it again at each level.
 */
import type { Report } from "./descriptor.js";
import type { Schema } from "./schema-descriptor.js";
import { type Question, refuseDepth } from "./schema-ref.js";

/** What is told of one broken rule. */
export type Broken = Parameters<Report>;

/** Something about values, by schema. Kept of objects alone: any other value is looked at in less time than it is found. */
type Notes<Note> = Map<Schema, Map<unknown, Note>>;

/** What is known within one check. */
interface Known {
  readonly fitting: Notes<boolean>;
  readonly broken: Notes<{ readonly pointer: string; readonly facts: readonly Broken[] }>;
  /** The first rule that it is told ends the question whether a value fits: what is known is thrown. */
  readonly stop: Question;
}

/** By the report of the check, and by those that stand in for it. */
const known = /*@__PURE__*/ new WeakMap<Report, Known>();
/** How many broken rules are told of a value that fits none of several schemas: nobody reads more. */
const MOST = 100;

const knownBy = (report: Report): Known => {
  const before = known.get(report);
  if (before) return before;
  const own: Known = {
    fitting: new Map(),
    broken: new Map(),
    stop: Object.assign(
      () => {
        throw own;
      },
      { fits: (target: Schema, value: unknown, pointer: string) => fitsIn(own, target, value, pointer, true) },
    ),
  };
  known.set(report, own);
  known.set(own.stop, own);
  return own;
};

const notesOn = <Note>(notes: Notes<Note>, schema: Schema): Map<unknown, Note> => {
  const before = notes.get(schema);
  if (before) return before;
  const own = new Map<unknown, Note>();
  notes.set(schema, own);
  return own;
};

const isKept = (value: unknown): boolean => typeof value === "object";

/** A schema of another module is that module's. */
const targetOf = (schema: Schema): Schema => schema.ref?.() ?? schema;

/** Whether `report` hears no more than that a value does not fit. */
export const isQuestion = (report: Question): boolean => report.fits !== undefined;

/** Whether a value fits; `report` is that of the check which asks. */
export const fits = (schema: Schema, value: unknown, pointer: string, report: Report): boolean => {
  const target = targetOf(schema);
  return fitsIn(knownBy(report), target, value, pointer, target !== schema);
};

const fitsIn = (own: Known, target: Schema, value: unknown, pointer: string, isElsewhere: boolean): boolean => {
  const notes = notesOn(own.fitting, target);
  const before = notes.get(value);
  if (before !== undefined) return before;
  if (isElsewhere) refuseDepth(pointer);
  let isFitting = true;
  try {
    target.type(value, target, pointer, own.stop);
  } catch (reason) {
    if (reason !== own) throw reason;
    isFitting = false;
  }
  if (isKept(value)) notes.set(value, isFitting);
  return isFitting;
};

/** What a value that does not fit breaks. */
export const brokenBy = (schema: Schema, value: unknown, pointer: string, report: Report): readonly Broken[] => {
  const target = targetOf(schema);
  const own = knownBy(report);
  const notes = notesOn(own.broken, target);
  const before = notes.get(value);
  // One value may stand at two places.
  if (before?.pointer === pointer) return before.facts;
  const facts: Broken[] = [];
  const keep: Report = (...fact) => {
    // Of what is too deep, the check of the whole tells.
    if (fact[1] === "depth") throw new RangeError();
    if (facts.length === MOST) throw facts;
    facts.push(fact);
  };
  known.set(keep, own);
  try {
    target.type(value, target, pointer, keep);
  } catch (reason) {
    if (reason !== facts) throw reason;
  }
  if (isKept(value)) notes.set(value, { pointer, facts });
  return facts;
};
