/** Stage: from structures to text, with ts-morph's printer: no project and no edits, one file after the other. */
import { docComment } from "./doc-comment.js";
import type { EmittedFile } from "./emit/module.js";
import {
  type ExportDeclarationStructure,
  type ImportDeclarationStructure,
  type InterfaceDeclarationStructure,
  type OptionalKind,
  type PropertySignatureStructure,
  printStructure,
  type StatementStructures,
  StructureKind,
  type TypeAliasDeclarationStructure,
} from "./structures.js";

/** A finished file; `path` is relative to the output folder, with forward slashes. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/** Prints modules under the header, any number at a time; finished text stays as it is. */
export function printer(header: string): (files: readonly EmittedFile[]) => readonly OutputFile[] {
  const printFile = (file: EmittedFile): OutputFile => {
    if ("text" in file) return file;
    // One by one: as parts of a whole file, each would be copied from writer to writer.
    const parts = file.statements.map((statement) =>
      typeof statement === "string" ? statement : printStatement(statement),
    );
    const interpreter = file.isProgram ? "#!/usr/bin/env node\n" : "";
    return { path: file.path, text: `${interpreter}${header}\n${tidy(parts.join("\n"))}` };
  };
  return (files) => files.map(printFile);
}

const layout = { indentNumberOfSpaces: 2, newLine: "\n" } as const;

function printStatement(statement: StatementStructures): string {
  if (statement.kind === StructureKind.ImportDeclaration) return printImport(statement);
  if (statement.kind === StructureKind.ExportDeclaration) return printExport(statement);
  return `\n${printDeclaration(statement)}`;
}

/** Imports and exports are names alone, and there are more of them than of anything else. */
function printImport({ isTypeOnly, namedImports, moduleSpecifier }: ImportDeclarationStructure): string {
  return `import ${printNames(isTypeOnly, namedImports as readonly Specifier[])} from "${moduleSpecifier}";`;
}

function printExport({ isTypeOnly, namedExports, moduleSpecifier }: ExportDeclarationStructure): string {
  return `export ${printNames(isTypeOnly, namedExports as readonly Specifier[])} from "${moduleSpecifier}";`;
}

interface Specifier {
  readonly name: string;
  readonly isTypeOnly?: boolean;
}

function printNames(isTypeOnly = false, names: readonly Specifier[]): string {
  const members = names.map((one) => `${one.isTypeOnly ? "type " : ""}${one.name}`);
  return `${isTypeOnly ? "type " : ""}{ ${members.join(", ")} }`;
}

/** A comment is finished text: ts-morph would look at each of its characters. */
function printDeclaration(statement: StatementStructures): string {
  if (statement.kind === StructureKind.Interface) return printInterface(statement);
  if (statement.kind === StructureKind.TypeAlias && !statement.typeParameters) return printAlias(statement);
  if (!("docs" in statement)) return printStructure(statement, layout);
  const { docs, ...rest } = statement;
  return `${commentOf(docs)}${printStructure(rest as StatementStructures, layout)}`;
}

/** Nearly all of an interface is comments. */
function printInterface({ isExported, name, docs, properties = [] }: InterfaceDeclarationStructure): string {
  const members = properties.map((property) => printProperty(property).replace(/^(?=.)/gm, "  "));
  return `${commentOf(docs)}${isExported ? "export " : ""}interface ${name} {\n${members.join("")}}\n`;
}

function printAlias({ isExported, name, type, docs }: TypeAliasDeclarationStructure): string {
  return `${commentOf(docs)}${isExported ? "export " : ""}type ${name} = ${String(type).replaceAll("\n", "\n  ")};\n`;
}

function printProperty({
  isReadonly,
  name,
  hasQuestionToken,
  type,
  docs,
}: OptionalKind<PropertySignatureStructure>): string {
  return `${commentOf(docs)}${isReadonly ? "readonly " : ""}${name}${hasQuestionToken ? "?" : ""}: ${type};\n`;
}

function commentOf(docs: InterfaceDeclarationStructure["docs"] = []): string {
  return docs.map((text) => docComment(text as string)).join("");
}

/** No literal and no comment spans an empty line or ends in a blank: this touches layout only. */
function tidy(text: string): string {
  return `${text
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trimEnd()}\n`;
}
