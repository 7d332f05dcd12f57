/// <reference lib="esnext.disposable" preserve="true" />
import { fileName } from "./content-disposition.js";
import type { Incoming } from "./descriptor.js";
import type { Progress } from "./options.js";

/** Options of one reading of a file. */
export interface ReadOptions {
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
  stream(options?: ReadOptions): ReadableStream<Uint8Array<ArrayBuffer>>;
  bytes(options?: ReadOptions): Promise<Uint8Array<ArrayBuffer>>;
  blob(options?: ReadOptions): Promise<Blob>;
  /** Decoded as UTF-8, without a byte order mark. */
  text(options?: ReadOptions): Promise<string>;
  /** Gives up the connection. */
  cancel(reason?: unknown): Promise<void>;
}

/** How much of a body that looks like JSON is held to see whether it is an error envelope, in bytes. */
const HELD = 2 ** 20;

/** The beginning of a JSON object, or of what may still become one; `\s` includes the byte order mark. */
const MAY_BE_OBJECT = /^\s*($|\{\s*($|"))/;

/** Resolves after the first chunk; where the file may be an error envelope, when that is known. */
export async function openFile(incoming: Incoming): Promise<ApiFile> {
  const { response, time, envelope, check, broken } = incoming;
  const { headers } = response;
  const reader = response.body?.getReader();
  const { signal } = time;
  const length = headers.get("content-length");
  const size = length && !headers.has("content-encoding") ? Number(length) : undefined;
  let received = 0;
  let used = false;

  const read = async (): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    try {
      const chunk = await reader?.read();
      signal.throwIfAborted();
      if (chunk?.value) {
        received += chunk.value.length;
        return chunk.value;
      }
      // To a page of another origin, a browser may show the length and hide the encoding.
      if (size !== undefined && size !== received && response.type !== "cors") {
        throw new RangeError(`${received} bytes of ${size}`);
      }
    } catch (cause) {
      time.close();
      throw signal.aborted ? signal.reason : broken(cause);
    }
    time.close();
    return undefined;
  };
  const cancel = async (reason?: unknown) => {
    used = true;
    time.close();
    // A stream that failed says so to its reader, not to who gives it up.
    await reader?.cancel(reason).catch(() => {});
  };
  signal.addEventListener("abort", () => cancel(signal.reason));

  const held: Uint8Array<ArrayBuffer>[] = [];
  const decoder = new TextDecoder();
  let text = "";
  let chunk = await time.race(read());
  while (chunk) {
    held.push(chunk);
    text += envelope ? decoder.decode(chunk, { stream: true }) : "-";
    if (!MAY_BE_OBJECT.test(text) || received > HELD) break;
    chunk = await time.race(read());
  }
  if (!chunk) check(text);
  time.stop();

  const stream = ({ onProgress = incoming.onProgress }: ReadOptions = {}) => {
    if (used) throw new TypeError("The file was read, or given up, before");
    used = true;
    let loaded = 0;
    return new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        async pull(controller) {
          const next = held.shift() ?? (await read());
          if (!next) return controller.close();
          loaded += next.length;
          onProgress?.({ loaded, total: size });
          controller.enqueue(next);
        },
        cancel,
      },
      { highWaterMark: 0 },
    );
  };
  const type = headers.get("content-type") ?? "";
  const whole = async (options?: ReadOptions) => new Response(stream(options), { headers: { "content-type": type } });
  return {
    name: fileName(headers.get("content-disposition")),
    type,
    size,
    stream,
    bytes: async (options) => new Uint8Array(await (await whole(options)).arrayBuffer()),
    blob: async (options) => (await whole(options)).blob(),
    text: async (options) => (await whole(options)).text(),
    cancel,
    [Symbol.asyncDispose]: () => cancel(),
  };
}
