/** How fast a file arrives, and in how much memory, beside `fetch` and `pipeline` alone. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { open, rm } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Context, compared, limited, median, type Row } from "./row.js";

const MIB = 2 ** 20;
const script = fileURLToPath(new URL("transfer-child.ts", import.meta.url));

/** What one reception took. */
export interface Transfer {
  /** Milliseconds. */
  readonly wall: number;
  /** Mebibytes more than before. */
  readonly memory: number;
  /** Bytes of the file that is there afterwards; undefined where none is written. */
  readonly size: number | undefined;
}

/** Into a file by `saveFile`, by `stream` and `pipeline`, by `fetch` and `pipeline`; or nowhere, by `stream` and by `fetch`. */
export type Way = "save" | "stream" | "plain" | "read" | "plain read";

/** Serves a file of so many mebibytes, as fast as it is taken; at `/small`, of one. */
async function serveMebibytes(count: number) {
  const chunk = Buffer.alloc(MIB, "a");
  const send = (response: ServerResponse, left: number): void => {
    for (let rest = left; rest > 0; rest -= 1) {
      if (response.write(chunk)) continue;
      response.once("drain", () => send(response, rest - 1));
      return;
    }
    response.end();
  };
  const server = createServer(({ url = "" }, response) => {
    const size = url.startsWith("/small") ? 1 : count;
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": size * MIB });
    send(response, size);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Removes a file once the disk has it: the next one, which waits for the disk, is not to wait for this one, too. Its size. */
async function settle(file: string): Promise<number> {
  const handle = await open(file, "r+");
  await handle.sync();
  const { size } = await handle.stat();
  await handle.close();
  await rm(file);
  return size;
}

/** Receives a file of so many mebibytes in each way in turn, `repeats` times, each in a process of its own. */
export async function transfers(
  folder: string,
  mebibytes: number,
  ways: readonly Way[],
  repeats: number,
): Promise<ReadonlyMap<Way, readonly Transfer[]>> {
  await using server = await serveMebibytes(mebibytes);
  const found = new Map<Way, Transfer[]>(ways.map((way) => [way, []]));
  for (let round = 0; round < repeats; round += 1) {
    for (const way of ways) {
      const file = join(folder, "file");
      const args = ["--import", "tsx", script, way, server.url, file];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      const size = /read/.test(way) ? undefined : await settle(file);
      found.get(way)?.push({ ...(JSON.parse(stdout) as Omit<Transfer, "size">), size });
    }
  }
  return found;
}

/**
 * The rows of a table: time beside `fetch` and `pipeline` alone, at most 1.25 of it (0.8 of its throughput), and memory;
 * then what is left of a difference without the disk.
 */
export function rowsOf(found: ReadonlyMap<Way, readonly Transfer[]>, mebibytes: number): readonly Row[] {
  const of = (way: Way, key: "wall" | "memory") => median((found.get(way) ?? []).map((transfer) => transfer[key]));
  const most = (way: Way) => Math.max(...(found.get(way) ?? []).map(({ memory }) => memory));
  const compare = (way: "save" | "stream"): readonly Row[] => [
    compared(`${mebibytes} MiB, ${way}`, [of(way, "wall"), of("plain", "wall")], "ms", 1.25),
    limited("  memory added", most(way), "MiB", 64),
  ];
  const read = compared("  read, and not written", [of("read", "wall"), of("plain read", "wall")], "ms");
  return [...compare("save"), ...compare("stream"), read];
}

export const ways: readonly Way[] = ["plain", "save", "stream", "plain read", "read"];

export async function transferRows({ folder, repeats }: Context): Promise<readonly Row[]> {
  return rowsOf(await transfers(folder, 256, ways, repeats), 256);
}
