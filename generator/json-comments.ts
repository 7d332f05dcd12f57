/** JSON as people write it by hand: with comments, which the parser of YAML takes for parts of keys. */

/**
 * The text with blanks in the place of its comments, so that whatever else is in it keeps its place. The same text where it
 * has none, and where it is, without them, no JSON: in YAML, what looks like a comment may be an address. A comma behind the
 * last of a list does not count: the parser of YAML knows it.
 */
export function withoutComments(text: string): string {
  const bare = blanked(text, /"|\/[/*]/g, (at, mark) => commentEnd(text, at, mark));
  if (bare === text) return text;
  try {
    JSON.parse(blanked(bare, /"|,(?=\s*[\]}])/g, (at) => at + 1));
    return bare;
  } catch {
    return text;
  }
}

/** Behind the quotation mark that ends a string. */
export function stringEnd(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at >= 0 ? at + 1 : text.length;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
  return slashes % 2 === 1;
}

/** Line feeds stay. `marks` finds quotation marks, too: what is in a string is left as it is. */
function blanked(text: string, marks: RegExp, endOfMark: (at: number, mark: string) => number | undefined): string {
  let result = "";
  let done = 0;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    const [mark] = found;
    const start = found.index;
    const end = mark === '"' ? stringEnd(text, start) : endOfMark(start, mark);
    if (end === undefined) break;
    marks.lastIndex = end;
    if (mark === '"') continue;
    result += text.slice(done, start) + text.slice(start, end).replace(/[^\n]/g, " ");
    done = end;
  }
  return result + text.slice(done);
}

/** One that nobody ends is none. */
function commentEnd(text: string, start: number, mark: string): number | undefined {
  const at = text.indexOf(mark === "//" ? "\n" : "*/", start + 2);
  if (mark === "//") return at < 0 ? text.length : at;
  return at < 0 ? undefined : at + 2;
}
