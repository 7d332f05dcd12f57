/**
 * The check of the bindings, on openapi-typescript's own nodes before they are printed: declarations of types and nothing
 * else, and no name, number or comment that ends before it should. The printer escapes string literals only; the others
 * are written as they are.
 */
import type ts from "typescript";

/**
 * What is wrong with the first node that may not be printed; `compiler` is the one that the nodes belong to, `declared` are
 * types of other statements.
 */
export function findUnsafeBinding(
  compiler: typeof ts,
  statements: readonly ts.Node[],
  declared: Iterable<string> = [],
): string | undefined {
  const { SyntaxKind } = compiler;
  const parts: ReadonlySet<ts.SyntaxKind> = new Set(partsOfTypes.map((name) => SyntaxKind[name]));
  const opaque: ReadonlySet<ts.SyntaxKind> = new Set(opaqueTypes.map((name) => SyntaxKind[name]));
  const types = new Set([...platformTypes, ...declared]);

  for (const statement of statements) {
    const isDeclaration = compiler.isInterfaceDeclaration(statement) || compiler.isTypeAliasDeclaration(statement);
    if (!isDeclaration) return `a statement of the kind ${SyntaxKind[statement.kind]}`;
    types.add(statement.name.text);
  }

  const hasKnownKind = (node: ts.Node): boolean =>
    (compiler.isTypeNode(node) && !opaque.has(node.kind)) || parts.has(node.kind);
  const hasSafeText = (node: ts.Node): boolean =>
    compiler.isIdentifier(node) ? isSafeName(node.text) : !compiler.isNumericLiteral(node) || isSafeNumber(node.text);
  /** A reference into the document may begin anywhere in it: `#/x-shared/A` would be a type that is not there. */
  const isDeclared = (node: ts.Node): boolean => {
    if (!compiler.isTypeReferenceNode(node) || !compiler.isIdentifier(node.typeName)) return true;
    return types.has(node.typeName.text) || isString(node.typeName.text);
  };
  const isClosed = ({ kind, text }: ts.SynthesizedComment): boolean =>
    kind === SyntaxKind.MultiLineCommentTrivia ? !text.includes("*/") : !LINE_BREAK.test(text);
  const hasSafeComments = (node: ts.Node): boolean =>
    (compiler.getSyntheticLeadingComments(node)?.every(isClosed) ?? true) &&
    (compiler.getSyntheticTrailingComments(node)?.every(isClosed) ?? true);

  const find = (node: ts.Node): ts.Node | undefined => {
    if (compiler.isTypeParameterDeclaration(node)) types.add(node.name.text);
    const isSafe = hasKnownKind(node) && hasSafeText(node) && isDeclared(node) && hasSafeComments(node);
    return isSafe ? compiler.forEachChild(node, find) : node;
  };
  for (const statement of statements) {
    // Known by kind already.
    const bad = hasSafeComments(statement) ? compiler.forEachChild(statement, find) : statement;
    if (bad) return describe(compiler, bad);
  }
  return undefined;
}

function describe(compiler: typeof ts, node: ts.Node): string {
  const name = compiler.isTypeReferenceNode(node) ? node.typeName : node;
  const text = compiler.isIdentifier(name) ? ` \`${name.text.slice(0, 60).replace(/\s+/g, " ")}\`` : "";
  return `a node of the kind ${compiler.SyntaxKind[node.kind]}${text}`;
}

type KindName = Exclude<keyof typeof ts.SyntaxKind, number>;

/** What types are made of, besides types. */
const partsOfTypes: readonly KindName[] = [
  "Identifier",
  "StringLiteral",
  "NumericLiteral",
  "PrefixUnaryExpression",
  "TrueKeyword",
  "FalseKeyword",
  "NullKeyword",
  "PropertySignature",
  "IndexSignature",
  "Parameter",
  "TypeParameter",
  "QuestionToken",
  "MinusToken",
  "ExportKeyword",
  "ReadonlyKeyword",
];

/** Types whose text is not looked at, or that lead elsewhere. */
const opaqueTypes: readonly KindName[] = ["TemplateLiteralType", "ImportType", "ExpressionWithTypeArguments"];

/** Types of the platform. */
export const platformTypes: readonly string[] = ["Record", "Omit", "Extract", "Blob", "ArrayBuffer", "ArrayBufferView"];

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
/** As JSON.stringify writes it. */
const STRING = /^"(?:[^"\\\n\r]|\\["\\/bfnrt]|\\u[\da-f]{4})*"$/;
const NUMBER = /^(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Infinity|NaN)$/;
/** A name, or the text of a literal: openapi-typescript takes one for the other. */
export const isSafeName = (text: string): boolean => IDENTIFIER.test(text) || STRING.test(text);
/** The text of a string literal, with its quotation marks. */
export const isString = (text: string): boolean => STRING.test(text);
/** A number as JavaScript writes it. */
export const isSafeNumber = (text: string): boolean => NUMBER.test(text);

const LINE_BREAK = /[\n\r\u2028\u2029]/;
