/** Types as the emitters write them: they run nothing, and are read so that it is certain where they end. */
import { list, type Tokens } from "./tokens.js";

/** A type: `A | B`, `keyof A`, `readonly A[]`, `A["b"]`, `A<B>`, `{ readonly a?: B }`. */
export function readType(tokens: Tokens): void {
  tokens.skip("|");
  do readIntersection(tokens);
  while (tokens.skip("|"));
}

function readIntersection(tokens: Tokens): void {
  do readPostfix(tokens);
  while (tokens.skip("&"));
}

function readPostfix(tokens: Tokens): void {
  while (prefixes.has(tokens.text())) tokens.next();
  readPrimary(tokens);
  // On a line of its own, a bracket would begin an expression.
  while (tokens.text() === "[" && tokens.isOnSameLine()) {
    tokens.next();
    if (tokens.skip("]")) continue;
    readType(tokens);
    tokens.expect("]");
  }
}

const prefixes: ReadonlySet<string> = new Set(["readonly", "keyof"]);

const literals: ReadonlySet<string> = new Set(["true", "false", "null", "void"]);

function readPrimary(tokens: Tokens): void {
  if (tokens.isString() || tokens.isNumber() || literals.has(tokens.text())) tokens.next();
  else if (tokens.skip("-")) tokens.number();
  else if (tokens.skip("{")) readMembers(tokens);
  else if (tokens.skip("[")) list(tokens, "]", () => readType(tokens));
  else if (tokens.skip("(")) {
    readType(tokens);
    tokens.expect(")");
  } else {
    // Behind it stands a name, and no other type.
    tokens.skip("typeof");
    tokens.name();
    while (tokens.skip(".")) tokens.word();
    readTypeArguments(tokens);
  }
}

/** `<A, B>`, where there are some. */
export function readTypeArguments(tokens: Tokens): void {
  if (tokens.text() !== "<" || !tokens.isOnSameLine()) return;
  tokens.next();
  list(tokens, ">", () => readType(tokens));
}

/** `<K extends A = B>`, where there are some. */
export function readTypeParameters(tokens: Tokens): void {
  if (!tokens.skip("<")) return;
  list(tokens, ">", () => {
    tokens.name();
    if (tokens.skip("extends")) readType(tokens);
    if (tokens.skip("=")) readType(tokens);
  });
}

/** Behind `{`: members that have a name and a type, and index signatures. */
export function readMembers(tokens: Tokens): void {
  while (!tokens.skip("}")) {
    tokens.skip("readonly");
    if (tokens.skip("[")) {
      tokens.name();
      readAnnotation(tokens);
      tokens.expect("]");
    } else if (tokens.isWord() || tokens.isString() || tokens.isNumber()) {
      tokens.next();
      tokens.skip("?");
    } else tokens.fail();
    readAnnotation(tokens);
    if (tokens.text() !== "}") tokens.expect(";");
  }
}

/** `: A` */
export function readAnnotation(tokens: Tokens): void {
  tokens.expect(":");
  readType(tokens);
}

/** Behind `(`: parameters with their types; their names. */
export function readParameters(tokens: Tokens): readonly string[] {
  const names: string[] = [];
  list(tokens, ")", () => {
    names.push(tokens.name());
    tokens.skip("?");
    readAnnotation(tokens);
  });
  return names;
}
