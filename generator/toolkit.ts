/** What the toolkit brings along: the runtime's sources and the versions that a package is built with. */
import { readdir, readFile } from "node:fs/promises";
import type { PackageInfo } from "./emit/package.js";
import type { OutputFile } from "./print.js";

/** The runtime, byte for byte, for `src/runtime` of the package. */
export async function runtimeFiles(): Promise<readonly OutputFile[]> {
  const folder = new URL("./runtime/", import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts")).sort();
  return Promise.all(
    names.map(async (name) => ({
      path: `src/runtime/${name}`,
      text: await readFile(new URL(name, folder), "utf8"),
    })),
  );
}

/** Exact versions, from the toolkit's own manifest. */
export async function toolVersions(): Promise<Pick<PackageInfo, "openapiFetch" | "typescript" | "nodeTypes">> {
  const manifest = await ownManifest();
  return {
    openapiFetch: manifest.dependencies["openapi-fetch"],
    typescript: manifest.dependencies.typescript,
    nodeTypes: manifest.devDependencies["@types/node"],
  };
}

/** The version of the toolkit itself. */
export async function toolkitVersion(): Promise<string> {
  return (await ownManifest()).version;
}

interface OwnManifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<"openapi-fetch" | "typescript", string>>;
  readonly devDependencies: Readonly<Record<"@types/node", string>>;
}

async function ownManifest(): Promise<OwnManifest> {
  return JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
}
