/** Documents that others publish to npm, with the faults that they have. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { RealDocument } from "../corpus/real.js";

const require = createRequire(import.meta.url);
const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** What is known of each, by the name of its package. */
export const shipped: Readonly<Record<string, Omit<RealDocument, "compilers">>> = {
  "@directus/specs": {
    spec: join(folderOf("@directus/specs"), "dist/openapi.json"),
    operations: 136,
    parameters: 434,
    schemas: 178,
    diagnostics: { "coverage-not-honoured": 3, lint: 66, "name-changed": 2, "spec-mended": 2 },
    knownFailures: {},
  },
  "@blockfrost/openapi": {
    spec: join(folderOf("@blockfrost/openapi"), "openapi.yaml"),
    operations: 129,
    parameters: 320,
    schemas: 113,
    diagnostics: { "coverage-not-honoured": 50, lint: 229, "spec-mended": 7 },
    knownFailures: {},
  },
};
