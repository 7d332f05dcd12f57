/** Text for a terminal, whose columns a Chinese character takes two of. */

// Control characters, bidirectional overrides, lone surrogates: a terminal obeys them, or nobody sees them.
const UNSEEN = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF](?<!\n)/gu;

/** A text that holds nothing that a terminal obeys but line breaks: the rest is written as an escape. */
export const shown = (text: string): string =>
  text
    .replace(/\r\n/g, "\n")
    .replace(/\t/g, " ")
    .replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The same on one line. */
export const shownLine = (text: string): string => shown(text.replace(/\s+/g, " ").trim());

const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u;

const cellsOf = (character: string): number =>
  /\p{M}/u.test(character) ? 0 : WIDE.test(character) || character > "\uFFFF" ? 2 : 1;

/** How many columns a text takes. */
export const cells = (text: string): number => Array.from(text).reduce((sum, one) => sum + cellsOf(one), 0);

/** Filled up with blanks. */
export const padded = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - cells(text)));

/** Text in lines of a width: paragraphs and list items keep their lines. */
export function wrap(text: string, width: number): readonly string[] {
  const paragraphs = shown(text)
    .trim()
    .split(/\n\s*\n/);
  if (paragraphs[0] === "") return [];
  return paragraphs.flatMap((paragraph, index) => [
    ...(index === 0 ? [] : [""]),
    ...paragraph.split(/\n(?=\s*(?:[-*+#>|]|\d+[.)])\s)/).flatMap((item) => wrapLine(item, width)),
  ]);
}

function wrapLine(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  // Blanks that align something stay.
  for (const [, blanks = "", word = ""] of text.matchAll(/([^\S\u00A0]*)((?:\S|\u00A0)+)/g)) {
    const joined = line === "" ? word : line + (blanks.includes("\n") ? " " : blanks) + word;
    if (cells(joined) <= width || line === "") {
      line = joined;
    } else {
      lines.push(line);
      line = word;
    }
    // Some languages have no blanks.
    while (cells(line) > width) {
      const head = cut(line, width);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** As much of a text as a width has room for, and at least one character. */
export function cut(text: string, width: number): string {
  let head = "";
  let used = 0;
  for (const character of text) {
    used += cellsOf(character);
    if (used > width && head !== "") break;
    head += character;
  }
  return head;
}

/** The most that a first column takes. */
const FIRST = 28;

/** Two columns; what is too long for the first one has a line of its own. */
export function columns(rows: readonly (readonly [left: string, right: string])[], width: number): readonly string[] {
  const room = Math.min(FIRST, Math.max(...rows.map(([left]) => cells(left))) + 2);
  return rows.flatMap(([left, right]) => {
    const lines = right.split("\n").flatMap((line) => indented(line, Math.max(20, width - room - 2)));
    const fits = cells(left) + 2 <= room;
    const [first = "", ...rest] = fits ? lines : ["", ...lines];
    return [
      `  ${fits ? padded(left, room) : left}${first}`.trimEnd(),
      ...rest.map((line) => `  ${" ".repeat(room)}${line}`.trimEnd()),
    ];
  });
}

/** Wrapped, each line as far in as the first. */
function indented(line: string, width: number): readonly string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  return line.trim() === "" ? [""] : wrapLine(line.trim(), width - indent.length).map((one) => indent + one);
}
