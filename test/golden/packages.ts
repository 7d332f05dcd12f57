/** The fixtures as packages: generated, compiled under the strictest settings, and imported. */
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { generate } from "../../generator/pipeline.js";
import type { GenerateResult } from "../../generator/run-job.js";
import type { ApiCall } from "../../generator/runtime/call.js";
import type { Operation } from "../../generator/runtime/descriptor.js";
import type { CallOptions } from "../../generator/runtime/options.js";
import type { Failure, Success } from "../../generator/runtime/types.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const fixtures = fileURLToPath(new URL("./fixtures", import.meta.url));

/** The names of the fixtures, sorted. */
export const names: readonly string[] = (await readdir(fixtures))
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.slice(0, -".yaml".length))
  .sort();

/** Everything made from the fixtures, in a folder outside the repository. */
export interface Packages {
  readonly results: ReadonlyMap<string, GenerateResult>;
  /** What the compiler has to say, one finding a line. */
  readonly findings: readonly string[];
  /** Text by path of a package, as generated. */
  readonly files: (name: string) => Promise<ReadonlyMap<string, string>>;
  readonly load: (name: string) => Promise<Package>;
  /** Where the compiled modules of a package lie. */
  readonly folder: (name: string) => string;
  readonly remove: () => Promise<void>;
}

/** One package, compiled and imported. */
export interface Package {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly client: (options: Readonly<Record<string, unknown>>) => unknown;
  readonly call: (client: unknown, name: string, input?: object, options?: CallOptions) => ApiCall<Success, Failure>;
  readonly descriptor: (name: string) => Operation;
}

/** A folder with a copy of every fixture's document. */
export async function specFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "specproof-golden-"));
  await cp(fixtures, folder, { recursive: true });
  return folder;
}

/** Generates and compiles fixtures, all of them unless told which. A file `<name>.use.ts` beside a document is compiled as code of its package's user. */
export async function makePackages(
  wanted: readonly string[] = names,
  settings?: ts.CompilerOptions,
): Promise<Packages> {
  const folder = await specFolder();
  return packagesFrom(
    wanted.map((name) => ({ name, spec: join(folder, `${name}.yaml`) })),
    folder,
    settings,
  );
}

/** For what only runs the packages: that their types are right is tested elsewhere, and is most of the compiler's work. */
export const unchecked: ts.CompilerOptions = { noCheck: true, declaration: false };

/** Generates and compiles documents, each as the package of its name. A document that is refused has a result and no package. */
export async function packagesFrom(
  documents: readonly { readonly name: string; readonly spec: string }[],
  folder: string,
  settings: ts.CompilerOptions = {},
): Promise<Packages> {
  const generated = join(folder, "generated");
  const results = new Map<string, GenerateResult>();
  for (const { name, spec } of documents) {
    const [result] = await generate({ spec, out: `generated/${name}`, name, lint: false, cwd: folder });
    if (result) results.set(name, result);
  }
  const before = await readAll(generated);
  const findings = await compile(folder, generated, [...before.keys()].sort(), settings);
  const sources = (name: string) => join(folder, "out", name, "src");
  return {
    results,
    findings,
    files: async (name) => before.get(name) ?? new Map(),
    load: async (name) => packageOf(await import(pathToFileURL(join(sources(name), "index.js")).href)),
    folder: sources,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Text by path, by the folder it lies in. */
export async function readAll(folder: string): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const found = new Map<string, Map<string, string>>();
  for (const name of await readdir(folder)) {
    const files = new Map<string, string>();
    for (const entry of await readdir(join(folder, name), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(path.slice(join(folder, name).length + 1), await readFile(path, "utf8"));
    }
    found.set(name, files);
  }
  return found;
}

/** The runtime is the same in every package: it is compiled once, and `rootDirs` lets each package find it. */
async function compile(
  folder: string,
  generated: string,
  names: readonly string[],
  settings: ts.CompilerOptions,
): Promise<readonly string[]> {
  const shared = join(generated, "shared/src");
  await mkdir(shared, { recursive: true });
  for (const name of names) {
    const runtime = join(generated, name, "src/runtime");
    await rm(join(shared, "runtime"), { recursive: true, force: true });
    await rename(runtime, join(shared, "runtime"));
    await cp(join(generated, name, "package.json"), join(shared, "../package.json"));
    await cp(join(fixtures, `${name}.use.ts`), join(generated, name, "use.ts")).catch(ignoreAbsence);
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));

  const sources = await readdir(generated, { recursive: true });
  const program = ts.createProgram(
    sources.filter((path) => path.endsWith(".ts")).map((path) => join(generated, path)),
    {
      ...(await ownSettings(join(generated, names[0] ?? "", "tsconfig.json"))),
      ...stricter,
      ...settings,
      rootDir: generated,
      rootDirs: [...names, "shared"].map((name) => join(generated, name)),
      outDir: join(folder, "out"),
      typeRoots: [join(root, "node_modules/@types")],
    },
  );
  const emitted = program.emit();
  for (const name of names) {
    await cp(join(folder, "out/shared/src/runtime"), join(folder, "out", name, "src/runtime"), { recursive: true });
    // Its code lies in another folder here.
    const manifest = await readFile(join(generated, name, "package.json"), "utf8");
    await writeFile(join(folder, "out", name, "package.json"), manifest.replaceAll("./dist/", "./src/"));
  }
  return [...ts.getPreEmitDiagnostics(program), ...emitted.diagnostics].map(textOf);
}

/** The settings that a package comes with. */
async function ownSettings(path: string): Promise<ts.CompilerOptions> {
  const { compilerOptions } = JSON.parse(await readFile(path, "utf8"));
  return ts.convertCompilerOptionsFromJson(compilerOptions, "").options;
}

/** What a package might be compiled with beyond its own settings. */
const stricter: ts.CompilerOptions = {
  noPropertyAccessFromIndexSignature: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  declarationMap: false,
  sourceMap: false,
  // No fixture has a say in what the libraries declare: the tests of the package check them.
  skipLibCheck: true,
};

function textOf({ file, start, messageText }: ts.Diagnostic): string {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  const place = file?.fileName.split("/generated/").at(-1) ?? "";
  return `${place}:${line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}

function packageOf(exports: Readonly<Record<string, unknown>>): Package {
  const functionOf = (name: string) => {
    const value = exports[name];
    if (typeof value !== "function") throw new Error(`${name} is no function of the package`);
    return value;
  };
  return {
    exports,
    client: (options) => functionOf("createClient")(options),
    call: (client, name, input, options) => functionOf(name)(client, input, options),
    descriptor: (name) => exports[`${name}Operation`] as Operation,
  };
}

function ignoreAbsence(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
