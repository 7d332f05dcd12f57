/** ts-morph, behind one door: what reads the bindings, and writes the helpers. */
import { createRequire } from "node:module";
import type * as tsMorph from "ts-morph";
import { preload } from "./code-cache.js";
import type { StatementStructures } from "./structures.js";

// As the CommonJS that it is: as an ES module, Node would read it twice.
const require = createRequire(import.meta.url);
preload(createRequire(require.resolve("ts-morph")).resolve("@ts-morph/common/dist/typescript.js"));
const morph: typeof tsMorph = require("ts-morph");

/** Sources to be read. */
export const Project = morph.Project;
/** Its TypeScript. */
export const compiler: typeof tsMorph.ts = morph.ts;

/** The text of each structure. */
export function writeStructures(structures: readonly StatementStructures[]): readonly string[] {
  return structures.map((structure) => morph.printStructure(structure, layout));
}

const layout = { indentNumberOfSpaces: 2, newLine: "\n" } as const;
