/** Types as the emitters write them: they run nothing, and are read so that it is certain where they end. */
import type ts from "typescript";
import { isWord, Kind, list, type Tokens } from "./tokens.js";

/** A type: `A | B`, `keyof A`, `readonly A[]`, `A["b"]`, `A<B>`, `{ readonly a?: B }`. */
export function readType(tokens: Tokens): void {
  tokens.skip(Kind.BarToken);
  do readIntersection(tokens);
  while (tokens.skip(Kind.BarToken));
}

function readIntersection(tokens: Tokens): void {
  do readPostfix(tokens);
  while (tokens.skip(Kind.AmpersandToken));
}

function readPostfix(tokens: Tokens): void {
  while (prefixes.has(tokens.kind())) tokens.next();
  readPrimary(tokens);
  // On a line of its own, a bracket would begin an expression.
  while (tokens.kind() === Kind.OpenBracketToken && tokens.isOnSameLine()) {
    tokens.next();
    if (tokens.skip(Kind.CloseBracketToken)) continue;
    readType(tokens);
    tokens.expect(Kind.CloseBracketToken);
  }
}

const prefixes: ReadonlySet<ts.SyntaxKind> = new Set([Kind.ReadonlyKeyword, Kind.KeyOfKeyword, Kind.TypeOfKeyword]);

const literals: ReadonlySet<ts.SyntaxKind> = new Set([
  Kind.StringLiteral,
  Kind.NumericLiteral,
  Kind.TrueKeyword,
  Kind.FalseKeyword,
  Kind.NullKeyword,
  Kind.VoidKeyword,
]);

function readPrimary(tokens: Tokens): void {
  const kind = tokens.kind();
  if (literals.has(kind)) tokens.next();
  else if (tokens.skip(Kind.MinusToken)) tokens.expect(Kind.NumericLiteral);
  else if (tokens.skip(Kind.OpenBraceToken)) readMembers(tokens);
  else if (tokens.skip(Kind.OpenBracketToken)) list(tokens, Kind.CloseBracketToken, () => readType(tokens));
  else if (tokens.skip(Kind.OpenParenToken)) {
    readType(tokens);
    tokens.expect(Kind.CloseParenToken);
  } else {
    tokens.name();
    while (tokens.skip(Kind.DotToken)) tokens.word();
    readTypeArguments(tokens);
  }
}

/** `<A, B>`, where there are some. */
export function readTypeArguments(tokens: Tokens): void {
  if (tokens.kind() !== Kind.LessThanToken || !tokens.isOnSameLine()) return;
  tokens.next();
  list(tokens, Kind.GreaterThanToken, () => readType(tokens));
}

/** `<K extends A = B>`, where there are some. */
export function readTypeParameters(tokens: Tokens): void {
  if (!tokens.skip(Kind.LessThanToken)) return;
  list(tokens, Kind.GreaterThanToken, () => {
    tokens.name();
    if (tokens.skip(Kind.ExtendsKeyword)) readType(tokens);
    if (tokens.skip(Kind.EqualsToken)) readType(tokens);
  });
}

/** Behind `{`: members that have a name and a type, and index signatures. */
export function readMembers(tokens: Tokens): void {
  while (!tokens.skip(Kind.CloseBraceToken)) {
    tokens.skip(Kind.ReadonlyKeyword);
    if (tokens.skip(Kind.OpenBracketToken)) {
      tokens.name();
      readAnnotation(tokens);
      tokens.expect(Kind.CloseBracketToken);
    } else if (isWord(tokens.kind()) || tokens.kind() === Kind.StringLiteral || tokens.kind() === Kind.NumericLiteral) {
      tokens.next();
      tokens.skip(Kind.QuestionToken);
    }
    readAnnotation(tokens);
    if (tokens.kind() !== Kind.CloseBraceToken) tokens.expect(Kind.SemicolonToken);
  }
}

/** `: A` */
export function readAnnotation(tokens: Tokens): void {
  tokens.expect(Kind.ColonToken);
  readType(tokens);
}

/** Behind `(`: parameters with their types; their names. */
export function readParameters(tokens: Tokens): readonly string[] {
  const names: string[] = [];
  list(tokens, Kind.CloseParenToken, () => {
    names.push(tokens.name());
    tokens.skip(Kind.QuestionToken);
    readAnnotation(tokens);
  });
  return names;
}
