import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createConfig } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { lintSpec } from "../../generator/lint.js";
import { loadSpec } from "../../generator/load.js";
import { untagged } from "../../generator/plain-data.js";
import { findingsOf, folderOf, head } from "./load-folder.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));

describe("what is not a document is named", () => {
  const cases: readonly {
    readonly name: string;
    readonly text: string | Uint8Array;
    readonly finding: Readonly<Record<string, unknown>>;
  }[] = [
    { name: "an empty file", text: "", finding: { code: "spec-syntax", message: "spec.yaml is empty." } },
    { name: "a comment only", text: "# nothing\n", finding: { code: "spec-syntax", message: "spec.yaml is empty." } },
    {
      name: "a tab",
      text: "openapi: 3.1.0\ninfo:\n\ttitle: x\n",
      finding: { code: "spec-syntax", line: 3, column: 1 },
    },
    {
      name: "an unclosed bracket in JSON",
      text: '{\n  "openapi": "3.1.0",\n  "paths": {\n',
      finding: { code: "spec-syntax", line: 4, pointer: "#" },
    },
    { name: "a key twice", text: `${head}info: {}\n`, finding: { code: "spec-syntax", line: 4, column: 1 } },
    {
      name: "two documents in one",
      text: `# first\n---\n${head}# second\n---\n${head}`,
      finding: { code: "spec-syntax", message: "A second document begins here.", line: 7, column: 1, pointer: "#" },
    },
    {
      name: "two documents in one, by the end of the first",
      text: `%YAML 1.2\n--- # first\n${head}...\n\n# second\nopenapi: 3.1.0\n`,
      finding: { code: "spec-syntax", message: "A second document begins here.", line: 9 },
    },
    {
      name: "a key that is a list",
      text: `${head}x-a:\n  b: *a\n  ? [a, b]\n  : x\n`.replace("*a", "1"),
      finding: { code: "spec-syntax", message: "A key is a list or an object.", line: 6, column: 5, pointer: "#" },
    },
    {
      name: "a key that is an object, in a list",
      text: `${head}x-a: [1, { b: { { c: d }: 1 } }]\n`,
      finding: { code: "spec-syntax", line: 4, column: 17, pointer: "#" },
    },
    {
      name: "a key that is an alias of a list",
      text: `${head}x-a: [&a [b], &t text]\nx-b: { *t : 1 }\nx-c:\n  *a : 1\n`,
      finding: { code: "spec-syntax", message: "A key is a list or an object.", line: 7, column: 3 },
    },
    {
      name: "bytes",
      text: new Uint8Array([0xff, 0xfe, 0x00]),
      finding: { code: "spec-syntax", line: 1, pointer: "#" },
    },
    {
      name: "another encoding",
      text: new Uint8Array([0x61, 0x0a, 0x62, 0xe9, 0x0a]),
      finding: {
        code: "spec-syntax",
        message: "spec.yaml cannot be read: it is not text in UTF-8.",
        line: 2,
        pointer: "#",
      },
    },
    {
      name: "an alias that contains itself",
      text: `${head}x-loop: &loop\n  again: *loop\n`,
      finding: { code: "spec-syntax", line: 5, pointer: "#/x-loop/again" },
    },
    {
      name: "a number that JSON lacks",
      text: `${head}x-n: .nan\n`,
      finding: { code: "spec-syntax", pointer: "#/x-n" },
    },
    {
      name: "a set",
      text: `${head}x-a:\n  b: !!set { c }\n`,
      finding: { code: "spec-syntax", line: 5, column: 3, pointer: "#/x-a/b", fix: untagged },
    },
    {
      name: "bytes by a tag",
      text: `${head}x-a:\n  b: !!binary aGVsbG8=\n`,
      finding: { code: "spec-syntax", line: 5, column: 3, pointer: "#/x-a/b", fix: untagged },
    },
    {
      name: "bytes by a tag that is written out, below others",
      text: `${head}x-a: [1, !!str 2, { b: !<tag:yaml.org,2002:binary> aGk= }]\n`,
      finding: { code: "spec-syntax", line: 4, column: 21, pointer: "#/x-a/2/b", fix: untagged },
    },
    { name: "a list", text: "- openapi\n", finding: { code: "spec-version", line: 1, pointer: "#" } },
    { name: "a text", text: "Dear reader\n", finding: { code: "spec-version" } },
    { name: "something else", text: "name: x\n", finding: { code: "spec-version" } },
    {
      name: "Swagger 2",
      text: 'info: {}\nswagger: "2.0"\n',
      finding: { code: "spec-version", message: "The document is Swagger 2.0.", line: 2, pointer: "#/swagger" },
    },
    {
      name: "OpenAPI 4",
      text: "openapi: 4.0.0\n",
      finding: { code: "spec-version", message: '`openapi` is "4.0.0".', line: 1, pointer: "#/openapi" },
    },
    {
      name: "a version that is a number",
      text: "openapi: 4.1\n",
      finding: { code: "spec-version", fix: 'Write it as text with three parts: "4.1.0".' },
    },
    {
      name: "a version of one part",
      text: 'openapi: "3"\n',
      finding: { code: "spec-version", message: '`openapi` is "3".', line: 1, pointer: "#/openapi" },
    },
  ];
  test.each(cases)("$name", async ({ text, finding }) => {
    const cwd = await folderOf({ "spec.yaml": text });
    const findings = await findingsOf(loadSpec("spec.yaml", { cwd }));
    expect(findings).toEqual([expect.objectContaining({ severity: "error", file: "spec.yaml", ...finding })]);
    expect(JSON.stringify(findings)).not.toContain(cwd);
  });

  test("a file that does not exist, a folder, an address", async () => {
    const cwd = await folderOf({ "folder/spec.yaml": head });
    const [missing] = await findingsOf(loadSpec("missing.yaml", { cwd }));
    expect(missing).toMatchObject({ code: "spec-not-found", file: "missing.yaml" });
    expect(missing?.message).toBe("missing.yaml cannot be read: it does not exist.");
    const [folder] = await findingsOf(loadSpec("folder", { cwd }));
    expect(folder).toMatchObject({ code: "spec-not-found", message: "folder cannot be read: it is a folder." });
    const [address] = await findingsOf(loadSpec("https://example.com/openapi.yaml", { cwd }));
    expect(address).toMatchObject({ code: "spec-not-found", file: "https://example.com/openapi.yaml" });
  });
});

describe("a document", () => {
  test("of 3.0 or 3.1, YAML or JSON, is parsed and not bundled", async () => {
    const json = '\uFEFF{ "openapi": "3.0.3", "info": { "title": "Test", "version": "1" },\r\n "paths": {} }';
    const cwd = await folderOf({ "spec.yaml": head, "old.json": json });
    const spec = await loadSpec("spec.yaml", { cwd });
    expect(spec).toMatchObject({ file: "spec.yaml", path: join(cwd, "spec.yaml"), version: "3.1", bundled: false });
    expect(spec.document).toEqual({ openapi: "3.1.0", info: { title: "Test", version: "1" }, paths: {} });
    expect(spec.sources).toEqual(["spec.yaml"]);
    expect(spec.diagnostics).toEqual([]);
    expect(await loadSpec("old.json", { cwd })).toMatchObject({
      version: "3.0",
      bundled: false,
      document: { openapi: "3.0.3", info: { title: "Test", version: "1" }, paths: {} },
    });
  });

  test.each([
    ['"3.1"', "3.1", 'is "3.1": it is read as "3.1.0"'],
    ["3.1", "3.1", 'is the number 3.1: it is read as "3.1.0"'],
    ["3.0", "3.0", 'is the number 3: it is read as "3.0.0"'],
    ["'3.2'", "3.2", 'is "3.2": it is read as "3.2.0"'],
  ])("of version %s is one of %s, drawn together or not", async (written, version, says) => {
    const text = `# c\n${head.replace("3.1.0", written)}`;
    const cwd = await folderOf({
      "spec.yaml": text,
      "whole.yaml": `${text}x-a: { $ref: "a.yaml" }\n`,
      "a.yaml": "a: 1",
    });
    for (const [file, bundled] of [
      ["spec.yaml", false],
      ["whole.yaml", true],
    ] as const) {
      const spec = await loadSpec(file, { cwd });
      expect(spec).toMatchObject({ version, bundled, document: { openapi: `${version}.0` } });
      expect(spec.diagnostics).toEqual([
        {
          ...{ code: "spec-mended", severity: "warning", message: `\`openapi\` ${says}` },
          ...{ file, line: 2, column: 1, pointer: "#/openapi" },
        },
      ]);
      expect(await lintSpec(spec, { config: await createConfig({}), isAdvice: false })).toEqual([]);
    }
  });

  test("is named from the working folder, with forward slashes", async () => {
    const cwd = await folderOf({ "deep/er/spec.yaml": head, "other/x.txt": "" });
    expect((await loadSpec(join(cwd, "deep/er/spec.yaml"), { cwd })).file).toBe("deep/er/spec.yaml");
    expect((await loadSpec("../deep/er/spec.yaml", { cwd: join(cwd, "other") })).file).toBe("../deep/er/spec.yaml");
  });

  test("may itself be a symbolic link", async () => {
    const cwd = await folderOf({ "real/spec.yaml": head, "here/x.txt": "" });
    await symlink(join(cwd, "real/spec.yaml"), join(cwd, "here/spec.yaml"));
    expect((await loadSpec("here/spec.yaml", { cwd })).version).toBe("3.1");
  });

  test("keeps dates as texts", async () => {
    const cwd = await folderOf({ "spec.yaml": `${head}x-date: 2026-11-24\n` });
    expect((await loadSpec("spec.yaml", { cwd })).document["x-date"]).toBe("2026-11-24");
  });

  test("is the same each time", async () => {
    const [first, second] = await Promise.all([1, 2].map(() => loadSpec("spec/openapi.yaml", { cwd: repository })));
    expect(JSON.stringify(first?.document)).toBe(JSON.stringify(second?.document));
    expect(first?.sources).toEqual(["spec/examples/service-tickets.yaml", "spec/openapi.yaml"]);
  });
});

describe("locate", () => {
  test("finds keys, items and, where nothing is, the nearest parent", async () => {
    const text = `${head}components:\n  schemas:\n    "a/b~c%20":\n      enum:\n        - one\n        - two\n`;
    const { locate } = await loadSpec("spec.yaml", { cwd: await folderOf({ "spec.yaml": text }) });
    const pointer = "#/components/schemas/a~1b~0c%20";
    expect(locate(pointer)).toEqual({ file: "spec.yaml", line: 6, column: 5, pointer });
    expect(locate(`${pointer}/enum/1`)).toEqual({
      file: "spec.yaml",
      line: 9,
      column: 11,
      pointer: `${pointer}/enum/1`,
    });
    expect(locate(`${pointer}/maxLength`)).toMatchObject({ line: 6, column: 5 });
    expect(locate("#")).toEqual({ file: "spec.yaml", line: 1, column: 1, pointer: "#" });
  });

  test.each([
    ["YAML", `${head.replace("{}", "")}  /a: {}\n  "":\n    get:\n      "": [{ nope: 1 }]\n`],
    [
      "JSON",
      '{"openapi": "3.1.0",\n"info": {"title": "t", "version": "1"},\n"paths": {\n"/a": {},\n"":\n{\n"get": {"":\n[{\n"nope": 1}]}}}}',
    ],
  ])("finds what lies below an empty key: %s", async (format, text) => {
    const { locate } = await loadSpec("spec.yaml", { cwd: await folderOf({ "spec.yaml": text }) });
    const lines = format === "YAML" ? [5, 6, 7, 7] : [5, 7, 7, 9];
    const pointers = ["#/paths/", "#/paths//get", "#/paths//get/", "#/paths//get//0/nope"];
    expect(pointers.map((pointer) => locate(pointer))).toEqual(
      pointers.map((pointer, index) => expect.objectContaining({ pointer, line: lines[index] })),
    );
    expect(locate("#/paths//put/x")).toMatchObject({ pointer: "#/paths//put/x", line: 5 });
    expect(locate("#/info//x")).toMatchObject({ pointer: "#/info//x", line: 2 });
  });

  test("finds what was drawn in from another file there", async () => {
    const cwd = await folderOf({
      "spec.yaml":
        'openapi: 3.1.0\ninfo: { title: Test, version: "1" }\npaths:\n  /pets:\n    $ref: paths/pets.yaml\n' +
        "components:\n  schemas:\n    Own: { type: string }\n",
      "paths/pets.yaml":
        "get:\n  responses:\n    '200':\n      description: Pets\n      content:\n        application/json:\n" +
        "          schema:\n            $ref: ../schemas.yaml#/Pet\n",
      "schemas.yaml": "Cat: {}\nPet:\n  type: object\n  properties:\n    name: { type: string }\n",
    });
    const { bundled, document, locate, sources } = await loadSpec("spec.yaml", { cwd });
    expect(bundled).toBe(true);
    expect(sources).toEqual(["paths/pets.yaml", "schemas.yaml", "spec.yaml"]);
    expect(document).toMatchObject({
      paths: { "/pets": { get: { responses: { 200: { description: "Pets" } } } } },
      components: { schemas: { Pet: { type: "object" } } },
    });
    expect(locate("#/components/schemas/Pet/properties/name")).toEqual({
      file: "schemas.yaml",
      line: 5,
      column: 5,
      pointer: "#/Pet/properties/name",
    });
    const responses = "#/paths/~1pets/get/responses/200";
    expect(locate(responses)).toMatchObject({ file: "paths/pets.yaml", line: 3, pointer: "#/get/responses/200" });
    expect(locate(`${responses}/description`)).toMatchObject({ file: "paths/pets.yaml", line: 4 });
    expect(locate("#/components/schemas/Own/type")).toMatchObject({ file: "spec.yaml", line: 8 });
    expect(locate("#/info/title")).toMatchObject({ file: "spec.yaml", line: 2 });
  });
});
