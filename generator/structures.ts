/** ts-morph, behind one door: what reads the bindings, the structures that emitters hand to `print`. */
import { createRequire } from "node:module";
import type * as tsMorph from "ts-morph";
import { preload } from "./code-cache.js";

export type {
  ExportDeclarationStructure,
  ImportDeclarationStructure,
  InterfaceDeclarationStructure,
  OptionalKind,
  PropertySignatureStructure,
  SourceFileStructure,
  StatementStructures,
  TypeAliasDeclarationStructure,
} from "ts-morph";

// As the CommonJS that it is: as an ES module, Node would read it twice.
const require = createRequire(import.meta.url);
preload(createRequire(require.resolve("ts-morph")).resolve("@ts-morph/common/dist/typescript.js"));
const morph: typeof tsMorph = require("ts-morph");

/** Sources to be read. */
export const Project = morph.Project;
/** Its TypeScript. */
export const compiler: typeof tsMorph.ts = morph.ts;
/** The text of a structure. */
export const printStructure = morph.printStructure;
/** What a structure is of. */
export const StructureKind = morph.StructureKind;
