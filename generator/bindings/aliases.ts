/** Types of schemas that contain themselves through arrays: TypeScript takes them only in aliases. */
import type ts from "typescript";

/** Moves the types of these schemas of `components`, by their names, into the aliases. */
export function withAliases(
  compiler: typeof ts,
  nodes: readonly ts.Node[],
  aliases: ReadonlyMap<string, string>,
): ts.Node[] {
  const { factory } = compiler;
  const moved: ts.Node[] = [];
  const inAlias = (member: ts.TypeElement): ts.TypeElement => {
    const alias = aliases.get(nameOf(member) ?? "");
    if (alias === undefined || !compiler.isPropertySignature(member) || !member.type) return member;
    moved.push(factory.createTypeAliasDeclaration(undefined, alias, undefined, member.type));
    const type = factory.createTypeReferenceNode(alias);
    const property = factory.createPropertySignature(member.modifiers, member.name, member.questionToken, type);
    return compiler.setSyntheticLeadingComments(property, compiler.getSyntheticLeadingComments(member));
  };
  const changed = nodes.map((node) => {
    if (aliases.size === 0 || nameOf(node) !== "components" || !compiler.isInterfaceDeclaration(node)) return node;
    const groups = node.members.map((group) => {
      if (nameOf(group) !== "schemas" || !compiler.isPropertySignature(group)) return group;
      if (!group.type || !compiler.isTypeLiteralNode(group.type)) return group;
      const type = factory.createTypeLiteralNode(group.type.members.map(inAlias));
      return factory.createPropertySignature(group.modifiers, group.name, group.questionToken, type);
    });
    return factory.createInterfaceDeclaration(node.modifiers, node.name, undefined, undefined, groups);
  });
  return [...moved, ...changed];
}

function nameOf(node: object): string | undefined {
  const name = "name" in node ? node.name : undefined;
  return typeof name === "object" && name !== null && "text" in name ? String(name.text) : undefined;
}
