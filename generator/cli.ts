#!/usr/bin/env node
/** The command line: argv in, diagnostics and an exit code out. Beside `short-run.ts`, the only user of `process`. */
import "./compile-cache.js";
import "./short-run.js";
import { parseArgs } from "node:util";
import { COVERAGE } from "./coverage.js";
import {
  catalogue,
  type Diagnostic,
  formatGroup,
  formatPlace,
  groupsOf,
  hasErrors,
  isNotHonoured,
  placesShown,
  StageError,
  visible,
} from "./diagnostics.js";
import type { DocsStage } from "./docs-pipeline.js";
import { recall, remember } from "./last-run.js";
import { type Command, commands, type Flag, flags, type GenerateOptions, type Job } from "./options.js";
import { progressOn } from "./progress.js";
import type { GenerateResult, Stage } from "./run-job.js";
import { toolkitVersion } from "./toolkit.js";

/** 0 good, 1 findings, 2 usage. */
type ExitCode = 0 | 1 | 2;

/** How many findings are told: who has more has one cause for most of them. */
const groupsShown = 50;

/** Used when `--serve` names no port. */
const DEFAULT_PORT = "8080";

async function main([command, ...rest]: readonly string[]): Promise<ExitCode> {
  if (command === undefined) return misuse("a command is missing");
  if (command === "--help" || command === "-h" || command === "help") {
    say(help());
    return 0;
  }
  if (command === "--version") {
    say(await toolkitVersion());
    return 0;
  }
  if (!isCommand(command)) return misuse(`there is no command \`${command}\``);
  const parsed = parse(command, rest);
  if (typeof parsed === "string") return misuse(parsed);
  if (parsed.values.help) {
    say(help(command));
    return 0;
  }
  try {
    return command === "generate" ? await runGenerate(parsed) : await runDocs(parsed);
  } catch (error) {
    complain(error instanceof StageError ? error.diagnostics : [fault(error)]);
    return 1;
  }
}

/** The message and where it was thrown, without the way there. */
function fault(error: unknown): Diagnostic {
  const [, at = "an unknown place"] =
    /\bat .*?([\w.-]+:\d+):\d+\)?$/m.exec(error instanceof Error ? (error.stack ?? "") : "") ?? [];
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: "tool-fault",
    severity: "error",
    message,
    cause: `${catalogue["tool-fault"].cause.slice(0, -1)}, at ${at}.`,
  };
}

async function runGenerate({ values, spec }: Parsed): Promise<ExitCode> {
  const check = values.check === true;
  const strict = values.strict === true;
  const options: GenerateOptions = {
    spec,
    out: text(values.out),
    name: text(values.name),
    check,
    strict,
    lint: values["no-lint"] !== true,
    allowRef: list(values["allow-ref"]),
  };
  const results = (await recall(options)) ?? (await generateAnew(options));
  for (const result of results) {
    const isDone = result.outcome === "written" || result.outcome === "unchanged";
    complain(isDone ? result.diagnostics.filter((diagnostic) => !isNotHonoured(diagnostic)) : result.diagnostics);
    say(verdict(result));
    if (isDone) say(coverage(result.diagnostics.filter(isNotHonoured)));
  }
  return results.some(({ outcome }) => outcome === "failed" || outcome === "differs") ? 1 : 0;
}

/** What each stage does, for people who wait. */
const doing: Readonly<Record<Stage | DocsStage, string>> = {
  load: "reading the document",
  lint: "looking for broken rules",
  model: "learning the operations",
  emit: "writing the functions",
  bindings: "waiting for the types",
  write: "putting the files in their place",
  samples: "writing the samples",
  page: "writing the page",
};

/** Shows what is being done until it is done. The stages are loaded by `work`: with their libraries they take a while, too. */
async function showing<T>(work: (listener: (stage: Stage | DocsStage, job: Job) => void) => Promise<T>): Promise<T> {
  const progress = progressOn(process.stderr);
  progress("starting");
  try {
    return await work((stage, job) => progress(`${job.package}: ${doing[stage]}`));
  } finally {
    progress();
  }
}

/** The stages are loaded only here: with their libraries they take longer than to see that nothing has changed. */
function generateAnew(options: GenerateOptions): Promise<readonly GenerateResult[]> {
  const started = Date.now();
  return showing(async (listener) => {
    const { generate } = await import("./pipeline.js");
    const results = await generate(options, listener);
    await remember(options, results, started);
    return results;
  });
}

function verdict({ job, outcome, files, diagnostics }: GenerateResult): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  switch (outcome) {
    case "written":
      return `${job.package}: ${files} files written to ${visible(job.out)}`;
    case "unchanged":
      return `${job.package}: ${files} files are up to date`;
    case "differs":
      return `${job.package}: not up to date (${count(errors, "file")}). Generate it again, and commit the result.`;
    case "failed":
      return `${job.package}: not generated (${count(errors, "error")}); nothing was changed`;
  }
}

/** What the client does not honour: each construct with its first places. */
function coverage(diagnostics: readonly Diagnostic[]): string {
  const groups = groupsOf(diagnostics);
  if (groups.length === 0) return "coverage: the client honours everything that the document says";
  const places = count(diagnostics.length, "place");
  return [
    `coverage: ${count(groups.length, "construct")} of the document not honoured, at ${places}; ${COVERAGE} has them all, --strict fails on them`,
    ...groups.flatMap(({ title, members }) => [
      `  ${visible(title)}`,
      ...members.slice(0, placesShown).map((place) => `    ${formatPlace(place)}`),
      ...(members.length > placesShown ? [`    and ${members.length - placesShown} more`] : []),
    ]),
  ].join("\n");
}

async function runDocs({ values, spec }: Parsed): Promise<ExitCode> {
  const out = text(values.out);
  if (out === undefined) return misuse("`docs` needs --out dir");
  const port = values.serve === undefined ? undefined : Number(values.serve);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    return misuse(`\`${values.serve}\` is no port`);
  }
  const { page, diagnostics } = await showing(async (listener) => {
    const { buildReference } = await import("./docs-pipeline.js");
    return buildReference({ spec, out, name: text(values.name), allowRef: list(values["allow-ref"]) }, listener);
  });
  complain(diagnostics);
  if (hasErrors(diagnostics) || page === undefined) return 1;
  say(`reference written to ${page}`);
  if (port === undefined) return 0;
  const { serveDocs } = await import("./docs/serve.js");
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  const server = await serveDocs(out, port, stop.signal).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE" || error.code === "EACCES") return undefined;
    throw error;
  });
  if (!server) return misuse(`port ${port} cannot be used: another program has it, or it needs more rights`);
  say(`serving it at ${server.url} (Ctrl+C ends)`);
  await server.closed;
  return 0;
}

interface Parsed {
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  readonly spec: string | undefined;
}

/** The flags of the command, or what is wrong with them. */
function parse(command: Command, argv: readonly string[]): Parsed | string {
  const known = Object.entries<Flag>(flags).filter(([, flag]) => flag.commands.includes(command));
  try {
    const { values, positionals } = parseArgs({
      args: withDefaultPort(argv),
      allowPositionals: true,
      options: Object.fromEntries(
        known.map(([name, { type, multiple = false, short }]) => [name, { type, multiple, ...(short && { short }) }]),
      ),
    });
    if (positionals.length > 1) return `one document at a time, not ${positionals.length}`;
    return { values, spec: positionals[0] };
  } catch (error) {
    return error instanceof Error ? (error.message.split(". ", 1)[0] ?? "") : String(error);
  }
}

/** `--serve` may stand alone, which parseArgs cannot say. */
function withDefaultPort(argv: readonly string[]): string[] {
  return argv.flatMap((argument, index) => {
    const next = argv[index + 1];
    return argument === "--serve" && !(next && /^\d+$/.test(next)) ? [argument, DEFAULT_PORT] : [argument];
  });
}

function help(only?: Command): string {
  const shown = Object.entries(commands).filter(([name]) => only === undefined || name === only);
  const lines = shown.flatMap(([name, summary]) => [
    `  ${name} [spec]`,
    `    ${summary}`,
    ...Object.entries<Flag>(flags)
      .filter(([, flag]) => flag.commands.some((command) => command === name))
      .map(([flag, { value, short, help: meaning }]) => {
        const shape = `${short ? `-${short}, ` : ""}--${flag}${value ? ` ${value}` : ""}`;
        return `    ${shape.padEnd(28)} ${meaning}`;
      }),
    "",
  ]);
  const closing = [
    "Without a spec: every entry of `apis` in redocly.yaml that has `x-specproof`.",
    "`specproof --version` shows the version of this tool.",
  ];
  return ["usage: specproof <command> [spec] [flags]", "", ...lines, ...closing].join("\n");
}

function isCommand(name: string): name is Command {
  return Object.hasOwn(commands, name);
}

function misuse(message: string): ExitCode {
  process.stderr.write(`specproof: ${visible(message)}. See specproof --help.\n`);
  return 2;
}

function complain(diagnostics: readonly Diagnostic[]): void {
  const groups = groupsOf(diagnostics);
  for (const group of groups.slice(0, groupsShown)) process.stderr.write(`${formatGroup(group)}\n\n`);
  if (groups.length > groupsShown) process.stderr.write(`and ${groups.length - groupsShown} more findings\n\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}

function text(value: Parsed["values"][string]): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function list(value: Parsed["values"][string]): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

// Whoever reads has enough, or is gone: what there is to do is done all the same.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
process.exitCode = await main(process.argv.slice(2));
