/** The documents of others that lie beside the repository. */
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const shared = fileURLToPath(new URL("../../../shared", import.meta.url));

/** Path of a document in `../shared`. */
export function sharedPath(...below: readonly string[]): string {
  return join(shared, ...below);
}

/** False in a plain clone: tests that need the documents are skipped, and say so. */
export const isShared = existsSync(shared);

/** Small documents, each with one thing that breaks generators: path by name. */
export const nasty: ReadonlyMap<string, string> = new Map(
  (isShared ? readdirSync(sharedPath("specs/nasty"), { withFileTypes: true }) : [])
    .filter((entry) => entry.isDirectory() || entry.name.endsWith(".yaml"))
    .map((entry) => [
      basename(entry.name, ".yaml"),
      sharedPath("specs/nasty", entry.name, entry.isDirectory() ? "openapi.yaml" : ""),
    ]),
);
