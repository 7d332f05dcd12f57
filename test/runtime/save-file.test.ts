import { execFile } from "node:child_process";
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { isNetworkError } from "../../generator/runtime/errors.js";
import { saveFile } from "../../generator/runtime/node.js";
import type { Progress } from "../../generator/runtime/options.js";
import { clientOf, errorOf, INPUT } from "./client.js";
import { exportCases } from "./export-cases.js";
import { octets, pieces, serve, stall } from "./server.js";

const OCTETS = { "content-type": "application/octet-stream" };
const root = await mkdtemp(join(tmpdir(), "save-file-"));
let folder = root;
let count = 0;

beforeEach(async () => {
  folder = join(root, `${count++}`);
  await mkdir(folder);
});

afterAll(() => rm(root, { recursive: true }));

/** Every file of the folder with its content. */
async function content(): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "latin1")] as const)),
  );
}

describe("saveFile", () => {
  it("saves the bytes as they were sent, and gives the path", async () => {
    const every = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
    await using server = await serve(pieces([every, every]));
    const path = join(folder, "工单.xlsx");
    expect(await saveFile(await exportCases(clientOf(server), INPUT), path)).toBe(path);
    expect(Buffer.concat([every, every]).equals(await readFile(path))).toBe(true);
    expect(await readdir(folder)).toEqual(["工单.xlsx"]);
  });

  it("saves an empty file", async () => {
    await using server = await serve(octets(""));
    await saveFile(await exportCases(clientOf(server), INPUT), join(folder, "a"));
    expect(await content()).toEqual({ a: "" });
  });

  it("takes a path without a folder as the platform does", async () => {
    await using server = await serve(octets("abc"));
    const before = process.cwd();
    try {
      process.chdir(folder);
      await saveFile(await exportCases(clientOf(server), INPUT), "a");
    } finally {
      process.chdir(before);
    }
    expect(await content()).toEqual({ a: "abc" });
  });

  it("tells its progress, to its own listener rather than to the call's", async () => {
    await using server = await serve(octets("abcdef"));
    const told: (Progress & { readonly to: string })[] = [];
    const listener = (to: string) => (progress: Progress) => told.push({ to, ...progress });
    const options = { onProgress: listener("call") };
    await saveFile(await exportCases(clientOf(server), INPUT, options), join(folder, "a"));
    await saveFile(await exportCases(clientOf(server), INPUT, options), join(folder, "b"), {
      onProgress: listener("save"),
    });
    const last = { loaded: 6, total: 6, rate: expect.any(Number) };
    expect(told).toContainEqual({ to: "call", ...last });
    expect(told.at(-1)).toEqual({ to: "save", ...last });
  });

  it("replaces what was there before, and only with the last byte", async () => {
    await writeFile(join(folder, "a"), "old");
    let finish = () => {};
    await using server = await serve((_, response) => {
      response.writeHead(200, OCTETS).write("new, ");
      finish = () => response.end("whole");
    });
    const file = await exportCases(clientOf(server), INPUT);
    const seen: Promise<string>[] = [];
    const saving = saveFile(file, join(folder, "a"), {
      onProgress() {
        seen.push(readFile(join(folder, "a"), "utf8"));
        finish();
      },
    });
    await saving;
    expect(await seen[0]).toBe("old");
    expect(await content()).toEqual({ a: "new, whole" });
  });

  it("leaves nothing where the call is aborted, and closes the connection", async () => {
    await using server = await serve(stall(200, OCTETS, "begin"));
    const controller = new AbortController();
    const reason = new Error("enough");
    const file = await exportCases(clientOf(server), INPUT, { signal: controller.signal });
    const saving = saveFile(file, join(folder, "a"), { onProgress: () => controller.abort(reason) });
    expect(await errorOf(saving)).toBe(reason);
    expect(await content()).toEqual({});
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("leaves nothing where a listener throws, and closes the connection", async () => {
    await using server = await serve(stall(200, OCTETS, "begin"));
    const reason = new Error("listener");
    const onProgress = () => {
      throw reason;
    };
    const saving = saveFile(await exportCases(clientOf(server), INPUT), join(folder, "a"), { onProgress });
    expect(await errorOf(saving)).toBe(reason);
    expect(await content()).toEqual({});
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("leaves nothing where there is no folder, and closes the connection", async () => {
    await using server = await serve(stall(200, OCTETS, "begin"));
    const file = await exportCases(clientOf(server), INPUT);
    expect(await errorOf(saveFile(file, join(folder, "none", "a")))).toMatchObject({ code: "ENOENT" });
    expect(await content()).toEqual({});
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it.skipIf(process.platform === "win32")(
    "does not replace a pipe or a device (Windows has none in a folder)",
    async () => {
      await using server = await serve(octets("abc"));
      const pipe = join(folder, "pipe");
      await promisify(execFile)("mkfifo", [pipe]);
      const file = await exportCases(clientOf(server), INPUT);
      expect(await errorOf(saveFile(file, pipe))).toMatchObject({ code: "EINVAL", path: pipe });
      const second = await exportCases(clientOf(server), INPUT);
      expect(await errorOf(saveFile(second, folder, { name: "pipe" }))).toMatchObject({ code: "EINVAL", path: pipe });
      expect((await lstat(pipe)).isFIFO()).toBe(true);
      expect(await readdir(folder)).toEqual(["pipe"]);
    },
  );

  it("replaces a link rather than what it points to", async () => {
    await using server = await serve(octets("new"));
    await writeFile(join(folder, "target"), "old");
    await symlink(join(folder, "target"), join(folder, "link"));
    await saveFile(await exportCases(clientOf(server), INPUT), join(folder, "link"));
    expect(await content()).toEqual({ target: "old", link: "new" });
  });

  it("saves nothing of a file that is given up meanwhile", async () => {
    await using server = await serve(stall(200, OCTETS, "begin"));
    const file = await exportCases(clientOf(server), INPUT);
    const saving = saveFile(file, join(folder, "a"), { onProgress: () => file.cancel() });
    expect(isNetworkError(await errorOf(saving))).toBe(true);
    expect(await content()).toEqual({});
  });

  it("is not disturbed by a second saving of the same file, which is a TypeError", async () => {
    let finish = () => {};
    await using server = await serve((_, response) => {
      response.writeHead(200, OCTETS).write("begin, ");
      finish = () => response.end("end");
    });
    const file = await exportCases(clientOf(server), INPUT);
    const first = saveFile(file, join(folder, "a"));
    expect(await errorOf(saveFile(file, join(folder, "b")))).toBeInstanceOf(TypeError);
    finish();
    await first;
    expect(await content()).toEqual({ a: "begin, end" });
  });

  it("does not save what was read before", async () => {
    await using server = await serve(octets("abc"));
    const file = await exportCases(clientOf(server), INPUT);
    await saveFile(file, join(folder, "a"));
    expect(await errorOf(saveFile(file, join(folder, "b")))).toBeInstanceOf(TypeError);
    expect(await content()).toEqual({ a: "abc" });
  });
});
