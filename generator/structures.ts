/** The structures that emitters hand to `print`: ts-morph's, behind one door. */
export {
  type ExportDeclarationStructure,
  type ImportDeclarationStructure,
  type InterfaceDeclarationStructure,
  printStructure,
  type SourceFileStructure,
  type StatementStructures,
  StructureKind,
} from "ts-morph";
