/** The structures that emitters hand to `print`: ts-morph's types, and none of its code. */
import type * as tsMorph from "ts-morph";

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

type Kinds = typeof tsMorph.StructureKind;

/** What a structure is of. As ts-morph counts them, which would have to be loaded for it: a test compares. */
export const StructureKind = {
  ExportDeclaration: 11,
  Function: 13,
  ImportDeclaration: 16,
  Interface: 19,
  TypeAlias: 38,
} as Pick<Kinds, "ExportDeclaration" | "Function" | "ImportDeclaration" | "Interface" | "TypeAlias">;
