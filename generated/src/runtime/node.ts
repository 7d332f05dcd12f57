import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ApiFile, ReadOptions } from "./file.js";

/** Options of `saveFile`. */
export type SaveOptions = ReadOptions;

/**
 * Saves a file, and resolves with `path`. It is written beside its target and takes its name after the last byte: on any
 * failure what was there before stays, and nothing is left.
 */
export async function saveFile(file: ApiFile, path: string, options?: SaveOptions): Promise<string> {
  const part = join(dirname(path), `.${randomUUID()}.part`);
  // Node iterates web streams; the DOM's types, which the package is checked with, do not know.
  const chunks = file.stream(options) as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>;
  try {
    await writeFile(part, chunks, { flag: "wx" });
    await rename(part, path);
  } catch (error) {
    await file.cancel();
    await rm(part, { force: true });
    throw error;
  }
  return path;
}
