import { getEventListeners } from "node:events";
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { saveFile } from "../../generator/runtime/node.js";
import { clientOf, errorOf, INPUT } from "./client.js";
import { exportCases } from "./export-cases.js";
import { octets, serve, stall } from "./server.js";

const order: string[] = [];
/** Whether the file system has hard links, and gives new names. */
let hasLinks = true;
let hasNames = true;
vi.mock("node:fs/promises", async (original) => {
  const actual = await original<typeof import("node:fs/promises")>();
  const told =
    <Args extends readonly unknown[], Result>(name: string, work: (...args: Args) => Result) =>
    (...args: Args): Result => {
      order.push(name);
      return work(...args);
    };
  const link: typeof actual.link = async (...args) => {
    if (!hasLinks) throw Object.assign(new Error("EPERM"), { code: "EPERM" });
    await actual.link(...args);
  };
  const rename: typeof actual.rename = async (...args) => {
    if (!hasNames) throw Object.assign(new Error("EIO"), { code: "EIO" });
    await actual.rename(...args);
  };
  return { ...actual, rename: told("rename", rename), link: told("link", link) };
});

const OCTETS = { "content-type": "application/octet-stream" };
const root = await mkdtemp(join(tmpdir(), "save-target-"));
let folder = root;
let count = 0;

beforeEach(async () => {
  folder = join(root, `${count++}`);
  await mkdir(folder);
});

afterAll(() => rm(root, { recursive: true }));

const named = (value: string) => octets("new", { "content-disposition": value });
const read = (name: string) => readFile(join(folder, name), "utf8");

/** While `work` runs, a file is flushed as `flush` does it. */
async function flushing(flush: (really: () => Promise<void>) => Promise<void>, work: () => Promise<void>) {
  const handle = await open(join(root, "handle"), "w");
  const prototype = Object.getPrototypeOf(handle) as typeof handle;
  await handle.close();
  const { sync } = prototype;
  prototype.sync = function (this: typeof handle) {
    return flush(() => sync.call(this));
  };
  await work().finally(() => {
    prototype.sync = sync;
  });
}

describe("the bytes", () => {
  it.each([true, false])("are on the disk before they have their name, overwrite: %s", async (overwrite) => {
    order.length = 0;
    const flush = (really: () => Promise<void>) => {
      order.push("sync");
      return really();
    };
    await flushing(flush, async () => {
      await using server = await serve(octets("new"));
      await saveFile(await exportCases(clientOf(server), INPUT), join(folder, "a"), { overwrite });
    });
    expect(order).toEqual(["sync", overwrite ? "rename" : "link"]);
  });
});

describe("a signal of the saving", () => {
  const reason = new Error("enough");

  it("ends it also when all bytes are there, and the disk takes its time: what was there is there still", async () => {
    await writeFile(join(folder, "a"), "old");
    const controller = new AbortController();
    const { signal } = controller;
    const flush = (really: () => Promise<void>) => {
      controller.abort(reason);
      return really();
    };
    await flushing(flush, async () => {
      await using server = await serve(octets("new"));
      const file = await exportCases(clientOf(server), INPUT);
      expect(await errorOf(saveFile(file, join(folder, "a"), { signal }))).toBe(reason);
    });
    expect(await readdir(folder)).toEqual(["a"]);
    expect(await read("a")).toBe("old");
  });

  it("gives the connection up while the file arrives", async () => {
    await using server = await serve(stall(200, OCTETS, "begin"));
    const controller = new AbortController();
    const options = { signal: controller.signal, onProgress: () => controller.abort(reason) };
    const file = await exportCases(clientOf(server), INPUT);
    expect(await errorOf(saveFile(file, join(folder, "a"), options))).toBe(reason);
    expect(await readdir(folder)).toEqual([]);
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("that was aborted before leaves nothing", async () => {
    await using server = await serve(octets("new"));
    const file = await exportCases(clientOf(server), INPUT);
    expect(await errorOf(saveFile(file, join(folder, "a"), { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(await readdir(folder)).toEqual([]);
  });

  it("keeps no listener of what is over", async () => {
    const { signal } = new AbortController();
    await using server = await serve(octets("new"));
    await saveFile(await exportCases(clientOf(server), INPUT), join(folder, "a"), { signal });
    expect([await read("a"), getEventListeners(signal, "abort")]).toEqual(["new", []]);
  });
});

describe("what is replaced", () => {
  it.skipIf(process.platform === "win32")("keeps its permissions (Windows has none)", async () => {
    await using server = await serve(octets("new"));
    const path = join(folder, "a");
    await writeFile(path, "old", { mode: 0o600 });
    await chmod(path, 0o640);
    await saveFile(await exportCases(clientOf(server), INPUT), path);
    expect(await read("a")).toBe("new");
    expect((await stat(path)).mode & 0o777).toBe(0o640);
  });
});

describe("a path that ends as a directory's does", () => {
  it("is refused where there is none, before anything is read", async () => {
    await using server = await serve(stall(200, OCTETS, "begin"));
    const file = await exportCases(clientOf(server), INPUT);
    expect(await errorOf(saveFile(file, `${join(folder, "none")}/`))).toMatchObject({ code: "ENOENT" });
    expect(await server.requests[0]?.taken).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });
});

it.each([
  ["", "ENOENT"],
  ["a".repeat(256), "ENAMETOOLONG"],
  ["a\0b", "ERR_INVALID_ARG_VALUE"],
])("a path that no file can have is refused before anything is read: %j", async (name, code) => {
  await using server = await serve(stall(200, OCTETS, "begin"));
  const file = await exportCases(clientOf(server), INPUT);
  expect(await errorOf(saveFile(file, name && join(folder, name)))).toMatchObject({ code });
  expect(await server.requests[0]?.taken).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

describe("overwrite: false", () => {
  it("leaves nothing where neither a link nor a new name can be had", async () => {
    await using server = await serve(octets("new"));
    hasLinks = hasNames = false;
    try {
      const save = exportCases(clientOf(server), INPUT).then((file) =>
        saveFile(file, join(folder, "a"), { overwrite: false }),
      );
      expect(await errorOf(save)).toMatchObject({ code: "EIO" });
    } finally {
      hasLinks = hasNames = true;
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it("saves, and refuses, on a file system without links, too", async () => {
    await using server = await serve(octets("new"));
    const path = join(folder, "a");
    hasLinks = false;
    try {
      await saveFile(await exportCases(clientOf(server), INPUT), path, { overwrite: false });
      expect(await read("a")).toBe("new");
      const again = exportCases(clientOf(server), INPUT).then((file) => saveFile(file, path, { overwrite: false }));
      expect(await errorOf(again)).toMatchObject({ code: "EEXIST" });
    } finally {
      hasLinks = true;
    }
    expect(await readdir(folder)).toEqual(["a"]);
  });

  it("saves where nothing is", async () => {
    await using server = await serve(octets("new"));
    await saveFile(await exportCases(clientOf(server), INPUT), join(folder, "a"), { overwrite: false });
    expect(await read("a")).toBe("new");
    expect(await readdir(folder)).toEqual(["a"]);
  });

  it.each(["a file", "a link that leads nowhere"])(
    "refuses, and gives the connection up, where there is %s",
    async (what) => {
      await using server = await serve(stall(200, OCTETS, "begin"));
      const path = join(folder, "a");
      await (what === "a file" ? writeFile(path, "old") : symlink(join(folder, "none"), path));
      const saving = saveFile(await exportCases(clientOf(server), INPUT), path, { overwrite: false });
      expect(await errorOf(saving)).toMatchObject({ code: "EEXIST", path });
      expect(await readdir(folder)).toEqual(["a"]);
      expect(await server.requests[0]?.taken).toBe(false);
    },
  );

  it("refuses, and leaves what is there, where it appears while the file arrives", async () => {
    let finish = () => {};
    await using server = await serve((_, response) => {
      response.writeHead(200, OCTETS).write("begin");
      finish = () => response.end("end");
    });
    const path = join(folder, "a");
    const saving = saveFile(await exportCases(clientOf(server), INPUT), path, {
      overwrite: false,
      onProgress: ({ loaded }) => {
        if (loaded === 5) writeFile(path, "of another").then(finish);
      },
    });
    expect(await errorOf(saving)).toMatchObject({ code: "EEXIST" });
    expect(await read("a")).toBe("of another");
    expect(await readdir(folder)).toEqual(["a"]);
  });
});

describe("in a directory, a file is called", () => {
  const long = "工".repeat(200);
  it.each<readonly [string, string, string]>([
    ["as the server says", 'attachment; filename="tickets.csv"', "tickets.csv"],
    ["by its last segment", 'attachment; filename="../../../etc/passwd"', "passwd"],
    ["by its last segment, encoded", "attachment; filename*=UTF-8''..%2F..%5Ca.csv", "a.csv"],
    ["download, where the server does not say", "attachment", "download"],
    ["download, where the server says what no file may be called", "attachment; filename=..", "download"],
    ["download, where the server names a device", 'attachment; filename="con.csv"', "download"],
    ["without a drive or a stream of Windows", 'attachment; filename="C:a.csv:b"', "C_a.csv_b"],
    ["without wildcards", 'attachment; filename="a*?<|>.csv"', "a_____.csv"],
    ["not hidden", "attachment; filename=.bashrc", "_bashrc"],
    ["without dots and blanks at its end", 'attachment; filename="a.csv. ."', "a.csv"],
    ["no option of a command", 'attachment; filename="-rf.csv"', "_rf.csv"],
    ["no device of a console", 'attachment; filename="CONOUT$.csv"', "CONOUT_.csv"],
    ["no device of a console, without an extension", 'attachment; filename="conin$"', "conin_"],
    ["what only begins like one", 'attachment; filename="conin$5.csv"', "conin$5.csv"],
    [
      "without what nobody sees, but joiners",
      `attachment; filename*=UTF-8''${encodeURIComponent("\u200bc\ufeffon\u2028a\u2029\u2060\u200d.csv")}`,
      "_c_on_a__\u200d.csv",
    ],
    [
      "without a dot at the end of what is left of it",
      `attachment; filename="${"a".repeat(254)}. ${"b".repeat(20)}"`,
      "a".repeat(254),
    ],
    [
      "as much of it as a file system takes",
      `attachment; filename*=UTF-8''${encodeURIComponent(long)}.csv`,
      `${long.slice(0, 83)}.csv`,
    ],
  ])("%s", async (_, header, name) => {
    await using server = await serve(named(header));
    const path = await saveFile(await exportCases(clientOf(server), INPUT), folder);
    expect(path).toBe(join(folder, name));
    expect(await readdir(folder)).toEqual([name]);
    expect(await read(name)).toBe("new");
  });

  it("as the caller says, where the server does not", async () => {
    await using server = await serve(octets("new"), named("attachment; filename=b.csv"));
    const save = async () => saveFile(await exportCases(clientOf(server), INPUT), folder, { name: "../a.csv" });
    expect(await save()).toBe(join(folder, "_._a.csv"));
    expect(await save()).toBe(join(folder, "b.csv"));
  });

  it("and is not saved where that is a directory again", async () => {
    await using server = await serve(named("attachment; filename=a"));
    await mkdir(join(folder, "a", "b"), { recursive: true });
    await errorOf(saveFile(await exportCases(clientOf(server), INPUT), folder));
    expect(await readdir(folder)).toEqual(["a"]);
  });

  it("and replaces a link rather than what it leads to", async () => {
    await using server = await serve(named("attachment; filename=a"));
    await writeFile(join(root, "outside"), "old");
    await symlink(join(root, "outside"), join(folder, "a"));
    await saveFile(await exportCases(clientOf(server), INPUT), folder);
    expect([await read("a"), await readFile(join(root, "outside"), "utf8")]).toEqual(["new", "old"]);
  });

  it("also through a link to the directory; with overwrite: false, only where nothing is", async () => {
    await using server = await serve(named("attachment; filename=a"));
    await symlink(folder, join(root, "link"));
    const save = async () =>
      saveFile(await exportCases(clientOf(server), INPUT), join(root, "link"), { overwrite: false });
    expect(await save()).toBe(join(root, "link", "a"));
    expect(await errorOf(save())).toMatchObject({ code: "EEXIST" });
    expect(await readdir(folder)).toEqual(["a"]);
  });
});
