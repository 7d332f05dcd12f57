import { execFile } from "node:child_process";
import { createHash, type Hash } from "node:crypto";
import { access, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

/** The package as a user gets it: built, packed, unpacked, outside of the repository. */
export interface UnpackedPackage {
  /** Name in its package.json. */
  readonly name: string;
  /** A project that has the package and its dependencies in `node_modules`, and nothing else. Shared: do not write into it. */
  readonly project: string;
  /** The package itself, `<project>/node_modules/<name>`. */
  readonly folder: string;
  /** The archive that `npm pack` made. */
  readonly tarball: string;
}

const repository = fileURLToPath(new URL("../../", import.meta.url));
const generated = join(repository, "generated");
const run = promisify(execFile);

/**
 * Builds, packs and unpacks `generated/`, unless a project of the same content is there already: it is keyed by the
 * content of everything that goes into it, so that test files share it across processes and runs.
 */
export async function unpackedPackage(): Promise<UnpackedPackage> {
  const existing = await placeFor(generated);
  if (await isThere(existing)) return existing;
  const workshop = await mkdtemp(join(tmpdir(), "specproof-build-"));
  try {
    const source = join(workshop, "source");
    await cp(generated, source, { recursive: true, filter: (file) => !/[\\/](node_modules|dist)$/.test(file) });
    // Of the copy, so that the key is of what was built, even if somebody writes into `generated/` meanwhile.
    const place = await placeFor(source);
    const project = await assemble(workshop, source);
    // Two processes may build at once; a rename is atomic, and the first one wins.
    await rename(project, place.project).catch(async (error: unknown) => {
      if (!(await isThere(place))) throw error;
    });
    return place;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** A copy of what runs, in a fresh temporary folder, for a test that changes it; the caller removes `project`. */
export async function copyOfPackage(source: UnpackedPackage): Promise<UnpackedPackage> {
  const project = await mkdtemp(join(tmpdir(), "specproof-copy-"));
  const filter = (path: string) => !/\/src$|\.(d\.ts|map|tgz|md)$/.test(path.replaceAll("\\", "/"));
  await cp(source.project, project, { recursive: true, filter });
  return describe(project, source.name);
}

/** Imports what the package exports as `subpath`, from the unpacked folder: no link of this repository is in the way. */
export async function importPackage(unpacked: UnpackedPackage, subpath = "."): Promise<unknown> {
  const entry = (await manifest(unpacked.folder)).exports[subpath];
  const file = typeof entry === "string" ? entry : (entry?.import ?? entry?.default);
  if (file === undefined) throw new Error(`${unpacked.name} does not export ${subpath}`);
  return import(pathToFileURL(join(unpacked.folder, file)).href);
}

/** Makes the project inside of `workshop` and returns its folder. */
async function assemble(workshop: string, source: string): Promise<string> {
  const { name, dependencies = {} } = await manifest(source);
  const project = join(workshop, "project");
  const { folder, tarball } = describe(project, name);
  // The compiler finds the dependencies and the types of Node where npm has put them.
  await symlink(join(repository, "node_modules"), join(source, "node_modules"), "junction");
  await command(process.execPath, [join(repository, "node_modules/typescript/bin/tsc"), "-p", source], source);
  await mkdir(folder, { recursive: true });
  await command("npm", ["pack", "--ignore-scripts", "--pack-destination", project], source);
  const archive = (await readdir(project)).find((file) => file.endsWith(".tgz"));
  if (archive === undefined) throw new Error("npm pack left no archive");
  await rename(join(project, archive), tarball);
  await command("tar", ["-xzf", tarball, "--strip-components=1", "-C", folder], project);
  for (const dependency of await closure(Object.keys(dependencies))) {
    const target = join(project, "node_modules", dependency);
    await cp(join(repository, "node_modules", dependency), target, { recursive: true });
  }
  await writeFile(join(project, "package.json"), `${JSON.stringify({ private: true, type: "module" })}\n`);
  return project;
}

/** The dependencies and theirs, which npm installs flat in the root of this repository. */
async function closure(names: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>(names);
  for (const name of found) {
    const { dependencies = {} } = await manifest(join(repository, "node_modules", name));
    for (const dependency of Object.keys(dependencies)) found.add(dependency);
  }
  return found;
}

/** Where the project of a source folder belongs. */
async function placeFor(source: string): Promise<UnpackedPackage> {
  const { name, dependencies = {} } = await manifest(source);
  const hash = createHash("sha256").update(process.version);
  for (const dependency of [...(await closure(Object.keys(dependencies))), "typescript"]) {
    hash.update(`${dependency}@${(await manifest(join(repository, "node_modules", dependency))).version}\n`);
  }
  // How the project is made is part of its content.
  hash.update(await readFile(fileURLToPath(import.meta.url)));
  await addFolder(hash, source);
  return describe(join(tmpdir(), `specproof-package-${hash.digest("hex").slice(0, 16)}`), name);
}

function describe(project: string, name: string): UnpackedPackage {
  return { name, project, folder: join(project, "node_modules", name), tarball: join(project, "package.tgz") };
}

async function addFolder(hash: Hash, folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name === "node_modules" || entry.name === "dist") continue;
    hash.update(`${entry.name}\0`);
    if (entry.isDirectory()) await addFolder(hash, join(folder, entry.name));
    else hash.update(await readFile(join(folder, entry.name))).update("\0");
  }
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

async function manifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
}

async function isThere({ folder }: UnpackedPackage): Promise<boolean> {
  return access(join(folder, "package.json")).then(
    () => true,
    () => false,
  );
}

/** Runs a program; its whole output is in the error when it fails. */
async function command(program: string, args: readonly string[], cwd: string): Promise<void> {
  try {
    // npm is a script with another extension on Windows, which only a shell finds.
    await run(program, args, { cwd, shell: program === "npm" && process.platform === "win32" });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
