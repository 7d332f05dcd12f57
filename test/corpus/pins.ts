/** Real documents, with what is known of each. */
import { sharedPath } from "./documents.js";
import type { RealDocument } from "./real.js";

const compilers = ["typescript", "typescript6", "typescript7"] as const;

/** OpenAPI 3.1. */
export const museum: RealDocument = {
  spec: sharedPath("corpus/museum.yaml"),
  operations: 8,
  parameters: 14,
  schemas: 14,
  diagnostics: { "coverage-not-honoured": 1 },
  knownFailures: {},
  compilers,
};

/** OpenAPI 3.0, in 2,900 files. */
export const digitalOcean: RealDocument = {
  spec: sharedPath("corpus/digitalocean/specification/DigitalOcean-public.v2.yaml"),
  operations: 659,
  parameters: 1234,
  schemas: 870,
  diagnostics: {
    "construct-unsupported": 1,
    "coverage-not-honoured": 112,
    lint: 121,
    "name-changed": 14,
    "spec-mended": 9,
  },
  knownFailures: {},
  compilers,
};

/** OpenAPI 3.1. */
export const openai: RealDocument = {
  spec: sharedPath("corpus/openai.yaml"),
  operations: 288,
  parameters: 691,
  schemas: 588,
  diagnostics: { "coverage-not-honoured": 154, lint: 611, "spec-mended": 140 },
  knownFailures: {},
  compilers,
};

/** OpenAPI 3.0, 13 MB. */
export const github: RealDocument = {
  spec: sharedPath("corpus/github.json"),
  operations: 1223,
  parameters: 3870,
  schemas: 1191,
  diagnostics: { "coverage-not-honoured": 3, lint: 3599, "spec-mended": 71 },
  knownFailures: {},
  compilers,
};
