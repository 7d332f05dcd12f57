import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const cache = fileURLToPath(new URL("../../.cache/", import.meta.url));

/**
 * The folder of a package that package.json does not name, such as the binary of a runtime; npm fetches it once into the
 * repository's cache, and runs none of its scripts.
 */
export async function fetchPackage(name: string, version: string): Promise<string> {
  const place = join(cache, `${name.replace("/", "-")}@${version}`);
  const folder = join(place, "node_modules", name);
  if (await isThere(folder)) return folder;
  await mkdir(cache, { recursive: true });
  // Half an installation must not look like a whole one.
  const workshop = await mkdtemp(join(cache, "part-"));
  try {
    const options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"];
    await run("npm", ["install", ...options, "--prefix", workshop, `${name}@${version}`], { cwd: workshop });
    // Two processes may fetch at once; a rename is atomic, and the first one wins.
    await rename(workshop, place).catch(async (error: unknown) => {
      if (!(await isThere(folder))) throw error;
    });
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return folder;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
