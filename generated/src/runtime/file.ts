/// <reference lib="esnext.disposable" preserve="true" />
import { fileName } from "./content-disposition.js";
import type { Incoming } from "./descriptor.js";
import { HELD, IDLE, TELL } from "./limits.js";
import type { Progress } from "./options.js";

/** Options of one reading of a file. */
export interface ReadOptions {
  /** In the place of the call's; what it throws ends the reading. It is not waited for: it must not reject. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * A file that is being received. It is read once: by `stream`, `bytes`, `blob` or `text`; a second reading is a
 * TypeError. Whoever does not read it calls `cancel`, or declares it with `await using`.
 */
export interface ApiFile extends AsyncDisposable {
  /** The last segment of the name in Content-Disposition; undefined where there is none that a file may have. */
  readonly name: string | undefined;
  /** Content-Type as it was sent; `""` where there is none. */
  readonly type: string;
  /** Content-Length; undefined where it is missing or counts compressed bytes. */
  readonly size: number | undefined;
  /** Its bytes as they arrive; it fails where they break off. To cancel it gives up the connection. */
  stream(options?: ReadOptions): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** All of it, in memory; rejects where it breaks off. */
  bytes(options?: ReadOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** All of it, with its type; rejects where it breaks off. */
  blob(options?: ReadOptions): Promise<Blob>;
  /** Decoded as UTF-8, without a byte order mark. */
  text(options?: ReadOptions): Promise<string>;
  /** Gives up the connection. */
  cancel(): Promise<void>;
}

type Chunk = Uint8Array<ArrayBuffer>;

/** Resolves after the first chunk; where the file may be an error envelope, when that is known. */
export async function openFile(incoming: Incoming): Promise<ApiFile> {
  const { next, headers, check, size, cancel } = incoming;
  const type = headers.get("content-type") ?? "";
  const start = performance.now();
  const held: Chunk[] = [];
  const decoder = new TextDecoder();
  let text = "";
  let head = "";
  let used = false;
  let chunk: Chunk | undefined;
  do {
    chunk = await next(held[0] && IDLE);
    if (chunk) held.push(chunk);
    const piece = check ? decoder.decode(chunk, { stream: true }) : "-";
    text += piece;
    // To look into all of the text would cost its length for each chunk.
    head = (head + piece).slice(0, 99);
    // How a JSON object, or what may become one, begins; blanks include the byte order mark.
  } while (chunk && /^\s*($|\{\s*("|$))/.test(head) && text.length <= HELD);
  if (!chunk) check?.(text);
  incoming.time.stop();

  /** Begins the reading: gives the next bytes, undefined at the end. */
  const read = ({ onProgress = incoming.onProgress }: ReadOptions = {}) => {
    if (used) throw new TypeError("The file was read");
    used = true;
    let loaded = 0;
    let due = 0;
    return async () => {
      const value = held.shift() ?? (await next(IDLE));
      const now = performance.now();
      loaded += value?.length ?? 0;
      if (!value || now > due) {
        due = now + TELL;
        try {
          onProgress?.({ loaded, total: size, rate: (loaded / (now - start || 1)) * 1000 });
        } catch (error) {
          cancel();
          throw error;
        }
      }
      return value;
    };
  };
  const stream = (options?: ReadOptions) => {
    const more = read(options);
    return new ReadableStream<Chunk>(
      {
        async pull(controller) {
          const value = await more();
          if (value) controller.enqueue(value);
          else controller.close();
        },
        cancel,
      },
      // Nothing is waited for before somebody does.
      { highWaterMark: 0 },
    );
  };
  // Not a Response: to a browser, whatever fails in its body is a TypeError.
  const blob = async (options?: ReadOptions) => {
    const more = read(options);
    const chunks: Chunk[] = [];
    for (let value = await more(); value; value = await more()) chunks.push(value);
    return new Blob(chunks, { type });
  };
  const giveUp = () => {
    used = true;
    return cancel();
  };
  return {
    type,
    stream,
    blob,
    text: async (options) => (await blob(options)).text(),
    bytes: async (options) => new Uint8Array(await (await blob(options)).arrayBuffer()),
    size,
    cancel: giveUp,
    name: fileName(headers.get("content-disposition")),
    [Symbol.asyncDispose]: giveUp,
  };
}
