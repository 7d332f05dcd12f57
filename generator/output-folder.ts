/** What lies in an output folder: the files that count, and the record of the run that wrote them. */
import { readdir, readFile, realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { StageError } from "./diagnostics.js";
import { fingerprint, MANIFEST, type Manifest, parseManifest } from "./manifest.js";

/** Whether a top-level entry is made by building and packing, not by generating: kept over a run, never compared. */
export function isBuilt(name: string): boolean {
  return name === "dist" || name === "node_modules" || name.endsWith(".tgz");
}

/** The folder as found. */
export interface OutputFolder {
  /**
   * Fingerprint by path, with forward slashes, without the record itself. A folder with nothing in it is there, too, with a
   * slash at its end, but for one of ours whose files are gone.
   */
  readonly files: ReadonlyMap<string, string>;
  /** Undefined where the folder is absent, or is not ours. */
  readonly manifest: Manifest | undefined;
  /** Text of the record. */
  readonly manifestText: string | undefined;
}

/**
 * The folder is replaced as a whole, so that neither the document nor a folder of its way may be it. Symbolic links count.
 * @throws StageError `output-holds-document`
 */
export async function demandOwnFolder(folder: string, shown: string, spec: string): Promise<void> {
  if (!isWithin(spec, folder) && !isWithin(await real(spec), await real(folder))) return;
  const message = `${shown} cannot be the output folder: it would replace the document`;
  throw new StageError([{ code: "output-holds-document", severity: "error", message, file: shown }]);
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Where symbolic links lead; of what does not exist, its folder counts. */
async function real(path: string): Promise<string> {
  return realpath(path).catch(async () =>
    dirname(path) === path ? path : join(await real(dirname(path)), basename(path)),
  );
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
  for (const { path, isFile } of await listFiles(folder, "")) {
    // What is no file is none of ours; to read a pipe would wait for ever.
    const content = isFile ? await readFile(join(folder, path)) : undefined;
    if (path === MANIFEST) manifestText = content?.toString("utf8");
    else files.set(path, content ? fingerprint(content) : "");
  }
  const manifest = manifestText === undefined ? undefined : parseManifest(manifestText);
  const recorded = Object.keys(manifest?.files ?? {});
  for (const path of files.keys()) {
    if (path.endsWith("/") && recorded.some((file) => file.startsWith(path))) files.delete(path);
  }
  return { files, manifestText, manifest };
}

interface Entry {
  readonly path: string;
  readonly isFile: boolean;
}

async function listFiles(folder: string, below: string): Promise<readonly Entry[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const found: Entry[] = [];
  if (below !== "" && entries.length === 0) found.push({ path: `${below}/`, isFile: false });
  for (const entry of entries) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (below === "" && isBuilt(entry.name)) continue;
    if (entry.isDirectory()) found.push(...(await listFiles(folder, path)));
    else found.push({ path, isFile: entry.isFile() });
  }
  return found;
}
