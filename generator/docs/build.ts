import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "../openapi.js";
import { readBundle } from "./bundle.js";
import { decorate } from "./decorate.js";
import { page } from "./page.js";
import type { OperationSamples } from "./samples.js";

const script = "redoc.standalone.js";

/**
 * Writes the reference of a bundled document (local references only) into `outDir`, which is made if need be:
 * `index.html`, Redoc's script beside it, and the licences. The page works from a server, from the disk and without a
 * network. Returns the path of the page.
 */
export async function buildDocs(
  document: JsonObject,
  samples: readonly OperationSamples[],
  outDir: string,
): Promise<string> {
  const bundle = await readBundle();
  const files: readonly (readonly [name: string, text: string])[] = [
    ["index.html", page(decorate(document, samples), script)],
    [script, bundle.script],
    [`${script}.LICENSE.txt`, bundle.notices],
  ];
  await mkdir(outDir, { recursive: true });
  await Promise.all(files.map(([name, text]) => writeFile(join(outDir, name), text)));
  return join(outDir, "index.html");
}
