import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { table } from "../../../bench/row.js";
import { rowsOf, type Transfer, transfers, type Way, ways } from "../../../bench/transfer.js";
import { clientOf, INPUT } from "../../client.js";
import { exportCases } from "../../export-cases.js";
import { serve } from "../../server.js";

const GIB = 2 ** 30;
let folder = "";
let found: ReadonlyMap<Way, readonly Transfer[]>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "large-"));
  found = await transfers(folder, 1024, ways, 3);
  console.log(table(rowsOf(found, 1024)));
}, 600_000);
afterAll(() => rm(folder, { recursive: true }));

describe("an export of 1 GiB", () => {
  it("is saved whole", () => {
    expect(found.get("save")?.map(({ size }) => size)).toEqual([GIB, GIB, GIB]);
  });

  it.each(["save", "stream"] as const)("adds less than 64 MiB of memory: %s", (way) => {
    const most = Math.max(...(found.get(way) ?? []).map(({ memory }) => memory));
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(64);
  });

  it.each<readonly [Way, Way]>([
    ["stream", "plain"],
    ["read", "plain read"],
  ])("arrives about as fast as by fetch alone: %s", (way, plain) => {
    // The table shows the ratio that is promised, 0.8; here is room for what else the machine does. Saving is bound to the
    // disk, which `pipeline` does not wait for.
    const best = (one: Way) => Math.min(...(found.get(one) ?? []).map(({ wall }) => wall));
    expect(best(plain) / best(way)).toBeGreaterThanOrEqual(0.6);
  });

  it("is sent no faster than it is read", async () => {
    let sent = 0;
    let isStopped = () => {};
    const stopped = new Promise<void>((resolve) => {
      isStopped = resolve;
    });
    await using server = await serve((_, response) => {
      response.writeHead(200, { "content-type": "application/octet-stream", "content-length": GIB });
      const chunk = Buffer.alloc(2 ** 20);
      const more = (): void => {
        while (sent < GIB) {
          sent += chunk.length;
          if (response.write(chunk)) continue;
          const timer = setTimeout(isStopped, 1000);
          response.once("drain", () => {
            clearTimeout(timer);
            more();
          });
          return;
        }
      };
      more();
    });
    const file = await exportCases(clientOf(server), INPUT);
    const reader = file.stream().getReader();
    await reader.read();
    // Nothing has drained for a second.
    await stopped;
    expect(sent).toBeLessThan(64 * 2 ** 20);
    await reader.cancel();
    expect(await server.requests[0]?.taken).toBe(false);
  });
});
