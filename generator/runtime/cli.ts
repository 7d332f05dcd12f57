/** The command line of a package: the only module that touches the process. */
import process from "node:process";
import { addAbortSignal } from "node:stream";
import { call } from "./call.js";
import { type CliRequest, readArguments } from "./cli-arguments.js";
import { readBody } from "./cli-body.js";
import { demandHttps, readBaseUrl, readCredentials } from "./cli-environment.js";
import { failed, stopped } from "./cli-failure.js";
import { commandHelp, programHelp } from "./cli-help.js";
import { shown } from "./cli-layout.js";
import { deliver, demandFit, type Output } from "./cli-output.js";
import type { CliCommand, CliProgram } from "./cli-program.js";
import { reasonOf } from "./cli-reason.js";
import { checkTarget } from "./cli-target.js";
import { nearest, UsageError } from "./cli-usage.js";
import type { Known } from "./cli-violations.js";
import { type OperationWithContents, withContent } from "./content.js";
import type { CallOptions } from "./options.js";

/** What a process ends with after a signal: 128 and its number. */
const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** What may take as long as it needs after a signal, before the same signal means "at once"; in milliseconds. */
const PATIENCE = 1000;

/** What a first signal gives to what it has ended, to clean up; in milliseconds. */
const LONGEST = 5000;

/** Runs the command line; what it ends with is in `process.exitCode`: 0 done, 1 failed, 2 not understood. */
export async function runCli(program: CliProgram): Promise<void> {
  const stop = new AbortController();
  let exitCode: number | undefined;
  let asked = Number.POSITIVE_INFINITY;
  for (const [signal, code] of Object.entries(signals)) {
    process.on(signal, () => {
      // A terminal and npm both send it: who asks again a while later wants it at once, and gets it.
      if (performance.now() - asked > PATIENCE) end(signal);
      asked = Math.min(asked, performance.now());
      exitCode ??= code;
      stop.abort();
      setTimeout(() => end(signal), LONGEST).unref();
    });
  }
  // A terminal that is gone is none of the file's business.
  process.stderr.on("error", () => {});
  let lost: Error | undefined;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever reads has enough; or what was written is lost, which may show when all else is done.
    if (error.code === "EPIPE") exitCode ??= 0;
    else process.exitCode = 1;
    lost ??= new Error(`The standard output cannot be written: ${reasonOf(error)}`, { cause: error });
    stop.abort(lost);
  });
  const args = process.argv.slice(2);
  const isJson = args.includes("--json");
  const found: Found = {};
  try {
    await run(program, args, stop.signal, found);
    // A signal that came too late has stopped nothing.
    exitCode = undefined;
  } catch (error) {
    // A stream that cannot be saved would keep the process until the service ends it.
    stop.abort();
    if (exitCode === undefined) {
      const failure = failed(lost ?? error, isJson, found);
      process.stderr.write(`${failure.text}\n`);
      exitCode = failure.exitCode;
    } else if (exitCode !== 0) {
      process.stderr.write(`${stopped(isJson)}\n`);
    }
  }
  process.exitCode = exitCode ?? process.exitCode ?? 0;
}

/** As a signal ends who does not listen: `process.exit` would wait for a reading that nothing can end, of a pipe or a disk. */
function end(signal: string): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** What is told of an error depends on what was found before it. */
type Found = { -readonly [Key in keyof Known]: Known[Key] };

async function run(
  program: CliProgram,
  [name, ...args]: readonly string[],
  signal: AbortSignal,
  found: Found,
): Promise<void> {
  const width = Math.min(process.stdout.columns || 80, 100);
  if (name === undefined) throw new UsageError(programHelp(program, width).trimEnd());
  if (name === "--help" || name === "-h") {
    process.stdout.write(programHelp(program, width));
    return;
  }
  if (name === "--version") {
    process.stdout.write(`${shown(program.version)}\n`);
    return;
  }
  if (name === "help" && !program.groups.some(({ list }) => list.some(([command]) => command === name))) {
    return run(program, [...args.slice(0, 1), "--help"], signal, found);
  }
  const { command, summary } = await find(program, name);
  found.command = command;
  const request = readArguments(program, command, args);
  if (request.isHelp) {
    process.stdout.write(commandHelp(program, name, summary, command, width));
    return;
  }
  await execute(program, name, command, request, signal, found);
}

async function find(
  { name: program, groups }: CliProgram,
  name: string,
): Promise<{ readonly command: CliCommand; readonly summary: string }> {
  for (const { list, load } of groups) {
    const entry = list.find(([command]) => command === name);
    const command = entry && (await load()).commands.find((one) => one.name === name);
    if (command) return { command, summary: entry[1] };
  }
  const meant = nearest(
    name,
    groups.flatMap(({ list }) => list.map(([command]) => command)),
  );
  throw new UsageError(
    `There is no command ${name}; ${meant === undefined ? `${program} --help lists all.` : `did you mean ${meant}?`}`,
  );
}

async function execute(
  program: CliProgram,
  name: string,
  command: CliCommand,
  request: CliRequest,
  signal: AbortSignal,
  found: Found,
): Promise<void> {
  const { body, items } = command;
  const { timeout, idleTimeout, allowPlainHttp, isChecked: validate, out, isJson, overwrite } = request;
  const base = readBaseUrl(program, command, request.baseUrl, process.env);
  const { url: baseUrl, isAsked } = base;
  const credentials = await readCredentials(program, command, process.env);
  const { auth } = credentials;
  found.sources = credentials.sources;
  if (!allowPlainHttp) demandHttps(command, base, credentials);
  if (out !== undefined && out !== "-") await checkTarget(out, overwrite);
  const { stdout, stderr } = process;
  const output: Output = { out, isJson, overwrite, name, stdout, stderr, signal };
  demandFit(command.operation, output);
  const given = body ? await readBody(body, request.body, () => addAbortSignal(signal, process.stdin)) : {};
  signal.throwIfAborted();
  // The type of each client's options is its own: the emitter hands over what fits.
  const client = program.createClient({ baseUrl, auth, timeout, idleTimeout, allowPlainHttp, validate } as never);
  const input = { ...request.input, ...given };
  const options: CallOptions = isAsked ? { signal, baseUrl } : { signal };
  if (request.isAll && items) {
    const data = items(client as never, input as never, options);
    return deliver({ data, mediaType: undefined }, output);
  }
  const result = await call(client, operationOf(command, input), input, options).result();
  if (!result.ok) throw result.error;
  await deliver(result, output);
}

function operationOf({ operation }: CliCommand, input: object): CliCommand["operation"] {
  return operation.contents ? withContent(operation as OperationWithContents, input) : operation;
}
