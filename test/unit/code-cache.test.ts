import { readdir, readFile, writeFile } from "node:fs/promises";
import module, { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { preload } from "../../generator/code-cache.js";
import { fingerprint } from "../../generator/manifest.js";
import { folderOf } from "./load-folder.js";

const hasOwn = "enableCompileCache" in module;

it.skipIf(hasOwn)("what is compiled is kept (Node has that by itself from 22.1 on)", async () => {
  const home = await folderOf({
    "main.cjs": 'exports.part = require("./part.cjs"); exports.own = [__filename, __dirname, module.filename];',
    "other.cjs": "exports.other = 1;",
    "part.cjs": 'module.exports = "part";',
  });
  const cache = join(home, "cache");
  const load = (name: string): unknown => {
    preload(join(home, name), pathToFileURL(`${cache}/`));
    return createRequire(import.meta.url)(join(home, name));
  };
  const main = join(home, "main.cjs");
  expect(load("main.cjs")).toEqual({ part: "part", own: [main, home, main] });
  const [kept = "", ...others] = await readdir(cache);
  expect(others).toEqual([]);
  expect(kept).toMatch(/^main\.cjs-[\da-f]{64}-\d+\.code$/);

  // What the engine cannot use is compiled anew, and replaced.
  const source = await readFile(join(home, "other.cjs"));
  const name = kept.replace(/^main\.cjs-[\da-f]+/, `other.cjs-${fingerprint(source)}`);
  await writeFile(join(cache, name), "no code");
  expect(load("other.cjs")).toEqual({ other: 1 });
  expect(await readFile(join(cache, name), "latin1")).not.toBe("no code");
  expect((await readdir(cache)).sort()).toEqual([kept, name]);
});
