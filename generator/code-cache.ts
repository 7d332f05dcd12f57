/**
 * The compilers are nine megabytes each, and to compile them takes longer than a small document. From 22.1 on, Node keeps what
 * it compiled for the next run (`compile-cache.ts`); for those before, it is kept here.
 */
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";
import { fingerprint } from "./manifest.js";

/** Beside the packages that the toolkit brings along: gone with them, and in nobody's way. */
export const cacheFolder = new URL("../node_modules/.cache/specproof/", import.meta.url);

/** Loads a large module of CommonJS at this path, so that `require` finds it. Code that Node cannot use is compiled anew. */
export function preload(path: string, folder: URL = cacheFolder): void {
  const require = createRequire(path);
  if ("enableCompileCache" in module || require.cache[path]) return;
  const source = readFileSync(path);
  const kept = fileURLToPath(new URL(keptName(path, source), folder));
  const cachedData = read(kept);
  const script = new Script(module.wrap(source.toString()), { filename: path, ...(cachedData ? { cachedData } : {}) });
  const loaded = new module(path);
  loaded.filename = path;
  require.cache[path] = loaded;
  script.runInThisContext().call(loaded.exports, loaded.exports, require, loaded, path, dirname(path));
  loaded.loaded = true;
  if (!cachedData || script.cachedDataRejected) keep(kept, script.createCachedData());
}

/** By what it was compiled of, and for which engine, which itself looks at the length of the source alone. */
function keptName(path: string, source: Buffer): string {
  return `${basename(path)}-${fingerprint(source)}-${cachedDataVersionTag()}.code`;
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** All of it or nothing: other runs may read at the same time. */
function keep(path: string, code: Buffer): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const own = `${path}.${randomUUID()}`;
    writeFileSync(own, code);
    renameSync(own, path);
  } catch {
    // The next run compiles, then, too.
  }
}
