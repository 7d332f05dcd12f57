/**
 * The check of the bindings, on openapi-typescript's own nodes before they are printed: declarations of types and nothing
 * else, and no name, number or comment that ends before it should. The printer escapes string literals only; the others
 * are written as they are.
 */
import type ts from "typescript";

/** What is wrong with the first node that may not be printed; `compiler` is the one that the nodes belong to. */
export function findUnsafeBinding(compiler: typeof ts, statements: readonly ts.Node[]): string | undefined {
  const { SyntaxKind } = compiler;
  const parts: ReadonlySet<ts.SyntaxKind> = new Set(partsOfTypes.map((name) => SyntaxKind[name]));
  const opaque: ReadonlySet<ts.SyntaxKind> = new Set(opaqueTypes.map((name) => SyntaxKind[name]));
  const types = new Set(platformTypes);

  for (const statement of statements) {
    const isDeclaration = compiler.isInterfaceDeclaration(statement) || compiler.isTypeAliasDeclaration(statement);
    if (!isDeclaration) return `a statement of the kind ${SyntaxKind[statement.kind]}`;
    types.add(statement.name.text);
  }

  const hasKnownKind = (node: ts.Node): boolean =>
    (compiler.isTypeNode(node) && !opaque.has(node.kind)) || parts.has(node.kind);
  const hasSafeText = (node: ts.Node): boolean => {
    // openapi-typescript takes a name for a literal type: its text is the literal.
    if (compiler.isIdentifier(node)) return IDENTIFIER.test(node.text) || STRING.test(node.text);
    return !compiler.isNumericLiteral(node) || NUMBER.test(node.text);
  };
  /** A reference into the document may begin anywhere in it: `#/x-shared/A` would be a type that is not there. */
  const isDeclared = (node: ts.Node): boolean => {
    if (!compiler.isTypeReferenceNode(node) || !compiler.isIdentifier(node.typeName)) return true;
    return types.has(node.typeName.text) || STRING.test(node.typeName.text);
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
const platformTypes: readonly string[] = ["Record", "Omit", "Extract", "Blob", "ArrayBuffer", "ArrayBufferView"];

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
/** As JSON.stringify writes it. */
const STRING = /^"(?:[^"\\\n\r]|\\["\\/bfnrt]|\\u[\da-f]{4})*"$/;
const NUMBER = /^(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Infinity|NaN)$/;
const LINE_BREAK = /[\n\r\u2028\u2029]/;
