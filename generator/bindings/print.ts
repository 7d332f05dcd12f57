/**
 * The nodes of the bindings as text, byte for byte as TypeScript's printer has it, in a third of the time: that one asks of
 * each node what only a node of a file or of a transformation can have. What is printed here is what bindings usually are,
 * and is known to be safe; all else is checked, and printed by TypeScript.
 */
import type ts from "typescript";
import { isSafeName, isSafeNumber, isString } from "../check-bindings.js";

/** Prints nodes of one compiler. */
export interface BindingsPrinter {
  readonly statement: (node: ts.Node) => string;
  /** Members as they stand so many levels deep, each with its line break. */
  readonly members: (members: readonly ts.TypeElement[], depth: number) => string;
  /** A name of a member, or a type in one line. */
  readonly name: (name: ts.PropertyName) => string;
  readonly type: (node: ts.TypeNode) => string;
}

/** Thrown at what is not usual. */
const unusual: unique symbol = Symbol();

function fail(): never {
  throw unusual;
}

/** `printAll` checks and prints whatever `compiler` has; `declared` are the types that there are, at the time. */
export function bindingsPrinter(
  compiler: typeof ts,
  declared: ReadonlySet<string>,
  printAll: (nodes: ts.Node[]) => string,
): BindingsPrinter {
  const { factory } = compiler;
  const { statement, members, name, type } = usualPrinter(compiler, declared);
  const either = <T>(usual: () => T, other: () => T): T => {
    try {
      return usual();
    } catch (error) {
      if (error !== unusual) throw error;
      return other();
    }
  };
  const wrapped = (all: readonly ts.TypeElement[], depth: number): readonly ts.TypeElement[] =>
    depth === 1
      ? all
      : [
          factory.createPropertySignature(
            undefined,
            "_",
            undefined,
            factory.createTypeLiteralNode(wrapped(all, depth - 1)),
          ),
        ];
  return {
    name,
    type: (node) =>
      either(
        () => type(node, ""),
        () =>
          printAll([factory.createTypeAliasDeclaration(undefined, "_", undefined, node)]).slice("type _ = ".length, -2),
      ),
    statement: (node) =>
      either(
        () => statement(node),
        () => printAll([node]),
      ),
    members: (all, depth) =>
      either(
        () => members(all, "    ".repeat(depth)),
        () => {
          const whole = factory.createInterfaceDeclaration(undefined, "_", undefined, undefined, wrapped(all, depth));
          return printAll([whole])
            .split("\n")
            .slice(depth, -1 - depth)
            .join("\n")
            .concat("\n");
        },
      ),
  };
}

function usualPrinter(compiler: typeof ts, declared: ReadonlySet<string>) {
  const { SyntaxKind } = compiler;
  const printer = compiler.createPrinter({ newLine: compiler.NewLineKind.LineFeed });
  const nowhere = compiler.createSourceFile("", "", compiler.ScriptTarget.ESNext);
  const words = new Map<ts.SyntaxKind, string>(WORDS.map((word) => [SyntaxKind[`${upper(word)}Keyword`], word]));

  const printComments = (node: ts.Node, indent: string): string => {
    const comments = compiler.getSyntheticLeadingComments(node);
    return comments ? comments.map((comment) => printComment(comment, indent)).join("") : "";
  };
  const printComment = ({ kind, text, hasTrailingNewLine }: ts.SynthesizedComment, indent: string): string => {
    const comment = `/*${text}*/`;
    const isUsual = kind === SyntaxKind.MultiLineCommentTrivia && hasTrailingNewLine && !ODD.test(comment);
    if (!isUsual || text.includes("*/")) return fail();
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
      return `${start}${questionToken ? "?" : ""}${type ? `: ${printType(type, indent)}` : ""}`;
    }
    if (!compiler.isIndexSignatureDeclaration(member) || compiler.getSyntheticLeadingComments(member)) return fail();
    const [parameter, ...more] = member.parameters;
    if (!parameter?.type || more.length > 0 || !compiler.isIdentifier(parameter.name)) return fail();
    const key = `${printIdentifier(parameter.name)}: ${printType(parameter.type, indent)}`;
    return `${printModifiers(member.modifiers)}[${key}]: ${printType(member.type, indent)}`;
  };
  const printModifiers = (modifiers: readonly ts.ModifierLike[] | undefined): string =>
    modifiers ? modifiers.map(({ kind }) => `${words.get(kind) ?? fail()} `).join("") : "";
  const printIdentifier = ({ text }: ts.Identifier): string => (isSafeName(text) ? text : fail());
  const printName = (name: ts.PropertyName): string => {
    if (compiler.isIdentifier(name)) return printIdentifier(name);
    return compiler.isStringLiteral(name) || compiler.isNumericLiteral(name) ? printLiteral(name) : fail();
  };
  const printLiteral = (literal: ts.LiteralExpression): string => {
    if (compiler.isNumericLiteral(literal)) return isSafeNumber(literal.text) ? literal.text : fail();
    if (!compiler.isStringLiteral(literal)) return fail();
    if (!ESCAPED.test(literal.text)) return `"${literal.text}"`;
    return printer.printNode(compiler.EmitHint.Unspecified, literal, nowhere);
  };

  const printTypes = (types: readonly ts.TypeNode[], between: string, indent: string): string => {
    let text = "";
    for (const type of types) text += `${text && between}${printType(type, indent)}`;
    return text;
  };
  const printType = (node: ts.TypeNode, indent: string): string => {
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
        if (!declared.has(typeName.text) && !isString(typeName.text)) return fail();
        return typeArguments ? `${typeName.text}<${printTypes(typeArguments, ", ", indent)}>` : typeName.text;
      }
      case SyntaxKind.IndexedAccessType: {
        const { objectType, indexType } = node as ts.IndexedAccessTypeNode;
        return `${printType(objectType, indent)}[${printType(indexType, indent)}]`;
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
        return printIdentifier(node as ts.Node as ts.Identifier);
      case SyntaxKind.UnionType:
        return printTypes((node as ts.UnionTypeNode).types, " | ", indent);
      case SyntaxKind.IntersectionType:
        return printTypes((node as ts.IntersectionTypeNode).types, " & ", indent);
      case SyntaxKind.ArrayType:
        return `${printType((node as ts.ArrayTypeNode).elementType, indent)}[]`;
      case SyntaxKind.TupleType: {
        const inner = `${indent}    `;
        const all = printTypes((node as ts.TupleTypeNode).elements, `,\n${inner}`, inner);
        return `[\n${all && `${inner}${all}\n`}${indent}]`;
      }
      case SyntaxKind.ParenthesizedType:
        return `(${printType((node as ts.ParenthesizedTypeNode).type, indent)})`;
      default:
        return fail();
    }
  };

  const printStatement = (statement: ts.Node): string => {
    const comments = printComments(statement, "");
    if (compiler.isInterfaceDeclaration(statement) && !statement.typeParameters && !statement.heritageClauses) {
      const { modifiers, name, members } = statement;
      return `${comments}${printModifiers(modifiers)}interface ${printIdentifier(name)} {\n${printMembers(members, "    ")}}\n`;
    }
    if (!compiler.isTypeAliasDeclaration(statement) || statement.typeParameters) return fail();
    const { modifiers, name, type } = statement;
    return `${comments}${printModifiers(modifiers)}type ${printIdentifier(name)} = ${printType(type, "")};\n`;
  };
  return { statement: printStatement, members: printMembers, name: printName, type: printType };
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

const upper = <Word extends string>(word: Word): Capitalize<Word> =>
  `${word[0]?.toUpperCase()}${word.slice(1)}` as Capitalize<Word>;

/** A line that does not begin as those of a JSDoc do, or a line break that is none of Unix. */
const ODD = /\n(?! [^\s])|[\r\u2028\u2029]/;
const LINE_END = /\s*\n/g;
/** What a string literal does not hold as it is. */
const ESCAPED = /[^ !#-[\]-~]/;
