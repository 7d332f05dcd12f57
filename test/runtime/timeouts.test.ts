import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { isTimeoutError } from "../../generator/runtime/errors.js";
import { clientOf, errorOf, INPUT } from "./client.js";
import { exportCases } from "./export-cases.js";
import { octets, problem, serve, stall } from "./server.js";
import { follow } from "./stream-operations.js";

const OCTETS = { "content-type": "application/octet-stream" };

describe("idleTimeout", () => {
  it("ends the reading of a file, and the connection, where no more bytes come; the call's wins over the client's", async () => {
    await using server = await serve(stall(200, OCTETS, "begin"));
    const client = clientOf(server, { idleTimeout: 600_000 });
    const file = await exportCases(client, INPUT, { idleTimeout: 100 });
    const error = await errorOf(file.text());
    expect(isTimeoutError(error)).toBe(true);
    expect(error).toMatchObject({ operationId: "exportCases" });
    expect(error.message).toContain("100 ms");
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("is the client's where the call does not say, and begins anew with each byte", async () => {
    await using server = await serve((_, response) => {
      response.writeHead(200, OCTETS);
      let sent = 0;
      const timer = setInterval(() => {
        response.write("a");
        if (++sent < 8) return;
        clearInterval(timer);
        response.end();
      }, 60);
    });
    const file = await exportCases(clientOf(server, { idleTimeout: 350 }), INPUT);
    expect(await file.text()).toBe("aaaaaaaa");
  });

  it("and not the time of the attempt counts while a file may still turn out to be an error", async () => {
    await using server = await serve(stall(200, OCTETS, '{"a":'));
    const error = await errorOf(exportCases(clientOf(server, { timeout: 600_000, idleTimeout: 100 }), INPUT));
    expect(isTimeoutError(error)).toBe(true);
    expect(error.message).toContain("100 ms");
  });

  it("does not count while nobody reads", async () => {
    await using server = await serve(octets("whole"), stall(200, OCTETS, "begin"));
    const client = clientOf(server, { idleTimeout: 100 });
    const file = await exportCases(client, INPUT);
    // Takes longer than that.
    await errorOf((await exportCases(client, INPUT)).text());
    expect(await file.text()).toBe("whole");
  });

  it("ends a stream where it is given", async () => {
    await using server = await serve(stall(200, { "content-type": "text/event-stream" }, 'data: {"a":1}\n\n'));
    const stream = await follow(server, "events", { idleTimeout: 100 });
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const { data } of stream) seen.push(data);
    })();
    expect(isTimeoutError(await errorOf(reading))).toBe(true);
    expect(seen).toEqual([{ a: 1 }]);
  });
});

describe("a process", () => {
  const script = fileURLToPath(new URL("waiting-child.ts", import.meta.url));
  const run = async (...args: readonly string[]) => {
    const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    await once(child, "close");
    return said.trim();
  };

  it("is not kept alive by the time of a call that nothing else waits for", async () => {
    const start = performance.now();
    expect(await run("never")).toBe("started");
    // The call has ten minutes.
    expect(performance.now() - start).toBeLessThan(60_000);
  });

  it("lives until a repeat is made: that is work", async () => {
    await using server = await serve(problem(503, "E", "no", { "retry-after": "1" }), octets("good"));
    expect(await run(server.url)).toBe("started\ngood");
  });
});
