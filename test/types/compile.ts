import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { UnpackedPackage } from "../support/package.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** The strictest settings that a user of the package may have. */
export const strictest = {
  target: "ES2022",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  skipLibCheck: false,
  noEmit: true,
} as const;

/** Both ways in which a user's compiler finds the package. */
export const resolutions = {
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
} as const;

/** Where the code of a user runs. */
export const platforms = {
  browser: { lib: ["ES2022", "DOM", "DOM.Iterable", "DOM.AsyncIterable"], types: [] },
  node: { lib: ["ES2022"], types: ["node"], typeRoots: [join(root, "node_modules/@types")] },
} as const;

export interface Compilation {
  /** Folder of the compiler's package below `node_modules`: only one `tsc` of several gets linked. */
  readonly compiler: string;
  readonly resolution: keyof typeof resolutions;
  readonly platform: keyof typeof platforms;
  /** Its `node_modules` are the only ones in sight. */
  readonly unpacked: UnpackedPackage;
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** Compiles a user's project outside the repository: the compiler's findings, one a line, or "". */
export async function compile(compilation: Compilation): Promise<string> {
  const { compiler, resolution, platform, unpacked, files } = compilation;
  const folder = await mkdtemp(join(tmpdir(), "specproof-types-"));
  try {
    const compilerOptions = { ...strictest, ...resolutions[resolution], ...platforms[platform] };
    await writeAll(folder, {
      ...files,
      "package.json": JSON.stringify({ private: true, type: "module" }),
      "tsconfig.json": JSON.stringify({ compilerOptions, include: ["**/*.ts"] }),
    });
    await symlink(join(unpacked.project, "node_modules"), join(folder, "node_modules"), "junction");
    return await findings(compiler, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Compiles the package's own sources, as they are in the archive. */
export async function compileSources({ compiler, resolution, unpacked }: Omit<Compilation, "files" | "platform">) {
  const folder = await mkdtemp(join(tmpdir(), "specproof-types-"));
  try {
    for (const part of ["src", "package.json"]) {
      await cp(join(unpacked.folder, part), join(folder, part), { recursive: true });
    }
    const { types, typeRoots } = platforms.node;
    const lib = await libOfPackage();
    const compilerOptions = { ...strictest, ...resolutions[resolution], lib, types, typeRoots };
    await writeAll(folder, {
      "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"] }),
    });
    await symlink(join(unpacked.project, "node_modules"), join(folder, "node_modules"), "junction");
    return await findings(compiler, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the package's own settings take as given. */
async function libOfPackage(): Promise<readonly string[]> {
  const text = await readFile(join(root, "generated/tsconfig.json"), "utf8");
  return (JSON.parse(text) as { compilerOptions: { lib: readonly string[] } }).compilerOptions.lib;
}

async function writeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function findings(compiler: string, folder: string): Promise<string> {
  const tsc = join(root, "node_modules", compiler, "bin/tsc");
  try {
    await run(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { cwd: folder });
    return "";
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return `${stdout ?? ""}${stderr ?? ""}`.trim() || String(error);
  }
}
