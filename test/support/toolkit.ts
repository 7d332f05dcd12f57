/** The toolkit as a user gets it. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Packs the toolkit below a folder, which builds it: path of the archive, and the folder that it was built in. What lies in
 * `dist` of the repository does not matter, and stays.
 */
export async function packToolkit(folder: string): Promise<{ readonly archive: string; readonly workshop: string }> {
  const above = await mkdtemp(join(folder, "build-"));
  const workshop = join(above, "workshop");
  await mkdir(workshop);
  for (const name of ["generator", "package.json", "tsconfig.json", "README.md", "LICENSE"]) {
    await cp(join(root, name), join(workshop, name), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(above, "node_modules"), "junction");
  // What `npm run docs` leaves in the same folder is no part of the toolkit.
  await cp(join(root, "LICENSE"), join(workshop, "dist/docs/index.html"));
  await cp(join(root, "LICENSE"), join(workshop, "dist/docs/redoc.standalone.js"));
  // Nor is what an earlier build made of sources that are gone.
  for (const name of ["gone.js", "gone.d.ts", "runtime/gone.ts"]) {
    await cp(join(root, "LICENSE"), join(workshop, "dist", name));
  }
  await run("npm", ["pack", "--pack-destination", above], { cwd: workshop });
  return { archive: join(above, (await readdir(above)).find((name) => name.endsWith(".tgz")) ?? ""), workshop };
}
