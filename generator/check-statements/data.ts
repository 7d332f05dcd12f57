/** Expressions as the emitters write them: data, names that are imported, and calls that make data of data. */
import { list, type Tokens } from "./tokens.js";
import { readType, readTypeArguments } from "./types.js";

/** What an expression may mention. */
export interface DataScope {
  /** Functions that may be called. */
  readonly calls: ReadonlySet<string>;
  /** Told of each name that is mentioned. */
  readonly mention: (name: string, position: number) => void;
  /** Told of each module that is imported, or loaded when somebody asks; its path in the package. */
  readonly load: (specifier: string, position: number) => string;
}

/** One expression: data, and nothing that does something but the calls that are known. */
export function readData(tokens: Tokens, scope: DataScope): void {
  readValue(tokens, scope);
  if (tokens.text() !== "as" || !tokens.isOnSameLine()) return;
  tokens.next();
  if (!tokens.skip("const")) readType(tokens);
}

const constants: ReadonlySet<string> = new Set(["true", "false", "null"]);

function readValue(tokens: Tokens, scope: DataScope): void {
  if (tokens.isString() || tokens.isNumber() || constants.has(tokens.text())) tokens.next();
  else if (tokens.skip("-")) tokens.number();
  else if (tokens.skip("[")) list(tokens, "]", () => readData(tokens, scope));
  else if (tokens.skip("{")) list(tokens, "}", () => readProperty(tokens, scope));
  else if (tokens.skip("(")) readLater(tokens, scope);
  else readMention(tokens, scope);
}

function readProperty(tokens: Tokens, scope: DataScope): void {
  if (tokens.skip("[")) {
    // `__proto__` sets a prototype unless it is computed.
    tokens.string();
    tokens.expect("]");
  } else if (tokens.isNumber()) tokens.next();
  else if ((tokens.isString() ? tokens.value() : tokens.text()) === "__proto__") tokens.fail();
  else if (tokens.isString()) tokens.next();
  else tokens.word();
  tokens.expect(":");
  readData(tokens, scope);
}

/** `name`, `known(data)`, `Object.freeze(data)`. */
function readMention(tokens: Tokens, scope: DataScope): void {
  const position = tokens.position();
  const name = tokens.name();
  const isFreeze = name === "Object";
  if (isFreeze) {
    tokens.expect(".");
    if (tokens.word() !== "freeze" || tokens.text() === ".") tokens.fail(undefined, position);
  } else if (name !== "undefined") scope.mention(name, position);
  readTypeArguments(tokens);
  if (tokens.skip("(")) {
    if (!isFreeze && !scope.calls.has(name)) tokens.fail(undefined, position);
    list(tokens, ")", () => readData(tokens, scope));
  } else if (isFreeze) tokens.fail(undefined, position);
}

/** Behind `(`: `() => name` and `() => import("./module.js")`: what is there later, or loaded when it is asked for. */
function readLater(tokens: Tokens, scope: DataScope): void {
  tokens.expect(")");
  if (!tokens.isOnSameLine()) tokens.fail();
  tokens.expect("=>");
  const position = tokens.position();
  if (tokens.skip("import")) {
    tokens.expect("(");
    scope.load(tokens.value(), tokens.position());
    tokens.string();
    tokens.expect(")");
  } else scope.mention(tokens.name(), position);
}
