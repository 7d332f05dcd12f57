/** `npm start`: the whole line, from the document to a saved file, one printed step at a time. */
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import type { ApiFile } from "../../generated/src/index.js";
import { loadProjectConfig } from "../../generator/config.js";
import { type Diagnostic, formatDiagnostic, StageError } from "../../generator/diagnostics.js";
import { type GenerateResult, generate } from "../../generator/index.js";
import { lintSpec } from "../../generator/lint.js";
import { loadSpec } from "../../generator/load.js";
import { type Prism, startPrism } from "../support/prism.js";
import { type DemoOptions, help, parseDemo, UsageError } from "./argv.js";
import { createReport } from "./report.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const document = "spec/openapi.yaml";
const run = promisify(execFile);

/** A failure that its message explains; there is no need of a stack trace. */
class Expected extends Error {}

const report = createReport(process.stdout);
const stop = new AbortController();
// Once: who asks a second time wants it at once, and gets it. Prism ends when its parent does.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

/** 0 done, 1 failed, 2 asked for something that cannot be, 130 interrupted. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseDemo(args, process.env.SERVICE_TICKET_TOKEN);
    if (options === undefined) report.line(help);
    else await demo(options);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return fail("Stopped.", 130);
    if (error instanceof UsageError) return fail(error.message, 2);
    if (error instanceof Expected) return fail(error.message, 1);
    throw error;
  }
}

async function demo(options: DemoOptions): Promise<void> {
  await step("lint", lint, () => `${document} keeps every rule`);
  await step("generate", generatePackage, describeGenerated);
  await step("type-check", typeCheck, () => `generated/ compiles under TypeScript ${ts.version}, strict`);

  let mock: Prism | undefined;
  try {
    if (options.endpoint === undefined) {
      mock = await step(
        "mock",
        () => startPrism(resolve(root, document)),
        ({ url }) => `Prism listens on ${url}`,
      );
    }
    const file = await step("export", () => exportTickets(options, mock), describeFile);
    const path = resolve(process.env.INIT_CWD ?? "", options.out ?? `tickets${extname(file.name ?? "")}`);
    await step(
      "save",
      () => save(file, path),
      (bytes) => `${bytes} bytes`,
    );
    report.line(`\n  ${path}`);
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
    refuse([...spec.diagnostics, ...(await lintSpec(spec, config.rulesFor(spec.path)))]);
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

async function typeCheck(): Promise<void> {
  // What was checked before and has not changed needs no second look.
  const memory = ["--incremental", "--tsBuildInfoFile", "node_modules/.cache/specproof/type-check.tsbuildinfo"];
  const options = ["-p", "generated", "--noEmit", "--pretty", "false", ...memory];
  const tsc = resolve(root, "node_modules/typescript/bin/tsc");
  await run(process.execPath, [tsc, ...options], { cwd: root, signal: stop.signal }).catch((error: unknown) => {
    throw new Expected((error as { stdout?: string }).stdout?.trim() || String(error));
  });
}

async function exportTickets(options: DemoOptions, mock: Prism | undefined): Promise<ApiFile> {
  // Imported only now: the step before may have written it.
  const client = await import("../../generated/src/index.js");
  const { language, timezone, limit, status } = options;
  try {
    const connection = client.createClient({
      baseUrl: mock?.url ?? options.endpoint ?? "",
      auth: { token: options.token || "token-of-the-demo" },
      defaults: { language, timezone },
    });
    const wanted = status === undefined ? undefined : client.ServiceTicketStatus[status];
    return await client.exportServiceTickets(connection, { status: wanted, limit }, { signal: stop.signal });
  } catch (error) {
    if (client.isValidationError(error)) throw new UsageError(error.message);
    if (client.isApiError(error)) throw new Expected(error.message);
    throw error;
  }
}

function describeFile({ name, type }: ApiFile): string {
  return `${name ?? "a file without a name"}, ${type || "of no stated type"}`;
}

async function save(file: ApiFile, path: string): Promise<number> {
  const { saveFile } = await import("../../generated/src/node.js");
  await saveFile(file, path).catch((error: unknown) => {
    throw new Expected(`${path} was not saved: ${error instanceof Error ? error.message : String(error)}`);
  });
  return (await stat(path)).size;
}

/** Throws what is found, if anything is. */
function refuse(diagnostics: readonly Diagnostic[]): void {
  const found = diagnostics.filter(({ severity }) => severity !== "info");
  if (found.length > 0) throw new Expected(found.map(formatDiagnostic).join("\n\n"));
}

function fail(message: string, code: number): number {
  process.stderr.write(`${message}\n`);
  return code;
}

process.exitCode = await main(process.argv.slice(2));
