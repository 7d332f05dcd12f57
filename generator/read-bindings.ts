/** Stage: reads the `operations` interface of the bindings, with ts-morph, into an index. */
import type { ts } from "ts-morph";
import type { BindingsIndex, BindingsOperation, BindingsParameter, BindingsResponse } from "./bindings-index.js";
import { compiler, Project } from "./morph.js";

/** `text` holds the interface `operations`, and `components` as far as it refers to it; it is parsed, never type-checked. */
export function readBindings(text: string): BindingsIndex {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  // Its own nodes wrap each of these in another: a document has tens of thousands.
  const source = project.createSourceFile("operations.ts", text).compilerNode;
  const shared = new Map<string, ts.TypeNode | undefined>();
  for (const group of membersOf(source, "components")) {
    for (const member of propertiesOf(group.type)) {
      shared.set(JSON.stringify([nameOf(group), nameOf(member)]), member.type);
    }
  }
  const follow: Follow = (node) => {
    const keys = referenceOf(node);
    return keys ? shared.get(JSON.stringify(keys)) : node;
  };
  return new Map(membersOf(source, "operations").map((member) => [nameOf(member), readOperation(member.type, follow)]));
}

function membersOf({ statements }: ts.SourceFile, name: string): readonly ts.PropertySignature[] {
  const isWanted = (statement: ts.Statement): statement is ts.InterfaceDeclaration =>
    compiler.isInterfaceDeclaration(statement) && statement.name.text === name;
  return statements.filter(isWanted).flatMap(({ members }) => members.filter(compiler.isPropertySignature));
}

/** Replaces a reference such as `components["responses"]["NotFound"]` by what it names. */
type Follow = (node: ts.TypeNode | undefined) => ts.TypeNode | undefined;

function referenceOf(node: ts.TypeNode | undefined): readonly [group: string, name: string] | undefined {
  if (!node || !compiler.isIndexedAccessTypeNode(node)) return undefined;
  const { objectType: group, indexType } = node;
  if (!compiler.isIndexedAccessTypeNode(group) || !isNamed(group.objectType, "components")) return undefined;
  return [literalOf(group.indexType), literalOf(indexType)];
}

function isNamed(node: ts.TypeNode, name: string): boolean {
  return compiler.isTypeReferenceNode(node) && compiler.isIdentifier(node.typeName) && node.typeName.text === name;
}

function literalOf(node: ts.TypeNode): string {
  if (!compiler.isLiteralTypeNode(node)) return "";
  const { literal } = node;
  return compiler.isStringLiteral(literal) || compiler.isNumericLiteral(literal) ? literal.text : "";
}

function readOperation(node: ts.TypeNode | undefined, follow: Follow): BindingsOperation {
  const parts = propertiesOf(node);
  const parameters = propertiesOf(named(parts, "parameters")?.type).flatMap((location) =>
    propertiesOf(location.type).map(
      (member): BindingsParameter => ({
        in: nameOf(location),
        name: nameOf(member),
        optional: member.questionToken !== undefined,
      }),
    ),
  );
  const responses = propertiesOf(named(parts, "responses")?.type).map((member): BindingsResponse => {
    const response = propertiesOf(follow(member.type));
    return {
      status: nameOf(member),
      mediaTypes: mediaTypesOf(named(response, "content")),
      headers: propertiesOf(named(response, "headers")?.type).map((header) => ({
        name: nameOf(header),
        optional: header.questionToken !== undefined,
      })),
    };
  });
  const requestBody = propertiesOf(follow(named(parts, "requestBody")?.type));
  return { parameters, responses, requestMediaTypes: mediaTypesOf(named(requestBody, "content")) };
}

function mediaTypesOf(content: ts.PropertySignature | undefined): readonly string[] {
  return propertiesOf(content?.type).map(nameOf);
}

/** Members that can hold something: `query?: never` says that there is none. */
function propertiesOf(node: ts.TypeNode | undefined): readonly ts.PropertySignature[] {
  if (!node || !compiler.isTypeLiteralNode(node)) return [];
  return node.members
    .filter(compiler.isPropertySignature)
    .filter(({ type }) => type?.kind !== compiler.SyntaxKind.NeverKeyword);
}

function named(members: readonly ts.PropertySignature[], name: string): ts.PropertySignature | undefined {
  return members.find((member) => nameOf(member) === name);
}

function nameOf({ name }: ts.PropertySignature): string {
  return compiler.isComputedPropertyName(name) ? "" : name.text;
}
