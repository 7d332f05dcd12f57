/** `npm start`: the whole line, from the document to a saved file, one printed step at a time. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { loadProjectConfig } from "../../generator/config.js";
import { type Diagnostic, formatDiagnostic, StageError } from "../../generator/diagnostics.js";
import { type GenerateResult, generate } from "../../generator/index.js";
import { lintSpec } from "../../generator/lint.js";
import { loadSpec } from "../../generator/load.js";
import { shown, shownLine } from "../../generator/runtime/cli-layout.js";
import { type Prism, startPrism } from "../support/prism.js";
import { type DemoOptions, help, parseDemo, UsageError } from "./argv.js";
import { judge, type Run, startCommand } from "./command.js";
import { createReport } from "./report.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const document = "spec/openapi.yaml";
const program = resolve(root, "generated/dist/cli.js");
const execute = promisify(execFile);

/** A failure that its message explains; there is no need of a stack trace. */
class Expected extends Error {}

/** A failure that the command line of the package has explained. */
class Told extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super();
    this.exitCode = exitCode;
  }
}

const report = createReport(process.stdout);
const stop = new AbortController();
// Each time: npm and a terminal both send it. Prism ends when its parent does.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());

/** 0 done, 1 failed, 2 asked for something that cannot be, 130 interrupted. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseDemo(args, process.env.SERVICE_TICKET_TOKEN);
    if (options === undefined) report.line(help);
    else await demo(options);
    return 0;
  } catch (error) {
    if (error instanceof Told) return error.exitCode;
    if (stop.signal.aborted) return fail("Stopped.", 130);
    if (error instanceof UsageError) return fail(error.message, 2);
    if (error instanceof Expected) return fail(error.message, 1);
    throw error;
  }
}

async function demo(options: DemoOptions): Promise<void> {
  const run = (url: string): Run => ({ ...options, program, url, cwd: process.env.INIT_CWD ?? process.cwd() });
  const demandSound = async (): Promise<void> => {
    const code = await judge(run(options.endpoint ?? "http://127.0.0.1"));
    if (code !== 0) throw new Told(code);
  };
  // What is compiled knows the flags, if the document has not changed since.
  const isJudged = await isCompiled();
  if (isJudged) await demandSound();
  await step("lint", lint, () => `${document} keeps every rule`);
  await step("generate", generatePackage, describeGenerated);
  await step("type-check", typeCheck, () => `generated/ compiles under TypeScript ${ts.version}, strict`);
  if (!isJudged) await demandSound();

  let mock: Prism | undefined;
  try {
    if (options.endpoint === undefined) {
      mock = await step(
        "mock",
        () => startPrism(resolve(root, document)),
        ({ url }) => `Prism listens on ${url}`,
      );
    }
    const url = mock?.url ?? options.endpoint ?? "";
    const { path } = await step("export", () => exportTickets(run(url)), describeFile);
    report.line(`\n  ${shown(path)}`);
  } finally {
    await mock?.stop();
  }
}

async function step<T>(name: string, work: () => Promise<T>, describe: (result: T) => string): Promise<T> {
  stop.signal.throwIfAborted();
  return report.step(name, work, describe);
}

async function lint(): Promise<void> {
  const config = await loadProjectConfig(".", root);
  try {
    const spec = await loadSpec(document, { cwd: root });
    refuse([...spec.diagnostics, ...(await lintSpec(spec, await config.rulesFor(spec.path)))]);
  } catch (error) {
    if (error instanceof StageError) refuse(error.diagnostics);
    throw error;
  }
}

async function generatePackage(): Promise<GenerateResult> {
  const [result] = await generate({ cwd: root, spec: document, lint: false });
  if (result === undefined) throw new Expected(`redocly.yaml says nothing about ${document}.`);
  if (result.outcome === "failed") refuse(result.diagnostics);
  return result;
}

function describeGenerated({ outcome, files }: GenerateResult): string {
  return outcome === "unchanged" ? `nothing changed in ${files} files of generated/` : `${files} files in generated/`;
}

/** What was compiled last. */
const stamp = resolve(root, "node_modules/.cache/specproof/compiled");

async function sources(): Promise<string> {
  return `${ts.version} ${await readFile(resolve(root, "generated/specproof.json"), "utf8")}`;
}

/** Whether the program is there, of the package as it is, and no older than the document. */
async function isCompiled(): Promise<boolean> {
  if (!existsSync(program) || (await readFile(stamp, "utf8").catch(() => "")) !== (await sources())) return false;
  const [compiled, written] = await Promise.all([stamp, resolve(root, document)].map((path) => stat(path)));
  return compiled !== undefined && written !== undefined && compiled.mtimeMs > written.mtimeMs;
}

async function typeCheck(): Promise<void> {
  // What was compiled before, from the same sources, needs no second look.
  if (await isCompiled()) return;
  await rm(stamp, { force: true });
  const tsc = resolve(root, "node_modules/typescript/bin/tsc");
  const options = { cwd: root, signal: stop.signal };
  await execute(process.execPath, [tsc, "-p", "generated", "--pretty", "false"], options).catch((error: unknown) => {
    throw new Expected((error as { stdout?: string }).stdout?.trim() || String(error));
  });
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, await sources());
}

/** The file. */
interface Saved {
  readonly path: string;
  readonly bytes: number;
}

/** As who only wants the file would: by the command line of the package. */
async function exportTickets(run: Run): Promise<Saved> {
  report.clear();
  const child = startCommand(run);
  const end = () => child.kill("SIGINT");
  stop.signal.addEventListener("abort", end);
  const closed = once(child, "close") as Promise<[number | null]>;
  const [[code], out] = await Promise.all([closed, child.stdout ? text(child.stdout) : ""]);
  stop.signal.removeEventListener("abort", end);
  if (code !== null && code > 0) throw new Told(code);
  stop.signal.throwIfAborted();
  if (code === null) throw new Expected("The command line of the package ended in the middle.");
  const path = resolve(run.cwd, out.replace(/\n$/, ""));
  return { path, bytes: (await stat(path)).size };
}

function describeFile({ path, bytes }: Saved): string {
  return `${shownLine(basename(path))}, ${bytes} bytes`;
}

/** Throws what is found, if anything is. */
function refuse(diagnostics: readonly Diagnostic[]): void {
  const found = diagnostics.filter(({ severity }) => severity !== "info");
  if (found.length > 0) throw new Expected(found.map(formatDiagnostic).join("\n\n"));
}

function fail(message: string, code: number): number {
  process.stderr.write(`${shown(message)}\n`);
  return code;
}

process.exitCode = await main(process.argv.slice(2));
