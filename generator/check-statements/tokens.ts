/**
 * The tokens of a module, one after the other, and a way to say what is expected. Of the language's lexical grammar
 * (ECMA-262, 12) it knows what emitters write: a character that begins anything else is refused.
 */
import { UNKNOWN } from "./finding.js";

/** Thrown where a module goes on in a way that no emitter writes. */
export class Unexpected extends Error {
  /** Where, in characters from the start. */
  readonly position: number;
  readonly what: string;
  constructor(position: number, what: string) {
    super(what);
    this.position = position;
    this.what = what;
  }
}

/** Looks at one token at a time; comments and blanks are passed over. */
export interface Tokens {
  /** As it is written; empty at the end of the module. */
  readonly text: () => string;
  /** Of a string: what it means, without quotes and escapes. */
  readonly value: () => string;
  readonly isWord: () => boolean;
  readonly isString: () => boolean;
  readonly isNumber: () => boolean;
  readonly position: () => number;
  /** Whether it stands on the line of the one before. Where it does not, the language may end a statement there. */
  readonly isOnSameLine: () => boolean;
  readonly next: () => void;
  /** Passes over a token, if it is this one. */
  readonly skip: (text: string) => boolean;
  /** Passes over a token, which must be this one. */
  readonly expect: (text: string) => void;
  /** Passes over a string, which must be one. */
  readonly string: () => void;
  readonly number: () => void;
  /** Passes over the name of something that is declared or mentioned: no reserved word. */
  readonly name: () => string;
  /** Passes over the name of a member, which may be any word. */
  readonly word: () => string;
  /** Ends the reading: `what` is wrong here, or at `position`. */
  readonly fail: (what?: string, position?: number) => never;
}

/** Stands at the first token of `text`. */
export function tokensOf(text: string): Tokens {
  let [start, end, isOnSameLine] = [0, text.startsWith(INTERPRETER) ? INTERPRETER.length : 0, true];
  let token = "";
  const fail = (what = UNKNOWN, position = start): never => {
    throw new Unexpected(position, what);
  };
  const next = (): void => {
    isOnSameLine = true;
    for (start = end; start < text.length; start = end) {
      const code = text.charCodeAt(start);
      if (code === NEWLINE) isOnSameLine = false;
      else if (code === SLASH) {
        end = commentEnd(text, start);
        if (LINE_BREAK.test(text.slice(start, end))) isOnSameLine = false;
        continue;
      } else if (code !== SPACE) break;
      end = start + 1;
    }
    end = tokenEnd(text, start);
    token = text.slice(start, end);
  };
  const commentEnd = (text: string, at: number): number => {
    const isLine = text.charCodeAt(at + 1) === SLASH;
    const mark = isLine ? lineEnd(text, at) : text.indexOf("*/", at + 2) + 2;
    if (mark < at + 2 || (!isLine && text[at + 1] !== "*")) return fail();
    const comment = text.slice(at, mark);
    if (isLine ? OTHER_BREAKS.test(comment) : mark < at + 4) return fail();
    if (comment.startsWith("///") || isDirective(comment)) return fail("a directive to the compiler");
    return mark;
  };
  const tokenEnd = (text: string, at: number): number => {
    if (at >= text.length) return at;
    const code = text.charCodeAt(at);
    if (code === QUOTE) return stringEnd(text, at) ?? fail("a syntax error");
    if (code === EQUALS && text.charCodeAt(at + 1) === GREATER) return at + 2;
    if (MARKS.has(code)) return at + 1;
    NUMBER.lastIndex = at;
    WORD.lastIndex = at;
    const found = (WORD.exec(text) ?? NUMBER.exec(text))?.[0];
    return found === undefined ? fail() : at + found.length;
  };
  const skip = (wanted: string): boolean => {
    if (token !== wanted) return false;
    next();
    return true;
  };
  const passed = (isWanted: boolean): string => {
    const found = token;
    if (!isWanted) fail();
    next();
    return found;
  };
  const isWord = (): boolean => token !== "" && FIRST_OF_WORD.test(token);
  next();
  return {
    text: () => token,
    value: () => (token.includes("\\") ? (unescaped(token) ?? fail()) : token.slice(1, -1)),
    isWord,
    isString: () => token.startsWith('"'),
    isNumber: () => FIRST_OF_NUMBER.test(token),
    position: () => start,
    isOnSameLine: () => isOnSameLine,
    next,
    skip,
    expect: (wanted) => {
      if (!skip(wanted)) fail();
    },
    string: () => void passed(token.startsWith('"')),
    number: () => void passed(FIRST_OF_NUMBER.test(token)),
    name: () => passed(isWord() && !reservedWords.has(token)),
    word: () => passed(isWord()),
    fail,
  };
}

const [NEWLINE, SPACE, QUOTE, SLASH, EQUALS, GREATER] = [0x0a, 0x20, 0x22, 0x2f, 0x3d, 0x3e];

/** Tokens of one character. */
const MARKS: ReadonlySet<number> = new Set([..."{}()[]<>,;:.|&=?-"].map((mark) => mark.charCodeAt(0)));

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy;
const FIRST_OF_WORD = /^[\p{ID_Start}$_]/u;
/** As JavaScript prints numbers; a letter behind it would be of the next token. */
const NUMBER = /\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\p{ID_Continue}$.])/uy;
const FIRST_OF_NUMBER = /^\d/;

/** They end a comment of a line, too, and no emitter writes one there. */
const OTHER_BREAKS = /[\r\u2028\u2029]/;
/** An order to ignore an error, to expect one, or to check nothing: the compiler looks for it in the last line. */
function isDirective(comment: string): boolean {
  return /@ts-/i.test(comment) && /^\s*[/*]*\s*@ts-/i.test(comment.split(LINE_BREAK).at(-1) ?? "");
}

const LINE_BREAK = /[\n\r\u2028\u2029]/;

/** The first line of a program. */
const INTERPRETER = "#!/usr/bin/env node\n";

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Behind the quotation mark that ends a string; undefined where its line ends before. */
function stringEnd(text: string, start: number): number | undefined {
  let at = start + 1;
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(at)) {
    // At the end of the text, there is no code.
    if (code === NEWLINE || code === 0x0d || Number.isNaN(code)) return undefined;
    at += code === 0x5c ? 2 : 1;
  }
  return at + 1;
}

function unescaped(literal: string): string | undefined {
  try {
    return JSON.parse(literal);
  } catch {
    return undefined;
  }
}

/** Reserved words of modules (ECMA-262, 12.7.2), and literals that are words. */
const reservedWords: ReadonlySet<string> = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends false finally for " +
    "function if import in instanceof new null return super switch this throw true try typeof var void while with " +
    "implements interface let package private protected public static yield"
  ).split(" "),
);

/** Members between brackets, with a comma between them and perhaps one behind the last. */
export function list(tokens: Tokens, end: string, member: () => void): void {
  while (!tokens.skip(end)) {
    member();
    if (tokens.text() !== end) tokens.expect(",");
  }
}
