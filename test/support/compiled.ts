/** The toolkit compiled once for all tests that start it: from its sources, each start takes a second longer. */
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));
const home = join(root, ".cache/toolkit");

/** The command line, for `node`. */
export const compiledCli = join(home, "dist/cli.js");

/** Vitest calls it before the first test. */
export default async function setup(): Promise<void> {
  // Another run of the tests may be using what is there: each file is replaced at once.
  const write = async (path: string, text: string): Promise<void> => {
    if ((await readFile(path, "utf8").catch(() => undefined)) === text) return;
    await mkdir(dirname(path), { recursive: true });
    const part = `${path}.${process.pid}`;
    await writeFile(part, text);
    await rename(part, path);
  };
  const sources = (await readdir(join(root, "generator"), { recursive: true })).filter((path) => path.endsWith(".ts"));
  const wanted = new Set<string>();
  for (const path of sources) {
    const text = await readFile(join(root, "generator", path), "utf8");
    const isRuntime = dirname(path) === "runtime";
    const target = isRuntime ? path : path.replace(/ts$/, "js");
    wanted.add(target);
    const { code } = isRuntime ? { code: text } : await transform(text, { loader: "ts", target: "node20" });
    await write(join(home, "dist", target), code);
  }
  const found = await readdir(join(home, "dist"), { recursive: true, withFileTypes: true });
  for (const entry of found) {
    const path = join(entry.parentPath, entry.name).slice(join(home, "dist/").length);
    if (entry.isFile() && !wanted.has(path) && /\.[jt]s$/.test(path)) await rm(join(home, "dist", path));
  }
  await cp(join(root, "package.json"), join(home, "package.json"));
}
