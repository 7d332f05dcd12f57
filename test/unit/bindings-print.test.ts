import ts, { factory } from "typescript";
import { describe, expect, it } from "vitest";
import { bindingsPrinter } from "../../generator/bindings/print.js";

/** What is not known to be safe is handed on, to be checked: here it is told instead. */
const HANDED_ON = "handed on";
const printer = bindingsPrinter(ts, new Set(["Blob"]), () => HANDED_ON);
const print = (type: ts.TypeNode) =>
  printer.statement(factory.createTypeAliasDeclaration(undefined, "X", undefined, type));
const reference = (text: string) => factory.createTypeReferenceNode(factory.createIdentifier(text));
const object = (...members: readonly ts.TypeElement[]) => factory.createTypeLiteralNode(members);
const member = (name: string | ts.PropertyName) =>
  factory.createPropertySignature(undefined, name, undefined, reference("Blob"));
const comment = (text: string, kind: ts.CommentKind = ts.SyntaxKind.MultiLineCommentTrivia) =>
  object(ts.addSyntheticLeadingComment(member("a"), kind, text, true));

describe("the printer of the bindings", () => {
  it("prints what is known to be safe", () => {
    expect(print(reference("Blob"))).toBe("type X = Blob;\n");
    expect(print(reference('"a */ \\" b"'))).toBe('type X = "a */ \\" b";\n');
    expect(print(object(member("a"), member(factory.createStringLiteral('b"'))))).toBe(
      'type X = {\n    a: Blob;\n    "b\\"": Blob;\n};\n',
    );
    expect(print(comment("*\n * A\n "))).toBe("type X = {\n    /**\n     * A\n     */\n    a: Blob;\n};\n");
  });

  it.each([
    ["a type that is not declared", reference("Y")],
    ["a name that is more", reference("Blob; globalThis.PWN = 1")],
    ["a literal that ends early", reference('"a"; globalThis.PWN = 1; "')],
    ["a member whose name is more", object(member("a: 1; } globalThis.PWN = 1; {"))],
    ["a number that is more", object(member(factory.createNumericLiteral("1: 1; }")))],
    ["a name for a type that is more", factory.createIdentifier("a; b") as ts.Node as ts.TypeNode],
    ["a comment that ends early", comment("* a */ globalThis.PWN = 1; /* ")],
    ["a comment of a line, with a line break", comment(" a\nb", ts.SyntaxKind.SingleLineCommentTrivia)],
    ["a comment with a separator of lines", comment("* a\u2028b ")],
    ["a template", factory.createTemplateLiteralType(factory.createTemplateHead("a"), [])],
    ["a function", factory.createFunctionTypeNode(undefined, [], reference("Blob"))],
  ])("hands on %s", (_, type) => {
    expect(print(type)).toBe(HANDED_ON);
  });

  it("hands on a statement that is no type", () => {
    expect(printer.statement(factory.createEmptyStatement())).toBe(HANDED_ON);
    expect(printer.statement(factory.createInterfaceDeclaration(undefined, "a: 1", undefined, undefined, []))).toBe(
      HANDED_ON,
    );
  });
});
