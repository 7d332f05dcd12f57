/** Documents that others publish to npm, with the faults that they have: each gives a package that compiles. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { testDocument } from "../corpus/real.js";

const require = createRequire(import.meta.url);
const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));

// The newest compiler is the fastest; `test:corpus` has them all.
const compilers = ["typescript7"];

testDocument("@directus/specs", {
  spec: join(folderOf("@directus/specs"), "dist/openapi.json"),
  operations: 136,
  parameters: 434,
  schemas: 178,
  diagnostics: { "coverage-not-honoured": 1, lint: 66, "name-changed": 2, "spec-mended": 2 },
  knownFailures: {},
  compilers,
});

testDocument("@blockfrost/openapi", {
  spec: join(folderOf("@blockfrost/openapi"), "openapi.yaml"),
  operations: 129,
  parameters: 320,
  schemas: 113,
  diagnostics: { "coverage-not-honoured": 48, lint: 229, "spec-mended": 7 },
  knownFailures: {},
  compilers,
});
