/** What every part of `mend` works with. */
import type { Adoption } from "./mend-references.js";
import type { Json } from "./model.js";
import type { JsonObject } from "./openapi.js";

/** One document under way. */
export interface MendContext {
  /** As it was loaded: what references lead to. */
  readonly document: JsonObject;
  /** The keys from the document's top to the value under way; a number is an entry of a list. */
  readonly path: readonly (string | number)[];
  /** Works on what lies one key deeper. */
  readonly below: <T>(key: string | number, work: () => T) => T;
  /** Something is not as the specification has it, and plainly means something. */
  readonly sloppy: (message: string, construct?: string) => void;
  /** Something of which the client can make nothing. */
  readonly leftOut: (message: string, construct?: string) => void;
  /** Something that may mean anything: the run ends. */
  readonly wrong: (message: string) => void;
  /** Says that what lies under `key` here was written elsewhere, under `from`. */
  readonly moved: (key: string | number, from: readonly (string | number)[]) => void;
  readonly referenceTo: Adoption["referenceTo"];
}

/** A change of an object before its fields are looked at. */
export type Mender = (context: MendContext, value: JsonObject) => JsonObject;

/** In words, e.g. `a list`. */
export function kindOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  switch (typeof value) {
    case "object":
      return Object.keys(value).length === 0 ? "an empty object" : "an object";
    case "string":
      return "a text";
    case "number":
      return "a number";
    default:
      return "true or false";
  }
}

/** As YAML 1.1 and languages write them. */
const flags: ReadonlyMap<string, boolean> = new Map([
  ...["true", "yes", "on", "1"].map((text) => [text, true] as const),
  ...["false", "no", "off", "0"].map((text) => [text, false] as const),
]);

/** What is meant by something that stands where true or false belongs. */
export function flagOf(value: Json | undefined): boolean | undefined {
  return typeof value === "object" ? undefined : flags.get(String(value).toLowerCase());
}

/** The object without some keys and with others; the same object where that changes nothing. */
export function withChanges(value: JsonObject, changes: ReadonlyMap<string, Json | undefined>): JsonObject {
  if (changes.size === 0) return value;
  const kept = Object.entries(value).flatMap(([key, before]) => {
    const after = changes.has(key) ? changes.get(key) : before;
    return after === undefined ? [] : [[key, after] as const];
  });
  const added = [...changes].filter(([key, after]) => !Object.hasOwn(value, key) && after !== undefined);
  return Object.fromEntries([...kept, ...added]) as JsonObject;
}
