import type { Report } from "./descriptor.js";

/**
 * JSON text with every digit of a bigint; undefined, after a report, for what has none: a circle, a function.
 * A bigint is written through a text that no value can hold by accident, because nobody can know it before.
 */
export function jsonText(value: unknown, report: Report): string | undefined {
  const mark = `${Math.random()}:`;
  try {
    const text: string | undefined = JSON.stringify(value, (_, member) =>
      typeof member === "bigint" ? mark + member : member,
    );
    if (text !== undefined) return text.replace(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1");
  } catch {
    // A circle, or a `toJSON` that throws: its error might show a piece of the value.
  }
  report("", "json", "a value of JSON", value);
  return undefined;
}
