/**
 * The outline of the bindings: parameters, statuses and media types of each operation, without their types. It is a small
 * part of the whole, and all that the comparison with the document reads.
 */
import type ts from "typescript";
import type { BindingsPrinter } from "./print.js";

/**
 * Members of the interface `operations`, or of a group of `components` that an operation may refer to, as text; `compiler`
 * is the nodes' own.
 */
export function outlineOf(
  compiler: typeof ts,
  { name, type }: BindingsPrinter,
  members: readonly ts.TypeElement[],
  levels: number,
): string {
  /** `levels` of members are kept, with references and the statement that there is nothing. */
  const outline = (node: ts.TypeNode | undefined, levels: number): string => {
    if (node && (compiler.isIndexedAccessTypeNode(node) || node.kind === compiler.SyntaxKind.NeverKeyword)) {
      return type(node);
    }
    return node && levels > 0 && compiler.isTypeLiteralNode(node)
      ? `{\n${outlines(node.members, levels - 1)}}`
      : "unknown";
  };
  // Without their comments.
  const outlines = (members: readonly ts.TypeElement[], levels: number): string => {
    let text = "";
    for (const member of members) {
      if (!compiler.isPropertySignature(member)) continue;
      text += `${name(member.name)}${member.questionToken ? "?" : ""}: ${outline(member.type, levels)};\n`;
    }
    return text;
  };
  return outlines(members, levels);
}

/** Down to media types: `operations.readX.responses.200.content`, `components.responses.NotFound.content`. */
export const LEVELS = { operations: 4, components: 2 } as const;

/** The groups of `components` that an operation may refer to, and that the outline has. */
export const REFERRED_TO: ReadonlySet<string> = new Set(["responses", "requestBodies"]);
