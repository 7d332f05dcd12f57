import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";
import { makeTypes } from "../../generator/compiler-pipeline.js";
import { loadSpec } from "../../generator/load.js";
import { mend } from "../../generator/mend.js";

const fixtures = fileURLToPath(new URL("fixtures/", import.meta.url));
const flagship = "../../../spec/openapi.yaml";
const documents = (await readdir(fixtures)).filter((name) => /\.(ya?ml|json)$/.test(name));

/** In a name that stands for a literal, openapi-typescript leaves what TypeScript would escape. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:u([\da-f]{4})|0)/gi, (_, code = "0") => String.fromCharCode(Number.parseInt(code, 16)));

it.each([flagship, ...documents])("the bindings of %s are laid out as TypeScript lays them out", async (name) => {
  const spec = await loadSpec(name, { cwd: fixtures });
  const { text } = makeTypes(mend(spec.document, spec.locate).document, name);
  const source = ts.createSourceFile("bindings.ts", text, ts.ScriptTarget.ESNext);
  expect(source).toHaveProperty("parseDiagnostics", []);
  const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
  expect(unescaped(text)).toBe(unescaped(printer.printFile(source)));
});
