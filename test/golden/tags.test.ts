import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate } from "../../generator/pipeline.js";
import { specFolder } from "./packages.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

let specs: string;
/** A project that has the package in `node_modules`, compiled. */
let project: string;
let exports: Readonly<Record<string, { readonly default: string }>>;

beforeAll(async () => {
  specs = await specFolder();
  project = await mkdtemp(join(tmpdir(), "specproof-tags-"));
  const out = join(project, "node_modules/tagged");
  await generate({ spec: "tags.yaml", out, name: "tagged", lint: false, cwd: specs });
  exports = JSON.parse(await readFile(join(out, "package.json"), "utf8")).exports;
  await symlink(join(root, "node_modules/openapi-fetch"), join(project, "node_modules/openapi-fetch"), "junction");
  for (const file of await readdir(join(out, "src"), { recursive: true })) {
    if (!file.endsWith(".ts")) continue;
    const source = await readFile(join(out, "src", file), "utf8");
    const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, verbatimModuleSyntax: true };
    const { outputText } = ts.transpileModule(source, { compilerOptions: options });
    const target = join(out, "dist", file.replace(/\.ts$/, ".js"));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, outputText);
  }
});
afterAll(async () => {
  await rm(specs, { recursive: true, force: true });
  await rm(project, { recursive: true, force: true });
});

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: project },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

describe("a package of several tags", () => {
  it("has an entry for each, under a name that is free and safe", () => {
    expect(Object.entries(exports).map(([name, entry]) => [name, entry.default ?? entry])).toEqual([
      [".", "./dist/index.js"],
      ["./node", "./dist/node.js"],
      ["./repos", "./dist/operations/repos.js"],
      ["./git", "./dist/operations/git.js"],
      ["./node-2", "./dist/operations/node-2.js"],
      ["./repos-2", "./dist/operations/repos-2.js"],
      ["./unnamed", "./dist/operations/unnamed.js"],
      ["./openapi.json", "./openapi.json"],
      ["./package.json", "./package.json"],
    ]);
  });

  it.each(["tagged", "tagged/repos"])("from %s, an operation comes without the others", async (from) => {
    const text = await bundle(`export { reposGetContent } from ${JSON.stringify(from)};`);
    expect(text).toContain("repos/get-content");
    expect(text).not.toMatch(/repos\/delete-content|git\/list-objects|listNodes/);
  });

  it("an operation of two tags comes from either, and is one", async () => {
    const text = await bundle(`
      import { reposDeleteContent as a } from "tagged/repos";
      import { reposDeleteContent as b } from "tagged/git";
      export default [a, b];`);
    expect(text.match(/repos\/delete-content/g)).toHaveLength(1);
    expect(text).not.toMatch(/repos\/get-content|git\/list-objects/);
  });

  it("of nothing that is used is empty", async () => {
    expect(await bundle('import "tagged/repos"; import "tagged";')).toBe("");
  });
});
