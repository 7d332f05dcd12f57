/** Many documents at once: generated in this process, compiled as one program, imported in one other process. */
import { fork } from "node:child_process";
import { statfsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import ts from "typescript";
import { get, getObject, type JsonObject } from "../../generator/openapi.js";
import { generate } from "../../generator/pipeline.js";
import type { Told, Took } from "./importer.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What became of one document. */
export interface Fate {
  readonly outcome: "written" | "refused";
  /** Codes of what stopped it. */
  readonly codes: readonly string[];
  /** What is wrong: nothing, for any document. */
  readonly problems: readonly string[];
}

/** A folder with the runtime, compiled once for all packages. */
export interface Workshop {
  /** What became of each document, in their order. */
  readonly run: (documents: readonly JsonObject[]) => Promise<readonly Fate[]>;
  /** What the import of packages does, by their names; under the empty name, what the whole process did. */
  readonly import: Importing;
  /** What the imports have taken so far, in seconds of the processor: nobody else can tell of a process that is gone. */
  readonly seconds: () => number;
  readonly remove: () => Promise<void>;
}

type Importing = (folder: string, names: readonly string[]) => Promise<ReadonlyMap<string, Told>>;

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(roomyMemory() ?? tmpdir(), "specproof-fuzz-"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({ private: true, type: "module", imports: { "#*": "./runtime/*.js" } }),
  );
  const compile = await prepare(folder);
  let count = 0;
  let seconds = 0;
  const importing: Importing = (packages, names) =>
    importAll(folder, packages, names, (took) => {
      seconds += took;
    });
  return {
    run: async (documents) => {
      count += 1;
      const outside = join(folder, `batch-${count}`);
      await mkdir(join(outside, "a/b"), { recursive: true });
      try {
        return await runBatch(outside, compile, importing, documents);
      } finally {
        await rm(outside, { recursive: true, force: true });
      }
    },
    import: importing,
    seconds: () => seconds,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A file system in memory, where there is one: a hundred files are written for each of thousands of documents. */
function roomyMemory(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    return bavail * bsize > 48 * 2 ** 20 ? "/dev/shm" : undefined;
  } catch {
    return undefined;
  }
}

async function runBatch(
  outside: string,
  compile: Compile,
  importing: Importing,
  documents: readonly JsonObject[],
): Promise<readonly Fate[]> {
  const folder = join(outside, "a/b");
  const fates: Fate[] = [];
  for (const [index, document] of documents.entries()) fates.push(await generateOne(folder, index, document));
  const strays = await strayFiles(outside);
  const written = fates.flatMap((fate, index) => (fate.outcome === "written" ? [String(index)] : []));
  const found = new Map<string, string[]>();
  const add = (name: string, problem: string) => found.set(name, [...(found.get(name) ?? []), problem]);
  for (const [name, problem] of await compile(folder, written)) add(name, problem);
  const compiled = written.filter((name) => !found.has(name));
  const told = await importing(join(folder, "out"), compiled);
  for (const name of compiled) {
    for (const problem of problemsOf(told.get(name), documents[Number(name)] ?? {})) add(name, problem);
  }
  return fates.map((fate, index) => ({
    ...fate,
    problems: [...fate.problems, ...strays, ...(found.get(String(index)) ?? []), ...(told.get("")?.problems ?? [])],
  }));
}

async function generateOne(folder: string, index: number, document: JsonObject): Promise<Fate> {
  const name = String(index);
  await writeFile(join(folder, `${name}.json`), JSON.stringify(document));
  try {
    const options = { spec: `${name}.json`, out: `generated/${name}`, name: `p${name}`, lint: false, cwd: folder };
    const [result] = await generate(options);
    const errors = result?.diagnostics.filter(({ severity }) => severity === "error") ?? [];
    const codes = errors.map(({ code }) => code);
    if (result?.outcome === "written") {
      // All have the same, and it lies elsewhere.
      await rm(join(folder, "generated", name, "src/runtime"), { recursive: true });
      return { outcome: "written", codes, problems: [] };
    }
    // The last line of defence has no work where the encoders do theirs.
    const problems = errors.filter(({ code }) => code === "output-unsafe").map(({ message }) => message);
    return { outcome: "refused", codes, problems: errors.length > 0 ? problems : ["refused without a diagnostic"] };
  } catch (error) {
    const reason = error instanceof Error ? error.stack : String(error);
    return { outcome: "refused", codes: [], problems: [`an exception: ${reason}`] };
  }
}

/** Files where nothing was to be written, up to three folders higher; and those of a package that no package has. */
async function strayFiles(outside: string): Promise<readonly string[]> {
  const known =
    /^a\/b\/(?:\d+\.json|generated\/\d+\/(?:[A-Za-z]+(?:\.\w+)?|src\/(?:(?:runtime|operations|commands|enums|schemas\/(?:requests|responses))\/)?[a-z\d-]+\.ts))$/;
  const files = (await readdir(outside, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(outside, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  return files.filter((file) => !known.test(file)).map((file) => `${file} was written`);
}

type Finding = readonly [name: string, problem: string];

type Compile = (folder: string, names: readonly string[]) => Promise<readonly Finding[]>;

/** Compiles the runtime and the importer, and keeps what every batch has in common. */
async function prepare(folder: string): Promise<Compile> {
  const base = { ...(await packageSettings()), typeRoots: [join(root, "node_modules/@types")], skipLibCheck: true };
  const host = ts.createCompilerHost(base);
  const shared = new Map<string, ts.SourceFile | undefined>();
  const read = host.getSourceFile;
  host.getSourceFile = (path, ...rest) => {
    if (path.includes("/batch-")) return read(path, ...rest);
    if (!shared.has(path)) shared.set(path, read(path, ...rest));
    return shared.get(path);
  };
  host.resolveModuleNameLiterals = (literals, from, _, options) =>
    literals.map((literal) => {
      const text = literal.text.replace(/^#(.*)/, "./$1.js");
      const [, inRuntime] = /^(?:\.\.?\/)+runtime\/([a-z-]+)\.js$/.exec(text) ?? [];
      if (inRuntime !== undefined) return { resolvedModule: moduleAt(join(folder, "runtime", `${inRuntime}.d.ts`)) };
      if (!text.startsWith("."))
        return ts.resolveModuleName(text, from, options, host, undefined, undefined, ts.ModuleKind.ESNext);
      const extension = from.endsWith(".d.ts") ? ".d.ts" : ".ts";
      return { resolvedModule: moduleAt(join(dirname(from), text.replace(/\.js$/, extension))) };
    });

  const runtime = join(root, "generator/runtime");
  const importer = fileURLToPath(new URL("importer.ts", import.meta.url));
  const modules = (await readdir(runtime)).map((name) => join(runtime, name));
  for (const [sources, target] of [
    [modules, "runtime"],
    [[importer], "."],
  ] as const) {
    // The compiler of the repository checks them.
    const options = { ...base, noCheck: true, rootDir: dirname(sources[0] ?? ""), outDir: join(folder, target) };
    const { emitSkipped } = ts.createProgram(sources, options, host).emit();
    if (emitSkipped) throw new Error(`${target} was not compiled`);
  }

  return async (batch, packages) => {
    const generated = join(batch, "generated");
    const sources = packages.flatMap((name) =>
      ["index.ts", "node.ts", "cli.ts"].map((file) => join(generated, name, "src", file)),
    );
    const options = { ...base, rootDir: generated, outDir: join(batch, "out") };
    const program = ts.createProgram(sources, options, host);
    // Declarations are made for what is wrong with them, and nobody reads them.
    const { diagnostics } = program.emit(undefined, (path, ...rest) => {
      if (path.endsWith(".js")) host.writeFile(path, ...rest);
    });
    for (const name of packages) {
      await symlink(join(folder, "runtime"), join(batch, "out", name, "src/runtime"), "junction");
    }
    return [...diagnostics, ...ts.getPreEmitDiagnostics(program)].map((found): Finding => {
      const file = found.file === undefined ? "" : relative(generated, found.file.fileName).replaceAll("\\", "/");
      return [/^\d+/.exec(file)?.[0] ?? "", `does not compile: ${textOf(found)}`];
    });
  };
}

function moduleAt(path: string): ts.ResolvedModuleFull {
  return { resolvedFileName: path, extension: path.endsWith(".d.ts") ? ts.Extension.Dts : ts.Extension.Ts };
}

/** As a package comes with them, without the maps. */
async function packageSettings(): Promise<ts.CompilerOptions> {
  const { compilerOptions } = JSON.parse(await readFile(join(root, "generated/tsconfig.json"), "utf8"));
  const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, "");
  return { ...options, declarationMap: false, sourceMap: false };
}

function textOf({ file, start, messageText }: ts.Diagnostic): string {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : -1;
  const text = ts.flattenDiagnosticMessageText(messageText, "\n").slice(0, 300);
  const source = file?.text.split("\n")[line]?.slice(0, 200) ?? "";
  return `${file?.fileName.split("/").slice(-3).join("/")}:${line + 1} ${text}\n    ${source}`;
}

async function importAll(
  folder: string,
  out: string,
  names: readonly string[],
  took: (seconds: number) => void,
): Promise<ReadonlyMap<string, Told>> {
  const told = new Map<string, Told>();
  if (names.length === 0) return told;
  const program = join(folder, "importer.js");
  const child = fork(program, [`${pathToFileURL(out).href}/`, ...names], {
    silent: true,
    execArgv: [],
    timeout: 60_000,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  child.on("message", (message) => {
    const said = message as Told | Took;
    if ("seconds" in said) took(said.seconds);
    else told.set(said.name, said);
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const problems = [
    ...(output === "" ? [] : [`it printed ${stripVTControlCharacters(output).slice(0, 500)}`]),
    ...(code === 0 ? [] : [`the process ended with ${code}`]),
  ];
  return told.set("", { name: "", problems, operations: [] });
}

/** What the import did; and texts of the document that the package does not hold as they are. */
function problemsOf(told: Told | undefined, document: JsonObject): readonly string[] {
  if (told === undefined) return ["it was not imported: one before it ended the process"];
  const paths = getObject(document, "paths") ?? {};
  const strangers = told.operations.filter(({ operationId, method, path }) => {
    // Neither a query nor a fragment that the document writes behind a path is a part of it.
    const keys = Object.keys(paths).filter(
      (key) => key === path || ["?", "#"].some((mark) => key.startsWith(path + mark)),
    );
    return !keys.some((key) => {
      const operation = getObject(getObject(paths, key), method.toLowerCase());
      return operation && (get(operation, "operationId") || `${method.toLowerCase()} ${key}`) === operationId;
    });
  });
  return [
    ...told.problems,
    ...strangers.map((operation) => `no operation of the document: ${JSON.stringify(operation).slice(0, 200)}`),
  ];
}
