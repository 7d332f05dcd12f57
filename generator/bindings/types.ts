/** Types of the bindings that openapi-typescript does not know. */
import type ts from "typescript";
import type { BindingType } from "../binding-types.js";
import { getArray, getString, type JsonObject } from "../openapi.js";

/** What stands for the types that normalize asks for. */
export function typesOf({ factory, SyntaxKind }: typeof ts): ReadonlyMap<unknown, (schema: JsonObject) => ts.TypeNode> {
  const literal = (text: string): ts.TypeNode => factory.createLiteralTypeNode(factory.createStringLiteral(text));
  const types: Readonly<Record<BindingType, (schema: JsonObject) => ts.TypeNode>> = {
    never: () => factory.createKeywordTypeNode(SyntaxKind.NeverKeyword),
    undefined: () => factory.createKeywordTypeNode(SyntaxKind.UndefinedKeyword),
    present: () =>
      factory.createUnionTypeNode([
        factory.createTypeLiteralNode([]),
        factory.createLiteralTypeNode(factory.createNull()),
      ]),
    empty: () => factory.createTypeLiteralNode([]),
    // As the runtime takes them.
    binary: () =>
      factory.createUnionTypeNode([
        factory.createTypeReferenceNode("Blob"),
        factory.createTypeReferenceNode("ArrayBuffer"),
        factory.createTypeReferenceNode("ArrayBufferView", [factory.createTypeReferenceNode("ArrayBuffer")]),
      ]),
    omit: (schema) => {
      const schemas = factory.createIndexedAccessTypeNode(
        factory.createTypeReferenceNode("components"),
        literal("schemas"),
      );
      const names = getArray(schema, "required").map((name) => literal(String(name)));
      return factory.createTypeReferenceNode("Omit", [
        factory.createIndexedAccessTypeNode(schemas, literal(getString(schema, "name") ?? "")),
        factory.createUnionTypeNode(names),
      ]);
    },
  };
  return new Map(Object.entries(types));
}
