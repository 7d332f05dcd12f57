import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What one run of a program took. */
export interface Cost {
  /** Milliseconds from its start to its end. */
  readonly wall: number;
  /** Milliseconds of all its threads, the system's share included. */
  readonly cpu: number;
  /** Megabytes of memory, at most. */
  readonly memory: number;
}

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const openapiTypescript = fileURLToPath(new URL("../../node_modules/openapi-typescript/bin/cli.js", import.meta.url));

/** The program says at its end what it used; a thread of it says nothing. */
const confess = `import { writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
if (isMainThread) process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, memory: maxRSS / 1024 }));
});`;

/** Runs a program of Node's in a folder. Throws, with what it said, where it fails. */
export function run(program: string, args: readonly string[], cwd: string): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const preload = `data:text/javascript,${encodeURIComponent(confess)}`;
    const child = spawn(process.execPath, ["--import", preload, program, ...args], {
      cwd,
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    });
    const [errors, usage] = [child.stdio[2], child.stdio[3]].map((stream) => {
      const chunks: string[] = [];
      stream?.on("data", (chunk) => chunks.push(String(chunk)));
      return chunks;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      const wall = performance.now() - start;
      if (code === 0) resolve({ wall, ...JSON.parse(usage?.join("") ?? "") });
      else reject(new Error(`${program} ${args.join(" ")} ended with ${code}:\n${errors?.join("").slice(-2_000)}`));
    });
  });
}

/** The command line of the built toolkit. */
export function specproof(spec: string, out: string, cwd: string, ...flags: readonly string[]): Promise<Cost> {
  return run(cli, ["generate", spec, "--out", out, "--name", "benched", ...flags], cwd);
}

/** openapi-typescript alone: what every figure is measured by. */
export function reference(spec: string, cwd: string): Promise<Cost> {
  return run(openapiTypescript, [spec, "--output", "reference.ts"], cwd);
}
