/** The record in the output folder, `specproof.json`: what was written, and from what. */
import { hash } from "node:crypto";
import type { OutputFile } from "./print.js";

/** Name of the record in the output folder. */
export const MANIFEST = "specproof.json";

/** Fingerprints are SHA-256, in hexadecimal. */
export interface Manifest {
  /** Name and version of the package. */
  readonly package: string;
  /** By path, with forward slashes. */
  readonly files: Readonly<Record<string, string>>;
}

/** The file that holds the document as it was loaded: comments and layout of its own files do not count. */
export const DOCUMENT = "openapi.json";

/** The record of a run; `packageId` is `name@version`. */
export function buildManifest(packageId: string, files: readonly OutputFile[]): Manifest {
  return {
    package: packageId,
    files: Object.fromEntries(files.map(({ path, text }) => [path, fingerprint(text)])),
  };
}

/** SHA-256, in hexadecimal. */
export function fingerprint(text: string | Uint8Array): string {
  return hash("sha256", text, "hex");
}

/** Undefined for what is no record of ours. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    const value: Partial<Manifest> | null = JSON.parse(text);
    const isOurs = typeof value?.package === "string" && Boolean(value.files);
    return isOurs ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

/** The record as the file that is written. */
export function printManifest(manifest: Manifest): OutputFile {
  return { path: MANIFEST, text: `${JSON.stringify(manifest, undefined, 2)}\n` };
}
