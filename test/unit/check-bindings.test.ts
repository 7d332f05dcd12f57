import ts, { factory } from "typescript";
import { describe, expect, it } from "vitest";
import { makeBindings } from "../../generator/bindings.js";
import { findUnsafeBinding } from "../../generator/check-bindings.js";
import { StageError } from "../../generator/diagnostics.js";
import type { JsonObject } from "../../generator/openapi.js";
import { documentOf, documentWith } from "./document.js";

const statementsOf = (text: string) => ts.createSourceFile("x.ts", text, ts.ScriptTarget.ES2022).statements;
const check = (...statements: readonly ts.Node[]) => findUnsafeBinding(ts, statements);
const alias = (type: ts.TypeNode) => factory.createTypeAliasDeclaration(undefined, "X", undefined, type);
const reference = (text: string) => factory.createTypeReferenceNode(factory.createIdentifier(text));
const member = (name: ts.PropertyName) => factory.createPropertySignature(undefined, name, undefined, undefined);
const comment = (kind: ts.CommentKind, text: string) =>
  ts.addSyntheticLeadingComment(member(factory.createIdentifier("a")), kind, text);
const { MultiLineCommentTrivia, SingleLineCommentTrivia } = ts.SyntaxKind;

describe("the nodes of the bindings", () => {
  it("may be types, however deep", () => {
    const types = `
      export interface X { "a b"?: (string | null)[]; readonly 7: { [key: string]: unknown }; c: [1, -2, "d", true] }
      export type Y = Record<string, never> & X["a b"];
      type WithRequired<T, K extends keyof T> = T & { [P in K]-?: T[P] };
    `;
    expect(check(...statementsOf(types))).toBeUndefined();
  });

  it.each([
    ["globalThis.PWN = 1;", "a statement of the kind ExpressionStatement"],
    ["enum X { a = (globalThis.PWN = 1) }", "a statement of the kind EnumDeclaration"],
    ["export const x = [1];", "a statement of the kind FirstStatement"],
    ["class X {}", "a statement of the kind ClassDeclaration"],
    ['import "x";', "a statement of the kind ImportDeclaration"],
    ["type X = Y;", "a node of the kind TypeReference `Y`"],
    ['type X = import("x").Y;', "a node of the kind LastTypeNode"],
    ["type X = `a$" + "{string}`;", "a node of the kind TemplateLiteralType"],
    ["interface X { [globalThis.x]: 1 }", "a node of the kind ComputedPropertyName"],
    ["interface X extends Y { }", "a node of the kind HeritageClause"],
    ["interface X { m(): 1 }", "a node of the kind MethodSignature"],
  ])("may not be %s", (text, problem) => {
    expect(check(...statementsOf(text))).toBe(problem);
  });

  it("have names that are names, or the text of a literal", () => {
    expect(check(alias(reference('"a */ \\" \\u2028"')))).toBeUndefined();
    expect(check(alias(reference('"a"; globalThis.PWN = 1; "')))).toContain("TypeReference");
    expect(check(alias(factory.createTypeLiteralNode([member(factory.createIdentifier("a: 1; }"))])))).toBe(
      "a node of the kind Identifier `a: 1; }`",
    );
    expect(check(alias(factory.createTypeLiteralNode([member(factory.createNumericLiteral("1: 1; }"))])))).toBe(
      "a node of the kind FirstLiteralToken",
    );
    expect(
      check(alias(factory.createTypeLiteralNode([member(factory.createStringLiteral('a": 1; }'))]))),
    ).toBeUndefined();
  });

  it("have comments that end where they should", () => {
    const within = (node: ts.TypeElement) => check(alias(factory.createTypeLiteralNode([node])));
    expect(within(comment(MultiLineCommentTrivia, "* a\n // \u2028 "))).toBeUndefined();
    expect(within(comment(SingleLineCommentTrivia, " a */"))).toBeUndefined();
    for (const text of ["* a */ globalThis.PWN = 1; /*", "*/"]) {
      expect(within(comment(MultiLineCommentTrivia, text)), text).toBe("a node of the kind PropertySignature");
    }
    for (const end of ["\n", "\r", "\u2028", "\u2029"]) {
      expect(within(comment(SingleLineCommentTrivia, `a${end}b`))).toBe("a node of the kind PropertySignature");
    }
    const trailing = ts.addSyntheticTrailingComment(
      member(factory.createIdentifier("a")),
      MultiLineCommentTrivia,
      "*/",
    );
    expect(within(trailing)).toBe("a node of the kind PropertySignature");
  });
});

describe("what openapi-typescript makes", () => {
  const bindingsOf = (document: JsonObject) =>
    Promise.resolve({ document, aliases: {} })
      .then((source) => makeBindings(source, "spec.yaml").text)
      .catch((error: unknown) => (error instanceof StageError ? error.diagnostics : error));

  it("is refused where a reference begins with a name that is code", async () => {
    const key = "x-a { }; globalThis.PWN = 1; type B = C";
    const schema = { $ref: `#/${key}/D` };
    const document = documentOf({}, { [key]: { D: { type: "string" } }, components: { schemas: { S: schema } } });
    expect(await bindingsOf(document)).toEqual([
      {
        code: "output-unsafe",
        severity: "error",
        message: `The bindings would hold a node of the kind TypeReference \`${key}\`.`,
        file: "spec.yaml",
      },
    ]);
  });

  it("is as safe as its text", async () => {
    const text = "*/ globalThis.PWN = 1; /* \n // \u2028 `$" + "{1}` \" ' \\";
    const document = documentWith(
      { description: text, parameters: [{ name: text, in: "query", description: text, schema: { type: "string" } }] },
      { components: { schemas: { [text]: { description: text, enum: [text], "x-enum-descriptions": [text] } } } },
    );
    const made = await bindingsOf(document);
    const { statements } = ts.createSourceFile("x.ts", String(made), ts.ScriptTarget.ES2022);
    expect(statements.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 5 }, (_, index) =>
        index === 1 || index === 3 ? ts.SyntaxKind.TypeAliasDeclaration : ts.SyntaxKind.InterfaceDeclaration,
      ),
    );
  });

  it("is none of the compiler's business, whatever a title says", async () => {
    const titled = (title: string) => ({ type: "object", title, properties: { a: { type: "string", title } } });
    const schemas = Object.fromEntries(
      [
        "@ts-ignore",
        " @ts-expect-error x",
        "a\n@ts-ignore",
        "@ts-nocheck",
        "a\r @ts-ignore",
        "a\u2028\u00a0@ts-ignore",
      ].map((title, index) => [index, titled(title)]),
    );
    const file = ts.createSourceFile(
      "x.ts",
      String(await bindingsOf(documentOf({}, { components: { schemas } }))),
      ts.ScriptTarget.ES2022,
    );
    expect(file).toMatchObject({ commentDirectives: undefined, checkJsDirective: undefined });
    expect(file.text).toContain("/** \\@ts-ignore */");
  });
});
