/** The runtimes that have `fetch`, where to get them, and how each runs the program. */
import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { nodePackages, nodeVersions } from "../compat/nodes.js";
import { fetchPackage } from "../support/registry.js";
import type { Project } from "./project.js";
import type { Servers } from "./servers.js";

const execute = promisify(execFile);
const platform = `${process.platform}-${process.arch}`;

/** Quiet, and asking nothing of the network by themselves. */
const env = { ...process.env, NO_COLOR: "1", DO_NOT_TRACK: "1", DENO_NO_UPDATE_CHECK: "1" };

export interface Runtime {
  readonly name: string;
  /** Exact, so that a run can be repeated. */
  readonly version: string;
  /** Packages of the npm registry that hold its binary, by platform. */
  readonly packages: Readonly<Record<string, string>>;
  /** Path of the binary in its package. */
  readonly binary: string;
  /** Whether the program can write files there. */
  readonly hasDisk: boolean;
  /** Runs the program with an empty folder for what it saves; resolves with what it printed. */
  readonly run: (binary: string, project: Project, servers: Servers, folder: string) => Promise<string>;
}

/** A runtime whose binary is there, or one line that says why it is not. */
export type Found = Runtime & ({ readonly path: string } | { readonly missing: string });

/** Gets the binary, unless the tests themselves run in that Node. */
export async function find(runtime: Runtime): Promise<Found> {
  const { name, version, packages, binary } = runtime;
  const [major] = version.split(".");
  if (name === "Node" && major === process.versions.node.split(".")[0]) {
    return { ...runtime, version: process.versions.node, path: process.execPath };
  }
  const holder = packages[platform];
  if (holder === undefined) return { ...runtime, missing: `no package holds it for ${platform}` };
  try {
    return { ...runtime, path: join(await fetchPackage(holder, version), binary) };
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    const why = /^npm error (?!code)(.+)/m.exec(stderr ?? "")?.[1] ?? String(error).split("\n")[0];
    return { ...runtime, missing: `${holder}@${version} cannot be fetched: ${why}` };
  }
}

async function printed(program: string, args: readonly string[], cwd: string): Promise<string> {
  return (await execute(program, args, { cwd, env, timeout: 60_000 })).stdout;
}

/** Runs `main.js`, as Node, Bun and Deno do after their own arguments. */
const main =
  (argumentsFor: (project: Project) => readonly string[]): Runtime["run"] =>
  (binary, project, { addresses }, folder) => {
    const args = [...argumentsFor(project), "main.js", JSON.stringify(addresses), folder];
    return printed(binary, args, project.folder);
  };

/** With no right but to talk to this machine, to read the project, and to write into it. */
const denoArguments = ({ folder, packages }: Project): readonly string[] => [
  "run",
  "--no-prompt",
  "--no-remote",
  "--no-lock",
  "--node-modules-dir=manual",
  "--allow-net=127.0.0.1",
  `--allow-read=${folder},${packages}`,
  `--allow-write=${folder}`,
];

/** In workerd a program has no arguments and no output but its log: it runs as a test of a worker. */
const runWorker: Runtime["run"] = async (binary, project, { addresses }) => {
  const home = await mkdtemp(join(project.folder, "worker-"));
  await writeFile(join(home, "worker.js"), await project.bundle("worker.js", "esm"));
  await writeFile(join(home, "config.capnp"), workerConfig(JSON.stringify(addresses)));
  return printed(binary, ["test", "config.capnp"], home);
};

/** JSON's strings are strings of Cap'n Proto, too, as long as they are ASCII. */
const workerConfig = (servers: string): string => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed "worker.js")],
      bindings = [(name = "SERVERS", text = ${JSON.stringify(servers)})],
      compatibilityDate = "2026-11-01",
    )),
    (name = "internet", network = (allow = ["private"])),
  ],
);
`;

const node = (version: string): Runtime => ({
  name: "Node",
  version,
  packages: nodePackages,
  binary: "bin/node",
  hasDisk: true,
  run: main(() => []),
});

export const runtimes: readonly Runtime[] = [
  ...["20.20.2", ...nodeVersions].map(node),
  {
    name: "Bun",
    version: "1.4.5",
    packages: { "linux-x64": "@oven/bun-linux-x64", "linux-arm64": "@oven/bun-linux-aarch64" },
    binary: "bin/bun",
    hasDisk: true,
    run: main(() => ["run", "--no-install"]),
  },
  {
    name: "Deno",
    version: "2.9.6",
    packages: { "linux-x64": "@deno/linux-x64-glibc", "linux-arm64": "@deno/linux-arm64-glibc" },
    binary: "deno",
    hasDisk: true,
    run: main(denoArguments),
  },
  {
    name: "workerd",
    // Its releases are named by days: it says 2026-11-17.
    version: "1.20261117.1",
    packages: { "linux-x64": "@cloudflare/workerd-linux-64", "linux-arm64": "@cloudflare/workerd-linux-arm64" },
    binary: "bin/workerd",
    hasDisk: false,
    run: runWorker,
  },
];
