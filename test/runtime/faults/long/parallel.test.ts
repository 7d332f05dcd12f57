import { getEventListeners } from "node:events";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { saveFile } from "../../../../generator/runtime/node.js";
import { clientOf, INPUT } from "../../client.js";
import { exportCases } from "../../export-cases.js";
import { bytes, octets, problem, serve } from "../../server.js";
import { leftOf, openHandles } from "../run.js";

const COUNT = 1000;
const BODY = Buffer.alloc(64 * 1024, "a");
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallel-"));
});
afterAll(() => rm(folder, { recursive: true }));

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

/** What is finalized in one round is let go of in the next. */
async function collect(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    gc();
    await new Promise(setImmediate);
  }
}

/** A thousand at once: two of three are good, one is cut. */
async function exportAll(name: string) {
  const cut = bytes("HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\nabc");
  let count = 0;
  await using server = await serve((request, response) => (count++ % 3 ? octets(BODY) : cut)(request, response));
  const token = vi.fn(async () => ({ value: "token-1", expiresAt: Date.now() + 3_600_000 }));
  const client = clientOf(server, { auth: { token } });
  // One for all: they may be ended together.
  const { signal } = new AbortController();
  const results = await Promise.allSettled(
    Array.from({ length: COUNT }, async (_, index) =>
      saveFile(await exportCases(client, INPUT, { signal }), join(folder, `${name}-${index}`)),
    ),
  );
  // Each connection is done with its answer, while the server would still go on.
  await Promise.all(server.requests.map(({ taken }) => taken));
  expect(getEventListeners(signal, "abort")).toEqual([]);
  // Without the errors, which are the caller's to keep.
  const saved = results.filter(({ status }) => status === "fulfilled").length;
  return { saved, requests: server.requests.length, asked: token.mock.calls.length };
}

it(`${COUNT} exports in parallel leak no socket, listener, file or memory, though every third is cut`, async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error) => warnings.push(warning);
  process.on("warning", warn);
  try {
    const before = openHandles();
    // What grows once, as caches do, is there after the first.
    await exportAll("a");
    expect(await leftOf(before)).toEqual([]);
    await collect();
    const heap = process.memoryUsage().heapUsed;
    const { saved, requests, asked } = await exportAll("b");
    expect(await leftOf(before)).toEqual([]);
    await collect();
    const grown = (process.memoryUsage().heapUsed - heap) / 2 ** 20;
    console.log(`${COUNT} exports in parallel: ${requests} requests, the heap grew by ${grown.toFixed(1)} MiB`);
    expect(grown).toBeLessThan(8);
    expect(requests).toBe(COUNT);
    expect(asked).toBe(1);
    const names = (await readdir(folder)).filter((name) => name.startsWith("b-"));
    expect(names.length).toBe(saved);
    expect(names.length).toBe(Math.floor((COUNT * 2) / 3));
    for (const name of names) expect((await stat(join(folder, name))).size).toBe(BODY.length);
    // No part of a file that was cut.
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
    expect(warnings).toEqual([]);
  } finally {
    process.off("warning", warn);
  }
});

it(`${COUNT} exports in parallel do not make a storm of a service that is down`, async () => {
  await using server = await serve(problem(503, "E", "no", { "retry-after": "0" }));
  const client = clientOf(server);
  await Promise.allSettled(Array.from({ length: COUNT }, () => exportCases(client, INPUT)));
  console.log(`${COUNT} exports in parallel of a service that is down: ${server.requests.length} requests`);
  // Without a budget, three thousand.
  expect(server.requests.length).toBeLessThanOrEqual(COUNT + 50 + COUNT / 10);
});
