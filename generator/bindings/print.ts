/**
 * The nodes of the bindings as text, byte for byte as TypeScript's printer has it, in a fifth of the time: that one asks of
 * each node what only a node of a file or of a transformation can have.
 */
import type ts from "typescript";

/** Thrown at what TypeScript's own printer is to print. */
const unusual: unique symbol = Symbol();

/** Prints with `compiler`, which the nodes belong to; what is not usual in bindings, with `printAll`, which prints anything. */
export function printBindings(
  compiler: typeof ts,
  nodes: readonly ts.Node[],
  printAll: (nodes: ts.Node[]) => string,
): string {
  const print = printerOf(compiler);
  const parts = nodes.map((node) => {
    try {
      return print(node);
    } catch (error) {
      if (error !== unusual) throw error;
      return printAll([node]);
    }
  });
  return parts.join("");
}

function printerOf(compiler: typeof ts): (statement: ts.Node) => string {
  const { SyntaxKind } = compiler;
  const printer = compiler.createPrinter({ newLine: compiler.NewLineKind.LineFeed });
  const nowhere = compiler.createSourceFile("", "", compiler.ScriptTarget.ESNext);

  const printComments = (node: ts.Node, indent: string): string => {
    const comments = compiler.getSyntheticLeadingComments(node);
    return comments ? comments.map((comment) => printComment(comment, indent)).join("") : "";
  };
  const printComment = ({ kind, text, hasTrailingNewLine }: ts.SynthesizedComment, indent: string): string => {
    const comment = `/*${text}*/`;
    if (kind !== SyntaxKind.MultiLineCommentTrivia || !hasTrailingNewLine || ODD.test(comment)) return fail();
    return `${text.includes("\n") ? comment.replace(LINE_END, `\n${indent}`) : comment}\n${indent}`;
  };

  const printMembers = (members: readonly ts.TypeElement[], indent: string): string => {
    let text = "";
    for (const member of members) text += `${indent}${printMember(member, indent)};\n`;
    return text;
  };
  const printMember = (member: ts.TypeElement, indent: string): string => {
    if (compiler.isPropertySignature(member)) {
      const { modifiers, name, questionToken, type } = member;
      const start = `${printComments(member, indent)}${printModifiers(modifiers)}${printName(name)}`;
      return `${start}${questionToken ? "?" : ""}${type ? `: ${print(type, indent)}` : ""}`;
    }
    if (!compiler.isIndexSignatureDeclaration(member) || compiler.getSyntheticLeadingComments(member)) return fail();
    const [parameter, ...more] = member.parameters;
    if (!parameter?.type || more.length > 0 || !compiler.isIdentifier(parameter.name)) return fail();
    const key = `${parameter.name.text}: ${print(parameter.type, indent)}`;
    return `${printModifiers(member.modifiers)}[${key}]: ${print(member.type, indent)}`;
  };
  const printModifiers = (modifiers: readonly ts.ModifierLike[] | undefined): string =>
    modifiers ? modifiers.map(({ kind }) => `${words.get(kind) ?? fail()} `).join("") : "";
  const printName = (name: ts.PropertyName): string => {
    if (compiler.isIdentifier(name)) return name.text;
    return compiler.isStringLiteral(name) || compiler.isNumericLiteral(name) ? printLiteral(name) : fail();
  };
  const printLiteral = (literal: ts.LiteralExpression): string => {
    if (compiler.isStringLiteral(literal) && !ESCAPED.test(literal.text)) return `"${literal.text}"`;
    return printer.printNode(compiler.EmitHint.Unspecified, literal, nowhere);
  };

  const words = new Map<ts.SyntaxKind, string>(WORDS.map((word) => [SyntaxKind[`${upper(word)}Keyword`], word]));

  const printAll = (types: readonly ts.TypeNode[], between: string, indent: string): string => {
    let text = "";
    for (const type of types) text += `${text && between}${print(type, indent)}`;
    return text;
  };
  const print = (node: ts.TypeNode, indent: string): string => {
    const word = words.get(node.kind);
    if (word !== undefined) return word;
    if (compiler.getSyntheticLeadingComments(node)) return fail();
    switch (node.kind) {
      case SyntaxKind.TypeLiteral: {
        const { members } = node as ts.TypeLiteralNode;
        return members.length > 0 ? `{\n${printMembers(members, `${indent}    `)}${indent}}` : "{}";
      }
      case SyntaxKind.TypeReference: {
        const { typeName, typeArguments } = node as ts.TypeReferenceNode;
        if (!compiler.isIdentifier(typeName)) return fail();
        return typeArguments ? `${typeName.text}<${printAll(typeArguments, ", ", indent)}>` : typeName.text;
      }
      case SyntaxKind.IndexedAccessType: {
        const { objectType, indexType } = node as ts.IndexedAccessTypeNode;
        return `${print(objectType, indent)}[${print(indexType, indent)}]`;
      }
      case SyntaxKind.LiteralType: {
        const { literal } = node as ts.LiteralTypeNode;
        if (compiler.isLiteralExpression(literal)) return printLiteral(literal);
        if (!compiler.isPrefixUnaryExpression(literal)) return words.get(literal.kind) ?? fail();
        const { operator, operand } = literal;
        const isNegative = operator === SyntaxKind.MinusToken && compiler.isNumericLiteral(operand);
        return isNegative ? `-${printLiteral(operand)}` : fail();
      }
      // openapi-typescript takes a name for a literal type: its text is the literal.
      case SyntaxKind.Identifier:
        return (node as ts.Node as ts.Identifier).text;
      case SyntaxKind.UnionType:
        return printAll((node as ts.UnionTypeNode).types, " | ", indent);
      case SyntaxKind.IntersectionType:
        return printAll((node as ts.IntersectionTypeNode).types, " & ", indent);
      case SyntaxKind.ArrayType:
        return `${print((node as ts.ArrayTypeNode).elementType, indent)}[]`;
      case SyntaxKind.TupleType: {
        const { elements } = node as ts.TupleTypeNode;
        const inner = `${indent}    `;
        const all = printAll(elements, `,\n${inner}`, inner);
        return `[\n${all && inner}${all && `${all}\n`}${indent}]`;
      }
      case SyntaxKind.ParenthesizedType:
        return `(${print((node as ts.ParenthesizedTypeNode).type, indent)})`;
      default:
        return fail();
    }
  };

  return (statement) => {
    const comments = printComments(statement, "");
    if (compiler.isInterfaceDeclaration(statement) && !statement.typeParameters && !statement.heritageClauses) {
      const { modifiers, name, members } = statement;
      return `${comments}${printModifiers(modifiers)}interface ${name.text} {\n${printMembers(members, "    ")}}\n`;
    }
    if (!compiler.isTypeAliasDeclaration(statement) || statement.typeParameters) return fail();
    const { modifiers, name, type } = statement;
    return `${comments}${printModifiers(modifiers)}type ${name.text} = ${print(type, "")};\n`;
  };
}

function fail(): never {
  throw unusual;
}

/** Nodes that are a word. */
const WORDS = [
  "any",
  "boolean",
  "export",
  "false",
  "never",
  "null",
  "number",
  "readonly",
  "string",
  "true",
  "undefined",
  "unknown",
] as const;

type Word = (typeof WORDS)[number];

const upper = (word: Word): Capitalize<Word> => `${word[0]?.toUpperCase()}${word.slice(1)}` as Capitalize<Word>;

/** A line that does not begin as those of a JSDoc do, or a line break that is none of Unix. */
const ODD = /\n(?! [^\s])|[\r\u2028\u2029]/;
const LINE_END = /\s*\n/g;
/** What a string literal does not hold as it is. */
const ESCAPED = /[^ !#-[\]-~]/;
