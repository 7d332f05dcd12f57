import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { code, docs, line, prose } from "../../generator/emit/comment.js";
import { constant } from "../../generator/emit/constant.js";
import {
  identifier,
  type Literal,
  literal,
  memberName,
  propertyKey,
  stringLiteral,
} from "../../generator/emit/literal.js";
import type { Statement } from "../../generator/emit/module.js";
import type { Json } from "../../generator/model.js";
import { StructureKind } from "../../generator/structures.js";
import { printFiles } from "../support/print-files.js";

/** What a text may try to end, to begin or to hide behind. */
const hostile = fc.constantFrom(
  ...["*/", "/*", "*", "/", "//", "\\", "`", "$", "{", "}", '"', "'", "<!--", "-->", "</script>", "@deprecated", "@"],
  ...["\n", "\r", "\r\n", "\u2028", "\u2029", "\0", "\u0085", "\u200b", "\u202e", "\ufeff", "\ud83d", "😀", " ", "\t"],
  ...["__proto__", "constructor", "toString", "globalThis.PWN = 1", "字"],
);
const text = fc.oneof(
  fc.array(hostile, { maxLength: 12 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const json = fc.letrec<{ readonly value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Json>(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    text,
    fc.array(tie("value"), { maxLength: 4 }),
    // As JSON.parse makes it: `__proto__` is a key like any other.
    fc.array(fc.tuple(text, tie("value")), { maxLength: 4 }).map((entries): Json => Object.fromEntries(entries)),
  ),
})).value;

const evaluate = (expression: string): unknown => new Function(`"use strict"; return (${expression});`)();

/** Equal as JSON, with the keys of each object, in their order but for those that are numbers, and nothing inherited. */
function expectSame(actual: unknown, expected: Json): void {
  expect(JSON.stringify(actual)).toBe(JSON.stringify(expected));
  const polluted = JSON.stringify(actual, (_, value: unknown) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) !== Object.prototype
      ? "another prototype"
      : value,
  );
  expect(polluted).toBe(JSON.stringify(expected));
}

describe("literal", () => {
  it("gives back any value of JSON when it is evaluated", () => {
    fc.assert(
      fc.property(json, fc.nat({ max: 3 }), (value, depth) => expectSame(evaluate(literal(value, depth)), value)),
      { numRuns: 500 },
    );
  });

  it("is one expression in one line of a script element, and never needs a comment to end", () => {
    fc.assert(
      fc.property(text, (value) => {
        const written = literal(value);
        expect(written).not.toMatch(/[\n\r\u2028\u2029\u202e\ufeff]|<\/|<!--/);
        const statement = ts.createSourceFile("x.ts", `x = ${written};`, ts.ScriptTarget.ES2022).statements;
        expect(statement).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });

  it("breaks what does not fit on a line, and leaves out what is undefined", () => {
    expect(literal({ a: 1, b: undefined, c: [] })).toBe("{ a: 1, c: [] }");
    const long = { first: "x".repeat(30), second: ["y".repeat(30)] };
    expect(literal(long)).toBe(`{\n  first: "${long.first}",\n  second: ["${long.second}"],\n}`);
  });

  it("a name is one only where code says so: no data can be", () => {
    const named: Literal = { type: identifier("string") };
    expect(literal(named)).toBe("{ type: string }");
    expect(literal({ name: "f()", "Symbol(name)": "f()" })).toBe('{ name: "f()", "Symbol(name)": "f()" }');
  });

  it.each([
    ["plain", "plain"],
    ["$a_1", "$a_1"],
    ["class", "class"],
    ["7", "7"],
    ["007", '"007"'],
    ["1e3", '"1e3"'],
    ["a-b", '"a-b"'],
    ["", '""'],
    ["__proto__", '["__proto__"]'],
    ["名", '"名"'],
  ])("the key %j is written %s", (key, written) => {
    expect(propertyKey(key)).toBe(written);
    expect(Object.keys(evaluate(`{ ${written}: 1 }`) as object)).toEqual([key]);
  });

  it("a member of an interface is one, whatever its name", () => {
    fc.assert(
      fc.property(text, (key) => {
        const source = ts.createSourceFile("x.ts", `interface X { ${memberName(key)}: 1 }`, ts.ScriptTarget.ES2022);
        const [statement] = source.statements;
        const [member] = statement && ts.isInterfaceDeclaration(statement) ? statement.members : [];
        const name = member?.name;
        expect(name && (ts.isStringLiteral(name) || ts.isIdentifier(name)) ? name.text : undefined).toBe(key);
      }),
    );
  });
});

/** The comments of a module, and its statements without them. */
function scan(source: string): { readonly comments: readonly string[]; readonly code: string } {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, source);
  const comments: string[] = [];
  let code = "";
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const isComment = kind === ts.SyntaxKind.MultiLineCommentTrivia || kind === ts.SyntaxKind.SingleLineCommentTrivia;
    if (isComment) comments.push(scanner.getTokenText());
    else code += scanner.getTokenText();
  }
  return { comments, code };
}

function tagsOf(source: string): readonly string[] {
  const file = ts.createSourceFile("x.ts", source, ts.ScriptTarget.ES2022, true);
  return file.statements.flatMap((statement) => ts.getJSDocTags(statement).map(({ tagName }) => tagName.text));
}

describe("a module", () => {
  it("keeps each text where it is: in its literal, in its comment, in its type", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((value) => `${value}\\`),
        ),
        text,
        (value, comment) => {
          const commented = docs(prose(comment), `In ${code(value)}`);
          const quoted = stringLiteral(value);
          const statements: readonly Statement[] = [
            constant({ name: "a", value: literal([value]), isExported: true }),
            { kind: StructureKind.TypeAlias, name: "B", type: `C[${quoted}]`, docs: commented },
            {
              kind: StructureKind.Interface,
              name: "D",
              properties: [{ name: memberName(value), type: quoted, docs: commented }],
            },
            { kind: StructureKind.Function, name: "e", docs: commented, statements: [`return [${quoted}];`] },
            constant({ name: "f", value: literal({ [value]: value }), docs: commented, isExported: true }),
            { kind: StructureKind.TypeAlias, name: "G", type: quoted, docs: commented },
          ];
          const [file] = printFiles("// header", [{ path: "x.ts", statements }]);
          const { comments } = scan(file?.text ?? "");
          expect(comments.filter((found) => !found.startsWith("// header"))).toHaveLength(5);
          const source = ts.createSourceFile("x.ts", file?.text ?? "", ts.ScriptTarget.ES2022);
          expect(source.statements.map(({ kind }) => kind)).toEqual([
            ts.SyntaxKind.VariableStatement,
            ts.SyntaxKind.TypeAliasDeclaration,
            ts.SyntaxKind.InterfaceDeclaration,
            ts.SyntaxKind.FunctionDeclaration,
            ts.SyntaxKind.VariableStatement,
            ts.SyntaxKind.TypeAliasDeclaration,
          ]);
          const literals: string[] = [];
          const collect = (node: ts.Node): void => {
            if (ts.isStringLiteral(node)) literals.push(node.text);
            ts.forEachChild(node, collect);
          };
          collect(source);
          expect(literals.filter((literal) => literal === value).length).toBeGreaterThanOrEqual(6);
          expect(literals.filter((literal) => literal !== value)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("prose, line and code", () => {
  const property = (check: (paragraphs: string[]) => void) =>
    fc.assert(
      fc.property(text, (value) => check(docs(prose(value), `Sent as ${code(value)}; ${line(value)}`))),
      { numRuns: 1000 },
    );

  it("stay inside one comment, without a tag, in a statement of text", () => {
    property((paragraphs) => {
      const source = constant({ name: "x", value: "1", docs: paragraphs, isExported: false });
      const { comments, code: rest } = scan(source);
      expect(comments).toHaveLength(1);
      expect(rest.trim()).toBe("const x = 1;");
      expect(tagsOf(source)).toEqual([]);
    });
  });

  it("stay inside one comment, without a tag, as ts-morph prints them", () => {
    property((paragraphs) => {
      const statement = { kind: StructureKind.TypeAlias, name: "X", type: "1", docs: paragraphs } as const;
      const [file] = printFiles("// header", [{ path: "x.ts", statements: [statement] }]);
      const { comments, code: rest } = scan(file?.text ?? "");
      expect(comments).toHaveLength(2);
      expect(rest.trim()).toBe("type X = 1;");
      expect(tagsOf(file?.text ?? "")).toEqual([]);
    });
  });

  it("hold no character that nobody sees, and one line stays one", () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(prose(value)).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\u2028\u2029\u202e\ufeff]/u);
        expect(line(value)).not.toContain("\n");
        expect(code(value)).toMatch(/^`[^`\n]*`$/);
      }),
      { numRuns: 500 },
    );
  });

  it("leave what is harmless as it is", () => {
    const harmless = "Two lines:\n  `code`, a@b.example, 50 % of {x} — 待受理 😀";
    expect(prose(harmless)).toBe(harmless);
    expect(docs(undefined, " ", "one")).toEqual(["one"]);
    expect(docs("one", "two")).toEqual(["\none\n\ntwo"]);
    expect(docs(undefined)).toEqual([]);
  });
});
