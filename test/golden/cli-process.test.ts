/** The command line of a package as a process: signals, pipes, a terminal. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, start } from "./cli.js";
import { makePackages, type Packages, unchecked } from "./packages.js";
import { serve } from "./server.js";

let packages: Packages;
beforeAll(async () => {
  packages = await makePackages(["commands", "bodies", "streams"], unchecked);
});
afterAll(() => packages?.remove());

const programOf = (name: string): string => join(packages.folder(name), "cli.js");
const photo = Buffer.alloc(300_000, "x");

/** Half of a body, and then nothing until the connection is closed. */
async function* half(text: string): AsyncGenerator<string> {
  yield text;
  await new Promise(() => {});
}

describe("a signal", () => {
  it.each([
    ["SIGHUP", 129],
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends an unfinished file: nothing of it is left, exit code %i", async (signal, code) => {
    const { baseUrl } = await serve({ status: 200, type: "image/png", body: half("half") });
    const cwd = await emptyFolder();
    const { child, ended } = start(programOf("commands"), ["get-photo", "--base-url", baseUrl], { cwd });
    await expect.poll(() => readdir(cwd), { timeout: 20_000 }).toEqual([expect.stringMatching(/\.part$/)]);
    // More than once, as npm and a terminal do.
    child.kill(signal);
    await new Promise(setImmediate);
    child.kill(signal);
    expect(await ended).toEqual({ code, out: "", err: "Stopped.\n" });
    expect(await readdir(cwd)).toEqual([]);
  });

  it("leaves none of the directories that were made for the file, but all others", async () => {
    const { baseUrl } = await serve({ status: 200, type: "image/png", body: half("half") });
    const cwd = await emptyFolder();
    await mkdir(join(cwd, "a"));
    const args = ["get-photo", "--out", "a/b/c/", "--base-url", baseUrl];
    const { child, ended } = start(programOf("commands"), args, { cwd });
    const files = () => readdir(cwd, { recursive: true });
    await expect.poll(files, { timeout: 20_000 }).toContainEqual(expect.stringMatching(/^a\/b\/c\/.*\.part$/));
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 130 });
    expect(await files()).toEqual(["a"]);
  });

  it.skipIf(process.platform === "win32")("ends also what nothing else can end, after a while", async () => {
    const cwd = await emptyFolder();
    await promisify(execFile)("mkfifo", [join(cwd, "token")]);
    const args = ["get-pet", "--pet-id", "1", "--base-url", "http://127.0.0.1:9"];
    const { child } = start(programOf("commands"), args, { cwd, env: { COMMANDS_TOKEN_FILE: "token" } });
    // Open when somebody reads; then nothing comes.
    const writer = await open(join(cwd, "token"), "w");
    const gone = once(child, "exit");
    child.kill("SIGINT");
    expect(await gone).toEqual([null, "SIGINT"]);
    await writer.close();
  });

  /** Runs `get-photo` over an old file, and sends a signal where `code`, which stands in for a slow disk, says "now". */
  const duringDisk = async (code: string) => {
    const { baseUrl } = await serve({ status: 200, type: "image/png", body: "new" });
    const cwd = await emptyFolder();
    const prepared = `
      import fs, { open } from "node:fs/promises";
      import { syncBuiltinESMExports } from "node:module";
      const handle = await open(process.execPath);
      const files = Object.getPrototypeOf(handle);
      await handle.close();
      const asked = () => new Promise((resolve) => {
        const busy = setInterval(() => {}, 1000);
        process.once("SIGINT", () => setImmediate(() => resolve(busy)));
        process.stderr.write("now");
      });
      ${code}
      syncBuiltinESMExports();`;
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(prepared)}` };
    const args = ["get-photo", "--out", "made/a", "--base-url", baseUrl];
    await mkdir(join(cwd, "made"));
    await writeFile(join(cwd, "made/a"), "old");
    const { child, ended } = start(programOf("commands"), args, { cwd, env });
    if (child.stderr) await once(child.stderr, "data");
    child.kill("SIGINT");
    const { code: exitCode, out, err } = await ended;
    const left = await readdir(join(cwd, "made"));
    return { exitCode, out, err, left, text: await readFile(join(cwd, "made/a"), "utf8") };
  };

  it("that comes before the file has its name leaves the old one, however slow the disk is", async () => {
    const kept = { out: "", err: "nowStopped.\n", left: ["a"], text: "old" };
    const slow =
      "const { sync } = files; files.sync = async function () { clearInterval(await asked()); return sync.call(this); };";
    expect(await duringDisk(slow)).toEqual({ ...kept, exitCode: 130 });
    // It is killed after a while: nothing else ends what a disk does.
    const stuck = "files.sync = () => asked().then(() => new Promise(() => {}));";
    expect(await duringDisk(stuck)).toEqual({ ...kept, exitCode: null });
  });

  it("that comes after that has stopped nothing", async () => {
    const slow =
      "const { rename } = fs; fs.rename = async (...names) => { clearInterval(await asked()); return rename(...names); };";
    const done = { exitCode: 0, out: "made/a\n", err: "now", left: ["a"], text: "new" };
    expect(await duringDisk(slow)).toEqual(done);
  });

  it("ends a stream, and the waiting for a body", async () => {
    const { baseUrl, seen } = await serve({ status: 200, type: "text/event-stream", body: half('data: {"n":1}\n\n') });
    const cwd = await emptyFolder();
    const events = start(programOf("streams"), ["events", "--base-url", baseUrl], { cwd });
    if (events.child.stdout) await once(events.child.stdout, "data");
    events.child.kill("SIGINT");
    expect(await events.ended).toMatchObject({ code: 130, err: "Stopped.\n" });
    expect(await seen[0]?.taken).toBe(false);

    const body = start(programOf("bodies"), ["send-json", "--body", "-", "--json", "--base-url", baseUrl], {
      cwd,
      input: null,
    });
    // It has begun to read what nobody writes when what is written is more than a pipe holds.
    await new Promise((resolve) => body.child.stdin?.write(" ".repeat(1_000_000), resolve));
    body.child.kill("SIGINT");
    const err = '{"error":{"name":"AbortError","message":"Stopped."}}\n';
    expect(await body.ended).toEqual({ code: 130, out: "", err });
    expect(seen).toHaveLength(1);
  });
});

describe("a stream that cannot be saved", () => {
  it("is given up, though the service would go on", async () => {
    const { baseUrl, seen } = await serve({ status: 200, type: "text/event-stream", body: half('data: {"n":1}\n\n') });
    const cwd = await emptyFolder();
    await writeFile(join(cwd, "events.jsonl"), "old");
    const { ended } = start(programOf("streams"), ["events", "--out", ".", "--no-overwrite", "--base-url", baseUrl], {
      cwd,
    });
    expect(await ended).toEqual({ code: 1, out: "", err: "events.jsonl is there already.\n" });
    expect(await seen[0]?.taken).toBe(false);
    expect(await readdir(cwd)).toEqual(["events.jsonl"]);
  });
});

const throughShell = (command: string, args: readonly string[]) =>
  promisify(execFile)("sh", ["-c", command, process.execPath, programOf("commands"), ...args]);

describe("an output that takes nothing", () => {
  it.skipIf(!existsSync("/dev/full"))("is told as what it is (only where there is a /dev/full)", async () => {
    const { baseUrl } = await serve({ status: 200, type: "image/png", body: Buffer.alloc(3_000_000) });
    const command = 'exec "$0" "$1" get-photo --out - --base-url "$2" > /dev/full';
    await expect(throughShell(command, [baseUrl])).rejects.toMatchObject({
      code: 1,
      stderr: "The standard output cannot be written: no space is left.\n",
    });
  });

  it.skipIf(!existsSync("/dev/full"))("is a failure (only where there is a /dev/full)", async () => {
    const command = 'exec "$0" "$1" --help > /dev/full';
    await expect(throughShell(command, [])).rejects.toMatchObject({ code: 1 });
  });
});

/** Runs a script with a disk of its own, of 64 KiB, which is gone with it: only where a process may have one (Linux). */
const onSmallDisk = async (script: string, args: readonly string[] = []) => {
  const mounted = `mount -t tmpfs -o size=64k none "$PWD" && cd "$PWD" && ${script}`;
  const cwd = await mkdtemp(join(tmpdir(), "specproof-disk-"));
  try {
    return await promisify(execFile)("unshare", ["-rm", "sh", "-c", mounted, process.execPath, ...args], { cwd });
  } finally {
    await rm(cwd, { recursive: true });
  }
};

const hasSmallDisk = await onSmallDisk("true").then(
  () => true,
  () => false,
);

describe.skipIf(!hasSmallDisk)("a disk that is full", () => {
  const script = 'printf old > a; "$0" "$@"; echo "exit code $?"; find . | sort; cat a';
  const left = "exit code 1\n.\n./a\nold";

  it("leaves the old file, and nothing of a new one", async () => {
    const { baseUrl } = await serve({ status: 200, type: "image/png", body: photo });
    const save = (out: string) =>
      onSmallDisk(script, [programOf("commands"), "get-photo", "--out", out, "--base-url", baseUrl]);
    expect(await save("a")).toEqual({ stdout: left, stderr: "a cannot be written: no space is left.\n" });
    expect(await save("b/c/")).toEqual({ stdout: left, stderr: "b/c/ cannot be written: no space is left.\n" });
  });

  it("ends a stream that goes on", async () => {
    const { baseUrl, seen } = await serve({ status: 200, type: "text/event-stream", body: endless() });
    const args = [programOf("streams"), "events", "--out", "a", "--base-url", baseUrl];
    expect(await onSmallDisk(script, args)).toEqual({
      stdout: left,
      stderr: "a cannot be written: no space is left.\n",
    });
    expect(await seen[0]?.taken).toBe(false);
  });
});

describe("a pipe", () => {
  it("that is closed has had enough: that is no failure", async () => {
    const { baseUrl } = await serve({ status: 200, type: "text/event-stream", body: endless() });
    const { child, ended } = start(programOf("streams"), ["events", "--base-url", baseUrl], {
      cwd: await emptyFolder(),
    });
    const gone = once(child, "exit");
    // What reads it breaks off, too.
    const read = ended.catch(() => {});
    if (child.stdout) await once(child.stdout, "data");
    child.stdout?.destroy();
    expect(await gone).toEqual([0, null]);
    await read;
  });
});

describe("a terminal that is gone", () => {
  it("takes no file with it", async () => {
    let send = () => {};
    const closed = new Promise<void>((resolve) => {
      send = resolve;
    });
    const body = (async function* () {
      yield photo;
      await closed;
      yield photo;
    })();
    const { baseUrl } = await serve({ status: 200, type: "image/png", body });
    const cwd = await emptyFolder();
    const env = { NODE_OPTIONS: "--import=data:text/javascript,process.stderr.isTTY=true" };
    const { child, ended } = start(programOf("commands"), ["get-photo", "--base-url", baseUrl], { cwd, env });
    const gone = once(child, "exit");
    ended.catch(() => {});
    // The bar is there.
    if (child.stderr) await once(child.stderr, "data");
    child.stderr?.destroy();
    await once(child.stderr ?? child, "close");
    send();
    expect(await gone).toEqual([0, null]);
    expect(await readdir(cwd)).toEqual(["get-photo"]);
  });
});

async function* endless(): AsyncGenerator<string> {
  for (let index = 0; ; index += 1) yield `data: {"n":${index}}\n\n`;
}

const script = "/usr/bin/script";

// A pseudo-terminal is what only a system can give: here, by a tool of util-linux.
describe.skipIf(!existsSync(script))("a terminal", () => {
  const run = async (command: string, args: readonly string[]) => {
    const cwd = await emptyFolder();
    const words = [process.execPath, programOf("commands"), command, ...args].map((word) => `'${word}'`).join(" ");
    const env = { PATH: process.env.PATH, TERM: "xterm", COLUMNS: "80" };
    return new Promise<{ code: number | string; shown: string; cwd: string }>((resolve) => {
      const child = execFile(script, ["-qec", words, "/dev/null"], { cwd, env }, (error, stdout) => {
        resolve({ code: error?.code ?? 0, shown: stdout, cwd });
      });
      child.stdin?.end();
    });
  };

  it("shows a bar, which stays when the file is there", async () => {
    const headers = { "content-length": photo.length, "content-disposition": 'attachment; filename="cat.png"' };
    const { baseUrl } = await serve({ status: 200, type: "image/png", headers, body: photo });
    const { code, shown, cwd } = await run("get-photo", ["--base-url", baseUrl]);
    expect({ code, saved: photo.equals(await readFile(join(cwd, "cat.png"))) }).toEqual({ code: 0, saved: true });
    const [last = "", ...after] = shown.split("\r").at(-3)?.split("\n") ?? [];
    expect([last, ...after].join("")).toMatch(/^cat\.png {2}\[#+\] {2}100 % {2}300 kB of 300 kB {2}[\d.]+ .?B\/s/);
    expect(shown.trimEnd().split("\n").at(-1)).toBe("cat.png");
  });

  it("is not sent the bytes of a file, nor what it would obey", async () => {
    const { baseUrl, seen } = await serve({ status: 200, type: "image/png", body: photo });
    const refused = await run("get-photo", ["--out", "-", "--base-url", baseUrl]);
    const sentence = /^A file is not written to a terminal[^\n]*\n$/;
    expect(refused).toMatchObject({ code: 2, shown: expect.stringMatching(sentence) });
    expect(seen).toEqual([]);
    // What may be a file is known when it is there.
    const late = await run("get-picture", ["--out", "-", "--base-url", baseUrl]);
    expect(late).toMatchObject({ code: 1, shown: expect.stringMatching(sentence) });
    expect(seen).toHaveLength(1);
    const text = await serve({ status: 200, type: "text/plain", body: "a\u001B[31mb\u009Bc\n" });
    expect(await run("get-xy", ["--base-url", text.baseUrl])).toMatchObject({
      code: 0,
      shown: "a\\u001b[31mb\\u009bc\r\n",
    });
  });
});
