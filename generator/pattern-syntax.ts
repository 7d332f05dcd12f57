/** Regular expressions of ECMA-262 (22.2.1) with the flag `u`, as a tree: as much of it as decides what a match costs. */

/** Code points from the first to the last, both included. */
export type Range = readonly [first: number, last: number];

/** A part of an expression. */
export type Expression =
  /** One code point of these. */
  | { readonly kind: "set"; readonly ranges: readonly Range[] }
  | { readonly kind: "sequence"; readonly items: readonly Expression[] }
  | { readonly kind: "choice"; readonly items: readonly Expression[] }
  | { readonly kind: "repeat"; readonly item: Expression; readonly min: number; readonly max: number }
  /** `^` or `$`. */
  | { readonly kind: "start" | "end" }
  /** It reads ahead and consumes nothing; `isFirst` where it stands at the very start of the text. */
  | { readonly kind: "ahead"; readonly item: Expression; readonly isFirst: boolean };

/** What an expression is made of. */
export interface Syntax {
  readonly root: Expression;
  /** False where some part (`\b`, `\p{…}`) is taken for more than it matches. */
  readonly isExact: boolean;
}

const LAST = 0x10ffff;
/** Stands for a property of Unicode, in a negated class too: whatever it matches is among these. */
const whole: Range = [0, LAST];

/** ECMA-262, 22.2.2.9, CharacterClassEscape. */
const digits: readonly Range[] = [[0x30, 0x39]];
const wordCharacters: readonly Range[] = [...digits, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const spaces: readonly Range[] = [
  ...([[0x09, 0x0d]] as const),
  ...[0x20, 0xa0, 0x1680].map((point): Range => [point, point]),
  [0x2000, 0x200a],
  ...[0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff].map((point): Range => [point, point]),
];
const lineTerminators: readonly Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const escapedClasses: Readonly<Record<string, readonly Range[]>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: spaces,
  S: complement(spaces),
};
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };

/** Undefined for what is no regular expression, or more than one: back references, look-behind, modifiers. */
export function parsePattern(pattern: string): Syntax | undefined {
  const tokens = tokensOf(pattern);
  let at = 0;
  let isExact = true;

  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at += 1;
    return true;
  };

  const choice = (depth: number): Expression | undefined => {
    const items: Expression[] = [];
    do {
      const item = sequence(depth);
      if (!item) return undefined;
      items.push(item);
    } while (take("|"));
    return items.length === 1 ? items[0] : { kind: "choice", items };
  };

  const sequence = (depth: number): Expression | undefined => {
    const items: Expression[] = [];
    const isAtStart = (): boolean =>
      depth === 0 && items.some(({ kind }) => kind === "start") && items.every(({ kind }) => /start|ahead/.test(kind));
    while (at < tokens.length && tokens[at] !== "|" && tokens[at] !== ")") {
      const item = term(depth, isAtStart());
      if (!item) return undefined;
      items.push(quantified(item));
    }
    return { kind: "sequence", items };
  };

  const term = (depth: number, isFirst: boolean): Expression | undefined => {
    const token = tokens[at] ?? "";
    at += 1;
    if (token === "^") return { kind: "start" };
    if (token === "$") return { kind: "end" };
    if (token === "(?=" || token === "(?!") {
      const item = choice(depth + 1);
      take(")");
      isExact = false;
      return item && { kind: "ahead", item, isFirst };
    }
    if (token === "(" || token === "(?:" || /^\(\?<[^=!]/.test(token)) {
      const item = choice(depth + 1);
      take(")");
      return item;
    }
    // It looks behind, or has flags of its own.
    if (token.startsWith("(")) return undefined;
    if (token === "\\b" || token === "\\B") {
      isExact = false;
      return { kind: "sequence", items: [] };
    }
    if (token === ".") return { kind: "set", ranges: complement(lineTerminators) };
    if (token.startsWith("[")) return { kind: "set", ranges: classRanges() };
    const ranges = atomRanges(token);
    return ranges && { kind: "set", ranges };
  };

  const quantified = (item: Expression): Expression => {
    const [, least = "", comma, most] = /^\{(\d+)(,?)(\d*)\}$/.exec(tokens[at] ?? "") ?? [];
    const bounds: Readonly<Record<string, readonly [number, number]>> = {
      "*": [0, Infinity],
      "+": [1, Infinity],
      "?": [0, 1],
    };
    const [min, max] = least
      ? [Number(least), most ? Number(most) : comma ? Infinity : Number(least)]
      : (bounds[tokens[at] ?? ""] ?? []);
    if (min === undefined || max === undefined) return item;
    at += 1;
    take("?");
    return { kind: "repeat", item, min, max };
  };

  /** The tokens of a class follow its opening one. */
  const classRanges = (): readonly Range[] => {
    const isNegated = tokens[at - 1] === "[^";
    const ranges: Range[] = [];
    while (at < tokens.length && !take("]")) {
      const first = atomRanges(tokens[at++] ?? "") ?? [];
      if (tokens[at] === "-" && tokens[at + 1] !== "]") {
        at += 1;
        const last = atomRanges(tokens[at++] ?? "") ?? [];
        ranges.push([first[0]?.[0] ?? 0, last[0]?.[1] ?? LAST]);
      } else ranges.push(...first);
    }
    return isNegated && !ranges.includes(whole) ? complement(ranges) : ranges;
  };

  /** The code points that an escape or a character stands for; undefined for a reference to a group. */
  const atomRanges = (token: string): readonly Range[] | undefined => {
    const [, kind = "", rest = ""] = /^\\([\s\S])([\s\S]*)$/u.exec(token) ?? [];
    if (kind === "") return one(token.codePointAt(0) ?? 0);
    if (/[pP]/.test(kind)) {
      isExact = false;
      return [whole];
    }
    if (/[k1-9]/.test(kind)) return undefined;
    const known = controls[kind];
    if (known !== undefined) return one(known);
    if (kind === "c") return one((rest.codePointAt(0) ?? 0) % 32);
    if (kind === "x" || kind === "u") return one(codePointOf(rest));
    // Within a class, a backspace.
    if (kind === "b") return one(8);
    return escapedClasses[kind] ?? one(kind.codePointAt(0) ?? 0);
  };

  const root = choice(0);
  return root && at === tokens.length ? { root, isExact } : undefined;
}

function one(point: number): readonly Range[] {
  return [[point, point]];
}

/** `1F600}`, in braces or not, or two code units. */
function codePointOf(digits: string): number {
  const [high = 0, low] = digits.split("\\u").map((part) => Number.parseInt(part.replace("{", ""), 16));
  return low === undefined ? high : (String.fromCharCode(high, low).codePointAt(0) ?? 0);
}

/** One escape (ECMA-262, 22.2.1, CharacterEscape and CharacterClassEscape). */
const escaped = [
  "[pP]\\{[^}]*\\}",
  "k<[^>]*>",
  "c[A-Za-z]",
  "x[\\da-fA-F]{2}",
  "u\\{[\\da-fA-F]+\\}",
  "u[dD][89abAB][\\da-fA-F]{2}\\\\u[dD][c-fC-F][\\da-fA-F]{2}",
  "u[\\da-fA-F]{4}",
  "[1-9]\\d*",
  "[\\s\\S]",
].join("|");
const groups = "\\(\\?(?:[=!:]|<[=!]|<[^>]*>|[-a-z]*:)";

/** What of a pattern belongs together; within a class, each of its atoms. */
function tokensOf(pattern: string): readonly string[] {
  const inClass = new RegExp(`\\\\(?:${escaped})|[\\s\\S]`, "uy");
  const outside = new RegExp(`\\\\(?:${escaped})|${groups}|\\[\\^?|\\{[\\d,]+\\}|[\\s\\S]`, "uy");
  const tokens: string[] = [];
  let isInClass = false;
  for (let at = 0; at < pattern.length; ) {
    const next: RegExp = isInClass ? inClass : outside;
    next.lastIndex = at;
    const [token = ""] = next.exec(pattern) ?? [];
    tokens.push(token);
    isInClass = isInClass ? token !== "]" : token === "[" || token === "[^";
    at += token.length || 1;
  }
  return tokens;
}

function complement(ranges: readonly Range[]): readonly Range[] {
  const gaps: Range[] = [];
  let next = 0;
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    if (first > next) gaps.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  return next > LAST ? gaps : [...gaps, [next, LAST]];
}
