import { getLineColLocation, Source } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import { JsonSource } from "../../generator/json-source.js";
import { loadSpec } from "../../generator/load.js";
import { childPointer, pointerKeys } from "../../generator/place.js";
import { findingsOf, folderOf, head } from "./load-folder.js";

const text = String.raw`  {
  "plain": "a \"quoted\" , ] } text \\", "e\u0073caped\"": [ 1, -2.5e3 ,true,null, "\\\\" ],
  "empty": {}, "none": [], "": { "/~": [ [ ], [ { "deep" : { "er": 0 } } ] ] }
 ,"last":false }

`;

function pointersOf(value: unknown, pointer = "#/"): readonly string[] {
  if (typeof value !== "object" || value === null) return [pointer];
  return [pointer, ...Object.entries(value).flatMap(([key, item]) => pointersOf(item, childPointer(pointer, key)))];
}

describe("a text of JSON", () => {
  it.each([
    ["with line feeds", text],
    ["with carriage returns", text.replaceAll("\n", "\r\n")],
    ["in one line", JSON.stringify(JSON.parse(text))],
  ])("%s has each thing where the parser of YAML finds it", (_, body) => {
    const json = new JsonSource("spec.json", body);
    const yaml = new Source("spec.json", body);
    const pointers = pointersOf(json.parse());
    expect(pointers.length).toBeGreaterThan(15);
    for (const pointer of [...pointers, "#/plain/absent", "#/none/7", "#/absent"]) {
      for (const reportOnKey of [true, false]) {
        const [ours, theirs] = [json, yaml].map((source) => getLineColLocation({ source, pointer, reportOnKey }).start);
        expect({ pointer, start: ours }).toEqual({ pointer, start: theirs });
        const { line, col: column } = theirs ?? {};
        expect({ pointer, ...json.placeOf(pointerKeys(pointer), reportOnKey) }).toEqual({ pointer, line, column });
      }
    }
  });

  it.each([
    ["YAML", "{ a: 1 }"],
    ["a key twice", '{ "a": { "b": 1, "b": 2 } }'],
    ["a key twice, once escaped", '{ "b": 1, "\\u0062": 2 }'],
    ["a number without end", '{ "a": 1e999 }'],
    ["half of it", '{ "a": '],
    ["half of a comment", '{ "a": 1 } /* b'],
    ["YAML with addresses that no scheme stands before", "{ a: //b.c, /*: [//d.e] }"],
  ])("is none: %s", (_, body) => {
    expect(new JsonSource("spec.json", body).parse()).toBeUndefined();
  });

  it("is the same document as it is in YAML", () => {
    expect(new JsonSource("spec.json", text).parse()).toEqual(JSON.parse(text));
  });

  it("with a key twice is told where", async () => {
    const spec = '{ "openapi": "3.1.0", "info": { "title": "A", "version": "1" },\n  "paths": {},\n  "paths": {} }';
    const cwd = await folderOf({ "spec.json": spec });
    expect(await findingsOf(loadSpec("spec.json", { cwd }))).toMatchObject([
      { code: "spec-syntax", file: "spec.json", line: 3, column: 4 },
    ]);
  });
});

describe("JSON with comments", () => {
  const paths = '"/a/*": {"get": {"summary": "// no /* comment */ \\\\", "responses": {}}}';
  const commented = [
    "/* of the whole */",
    "{",
    '  "openapi": "3.1.0", // one "quoted"',
    "  // {",
    '  "info": {"title": "t", "version": "1"},',
    "  /* the",
    '     paths */ "paths": {',
    `    ${paths}`,
    "  }",
    "}",
    "",
  ].join("\n");

  it("is read as if they were blanks, and told once", async () => {
    const cwd = await folderOf({ "spec.json": commented });
    const { diagnostics, document, locate } = await loadSpec("spec.json", { cwd });
    expect(document).toEqual({
      openapi: "3.1.0",
      info: { title: "t", version: "1" },
      paths: { "/a/*": { get: { summary: "// no /* comment */ \\", responses: {} } } },
    });
    expect(diagnostics).toEqual([
      {
        code: "spec-mended",
        severity: "warning",
        message: "JSON has no comments: they are left out",
        file: "spec.json",
        line: 1,
        column: 1,
        pointer: "#",
      },
    ]);
    expect(locate("#/info")).toMatchObject({ line: 5, column: 3 });
    expect(locate("#/paths")).toMatchObject({ line: 7, column: 15 });
    expect(locate("#/paths/~1a~1*/get/responses")).toMatchObject({ line: 8, column: 59 });
  });

  it("may have commas behind the last of a list", async () => {
    const text =
      '{"openapi": "3.1.0", "info": {"title": ",]", "version": "1",},\n// c\n"paths": {}, "x-a": [1, 2, ], }';
    const cwd = await folderOf({ "spec.json": text, "plain.json": text.replace("// c", "") });
    const { diagnostics, document, locate } = await loadSpec("spec.json", { cwd });
    expect(document).toEqual({
      openapi: "3.1.0",
      info: { title: ",]", version: "1" },
      paths: {},
      "x-a": [1, 2],
    });
    expect(diagnostics).toMatchObject([{ code: "spec-mended", line: 2, column: 1 }]);
    expect(locate("#/x-a")).toMatchObject({ line: 3, column: 14 });
    const plain = await loadSpec("plain.json", { cwd });
    expect(plain).toMatchObject({ document, diagnostics: [] });
  });

  it("may be a file that is referred to", async () => {
    const spec = `${head}components: { schemas: { A: { $ref: "a.json#/A" }, B: { $ref: "b.yaml#/B" } } }\n`;
    const schema = (name: string) => `{ // of\n "${name}": { "type": "string" } }`;
    const cwd = await folderOf({ "spec.yaml": spec, "a.json": schema("A"), "b.yaml": schema("B") });
    const { diagnostics, document } = await loadSpec("spec.yaml", { cwd });
    expect(document.components).toEqual({ schemas: { A: { type: "string" }, B: { type: "string" } } });
    expect(diagnostics.map(({ code, file, line, column }) => [code, file, line, column])).toEqual([
      ["spec-mended", "a.json", 1, 3],
      ["spec-mended", "b.yaml", 1, 3],
    ]);
  });

  it("with a key twice is told where", async () => {
    const cwd = await folderOf({ "spec.json": commented.replace('"info"', '"openapi"') });
    expect(await findingsOf(loadSpec("spec.json", { cwd }))).toMatchObject([
      { code: "spec-syntax", line: 5, column: 4 },
    ]);
  });

  it("is what YAML makes of it where it is none: an address without its scheme is a text", async () => {
    const flow = "{ openapi: 3.1.0, info: { title: t, version: '1' }, servers: [{ url: //a.b/c }], paths: {} }";
    const cwd = await folderOf({ "spec.yaml": flow });
    const { diagnostics, document } = await loadSpec("spec.yaml", { cwd });
    expect({ diagnostics, servers: document.servers }).toEqual({ diagnostics: [], servers: [{ url: "//a.b/c" }] });
  });
});
