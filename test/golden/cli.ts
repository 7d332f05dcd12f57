import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

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
