/** Where an answer goes: files are saved, data and text are written. */
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { createBar } from "./cli-bar.js";
import { shown } from "./cli-layout.js";
import { reasonOf } from "./cli-reason.js";
import { makeFolder } from "./cli-target.js";
import { UsageError } from "./cli-usage.js";
import type { Operation } from "./descriptor.js";
import { type ApiFile, openFile } from "./file.js";
import { saveFile } from "./node.js";
import type { Success } from "./types.js";

/** Where an answer is to go. */
export interface Output {
  /** A file, a directory, `-`; undefined is the standard output, and for a file the working directory. */
  readonly out: string | undefined;
  readonly isJson: boolean;
  /** False refuses to replace a file. */
  readonly overwrite: boolean;
  /** Of a file without one. */
  readonly name: string;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

const UNFIT = "A file is not written to a terminal: send it elsewhere, or name a file with --out.";

/** @throws UsageError where all that may come is what a terminal is not sent. */
export function demandFit({ responses }: Operation, { out, stdout }: Pick<Output, "out" | "stdout">): void {
  const contents = responses.flatMap(({ content = [] }) => content);
  const isFileOnly = contents.length > 0 && contents.every(({ decode }) => decode.read === openFile);
  if (out === "-" && stdout.isTTY && isFileOnly) throw new UsageError(UNFIT);
}

/** Puts the answer where it is wanted. */
export async function deliver(success: Pick<Success, "data" | "mediaType">, output: Output): Promise<void> {
  const { data } = success;
  if (isFile(data)) return deliverFile(data, output);
  const [chunks, ending] = chunksOf(success, output.isJson);
  if (output.out === undefined || output.out === "-") return write(chunks, output);
  await save(fileOf(chunks, `${output.name}.${ending}`), output.out, output);
}

async function deliverFile(file: ApiFile, output: Output): Promise<void> {
  if (output.out !== "-") return save(file, output.out ?? ".", output);
  if (output.stdout.isTTY) {
    await file.cancel();
    // It was asked for by now: no mistake of the command line alone.
    throw new Error(UNFIT);
  }
  await write(iterate(file.stream()), output);
}

/** Tells where it lies: on the standard output, so that a script can take it from there. */
async function save(file: ApiFile, out: string, output: Output): Promise<void> {
  const { stdout, stderr, signal, name, isJson } = output;
  // Whose name nobody chose here replaces nothing here.
  const overwrite = output.overwrite && output.out !== undefined;
  const bar = createBar(file.name ?? name, stderr);
  let removeFolder = async () => {};
  try {
    removeFolder = await makeFolder(out);
    const path = await saveFile(file, out, { name, overwrite, signal, onProgress: bar.onProgress });
    bar.end(true);
    const facts = { path, name: file.name, type: file.type, bytes: (await stat(path)).size };
    // What is there is told: a signal comes too late for it.
    await write([isJson ? `${jsonOf(facts)}\n` : `${path}\n`], { stdout });
  } catch (error) {
    bar.end(false);
    await file.cancel();
    await removeFolder();
    throw isOfSystem(error) ? new Error(unsaved(error, out, output)) : error;
  }
}

const isOfSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && ("syscall" in error || "path" in error);

function unsaved(error: NodeJS.ErrnoException, out: string, { overwrite }: Output): string {
  if (error.code !== "EEXIST") return `${out} cannot be written: ${reasonOf(error)}`;
  return `${error.path} is there already${overwrite ? "; --out . replaces it" : ""}`;
}

const isFile = (data: unknown): data is ApiFile => hasFunction(data, "stream") && hasFunction(data, "cancel");

const isItems = (data: unknown): data is AsyncIterable<unknown> => hasFunction(data, Symbol.asyncIterator);

const hasFunction = (data: unknown, name: PropertyKey): boolean =>
  typeof data === "object" && data !== null && typeof Reflect.get(data, name) === "function";

/** Text, and what a file of it is called. */
function chunksOf(
  { data, mediaType = "" }: Pick<Success, "data" | "mediaType">,
  isJson: boolean,
): readonly [chunks: AsyncIterable<string> | Iterable<string>, ending: string] {
  if (isItems(data)) return [lines(data), "jsonl"];
  if (typeof data === "string" && !isJson && !/[/+]json$/.test(mediaType)) return [[data], "txt"];
  if (data === undefined) return [isJson ? ["null\n"] : [], "json"];
  return [[`${jsonOf(data, isJson ? 0 : 2)}\n`], "json"];
}

async function* lines(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const item of items) yield `${jsonOf(item)}\n`;
}

/** JSON that a terminal obeys nothing of: it means the same. */
export const jsonOf = (value: unknown, indent = 0): string => shown(JSON.stringify(value, undefined, indent) ?? "null");

async function write(
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  { stdout, signal }: Pick<Output, "stdout"> & Partial<Pick<Output, "signal">>,
): Promise<void> {
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    // What comes through a pipe is nobody's screen.
    const seen = typeof chunk === "string" && stdout.isTTY ? shown(chunk) : chunk;
    if (!stdout.write(seen)) await once(stdout, "drain", { signal });
  }
  if (stdout.isTTY) return;
  await new Promise<void>((resolve, reject) => stdout.write("", (error) => (error ? reject(error) : resolve())));
}

/** Node iterates web streams; the DOM's types, which the package is checked with, do not know. */
const iterate = (stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> =>
  stream as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>;

/** Data as a file, to be saved like one. */
function fileOf(chunks: AsyncIterable<string> | Iterable<string>, name: string): ApiFile {
  const encoder = new TextEncoder();
  const encoded = async function* () {
    for await (const chunk of chunks) yield encoder.encode(chunk);
  };
  // Of Node's web streams, which are the same.
  const stream = () => Readable.toWeb(Readable.from(encoded())) as unknown as ReadableStream<Uint8Array<ArrayBuffer>>;
  const whole = () => new Response(stream());
  const cancel = async () => {};
  return {
    name,
    type: "",
    size: undefined,
    stream,
    bytes: async () => new Uint8Array(await whole().arrayBuffer()),
    blob: () => whole().blob(),
    text: () => whole().text(),
    cancel,
    [Symbol.asyncDispose]: cancel,
  };
}
