import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished } from "vitest";
import type { Packages } from "./packages.js";
import { type Answer, type Seen, serve } from "./server.js";

/** What a process left. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder that is gone when the test ends. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "specproof-cli-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs commands of a package against a server with one answer; the working directory is empty. Exit code 2 says that nothing was sent. */
export async function commandsOf(
  packages: Packages,
  name: string,
  answer: Answer | ((request: Seen) => Answer),
  env: Readonly<Record<string, string>> = {},
) {
  const { baseUrl, seen } = await serve(answer);
  const cwd = await emptyFolder();
  const variables = { [`${name.toUpperCase()}_BASE_URL`]: baseUrl, ...env };
  const program = join(packages.folder(name), "cli.js");
  const run = async (args: readonly string[], input?: string): Promise<Ended> => {
    const before = seen.length;
    const ended = await start(program, args, { cwd, env: variables, ...(input === undefined ? {} : { input }) }).ended;
    // As the help of every package promises.
    if (ended.code === 2) expect(seen.length, `requests of ${args.join(" ")}`).toBe(before);
    return ended;
  };
  return { run, seen, cwd, baseUrl, variables };
}

/** Starts a program of a package, with nothing in its environment but what is given. */
export function start(
  program: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    /** What it reads; null leaves it waiting. */
    readonly input?: string | null;
  },
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const { cwd, env = {}, input } = options;
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { PATH: process.env.PATH, ...env } });
  if (input !== null) child.stdin.end(input);
  const closed = once(child, "close") as Promise<[number | null]>;
  const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(([[code], out, err]) => ({
    code,
    out,
    err,
  }));
  return { child, ended };
}
