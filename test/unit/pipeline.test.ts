import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DiagnosticCode } from "../../generator/diagnostics.js";
import type { GenerateOptions } from "../../generator/options.js";
import { generate } from "../../generator/pipeline.js";
import type { GenerateResult, Stage } from "../../generator/run-job.js";
import { findingsOf, folderOf, head } from "./load-folder.js";

const good = [
  "openapi: 3.1.0",
  'info: { title: Notes, version: "1" }',
  "paths:",
  "  /notes:",
  "    get:",
  "      operationId: listNotes",
  "      parameters: [{ name: limit, in: query, schema: { type: integer, maximum: 10 } }]",
  '      responses: { "204": { description: Done } }',
  "",
].join("\n");

async function run(cwd: string, options: GenerateOptions = {}): Promise<GenerateResult> {
  const [result] = await generate({ spec: "spec.yaml", out: "out", lint: false, cwd, ...options });
  if (!result) throw new Error("there is no result");
  return result;
}

/** Every file of a folder with its text. */
async function contentOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.sort().map(async (path) => [path, await readFile(path, "utf8")] as const)));
}

describe("generate", () => {
  it("says of a file that cannot be read that it is none, with Redocly's rules and without", async () => {
    const cwd = await folderOf({ "file.yaml": good });
    await symlink("circle.yaml", join(cwd, "circle.yaml"));
    for (const spec of ["circle.yaml", "file.yaml/x.yaml", "absent.yaml"]) {
      for (const lint of [true, false]) {
        const { outcome, diagnostics } = await run(cwd, { spec, lint });
        expect([outcome, diagnostics.map(({ code }) => code)], spec).toEqual(["failed", ["spec-not-found"]]);
      }
    }
  });

  it("writes once, then says that nothing changed; --check agrees and writes nothing", async () => {
    const cwd = await folderOf({ "spec.yaml": good });
    const stages: Stage[] = [];
    const options = { spec: "spec.yaml", out: "out", lint: false, cwd };
    const [first] = await generate(options, (stage) => stages.push(stage));
    expect(first).toMatchObject({ outcome: "written", job: { package: "spec", version: "0.0.0" }, diagnostics: [] });
    expect(stages).toEqual(["load", "model", "emit", "bindings", "write"]);
    expect((await contentOf(join(cwd, "out"))).size).toBe((first?.files ?? 0) + 1);
    expect(await run(cwd)).toMatchObject({ outcome: "unchanged" });
    expect(await run(cwd, { check: true })).toMatchObject({ outcome: "unchanged", diagnostics: [] });
  });

  it("--check names the file and the cause after one changed bound, and leaves the folder alone", async () => {
    const cwd = await folderOf({ "spec.yaml": good });
    await run(cwd);
    await writeFile(join(cwd, "spec.yaml"), good.replace("maximum: 10", "maximum: 11"));
    const before = await contentOf(join(cwd, "out"));
    const { outcome, diagnostics } = await run(cwd, { check: true });
    expect(outcome).toBe("differs");
    expect(diagnostics.map(({ file }) => file)).toEqual([
      "out/README.md",
      "out/openapi.json",
      "out/src/commands/untagged.ts",
      "out/src/operations/untagged.ts",
    ]);
    expect(new Set(diagnostics.map(({ cause }) => cause))).toEqual(
      new Set(["The spec has changed since the folder was generated."]),
    );
    expect(await contentOf(join(cwd, "out"))).toEqual(before);
  });

  it("--check of a package with another name says so", async () => {
    const cwd = await folderOf({ "spec.yaml": good });
    await run(cwd);
    const { diagnostics } = await run(cwd, { check: true, name: "other" });
    expect(diagnostics.map(({ file }) => file)).toContain("out/package.json");
    expect(diagnostics[0]?.cause).toBe("The name or the version of the package has changed.");
  });

  it("--check of what is no folder is a diagnostic", async () => {
    const cwd = await folderOf({ "spec.yaml": good, out: "a file" });
    expect(await run(cwd, { check: true })).toMatchObject({
      outcome: "failed",
      diagnostics: [{ code: "output-unwritable", file: "out" }],
    });
  });

  it.each<readonly [string, string, DiagnosticCode, GenerateOptions]>([
    ["load", "openapi: 3.1.0\n  paths: x", "spec-syntax", {}],
    ["lint", good, "lint", { lint: true }],
    ["the model, with --strict", good.replace("in: query", "in: cookie"), "coverage-not-honoured", { strict: true }],
    ["a shape", `${good}components: { parameters: 7 }\n`, "spec-shape", {}],
    ["write", good.replace("maximum: 10", "maximum: 11"), "output-foreign", {}],
  ])("a failure of %s leaves the folder as it was", async (stage, text, code, options) => {
    const cwd = await folderOf({ "spec.yaml": good });
    await run(cwd);
    await writeFile(join(cwd, "spec.yaml"), text);
    if (stage === "write") await writeFile(join(cwd, "out/src/mine.ts"), "mine");
    if (stage === "lint") await writeFile(join(cwd, "redocly.yaml"), "extends: [recommended]\n");
    const before = await contentOf(join(cwd, "out"));
    const result = await run(cwd, options);
    expect(result).toMatchObject({ outcome: "failed", files: 0 });
    const errors = result.diagnostics.filter(({ severity }) => severity === "error");
    expect(new Set(errors.map((error) => error.code))).toEqual(new Set([code]));
    expect(errors.every(({ file }) => file !== undefined)).toBe(true);
    expect(await contentOf(join(cwd, "out"))).toEqual(before);
    const own = stage === "lint" ? ["redocly.yaml"] : [];
    expect((await readdir(cwd)).sort()).toEqual(["out", ...own, "spec.yaml"]);
  });

  it("works through every entry of redocly.yaml, though one document is bad, and tells its warnings once", async () => {
    const entry = (name: string) => ({
      root: `${name}.yaml`,
      "x-specproof": { out: `out/${name}`, package: name, version: "1.0.0" },
    });
    const config = { apis: { bad: entry("bad"), good: entry("good") }, rules: { "no-such-rule": "error" } };
    const cwd = await folderOf({ "redocly.yaml": JSON.stringify(config), "bad.yaml": "a: b\n", "good.yaml": good });
    const results = await generate({ cwd, lint: false });
    expect(results.map(({ job, outcome }) => `${job.package} ${outcome}`)).toEqual(["bad failed", "good written"]);
    expect(results.map(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual([
      ["config-invalid", "spec-version"],
      [],
    ]);
    expect(await readdir(join(cwd, "out"))).toEqual(["good"]);
  });

  it("throws where there is nothing to work on", async () => {
    const cwd = await folderOf({});
    expect(await findingsOf(generate({ cwd }))).toMatchObject([{ code: "config-invalid", severity: "error" }]);
  });

  it("names the document in each file as it lies to the folder, and no more than its name where it lies elsewhere", async () => {
    const cwd = await folderOf({ "deep/spec.yaml": `${head}` });
    await mkdir(join(cwd, "elsewhere"));
    for (const [out, shown] of [
      ["out", "deep/spec.yaml"],
      ["deep/out", "spec.yaml"],
      ["elsewhere/out", "spec.yaml"],
    ] as const) {
      await run(cwd, { spec: "deep/spec.yaml", out });
      const [header] = (await readFile(join(cwd, out, "src/index.ts"), "utf8")).split("\n");
      expect(header).toBe(`// @generated by specproof from ${shown}. Do not edit; run npm run generate.`);
    }
  });
});
