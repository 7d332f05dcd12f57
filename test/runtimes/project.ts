/** A project of a user outside the repository: the packed package, and the program that calls it. */
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { unpackedPackage } from "../support/package.js";

const sources = ["program.js", "main.js", "worker.js", "page.js"] as const;
type Source = (typeof sources)[number];

export interface Project extends AsyncDisposable {
  readonly folder: string;
  /** Where the package itself is. */
  readonly packages: string;
  /** One module, or for a page one script that declares `program`, made of a file and of what it imports. */
  bundle(source: Source, format: "esm" | "iife"): Promise<string>;
}

export async function makeProject(): Promise<Project> {
  const { project } = await unpackedPackage();
  const folder = await mkdtemp(join(tmpdir(), "specproof-runtimes-"));
  for (const name of sources) await cp(fileURLToPath(new URL(name, import.meta.url)), join(folder, name));
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await symlink(join(project, "node_modules"), join(folder, "node_modules"), "junction");
  return {
    folder,
    packages: project,
    async bundle(source, format) {
      const { outputFiles } = await build({
        entryPoints: [join(folder, source)],
        bundle: true,
        minify: true,
        format,
        globalName: "program",
        platform: "browser",
        // As the tools of workers ask.
        conditions: source === "worker.js" ? ["workerd", "worker"] : [],
        target: "es2022",
        write: false,
        logLevel: "silent",
      });
      return outputFiles[0]?.text ?? "";
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
