/** The coverage report: what the document says and the client does not honour, construct by construct. */
import { posix } from "node:path";
import { type Diagnostic, groupsOf, isNotHonoured } from "./diagnostics.js";
import type { OutputFile } from "./print.js";

/** Name of the report in the output folder. */
export const COVERAGE = "coverage.json";

/**
 * The report as the file that is written. A place is a JSON pointer, behind the path of its file where that is not the
 * document itself; no line, so that layout and comments of the document do not count.
 */
export function coverageFile(diagnostics: readonly Diagnostic[], document: string): OutputFile {
  const notHonoured = groupsOf(diagnostics.filter(isNotHonoured)).map(({ code, title, members }) => ({
    code,
    construct: members[0]?.construct ?? title,
    places: [...new Set(members.map((member) => placeWithin(member, document)))],
  }));
  return { path: COVERAGE, text: `${JSON.stringify({ notHonoured }, undefined, 2)}\n` };
}

function placeWithin({ file, pointer = "#" }: Diagnostic, document: string): string {
  if (file === undefined || file === document) return pointer;
  return `${/^[a-z]+:/.test(file) ? file : posix.relative(posix.dirname(document), file)}${pointer}`;
}
