import { execFile } from "node:child_process";
import { chmod, lstat, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { checkOutput } from "../../generator/check.js";
import { buildManifest, DOCUMENT, MANIFEST, type Manifest, printManifest } from "../../generator/manifest.js";
import { readOutputFolder } from "../../generator/output-folder.js";
import type { OutputFile } from "../../generator/print.js";
import { writeOutput } from "../../generator/write.js";
import { findingsOf, folderOf } from "./load-folder.js";

const files: readonly OutputFile[] = [
  { path: "package.json", text: "{}\n" },
  { path: "src/a.ts", text: "a\n" },
  { path: "src/deep/b.ts", text: "b\n" },
];

function recordOf(wanted: readonly OutputFile[], name = "pkg@1.0.0"): Manifest {
  return buildManifest(name, wanted);
}

function write(folder: string, wanted: readonly OutputFile[] = files): Promise<"written" | "unchanged"> {
  return writeOutput(folder, "out", [...wanted, printManifest(recordOf(wanted))]);
}

/** `path: message cause` for each difference. */
async function check(folder: string, wanted = files, manifest = recordOf(wanted)): Promise<readonly string[]> {
  const found = checkOutput(await readOutputFolder(folder, "out"), "out", wanted, manifest);
  expect(found.every(({ code, severity }) => code === "output-differs" && severity === "error")).toBe(true);
  return found.map(({ file, message, cause }) => `${file}: ${message}. ${cause}`);
}

/** Every file with its text. */
async function contentOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = found.sort().map(async (path) => [path.slice(folder.length + 1), await readFile(path, "utf8")]);
  return Object.fromEntries(await Promise.all(texts));
}

describe("writing", () => {
  it("makes the folder and its parents, leaves nothing beside it, and does nothing the second time", async () => {
    const home = await folderOf({});
    const folder = join(home, "some/where");
    expect(await write(folder)).toBe("written");
    expect(await write(folder)).toBe("unchanged");
    expect(Object.keys(await contentOf(home))).toEqual([
      "some/where/package.json",
      `some/where/${MANIFEST}`,
      "some/where/src/a.ts",
      "some/where/src/deep/b.ts",
    ]);
    expect(await readdir(join(home, "some"))).toEqual(["where"]);
  });

  it("replaces what changed and removes what is no longer wanted", async () => {
    const folder = join(await folderOf({}), "out");
    await write(folder);
    const next = [{ path: "src/a.ts", text: "new\n" }];
    expect(await write(folder, next)).toBe("written");
    expect(await contentOf(folder)).toEqual({ [MANIFEST]: printManifest(recordOf(next)).text, "src/a.ts": "new\n" });
  });

  it.each([
    ["edited", (folder: string) => writeFile(join(folder, "src/a.ts"), "edited\n")],
    ["removed", (folder: string) => rm(join(folder, "src/a.ts"))],
  ])("mends a file that was %s by hand", async (_, change) => {
    const folder = join(await folderOf({}), "out");
    await write(folder);
    await change(folder);
    expect(await write(folder)).toBe("written");
    expect(await check(folder)).toEqual([]);
  });

  it("keeps what was built, installed and packed", async () => {
    const folder = join(await folderOf({}), "out");
    await write(folder);
    for (const path of ["dist/index.js", "node_modules/x/index.js", "pkg-1.0.0.tgz"]) {
      await mkdir(join(folder, path, ".."), { recursive: true });
      await writeFile(join(folder, path), path);
    }
    expect(await write(folder)).toBe("unchanged");
    expect(await write(folder, files.slice(1))).toBe("written");
    expect(await contentOf(folder)).toMatchObject({
      "dist/index.js": "dist/index.js",
      "node_modules/x/index.js": "node_modules/x/index.js",
      "pkg-1.0.0.tgz": "pkg-1.0.0.tgz",
    });
    expect(await check(folder, files.slice(1))).toEqual([]);
  });

  it.each([
    ["no record", { "notes.txt": "mine" }, "out holds files of others: notes.txt"],
    ["a record of something else", { [MANIFEST]: '{"name":"x"}', a: "" }, "out holds files of others: a"],
    ["a damaged record", { [MANIFEST]: "{", b: "", a: "" }, "out holds files of others: a, b"],
    [
      "many",
      Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`f${index}`, ""])),
      "out holds files of others: f0, f1, f2, f3, f4, … (7)",
    ],
  ])("refuses a folder with files of others: %s", async (_, present, message) => {
    const folder = await folderOf(present);
    expect(await findingsOf(write(folder))).toEqual([
      { code: "output-foreign", severity: "error", message, file: "out" },
    ]);
    expect(await contentOf(folder)).toEqual(present);
  });

  it("refuses a folder with what is no file, and does not follow it", async () => {
    const folder = await folderOf({});
    await symlink(join(folder, "nowhere"), join(folder, "lost"));
    await symlink(folder, join(folder, "round"));
    await promisify(execFile)("mkfifo", [join(folder, "pipe")]);
    expect(await findingsOf(write(folder))).toMatchObject([
      { code: "output-foreign", message: "out holds files of others: lost, pipe, round" },
    ]);
    expect((await readdir(folder)).sort()).toEqual(["lost", "pipe", "round"]);
  });

  it("refuses a folder of ours into which somebody put a file", async () => {
    const folder = join(await folderOf({}), "out");
    await write(folder);
    await writeFile(join(folder, "src/mine.ts"), "mine");
    expect(await findingsOf(write(folder, files.slice(1)))).toMatchObject([
      { message: "out holds files of others: src/mine.ts" },
    ]);
    expect(await readFile(join(folder, "src/deep/b.ts"), "utf8")).toBe("b\n");
  });

  it("refuses a folder with an empty folder of others, alone and among ours", async () => {
    const folder = await folderOf({});
    await mkdir(join(folder, "keep/sub"), { recursive: true });
    const message = "out holds files of others: keep/sub/";
    expect(await findingsOf(write(folder))).toMatchObject([{ code: "output-foreign", message }]);
    await rm(join(folder, "keep"), { recursive: true });
    await write(folder);
    await mkdir(join(folder, "keep/sub"), { recursive: true });
    expect(await findingsOf(write(folder, files.slice(1)))).toMatchObject([{ code: "output-foreign", message }]);
    expect(await check(folder)).toEqual([
      "out/keep/sub/: keep/sub/ does not belong there. It was added by hand: the folder holds generated files only.",
    ]);
    expect(await readdir(join(folder, "keep"))).toEqual(["sub"]);
  });

  it("takes a folder of ours for ours whose files were removed by hand", async () => {
    const folder = join(await folderOf({}), "out");
    await write(folder);
    await rm(join(folder, "src/deep/b.ts"));
    expect(await check(folder)).toEqual(["out/src/deep/b.ts: src/deep/b.ts is not there. It was removed by hand."]);
    expect(await write(folder)).toBe("written");
    expect(await check(folder)).toEqual([]);
  });

  it("leaves the rights on the folder as they are", async () => {
    const folder = await folderOf({});
    await chmod(folder, 0o2710);
    expect(await write(folder)).toBe("written");
    expect((await lstat(folder)).mode & 0o7777).toBe(0o2710);
  });

  it("tells what the system refuses: a file in the way, a file as parent", async () => {
    const home = await folderOf({ file: "mine" });
    for (const folder of [join(home, "file"), join(home, "file/below"), join(home, "file/far/below")]) {
      const findings = await findingsOf(write(folder));
      expect(findings).toMatchObject([{ code: "output-unwritable", severity: "error", file: "out" }]);
      expect(findings[0]?.message).toMatch(/^out cannot be (read|written): ENOTDIR/);
    }
    expect(await contentOf(home)).toEqual({ file: "mine" });
  });

  it("leaves the old folder, with what was built, where a file cannot be written", async () => {
    const home = await folderOf({});
    const folder = join(home, "out");
    await write(folder);
    await mkdir(join(folder, "dist"));
    await writeFile(join(folder, "dist/index.js"), "built");
    const before = await contentOf(home);
    // The second is to lie below the first, which is a file.
    const impossible = [
      { path: "a", text: "" },
      { path: "a/b", text: "" },
    ];
    expect(await findingsOf(write(folder, impossible))).toMatchObject([{ code: "output-unwritable" }]);
    expect(await contentOf(home)).toEqual(before);
    expect(await readdir(home)).toEqual(["out"]);
  });

  it.each([
    ["by a path of its own", (home: string) => symlink("real", join(home, "link"))],
    ["by the whole path", (home: string) => symlink(join(home, "real"), join(home, "link"))],
    [
      "by way of another link",
      (home: string) => Promise.all([symlink("far", join(home, "link")), symlink("real", join(home, "far"))]),
    ],
  ])("replaces the folder that a symbolic link leads to, and not the link: %s", async (_, makeLinks) => {
    const home = await folderOf({ "real/dist/index.js": "built" });
    await makeLinks(home);
    const link = join(home, "link");
    const before = await readlink(link);
    expect(await write(link)).toBe("written");
    expect(await write(link)).toBe("unchanged");
    expect(await write(link, files.slice(1))).toBe("written");
    expect(await readlink(link)).toBe(before);
    expect((await readdir(home)).filter((name) => name !== "far")).toEqual(["link", "real"]);
    expect(await check(join(home, "real"), files.slice(1))).toEqual([]);
    expect(await readFile(join(home, "real/dist/index.js"), "utf8")).toBe("built");
  });

  it("refuses a symbolic link that leads nowhere", async () => {
    const home = await folderOf({});
    await symlink("lost", join(home, "link"));
    expect(await findingsOf(write(join(home, "link")))).toEqual([
      {
        code: "output-unwritable",
        severity: "error",
        message: "out cannot be written: it is a symbolic link that leads nowhere",
        file: "out",
        fix: "Make the folder that it leads to, or choose another one.",
      },
    ]);
    expect(await readdir(home)).toEqual(["link"]);
    expect(await readlink(join(home, "link"))).toBe("lost");
  });

  it.skipIf(process.getuid?.() === 0)(
    "leaves the old folder in a parent that is read-only (root may write there)",
    async () => {
      const home = await folderOf({});
      const folder = join(home, "out");
      await write(folder);
      await chmod(home, 0o555);
      const findings = await findingsOf(write(folder, files.slice(1))).finally(() => chmod(home, 0o755));
      expect(findings).toMatchObject([{ code: "output-unwritable" }]);
      expect(await check(folder)).toEqual([]);
    },
  );
});

describe("checking", () => {
  it.each<readonly [string, (folder: string) => Promise<unknown>, readonly string[]]>([
    ["nothing", async () => {}, []],
    [
      "a file edited",
      (folder) => writeFile(join(folder, "src/a.ts"), "a \n"),
      ["out/src/a.ts: src/a.ts differs. It was edited by hand."],
    ],
    [
      "a file removed",
      (folder) => rm(join(folder, "src/a.ts")),
      ["out/src/a.ts: src/a.ts is not there. It was removed by hand."],
    ],
    [
      "a file added",
      (folder) => writeFile(join(folder, "src/c.ts"), ""),
      ["out/src/c.ts: src/c.ts does not belong there. It was added by hand: the folder holds generated files only."],
    ],
    [
      "the record edited",
      (folder) => writeFile(join(folder, MANIFEST), JSON.stringify({ ...recordOf(files), more: "x" })),
      [`out/${MANIFEST}: ${MANIFEST} differs. It was edited by hand.`],
    ],
    [
      "the record removed",
      (folder) => rm(join(folder, MANIFEST)),
      [`out/${MANIFEST}: ${MANIFEST} differs. The folder was never generated, or its record is missing or damaged.`],
    ],
    [
      "the record damaged, and a file edited",
      (folder) => Promise.all([writeFile(join(folder, MANIFEST), "[]"), writeFile(join(folder, "src/a.ts"), "x")]),
      ["out/src/a.ts: src/a.ts differs. The folder was never generated, or its record is missing or damaged."],
    ],
    ["what was built", (folder) => mkdir(join(folder, "dist")).then(() => writeFile(join(folder, "dist/x"), "")), []],
  ])("%s", async (_, change, expected) => {
    const folder = join(await folderOf({}), "out");
    await write(folder);
    await change(folder);
    const before = await contentOf(folder);
    expect(await check(folder)).toEqual(expected);
    expect(await contentOf(folder)).toEqual(before);
  });

  const changed: readonly OutputFile[] = [
    { path: "package.json", text: "{}\n" },
    { path: "src/a.ts", text: "new\n" },
    { path: "src/new.ts", text: "new\n" },
  ];
  const withDocument = { path: DOCUMENT, text: "{}" };
  it.each<readonly [string, readonly OutputFile[], string, string]>([
    ["spec", [...changed, withDocument], "pkg@1.0.0", "The spec has changed since the folder was generated."],
    ["package", changed, "pkg@2.0.0", "The name or the version of the package has changed."],
    ["toolkit", changed, "pkg@1.0.0", "The toolkit has changed since the folder was generated."],
  ])("a change of the %s is the cause of every difference", async (_, wanted, name, cause) => {
    const folder = join(await folderOf({}), "out");
    await write(folder);
    const found = await check(folder, wanted, recordOf(wanted, name));
    expect(found.filter((text) => !text.startsWith(`out/${DOCUMENT}`))).toEqual([
      `out/src/a.ts: src/a.ts differs. ${cause}`,
      `out/src/deep/b.ts: src/deep/b.ts is no longer needed. ${cause}`,
      `out/src/new.ts: src/new.ts is not there. ${cause}`,
    ]);
  });

  it("an absent folder lacks every file", async () => {
    const folder = join(await folderOf({}), "out");
    expect(await check(folder)).toEqual(
      files.map(
        ({ path }) =>
          `out/${path}: ${path} is not there. The folder was never generated, or its record is missing or damaged.`,
      ),
    );
    await expect(lstat(folder)).rejects.toThrow("ENOENT");
  });

  it("tells what cannot be read", async () => {
    const home = await folderOf({ file: "" });
    expect(await findingsOf(readOutputFolder(join(home, "file"), "out"))).toMatchObject([
      { code: "output-unwritable", file: "out" },
    ]);
  });
});

describe("the record", () => {
  it("has no key from its prototype", async () => {
    const folder = join(await folderOf({}), "out");
    await write(folder);
    await writeFile(join(folder, "constructor"), "mine");
    expect(await findingsOf(write(folder))).toMatchObject([{ message: "out holds files of others: constructor" }]);
  });
});
