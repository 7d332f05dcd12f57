/** Expressions as the emitters write them: data, names that are imported, and calls that make data of data. */
import type ts from "typescript";
import { Kind, list, type Tokens } from "./tokens.js";
import { readType, readTypeArguments } from "./types.js";

/** What an expression may mention. */
export interface DataScope {
  /** Functions that may be called. */
  readonly calls: ReadonlySet<string>;
  /** Told of each name that is mentioned. */
  readonly mention: (name: string, position: number) => void;
  /** Told of each module that is imported, or loaded when somebody asks. */
  readonly load: (specifier: string, position: number) => void;
}

/** One expression: data, and nothing that does something but the calls that are known. */
export function readData(tokens: Tokens, scope: DataScope): void {
  readValue(tokens, scope);
  if (tokens.kind() !== Kind.AsKeyword || !tokens.isOnSameLine()) return;
  tokens.next();
  if (!tokens.skip(Kind.ConstKeyword)) readType(tokens);
}

const constants: ReadonlySet<ts.SyntaxKind> = new Set([
  Kind.StringLiteral,
  Kind.NumericLiteral,
  Kind.TrueKeyword,
  Kind.FalseKeyword,
  Kind.NullKeyword,
]);

function readValue(tokens: Tokens, scope: DataScope): void {
  if (constants.has(tokens.kind())) tokens.next();
  else if (tokens.skip(Kind.MinusToken)) tokens.expect(Kind.NumericLiteral);
  else if (tokens.skip(Kind.OpenBracketToken)) list(tokens, Kind.CloseBracketToken, () => readData(tokens, scope));
  else if (tokens.skip(Kind.OpenBraceToken)) list(tokens, Kind.CloseBraceToken, () => readProperty(tokens, scope));
  else if (tokens.skip(Kind.OpenParenToken)) readLater(tokens, scope);
  else readMention(tokens, scope);
}

function readProperty(tokens: Tokens, scope: DataScope): void {
  if (tokens.skip(Kind.OpenBracketToken)) {
    // `__proto__` sets a prototype unless it is computed.
    tokens.expect(Kind.StringLiteral);
    tokens.expect(Kind.CloseBracketToken);
  } else if (!tokens.skip(Kind.NumericLiteral)) {
    if (tokens.value() === "__proto__") tokens.fail();
    if (!tokens.skip(Kind.StringLiteral)) tokens.word();
  }
  tokens.expect(Kind.ColonToken);
  readData(tokens, scope);
}

/** `name`, `known(data)`, `Object.freeze(data)`. */
function readMention(tokens: Tokens, scope: DataScope): void {
  const position = tokens.position();
  const name = tokens.name();
  const isFreeze = name === "Object";
  if (isFreeze) {
    tokens.expect(Kind.DotToken);
    if (tokens.word() !== "freeze" || tokens.kind() === Kind.DotToken) tokens.fail(undefined, position);
  } else if (name !== "undefined") scope.mention(name, position);
  readTypeArguments(tokens);
  if (tokens.skip(Kind.OpenParenToken)) {
    if (!isFreeze && !scope.calls.has(name)) tokens.fail(undefined, position);
    list(tokens, Kind.CloseParenToken, () => readData(tokens, scope));
  } else if (isFreeze) tokens.fail(undefined, position);
}

/** Behind `(`: `() => name` and `() => import("./module.js")`: what is there later, or loaded when it is asked for. */
function readLater(tokens: Tokens, scope: DataScope): void {
  tokens.expect(Kind.CloseParenToken);
  if (!tokens.isOnSameLine()) tokens.fail();
  tokens.expect(Kind.EqualsGreaterThanToken);
  const position = tokens.position();
  if (tokens.skip(Kind.ImportKeyword)) {
    tokens.expect(Kind.OpenParenToken);
    scope.load(tokens.value(), tokens.position());
    tokens.expect(Kind.StringLiteral);
    tokens.expect(Kind.CloseParenToken);
  } else scope.mention(tokens.name(), position);
}
