/** Stage: puts the files into the output folder, all or none. */
import { mkdirSync, writeFileSync } from "node:fs";
import { chmod, lstat, mkdir, mkdtemp, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Diagnostic, StageError } from "./diagnostics.js";
import { fingerprint, MANIFEST } from "./manifest.js";
import { isBuilt, type OutputFolder, readOutputFolder } from "./output-folder.js";
import type { OutputFile } from "./print.js";

/**
 * Replaces the folder by `files`: they are written beside it and swapped in, so that it is the old one or the new one,
 * never half of each. Files that nobody recorded are not overwritten or removed: `output-foreign`.
 */
export async function writeOutput(
  folder: string,
  shown: string,
  files: readonly OutputFile[],
): Promise<"written" | "unchanged"> {
  const found = await readOutputFolder(folder, shown);
  const foreign = foreignFiles(found);
  if (foreign.length > 0) throw new StageError([foreignDiagnostic(shown, foreign)]);
  if (isUpToDate(found, files)) return "unchanged";
  try {
    await swap(await targetOf(folder, shown), files);
    return "written";
  } catch (error) {
    if (error instanceof StageError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `${shown} cannot be written: ${reason}`;
    throw new StageError([{ code: "output-unwritable", severity: "error", message, file: shown }]);
  }
}

/** Files that no record of ours names; without a record that is all of them. */
function foreignFiles({ files, manifest }: OutputFolder): readonly string[] {
  return [...files.keys()].filter((path) => !(manifest && Object.hasOwn(manifest.files, path))).sort();
}

function foreignDiagnostic(shown: string, foreign: readonly string[]): Diagnostic {
  const names = `${foreign.slice(0, 5).join(", ")}${foreign.length > 5 ? `, … (${foreign.length})` : ""}`;
  return {
    code: "output-foreign",
    severity: "error",
    message: `${shown} holds files of others: ${names}`,
    file: shown,
  };
}

function isUpToDate({ files, manifestText }: OutputFolder, wanted: readonly OutputFile[]): boolean {
  const isSame = ({ path, text }: OutputFile) =>
    path === MANIFEST ? manifestText === text : files.get(path) === fingerprint(text);
  return wanted.length === files.size + 1 && wanted.every(isSame);
}

/** Where symbolic links lead: to move the folder by the name of a link would move the link. */
async function targetOf(folder: string, shown: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const isThere = await lstat(folder).then(
      () => true,
      () => false,
    );
    if (!isThere) return folder;
    const message = `${shown} cannot be written: it is a symbolic link that leads nowhere`;
    const fix = "Make the folder that it leads to, or choose another one.";
    throw new StageError([{ code: "output-unwritable", severity: "error", message, file: shown, fix }]);
  }
}

async function swap(folder: string, files: readonly OutputFile[]): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const stage = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  const fresh = join(stage, "fresh");
  const old = join(stage, "old");
  try {
    writeFiles(fresh, files);
    const hadFolder = await moved(folder, old);
    const built: string[] = [];
    try {
      if (hadFolder) built.push(...(await readdir(old)).filter(isBuilt));
      for (const name of built) await rename(join(old, name), join(fresh, name));
      if (hadFolder) await chmod(fresh, (await stat(old)).mode & 0o7777);
      await rename(fresh, folder);
    } catch (error) {
      for (const name of built) await moved(join(fresh, name), join(old, name));
      if (hadFolder) await rename(old, folder);
      throw error;
    }
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** At once: for thousands of small files, waiting for each takes longer than writing it. */
function writeFiles(folder: string, files: readonly OutputFile[]): void {
  for (const path of new Set(files.map((file) => dirname(file.path)))) {
    mkdirSync(join(folder, path), { recursive: true });
  }
  for (const { path, text } of files) writeFileSync(join(folder, path), text);
}

/** False where there is nothing to move. */
async function moved(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}
