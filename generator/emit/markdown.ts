/** The one encoder of text in Markdown (CommonMark with the tables of GitHub). */
import { printable } from "./comment.js";

/** A text of the document on one line: no markup but code and emphasis, no HTML, no link, no picture; a table cell stays one. */
export function markdown(text: string): string {
  return printable(text)
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\[\]|]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(BLOCK, "$1\\");
}

/** What begins a heading, a list, a quotation, a rule or a block of code, at the beginning of a line. */
const BLOCK = /^(\d*)(?=[#>+=.)-]|\*[* ]|`{3}|~{3})/;

/** Code in a cell of a table: nothing but the bar ends it. */
export function cell(code: string): string {
  return code.replaceAll("|", "\\|");
}

/** A block of code, in fences longer than any in it. */
export function fence(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text.trimEnd()}\n${ticks}`;
}
