/** The tokens of a module, one after the other: TypeScript's scanner, and a way to say what is expected. */
import { createRequire } from "node:module";
import type ts from "typescript";
import { preload } from "../code-cache.js";
import { UNKNOWN } from "./finding.js";

// As the CommonJS that it is: as an ES module, Node would read it twice.
const require = createRequire(import.meta.url);
preload(require.resolve("typescript"));
/** TypeScript, of which only the scanner works here. */
export const compiler: typeof ts = require("typescript");

/** Kinds of tokens. */
export const Kind = compiler.SyntaxKind;

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
  readonly kind: () => ts.SyntaxKind;
  /** Of a name or a string: what it means, without quotes and escapes. */
  readonly value: () => string;
  readonly position: () => number;
  /** Whether it stands on the line of the one before. Where it does not, the language may end a statement there. */
  readonly isOnSameLine: () => boolean;
  readonly next: () => void;
  /** Passes over a token of this kind, if it is one. */
  readonly skip: (kind: ts.SyntaxKind) => boolean;
  /** Passes over a token, which must be of this kind. */
  readonly expect: (kind: ts.SyntaxKind) => void;
  /** Passes over the name of something that is declared or mentioned: no reserved word. */
  readonly name: () => string;
  /** Passes over the name of a member, which may be any word. */
  readonly word: () => string;
  /** Ends the reading: `what` is wrong here, or at `position`. */
  readonly fail: (what?: string, position?: number) => never;
}

/** Stands at the first token of `text`. */
export function tokensOf(text: string): Tokens {
  const fail = (what = UNKNOWN, position = scanner.getTokenStart()): never => {
    throw new Unexpected(position, what);
  };
  const scanner = compiler.createScanner(
    compiler.ScriptTarget.ES2022,
    true,
    compiler.LanguageVariant.Standard,
    text,
    () => fail("a syntax error"),
  );
  let kind = scanner.scan();
  const next = (): void => {
    kind = scanner.scan();
  };
  const skip = (wanted: ts.SyntaxKind): boolean => {
    if (kind !== wanted) return false;
    next();
    return true;
  };
  const named = (isName: boolean): string => {
    if (!isName) fail();
    const value = scanner.getTokenValue();
    next();
    return value;
  };
  return {
    kind: () => kind,
    value: () => scanner.getTokenValue(),
    position: () => scanner.getTokenStart(),
    isOnSameLine: () => !scanner.hasPrecedingLineBreak(),
    next,
    skip,
    expect: (wanted) => {
      if (!skip(wanted)) fail();
    },
    name: () => named(kind === Kind.Identifier || kind > Kind.LastReservedWord),
    word: () => named(isWord(kind)),
    fail,
  };
}

/** A name, or any word of the language: what may follow a dot or name a member. */
export function isWord(kind: ts.SyntaxKind): boolean {
  return kind === Kind.Identifier || (kind >= Kind.FirstReservedWord && kind <= Kind.LastKeyword);
}

/** Members between brackets, with a comma between them and perhaps one behind the last. */
export function list(tokens: Tokens, end: ts.SyntaxKind, member: () => void): void {
  while (!tokens.skip(end)) {
    member();
    if (tokens.kind() !== end) tokens.expect(Kind.CommaToken);
  }
}
