import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
let out: string;
let child: ChildProcessWithoutNullStreams | undefined;

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), "specproof-command-"));
});
afterAll(async () => {
  child?.kill("SIGKILL");
  await rm(out, { recursive: true });
});

describe("docs --serve", () => {
  it("builds the reference, serves it, and ends well when it is interrupted", async () => {
    const command = ["--import", "tsx", "generator/cli.ts", "docs", "--out", out, "--serve", "0"];
    child = spawn(process.execPath, command, { cwd: root });
    const ended = once(child, "exit");
    const lines: string[] = [];
    let url: string | undefined;
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      url = /http:\/\/127\.0\.0\.1:\d+\//.exec(line)?.[0];
      if (url !== undefined) break;
    }
    expect(lines[0]).toContain(join(out, "index.html"));
    const page = await fetch(url ?? "");
    expect(await page.text()).toContain("<title>Service Ticket Export</title>");
    child.kill("SIGINT");
    expect(await ended).toEqual([0, null]);
    await expect(fetch(url ?? "")).rejects.toThrow();
  });
});
