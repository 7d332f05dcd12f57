import { describe, expect, it } from "vitest";
import type { ApiFile, ReadOptions } from "../../generator/runtime/file.js";
import type { Progress } from "../../generator/runtime/options.js";
import { clientOf, errorOf, INPUT } from "./client.js";
import { exportCases } from "./export-cases.js";
import { type Handler, octets, pieces, serve, stall } from "./server.js";

/** What a listener is told while the answer is read. */
async function toldOf(handler: Handler, listen: (progress: Progress) => void = () => {}): Promise<readonly Progress[]> {
  const told: Progress[] = [];
  await using server = await serve(handler);
  const file = await exportCases(clientOf(server), INPUT);
  await file.bytes({
    onProgress(progress) {
      told.push(progress);
      listen(progress);
    },
  });
  return told;
}

describe("progress", () => {
  it.each<readonly [string, Handler, Omit<Progress, "rate">]>([
    ["with the size", octets("abcdef"), { loaded: 6, total: 6 }],
    ["without a size that is unknown", pieces(["abc", "de", "f"]), { loaded: 6, total: undefined }],
    ["of an empty file", octets(""), { loaded: 0, total: 0 }],
  ])("ends with what is true then, %s", async (_, handler, last) => {
    const told = await toldOf(handler);
    expect(told.at(-1)).toEqual({ ...last, rate: expect.any(Number) });
    expect(told.length).toBeLessThanOrEqual(3);
  });

  it("is told at most ten times in any second, and at the end, though bytes come all the time", async () => {
    const times: number[] = [];
    const count = 300;
    const told = await toldOf(
      (_, response) => {
        response.writeHead(200, { "content-length": count * 1000 });
        let sent = 0;
        const timer = setInterval(() => {
          response.write(Buffer.alloc(1000));
          if (++sent < count) return;
          clearInterval(timer);
          response.end();
        }, 4);
      },
      () => times.push(performance.now()),
    );
    const inSecond = times.map((start) => times.filter((time) => time >= start && time < start + 1000).length);
    expect(Math.max(...inSecond)).toBeLessThanOrEqual(10);
    expect(told.length).toBeGreaterThan(5);
    const loaded = told.map((progress) => progress.loaded);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    expect(told.at(-1)).toMatchObject({ loaded: count * 1000, total: count * 1000 });
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
    const rate = told.at(-1)?.rate ?? 0;
    expect(rate * seconds).toBeGreaterThan(count * 500);
    expect(rate * seconds).toBeLessThan(count * 1500);
  });

  it.each<readonly [string, (file: ApiFile, options: ReadOptions) => Promise<unknown>]>([
    ["bytes", (file, options) => file.bytes(options)],
    ["stream", (file, options) => new Response(file.stream(options)).arrayBuffer()],
  ])("ends the reading of the %s, and the connection, where its listener throws", async (_, read) => {
    await using server = await serve(stall(200, { "content-type": "application/octet-stream" }, "begin"));
    const file = await exportCases(clientOf(server), INPUT);
    const onProgress = () => {
      throw new RangeError("no");
    };
    expect(await errorOf(read(file, { onProgress }))).toMatchObject({ message: "no" });
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("goes to the reading's listener, else to the call's", async () => {
    await using server = await serve(octets("abc"));
    const told: string[] = [];
    const onProgress = () => told.push("call");
    const client = clientOf(server);
    await (await exportCases(client, INPUT, { onProgress })).text();
    await (await exportCases(client, INPUT, { onProgress })).text({ onProgress: () => told.push("reading") });
    await (await exportCases(client, INPUT, { onProgress })).cancel();
    expect([...new Set(told)]).toEqual(["call", "reading"]);
  });

  it("ends the reading where its listener throws", async () => {
    const reason = new Error("listener");
    await using server = await serve(stall(200, { "content-type": "application/octet-stream" }, "begin"));
    const file = await exportCases(clientOf(server), INPUT);
    const onProgress = () => {
      throw reason;
    };
    expect(await errorOf(file.bytes({ onProgress }))).toBe(reason);
    await file.cancel();
    expect(await server.requests[0]?.taken).toBe(false);
  });
});
