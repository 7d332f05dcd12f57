import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packToolkit } from "../support/toolkit.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

let folder: string;
let toolkit: string;
let workshop: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "specproof-toolkit-"));
  toolkit = join(folder, "package");
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  const packed = await packToolkit(folder);
  workshop = packed.workshop;
  await run("tar", ["-xzf", packed.archive, "-C", folder]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function filesOf(top: string): Promise<readonly string[]> {
  const entries = await readdir(top, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(top.length + 1));
}

describe("the packed toolkit", () => {
  it("holds its code, its types and the runtime's sources, and nothing else", async () => {
    const files = await filesOf(toolkit);
    expect(files.filter((path) => !path.startsWith("dist/")).sort()).toEqual(["LICENSE", "README.md", "package.json"]);
    const others = files.filter((path) => path.startsWith("dist/") && !/\.(js|d\.ts)$/.test(path));
    const runtime = (await readdir(join(root, "generator/runtime"))).map((name) => `dist/runtime/${name}`);
    expect(others.sort()).toEqual(runtime.sort());
    expect(files.filter((path) => /index\.html|redoc\./.test(path))).toEqual([]);
  });

  it("has nothing of an earlier build, which leaves the reference where it is", async () => {
    const sources = await filesOf(join(root, "generator"));
    const known = new Set(sources.map((path) => path.replace(/\.ts$/, "")));
    const code = (await filesOf(join(toolkit, "dist"))).map((path) => path.replace(/(\.d)?\.[jt]s$/, ""));
    expect(code.filter((path) => !known.has(path))).toEqual([]);
    expect(await readdir(join(workshop, "dist/docs"))).toEqual(
      expect.arrayContaining(["index.html", "redoc.standalone.js"]),
    );
  });

  it("generates what is in the repository, from its command line", async () => {
    const home = await mkdtemp(join(folder, "home-"));
    await cp(join(root, "spec"), join(home, "spec"), { recursive: true });
    await cp(join(root, "redocly.yaml"), join(home, "redocly.yaml"));
    await run(process.execPath, [join(toolkit, "dist/cli.js"), "generate"], { cwd: home });
    const ours = (await filesOf(join(root, "generated"))).filter((path) => !/^(dist|node_modules)\//.test(path)).sort();
    expect((await filesOf(join(home, "generated"))).toSorted()).toEqual(ours);
    for (const path of ours) {
      const [made, kept] = await Promise.all([home, root].map((top) => readFile(join(top, "generated", path), "utf8")));
      expect(made, path).toBe(kept);
    }
  });

  it("is a library too", async () => {
    const { exports } = JSON.parse(await readFile(join(toolkit, "package.json"), "utf8")) as {
      exports: { ".": { types: string; default: string } };
    };
    const library = (await import(pathToFileURL(join(toolkit, exports["."].default)).href)) as object;
    expect(Object.keys(library)).toContain("generate");
    expect(await readFile(join(toolkit, exports["."].types), "utf8")).toContain("generate");
  });
});
