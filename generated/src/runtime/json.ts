import type { Report } from "./descriptor.js";
import { deeper } from "./json-value.js";

/** What JSON has a text for; of any other object (a Blob, a Map, a buffer) it writes what happens to be enumerable. */
const written: ReadonlySet<string> = /*@__PURE__*/ new Set(
  ["Object", "Array", "String", "Number", "Boolean"].map((name) => `[object ${name}]`),
);

/** Whether JSON leaves a value out, or writes another one, without a word; `member` is what is left of it to write. */
const isLost = (given: unknown, member: unknown): boolean => {
  switch (typeof member) {
    case "function":
    case "symbol":
      return true;
    case "number":
      return !Number.isFinite(member);
    case "object":
      return member === null ? given instanceof Date : !written.has(Object.prototype.toString.call(member));
    default:
      return false;
  }
};

/**
 * JSON text with every digit of a bigint; undefined, after a report of each, for what has none: a circle, a function, NaN,
 * bytes. A bigint is written through a text that no value can hold by accident, because nobody can know it before.
 */
export function jsonText(value: unknown, report: Report): string | undefined {
  const mark = `${Math.random()}:`;
  const pointers = new Map<unknown, string>();
  let isWhole = true;
  const tell = (pointer: string, given: unknown): void => {
    isWhole = false;
    report(pointer, "json", "a value of JSON", given);
  };
  try {
    const text: string | undefined = JSON.stringify(value, function (this: Record<string, unknown>, key, member) {
      const parent = pointers.get(this);
      const pointer = parent === undefined ? "" : deeper(parent, key);
      if (isLost(this[key], member)) return tell(pointer, this[key]);
      if (typeof member === "bigint") return mark + member;
      if (typeof member === "object") pointers.set(member, pointer);
      return member;
    });
    if (isWhole && text === undefined) tell("", value);
    return isWhole ? text?.replace(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1") : undefined;
  } catch {
    // A circle, or a `toJSON` that throws: its error might show a piece of the value.
    tell("", value);
    return undefined;
  }
}
