/** Where `--out` leads: judged before anything is asked for, and left as it was where nothing came. */
import { mkdir, rmdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { UsageError } from "./cli-usage.js";

/** What ends so is a directory, also where there is none yet. */
const FOLDER = /[\\/]+$/;

const kindOf = (path: string) => stat(path).catch(() => undefined);

/** @throws UsageError where nothing could be saved there. */
export async function checkTarget(out: string, overwrite: boolean): Promise<void> {
  if (out === "") throw new UsageError("--out needs a path.");
  const refuse = (why: string) => {
    throw new UsageError(`--out ${out}: ${why}.`);
  };
  const found = await kindOf(out);
  if (found) {
    if (found.isFile() && !overwrite) refuse("there is such a file already");
    if (!found.isFile() && !found.isDirectory())
      refuse("it is neither a file nor a directory; - is the standard output");
    return;
  }
  const isMade = FOLDER.test(out);
  let folder = isMade ? out.replace(FOLDER, "") : dirname(out);
  // Of a directory that is made, those above it are, too.
  while (isMade && !(await kindOf(folder)) && folder !== dirname(folder)) folder = dirname(folder);
  const above = await kindOf(folder);
  if (!above?.isDirectory()) refuse(above ? `${folder} is not a directory` : `there is no directory ${folder}`);
}

/** Makes the directory that a path asks for; resolves with what takes it away again, as far as nothing is in it. */
export async function makeFolder(out: string): Promise<() => Promise<void>> {
  const first = FOLDER.test(out) ? await mkdir(out, { recursive: true }) : undefined;
  return async () => {
    if (first === undefined) return;
    for (let folder = resolve(out); ; folder = dirname(folder)) {
      // One that somebody else uses by now stays, and so do those above it.
      await rmdir(folder).catch(() => {});
      if (folder === resolve(first) || folder === dirname(folder)) return;
    }
  };
}
