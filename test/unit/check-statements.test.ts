import { describe, expect, it } from "vitest";
import { findMissing } from "../../generator/check-statements/finding.js";
import { checkStatements } from "../../generator/check-statements.js";

const others = ["src/client.ts", "src/runtime/call.ts", "src/runtime/client.ts", "src/runtime/style.ts"];

/** What is said of a module below `src/operations`, beside the files that it may import. */
function check(text: string, path = "src/operations/x.ts"): readonly string[] {
  const files = [...others.map((other) => ({ path: other, text: "" })), { path, text }];
  const { diagnostics, imports } = checkStatements([{ path, text }]);
  const missing = findMissing(new Map(files.map((file) => [file.path, file])), imports);
  return [...diagnostics, ...missing].map(({ code, severity, message }) => {
    expect({ code, severity }).toEqual({ code: "output-unsafe", severity: "error" });
    return message;
  });
}

const good = `// @generated from spec.yaml
import type { Client } from "../client.js";
import { call, type ApiCall } from "../runtime/call.js";
import { form } from "../runtime/style.js";
export { form, type ApiCall } from "../runtime/style.js";

/** A \\@ts-ignore with a backslash before it: @ts-ignore\n * /*@ts-ignore in its midst\n */
/** *@ts-ignore behind two stars */
export interface Input { readonly "a-b"?: string; readonly [computed: string]: unknown }
type Parameters = Input["a-b"] | (keyof Input & readonly string[]) | { readonly a?: -1; b: [Input, "c"] } | typeof form;

export const operation: Operation = /*@__PURE__*/ Object.freeze<Operation>({
  path: "/x", list: [1, -2.5, true, null, undefined, form], nested: { "a b": {}, 7: [], ["__proto__"]: 1 },
} as const);

export function run<K extends string = never>(client: Client<K>, input?: Input): ApiCall {
  return call(client, operation, input, { a: [1] });
}
`;

describe("a module of the output", () => {
  it("may hold imports and exports of its own package, types, data and known functions", () => {
    expect(check(good)).toEqual([]);
  });

  it("runs one known function with data where it is the program, and nowhere else", () => {
    const program =
      'import { call } from "./runtime/call.js";\nimport { runCli } from "./runtime/client.js";\nconst a = {};\n';
    expect(check(`#!/usr/bin/env node\n${program}runCli(a);`, "src/cli.ts")).toEqual([]);
    for (const text of ["call(a);", "runCli(a)();", "runCli(() => a());", "await runCli(a);", "a;"]) {
      expect(check(`${program}${text}`, "src/cli.ts"), text).toHaveLength(1);
    }
    expect(check(`${program}runCli(a);`, "src/other.ts")).toHaveLength(1);
    expect(check("#!x\rglobalThis.PWN = 1;\nexport const a = 1;", "src/cli.ts")).toHaveLength(1);
  });

  it.each([
    ["a statement that does something", "globalThis.PWN = 1;"],
    ["a call", "run();"],
    ["a call that is exported", "export const x = run();"],
    ["a call of a known function on import", 'import { call } from "../runtime/call.js";\nconst x = call(1);'],
    ["a known function that was not imported", 'export const x = fetch("http://a.test");'],
    ["a method of a global", "const x = Object.assign({}, {});"],
    ["a name that nothing declares", "const x = [process];"],
    ["a property of a global", "const x = globalThis.PWN;"],
    ["an import for what it does", 'import "../client.js";'],
    ["an import of another package", 'import { x } from "left-pad";'],
    ["an import of Node", 'import { x } from "node:fs";'],
    ["an import of what is not there", 'import { x } from "../other.js";'],
    ["an import from beyond the folder", 'import { x } from "../../../client.js";'],
    ["an import of everything", 'import * as x from "../client.js";'],
    ["a default import", 'import x from "../client.js";'],
    ["an import under another name", 'import { x as call } from "../client.js";'],
    ["an import with attributes", 'import { x } from "../client.js" with { type: "json" };'],
    ["an export of everything", 'export * from "../client.js";'],
    ["a default export", "export default 1;"],
    ["a dynamic import", 'const x = import("../client.js");'],
    ["a template", "const x = `a`;"],
    ["a template with a value", `const x = \`\${"a"}\`;`],
    ["a function as a value", "const x = () => 1;"],
    ["a getter", "const x = { get a() { return 1; } };"],
    ["a method", "const x = { a() {} };"],
    ["a spread", "const x = { ...{} };"],
    ["a computed key", "const x = { [1 + 1]: 1 };"],
    ["a prototype", "const x = { __proto__: null };"],
    ["a quoted prototype", 'const x = { "__proto__": null };'],
    ["a regular expression", "const x = /a/;"],
    ["a sum", "const x = 1 + 1;"],
    ["an assignment", "const x = (y = 1);"],
    ["a variable", "let x = 1;"],
    ["a pattern", "const { x } = {};"],
    ["an enumeration", "enum X { a = 1 }"],
    ["a class", "class X { static x = 1; }"],
    ["a namespace", "namespace X { const y = 1; }"],
    ["a declaration", "declare const x: 1;"],
    ["a block", "{ const x = 1; }"],
    ["an empty statement", ";"],
    ["a function that does more", "export function f() { const x = 1; return x; }"],
    ["a function that calls a global", "export function f() { return fetch(1); }"],
    ["a function with a default", "export function f(x = 1) { return x; }"],
    ["an asynchronous function", "export async function f() { return 1; }"],
    ["a generator", "export function* f() { return 1; }"],
    ["a function within", "export function f() { return () => 1; }"],
    ["a reference", '/// <reference path="../client.ts" />'],
    ["a comment that silences the compiler", "// @ts-nocheck"],
    ["a comment that silences a line", "// @ts-ignore\nconst x = 1;"],
    ["a comment of several lines that silences the next", "/* a\n * @ts-expect-error */ const x = 1;"],
    ["a comment that ends at a separator of lines", "const x = 1; // a\u2028run();"],
    ["a comment that ends at a carriage return", "const x = 1; // a\rrun();"],
    ["a string that is not closed in its line", 'const x = "a\n";'],
    ["a prototype in disguise", 'const x = { "\\u005f_proto__": 1 };'],
    ["a name in disguise", "const x = \\u0072un();"],
    ["a number that goes on as a name", "const x = 1run();"],
    ["a number of any size", "const x = 1n;"],
    ["a blank that is none", "const\u00a0x = 1;"],
    ["an interpreter that is named late", "#!/bin/sh"],
    ["a template as a type", "type X = `a`;"],
    ["a mapped type", "type X = { [K in keyof Y]: 1 };"],
    ["a function as a type, which a brace could end", "type X = () => {};"],
    ["a class as a type", "type X = typeof import('./client.js');"],
    ["what follows a type on another line", "type X = Y\n(run());"],
    ["an index that is a list on a line of its own", 'type X = Y\n["a"];'],
    ["type arguments that are an expression on a line of their own", "type X = Y\n<Z>run();"],
    ["a type that is a name", "type\nX = run();"],
    ["an interface that is a name", "interface\nX {}"],
    ["a return that ends with its line", "export function f(): X { return\nx; }"],
    ["a type that ends on the line before", "const x = y\nas\nrun();"],
    ["a member with a body", "interface X { a: 1; } run() { }"],
    ["a member with a value", "interface X { a = run(); }"],
    ["a computed member", "interface X { [run()]: 1; }"],
    ["a known call of another's", 'import { table } from "../client.js";\nconst x = table(1);'],
    ["a known call that is declared", "const table = x;"],
    ["a known function that is declared", "export function call(): X { return itemsOf(1); }"],
    ["a known call that is a parameter", "export function f(call: X): X { return call(1); }"],
    ["a type as a value", 'import type { Function } from "../client.js";\nconst x = Function;'],
    ["a type as a value, among values", 'import { type Function } from "../client.js";\nconst x = Function;'],
    ["a type of an expression", "type A = typeof { a: evil };"],
    ["a member without a name", "interface X { : string }"],
    ["a type that ends in a comment", "type /*\u2028*/ x = keyof (1);"],
    ["a return that ends in a comment", "export function f(): X { return /*\r*/ x; }"],
    ["an order in capitals", "// @TS-nocheck\nconst x = 1;"],
    ["a module by a name that is encoded", 'import { x } from "./%2e%2e/x.js";'],
    ["a name for what is known", 'import { Object } from "../client.js";'],
    ["a constant with such a name", "const Object = {};"],
    ["a function with such a name", "export function Object(): X { return 1; }"],
    ["a call of what a call gives", "const x = Object.freeze({})();"],
    ["a member of what is frozen", "const x = Object.freeze.call({});"],
    ["a name of what is not there yet", "export { y };"],
    ["a statement without its end", "const x = 1"],
    ["what does not parse", "const x = 'a\nb';"],
    ["an open comment", "const x = 1; /* "],
  ])("may not hold %s", (_, text) => {
    const before = "const a = 1;\n".repeat(text.startsWith("//") ? 0 : 2);
    const found = check(before + text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^src\/operations\/x\.ts:\d+ would hold /);
  });

  it("is named with the line and the beginning of what is wrong", () => {
    expect(check(`${good}\nglobalThis.PWN =\n  ${"1 + ".repeat(50)}1;`)).toEqual([
      `src/operations/x.ts:22 would hold an unknown statement or expression: \`globalThis.PWN = 1 + ${"1 + ".repeat(9)}1\``,
    ]);
  });
});
