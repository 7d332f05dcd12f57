/** The one encoder of text in Markdown (CommonMark with the tables of GitHub). */
import { printable } from "./comment.js";

/** A text of the document on one line: no markup but code and emphasis, no HTML, no link, no picture. */
export function markdown(text: string): string {
  return printable(text)
    .replace(/\s+/g, " ")
    .trim()
    .replace(PARTS, (part, ticks?: string) => (ticks === undefined || part.includes("\\|") ? escaped(part) : part))
    .replace(BLOCK, "$1\\");
}

/**
 * Code between backticks, or what is around it (CommonMark 6.1). In code nothing is decoded, so that nothing is encoded; in
 * a cell, a backslash before a bar is not certain to stay one: there it is no code.
 */
const PARTS = /(?<!`)(`{1,2})(?!`).*?(?<!`)\1(?!`)|[^`]+|`/g;

/** A text that is all text. No backtick is left to make code of what follows. */
function escaped(text: string): string {
  return text
    .replace(/[\\[\]`]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;");
}

/** What begins a heading, a list, a quotation, a rule or a block of code, at the beginning of a line. */
const BLOCK = /^(\d*)(?=[#>+=.)-]|\*[* ]|~{3})/;

/** Markdown in a cell of a table: nothing but the bar ends it. */
export function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

/** A block of code, in fences longer than any in it. */
export function fence(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text.trimEnd()}\n${ticks}`;
}
