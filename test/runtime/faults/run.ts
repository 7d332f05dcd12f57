import { readdirSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isHttpError } from "../../../generator/runtime/errors.js";
import { saveFile } from "../../../generator/runtime/node.js";
import type { CallOptions, Credential } from "../../../generator/runtime/options.js";
import { clientOf, INPUT, TOKEN } from "../client.js";
import { exportCases } from "../export-cases.js";
import { octets, serve, silence, type TestServer } from "../server.js";
import { type FaultName, serveFault, WHOLE } from "./server.js";

/** What an export into a file came to. */
export interface Run {
  /** `saved`, or the error as it is told apart: name, status, code. */
  readonly outcome: string;
  readonly error: unknown;
  readonly requests: number;
  /** What another origin was asked, by the header of the token. */
  readonly elsewhere: readonly (string | undefined)[];
  /** The files of the folder, where `tickets.xlsx` was `old` before. */
  readonly files: Readonly<Record<string, Buffer>>;
  /** Whether the client took each answer whole; it has let go of all of them. */
  readonly taken: readonly boolean[];
  /** What is open that was not before: sockets, files, timers. */
  readonly left: readonly string[];
  readonly milliseconds: number;
}

export interface Settings {
  readonly options?: CallOptions | undefined;
  readonly token?: Credential | undefined;
}

export async function run(fault: FaultName | "connection refused", { options, token = TOKEN }: Settings): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), "fault-"));
  try {
    const target = join(folder, "tickets.xlsx");
    await writeFile(target, "old");
    const before = openHandles();
    const exported = await withServers(fault, async (server, other) => {
      const start = performance.now();
      const error = await exportCases(clientOf(server, { auth: { token } }), INPUT, options)
        .then((file) => saveFile(file, target))
        .then(
          () => undefined,
          (reason: unknown) => reason,
        );
      return {
        outcome: outcomeOf(error),
        error,
        milliseconds: performance.now() - start,
        requests: server.requests.length,
        elsewhere: other.requests.map((request) => request.header("x-auth-token")),
        taken: await Promise.all(server.requests.map((request) => request.taken)),
      };
    });
    const left = await leftOf(before);
    const names = await readdir(folder);
    const contents = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const));
    return { ...exported, left, files: Object.fromEntries(contents) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function withServers<T>(
  fault: FaultName | "connection refused",
  work: (server: TestServer, other: TestServer) => Promise<T>,
): Promise<T> {
  await using other = await serve(octets(WHOLE));
  if (fault !== "connection refused") {
    await using server = await serveFault(fault, other);
    return await work(server, other);
  }
  const gone = await serve(silence);
  await gone[Symbol.asyncDispose]();
  return work(gone, other);
}

const outcomeOf = (error: unknown): string => {
  if (error === undefined) return "saved";
  if (isHttpError(error)) return [error.name, error.status, error.code].join(" ").trim();
  return error instanceof Error ? error.name : String(error);
};

/** What keeps the process, and its file descriptors where the system lists them. */
export function openHandles(): readonly string[] {
  return [...process.getActiveResourcesInfo(), ...descriptors()].sort();
}

function descriptors(): readonly string[] {
  try {
    return readdirSync("/proc/self/fd").map(() => "descriptor");
  } catch {
    return [];
  }
}

/** What is open that was not before, when the event loop has had time to close it. */
export async function leftOf(before: readonly string[]): Promise<readonly string[]> {
  const end = performance.now() + 2000;
  for (;;) {
    const left = [...openHandles()];
    for (const handle of before) {
      const index = left.indexOf(handle);
      if (index >= 0) left.splice(index, 1);
    }
    if (left.length === 0 || performance.now() > end) return left;
    await new Promise(setImmediate);
  }
}
