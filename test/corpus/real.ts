/** What a real document gives: the same bytes each time, a package that every compiler takes, and counts as pinned. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Diagnostic } from "../../generator/diagnostics.js";
import { generate } from "../../generator/pipeline.js";
import type { Operation } from "../../generator/runtime/descriptor.js";
import { strictest } from "../types/compile.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** A document, and what comes of it. */
export interface RealDocument {
  readonly spec: string;
  readonly operations: number;
  readonly parameters: number;
  /** Modules that hold what a value is checked with. */
  readonly schemas: number;
  /** How many there are of each diagnostic. */
  readonly diagnostics: Readonly<Record<string, number>>;
  /** Operations without a function, where the document itself is at fault: `operationId: reason`. */
  readonly knownFailures: Readonly<Record<string, string>>;
  /** Folders of `node_modules`; the first one's code is run. */
  readonly compilers: readonly string[];
}

/** Declares the tests of one document. */
export function testDocument(name: string, document: RealDocument): void {
  describe(name, () => {
    let folder: string;
    let diagnostics: readonly Diagnostic[];
    let files: readonly string[];
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "specproof-corpus-"));
      await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
      await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
      const results = [];
      for (const out of ["first", "second"]) {
        const [result] = await generate({ spec: document.spec, out, name: "real", cwd: folder });
        if (!result) throw new Error("nothing was generated");
        results.push(result);
      }
      expect(results.map(({ outcome }) => outcome)).toEqual(["written", "written"]);
      diagnostics = results[0]?.diagnostics ?? [];
      files = await filesOf(join(folder, "first"));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    it("gives the same bytes each time", async () => {
      expect(await filesOf(join(folder, "second"))).toEqual(files);
      for (const file of files) {
        const [first, second] = await Promise.all(
          ["first", "second"].map((out) => readFile(join(folder, out, file), "utf8")),
        );
        if (first !== second) expect.fail(`${file} differs`);
      }
    });

    it("compiles under every compiler, with the strictest settings, and has the counts that are pinned", async () => {
      for (const [index, compiler] of document.compilers.entries()) {
        expect({ compiler, findings: await compile(folder, compiler, index > 0) }).toEqual({ compiler, findings: "" });
      }
      const entry = pathToFileURL(join(folder, "first/dist/index.js")).href;
      const operations = Object.values((await import(entry)) as object).filter(isOperation);
      expect({
        operations: operations.length,
        parameters: operations.reduce((sum, { parameters }) => sum + parameters.length, 0),
        schemas: files.filter((file) => file.startsWith("src/schemas/")).length,
        diagnostics: counted(diagnostics),
      }).toEqual({
        operations: document.operations,
        parameters: document.parameters,
        schemas: document.schemas,
        diagnostics: document.diagnostics,
      });
    });

    it("gives each operation a function, but for the known failures", () => {
      const failed = diagnostics.flatMap(
        ({ message }) => /^operation `(.*)` gets no function/.exec(message)?.[1] ?? [],
      );
      expect(failed.sort()).toEqual(Object.keys(document.knownFailures).sort());
    });
  });
}

async function filesOf(top: string): Promise<readonly string[]> {
  const entries = await readdir(top, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(top.length + 1))
    .sort();
}

async function compile(folder: string, compiler: string, noEmit: boolean): Promise<string> {
  const project = join(folder, "first", `tsconfig.${compiler}.json`);
  const { noEmit: _, ...options } = strictest;
  await writeFile(
    project,
    JSON.stringify({
      compilerOptions: {
        ...options,
        lib: ["ES2022", "ES2024.String", "DOM", "DOM.Iterable", "ESNext.Disposable"],
        module: "nodenext",
        types: ["node"],
        rootDir: "src",
        outDir: "dist",
        noEmit,
      },
      include: ["src"],
    }),
  );
  const tsc = join(root, "node_modules", compiler, "bin/tsc");
  const { stdout } = await run(process.execPath, [tsc, "-p", project], { maxBuffer: 2 ** 26 }).catch(
    (error: { readonly stdout: string }) => error,
  );
  await rm(project);
  return stdout.slice(0, 2_000);
}

function isOperation(value: unknown): value is Operation {
  return typeof value === "object" && value !== null && "method" in value && "parameters" in value;
}

function counted(diagnostics: readonly Diagnostic[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { code } of diagnostics) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** In a plain clone, that lacks the documents. */
export function skipDocument(name: string): void {
  it.skip(`${name}: there are no documents in ../shared`);
}
