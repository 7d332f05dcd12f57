/**
 * The outline of the bindings: parameters, statuses and media types of each operation, without their types. It is a small
 * part of the whole, and all that the comparison with the document reads.
 */
import type ts from "typescript";

/** The interface `operations`, and of `components` what an operation may refer to; `compiler` is the nodes' own. */
export function outlineOf(compiler: typeof ts, statements: readonly ts.Node[]): ts.Node[] {
  const { factory, SyntaxKind } = compiler;

  /** `levels` of members are kept, with references and the statement that there is nothing. */
  const outline = (type: ts.TypeNode | undefined, levels: number): ts.TypeNode => {
    if (type && (compiler.isIndexedAccessTypeNode(type) || type.kind === SyntaxKind.NeverKeyword)) return type;
    return type && levels > 0 && compiler.isTypeLiteralNode(type)
      ? factory.createTypeLiteralNode(outlines(type.members, levels - 1))
      : factory.createKeywordTypeNode(SyntaxKind.UnknownKeyword);
  };
  const outlines = (members: readonly ts.TypeElement[], levels: number): ts.PropertySignature[] =>
    members.filter(compiler.isPropertySignature).map(({ name, questionToken, type }) =>
      // Without its comments.
      factory.createPropertySignature(undefined, name, questionToken, outline(type, levels)),
    );

  return statements.filter(compiler.isInterfaceDeclaration).flatMap(({ name, members }) => {
    const levels = LEVELS.get(name.text);
    if (levels === undefined) return [];
    const kept = members.filter((member) => name.text !== "components" || isReferredTo(member));
    return [factory.createInterfaceDeclaration(undefined, name, undefined, undefined, outlines(kept, levels))];
  });
}

/** Down to media types: `responses.200.content`, `components.responses.NotFound.content`. */
const LEVELS: ReadonlyMap<string, number> = new Map([
  ["operations", 4],
  ["components", 3],
]);

function isReferredTo({ name }: ts.TypeElement): boolean {
  return name !== undefined && "text" in name && (name.text === "responses" || name.text === "requestBodies");
}
