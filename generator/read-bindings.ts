/** Stage: reads the `operations` interface of the bindings, with ts-morph, into an index. */
import type { PropertySignature, TypeNode } from "ts-morph";
import type { BindingsIndex, BindingsOperation, BindingsParameter, BindingsResponse } from "./bindings-index.js";
import { Node, Project } from "./structures.js";

/** `text` holds the interface `operations`, and `components` as far as it refers to it; it is parsed, never type-checked. */
export function readBindings(text: string): BindingsIndex {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  const source = project.createSourceFile("operations.ts", text);
  const shared = new Map<string, TypeNode | undefined>();
  for (const group of source.getInterface("components")?.getProperties() ?? []) {
    for (const member of propertiesOf(group.getTypeNode())) {
      shared.set(JSON.stringify([nameOf(group), nameOf(member)]), member.getTypeNode());
    }
  }
  const follow: Follow = (node) => {
    const keys = referenceOf(node);
    return keys ? shared.get(JSON.stringify(keys)) : node;
  };
  const members = source.getInterface("operations")?.getProperties() ?? [];
  return new Map(members.map((member) => [nameOf(member), readOperation(member.getTypeNode(), follow)]));
}

/** Replaces a reference such as `components["responses"]["NotFound"]` by what it names. */
type Follow = (node: TypeNode | undefined) => TypeNode | undefined;

function referenceOf(node: TypeNode | undefined): readonly [group: string, name: string] | undefined {
  if (!Node.isIndexedAccessTypeNode(node)) return undefined;
  const group = node.getObjectTypeNode();
  if (!Node.isIndexedAccessTypeNode(group) || group.getObjectTypeNode().getText() !== "components") return undefined;
  return [literalOf(group.getIndexTypeNode()), literalOf(node.getIndexTypeNode())];
}

function literalOf(node: TypeNode): string {
  const literal = Node.isLiteralTypeNode(node) ? node.getLiteral() : undefined;
  return Node.isStringLiteral(literal) || Node.isNumericLiteral(literal) ? String(literal.getLiteralValue()) : "";
}

function readOperation(node: TypeNode | undefined, follow: Follow): BindingsOperation {
  const parts = propertiesOf(node);
  const parameters = propertiesOf(named(parts, "parameters")?.getTypeNode()).flatMap((location) =>
    propertiesOf(location.getTypeNode()).map(
      (member): BindingsParameter => ({
        in: nameOf(location),
        name: nameOf(member),
        optional: member.hasQuestionToken(),
      }),
    ),
  );
  const responses = propertiesOf(named(parts, "responses")?.getTypeNode()).map((member): BindingsResponse => {
    const response = propertiesOf(follow(member.getTypeNode()));
    return {
      status: nameOf(member),
      mediaTypes: mediaTypesOf(named(response, "content")),
      headers: propertiesOf(named(response, "headers")?.getTypeNode()).map((header) => ({
        name: nameOf(header),
        optional: header.hasQuestionToken(),
      })),
    };
  });
  const requestBody = propertiesOf(follow(named(parts, "requestBody")?.getTypeNode()));
  return { parameters, responses, requestMediaTypes: mediaTypesOf(named(requestBody, "content")) };
}

function mediaTypesOf(content: PropertySignature | undefined): readonly string[] {
  return propertiesOf(content?.getTypeNode()).map(nameOf);
}

/** Members that can hold something: `query?: never` says that there is none. */
function propertiesOf(node: TypeNode | undefined): readonly PropertySignature[] {
  if (!Node.isTypeLiteral(node)) return [];
  return node.getProperties().filter((member) => !Node.isNeverKeyword(member.getTypeNode()));
}

function named(members: readonly PropertySignature[], name: string): PropertySignature | undefined {
  return members.find((member) => nameOf(member) === name);
}

function nameOf(member: PropertySignature): string {
  const name = member.getNameNode();
  return Node.isStringLiteral(name) || Node.isNumericLiteral(name) ? String(name.getLiteralValue()) : name.getText();
}
