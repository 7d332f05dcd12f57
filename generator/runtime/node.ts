import { randomUUID } from "node:crypto";
import { type FileHandle, link, lstat, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ApiFile, ReadOptions } from "./file.js";

/** Options of `saveFile`. */
export interface SaveOptions extends ReadOptions {
  /**
   * False refuses to replace what is there, with an error whose `code` is `EEXIST`, also where it appears while the file
   * arrives. Default true.
   */
  readonly overwrite?: boolean | undefined;
  /** What the file is called in a directory where the server gives it no name that a file may have. Default `download`. */
  readonly name?: string | undefined;
  /**
   * Gives up, with its reason, as long as the file has not its name, however long a disk takes; the call's own signal goes
   * no further than the last byte that arrives.
   */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Saves a file, and resolves with its path: `path`, or in the directory that it is, the name that the server gives. The
 * file is written beside its target and takes its name when the last byte is checked and on the disk: after any failure
 * what was there before is there still, and nothing else.
 */
export async function saveFile(file: ApiFile, path: string, options: SaveOptions = {}): Promise<string> {
  const { overwrite = true, name = "download", signal } = options;
  const chunks = ahead(file.stream(options));
  let part: string | undefined;
  try {
    const target = (await isDirectory(path)) ? join(path, portable(file.name ?? name)) : path;
    const mode = await demandFree(target, overwrite);
    part = join(dirname(target), `.${randomUUID()}.part`);
    // For nobody else before its permissions are known.
    const handle = await open(part, "wx", mode === undefined ? undefined : 0o600);
    await unlessAborted(write(handle, chunks, mode), signal);
    await (overwrite ? rename : renameToFree)(part, target);
    return target;
  } catch (error) {
    await file.cancel();
    // What went wrong first is what is told.
    if (part) await rm(part, { force: true }).catch(() => {});
    throw error;
  }
}

/** A disk cannot be told to stop: it is waited for no longer. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  let giveUp = () => {};
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal?.reason);
    if (signal?.aborted) giveUp();
  });
  signal?.addEventListener("abort", giveUp);
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
}

/** How a file system says that it has no links (FAT). */
const NO_LINKS = /^(EPERM|ENOSYS|ENOTSUP|EOPNOTSUPP)$/;

/** A link, unlike a new name, takes the place of nothing; where there are none, an empty file keeps the place meanwhile. */
async function renameToFree(part: string, target: string): Promise<void> {
  try {
    await link(part, target);
  } catch (error) {
    if (!NO_LINKS.test((error as { readonly code?: string }).code ?? "")) throw error;
    await (await open(target, "wx")).close();
    try {
      return await rename(part, target);
    } catch (cause) {
      await rm(target, { force: true });
      throw cause;
    }
  }
  await rm(part);
}

// What is wrong with a path, if anything, is for the writing to say.
const kindOf = (path: string) => stat(path).catch(() => undefined);

const isDirectory = async (path: string): Promise<boolean> => (await kindOf(path))?.isDirectory() ?? false;

/**
 * Before anything is read; resolves with the permissions of the file that is replaced. A link that leads nowhere is there,
 * too; a device or a pipe would be gone.
 */
async function demandFree(path: string, overwrite: boolean): Promise<number | undefined> {
  const refuse = (code: string, why: string) => {
    throw Object.assign(new Error(`${code}: ${why}, '${path}'`), { code, path });
  };
  if (!path) refuse("ENOENT", "no name");
  // What is wrong with any other name would be so after all bytes, too.
  const isThere = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (isThere && !overwrite) refuse("EEXIST", "file already exists");
  const replaced = await kindOf(path);
  if (replaced?.isFile() === false) refuse("EINVAL", "not a file, which alone is replaced");
  // `dirname` would take it for a file in the directory above.
  if (!replaced && /[\\/]$/.test(path)) refuse("ENOENT", "no such directory");
  return replaced && replaced.mode & 0o777;
}

/** The next bytes are asked for before what came is written: the disk and the network need not wait for each other. */
async function* ahead(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (let next = reader.read(); ; ) {
    const { value } = await next;
    if (!value) return;
    next = reader.read();
    // It is told when its turn comes, if it does.
    next.catch(() => {});
    yield value;
  }
}

/** Bytes after which the disk is told to begin: else all of them are waited for at the end. */
const FLUSH = 2 ** 24;

/** All bytes, down to the disk, for whom `mode` says, else as any new file. */
async function write(handle: FileHandle, chunks: AsyncIterable<Uint8Array>, mode: number | undefined): Promise<void> {
  try {
    if (mode !== undefined) await handle.chmod(mode);
    let waiting = 0;
    let flushed = Promise.resolve();
    let isFlushing = false;
    for await (const chunk of chunks) {
      await handle.writeFile(chunk);
      waiting += chunk.length;
      if (waiting < FLUSH || isFlushing) continue;
      // What went wrong in one of them, no later one tells.
      await flushed;
      waiting = 0;
      isFlushing = true;
      flushed = handle.datasync().finally(() => {
        isFlushing = false;
      });
      flushed.catch(() => {});
    }
    await flushed;
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** More than any file system takes, in bytes. */
const LONGEST = 255;

/** At the beginning, the dot that hides a file, and the dash of an option. */
const UNFIT = /[/\\<>:"|?*\u2028\u2029\u200b\u2060\ufeff]|^[.-]/g;

/** Of names of devices, those of the console: Windows has them beside `con`. */
const CONSOLE = /^(con(?:in|out))\$(?= *(?:\.|$))/i;

/**
 * The name as every file system takes it: what separates folders, drives and streams, or is a wildcard, is an underscore,
 * and so is what nobody sees (but joiners, which some scripts are spelled with); Windows drops blanks and dots at the end;
 * too long a name loses the end of its stem.
 */
function portable(name: string): string {
  const clean = withoutEnd(name.replace(UNFIT, "_").replace(CONSOLE, "$1_"));
  const [, stem = "", extension = ""] = /^(.+?)(\.[^.]{1,16})?$/su.exec(clean) ?? [];
  const kept = [...stem].slice(0, LONGEST);
  while (Buffer.byteLength(kept.join("") + extension) > LONGEST) kept.pop();
  return withoutEnd(kept.join("") + extension) || "_";
}

/** What Windows drops. */
const withoutEnd = (name: string): string => name.replace(/[. ]+$/, "");
