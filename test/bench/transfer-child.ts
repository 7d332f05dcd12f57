/** A process of its own that receives a file, and tells what it took: `<way> <url> <path>`. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { saveFile } from "../../generator/runtime/node.js";
import { clientOf, INPUT } from "../runtime/client.js";
import { exportCases } from "../runtime/export-cases.js";
import type { Way } from "./transfer.js";

const drain = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
  const reader = stream.getReader();
  while (!(await reader.read()).done);
};

const pipe = (stream: ReadableStream<Uint8Array>, path: string): Promise<void> =>
  // Of Node's web streams, which are the same.
  pipeline(Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(path));

async function bodyOf(url: string): Promise<ReadableStream<Uint8Array>> {
  const { body } = await fetch(url);
  if (!body) throw new Error("there is no body");
  return body;
}

const exported = (url: string) => exportCases(clientOf({ url }), INPUT);
const ways: Readonly<Record<Way, (url: string, path: string) => Promise<unknown>>> = {
  save: async (url, path) => saveFile(await exported(url), path),
  stream: async (url, path) => pipe((await exported(url)).stream(), path),
  plain: async (url, path) => pipe(await bodyOf(url), path),
  read: async (url) => drain((await exported(url)).stream()),
  "plain read": async (url) => drain(await bodyOf(url)),
};

const [, , way = "", url = "", path = ""] = process.argv;
const receive = ways[way as Way];
// The first one loads what there is to load.
await receive(`${url}/small`, path);
const before = process.memoryUsage().rss;
let most = before;
const timer = setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss);
}, 20);
const start = performance.now();
await receive(url, path);
const wall = performance.now() - start;
clearInterval(timer);
console.log(JSON.stringify({ wall, memory: (most - before) / 2 ** 20 }));
