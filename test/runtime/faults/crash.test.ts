import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { octets, serve, stall } from "../server.js";

const script = fileURLToPath(new URL("save-child.ts", import.meta.url));
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "crash-"));
  await writeFile(join(folder, "a"), "old");
});
afterEach(() => rm(folder, { recursive: true }));

/** A process that saves into `a`; `before` is what its shell does first. */
function saving(url: string, before = ":") {
  const command = `${before}; exec "$0" --import tsx "$1" "$2" "$3"`;
  const child = spawn("sh", ["-c", command, process.execPath, script, url, join(folder, "a")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return { child, end: once(child, "close").then(([code, signal]) => ({ code, signal, said: said.trim() })) };
}

describe.skipIf(process.platform === "win32")("a process that saves over an old file", () => {
  it("and is killed leaves the old one, though what it had written", async () => {
    await using server = await serve(stall(200, { "content-type": "application/octet-stream" }, "half of it"));
    const { child, end } = saving(server.url);
    // It tells how far it has come.
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    expect(await end).toMatchObject({ code: null, signal: "SIGKILL" });
    expect(await readFile(join(folder, "a"), "utf8")).toBe("old");
    expect((await readdir(folder)).filter((name) => name !== "a" && !/^\..*\.part$/.test(name))).toEqual([]);
  });

  it("and meets the end of the disk leaves the old one, and nothing else", async () => {
    await using server = await serve(octets(Buffer.alloc(8 * 2 ** 20)));
    // A file of at most a mebibyte.
    const { end } = saving(server.url, "ulimit -f 2048");
    const { code, said } = await end;
    expect([code, said.split("\n").at(-1)]).toEqual([0, "EFBIG"]);
    expect(await readdir(folder)).toEqual(["a"]);
    expect(await readFile(join(folder, "a"), "utf8")).toBe("old");
  });

  it("and meets neither leaves the new one", async () => {
    await using server = await serve(octets("new"));
    const { end } = saving(server.url);
    expect((await end).said.split("\n").at(-1)).toBe("saved");
    expect(await readdir(folder)).toEqual(["a"]);
    expect(await readFile(join(folder, "a"), "utf8")).toBe("new");
  });
});
