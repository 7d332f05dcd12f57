/** What lies in an output folder: the files that count, and the record of the run that wrote them. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { StageError } from "./diagnostics.js";
import { fingerprint, MANIFEST, type Manifest, parseManifest } from "./manifest.js";

/** Whether a top-level entry is made by building and packing, not by generating: kept over a run, never compared. */
export function isBuilt(name: string): boolean {
  return name === "dist" || name === "node_modules" || name.endsWith(".tgz");
}

/** The folder as found. */
export interface OutputFolder {
  /** Fingerprint by path, with forward slashes, without the record itself. */
  readonly files: ReadonlyMap<string, string>;
  /** Undefined where the folder is absent, or is not ours. */
  readonly manifest: Manifest | undefined;
  /** Text of the record. */
  readonly manifestText: string | undefined;
}

/** An absent folder is an empty one. `shown` is the folder for messages. Throws `output-unwritable`. */
export async function readOutputFolder(folder: string, shown: string): Promise<OutputFolder> {
  try {
    return await read(folder);
  } catch (error) {
    const message = `${shown} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new StageError([{ code: "output-unwritable", severity: "error", message, file: shown }]);
  }
}

async function read(folder: string): Promise<OutputFolder> {
  const files = new Map<string, string>();
  let manifestText: string | undefined;
  for (const path of await listFiles(folder, "")) {
    const content = await readFile(join(folder, path));
    if (path === MANIFEST) manifestText = content.toString("utf8");
    else files.set(path, fingerprint(content));
  }
  return { files, manifestText, manifest: manifestText === undefined ? undefined : parseManifest(manifestText) };
}

async function listFiles(folder: string, below: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const paths: string[] = [];
  for (const entry of entries) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (below === "" && isBuilt(entry.name)) continue;
    if (entry.isDirectory()) paths.push(...(await listFiles(folder, path)));
    else paths.push(path);
  }
  return paths;
}
