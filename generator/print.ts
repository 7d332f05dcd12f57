/** Stage: from structures to text; functions, and whatever has type parameters, are ts-morph's to write. */
import { docComment } from "./doc-comment.js";
import type { EmittedFile, Statement } from "./emit/module.js";
import {
  type ExportDeclarationStructure,
  type ImportDeclarationStructure,
  type InterfaceDeclarationStructure,
  type OptionalKind,
  type PropertySignatureStructure,
  type StatementStructures,
  StructureKind,
  type TypeAliasDeclarationStructure,
} from "./structures.js";

/** A finished file; `path` is relative to the output folder, with forward slashes. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/** A module of which some statements are still to be written. */
interface Sheet {
  readonly path: string;
  readonly head: string;
  readonly parts: readonly Part[];
}

/** A statement, or what stands before one, and its structure. */
type Part = string | { readonly comment: string; readonly structure: StatementStructures };

/** A file that is text, as far as it can be. */
export type Draft = OutputFile | Sheet;

/** Drafts modules under the header; finished text stays as it is. */
export const draft =
  (header: string) =>
  (file: EmittedFile): Draft => {
    if ("text" in file) return file;
    const sheet = { path: file.path, head: `${file.isProgram ? "#!/usr/bin/env node\n" : ""}${header}\n` };
    // One by one: as parts of a whole file, each would be copied from writer to writer.
    const parts = file.statements.map(partOf);
    return structuresOf({ ...sheet, parts }).length > 0 ? { ...sheet, parts } : finish({ ...sheet, parts }, new Map());
  };

/** What is to be written. */
export function structuresOf(file: Draft): readonly StatementStructures[] {
  if ("text" in file) return [];
  return file.parts.flatMap((part) => (typeof part === "string" ? [] : [part.structure]));
}

/** The file, with the text of each structure. */
export function finish(file: Draft, texts: ReadonlyMap<StatementStructures, string>): OutputFile {
  if ("text" in file) return file;
  const statements = file.parts.map((part) =>
    typeof part === "string" ? part : `\n${part.comment}${texts.get(part.structure)}`,
  );
  return { path: file.path, text: `${file.head}${tidy(statements.join("\n"))}` };
}

/** A comment is finished text: ts-morph would look at each of its characters. */
function partOf(statement: Statement): Part {
  if (typeof statement === "string") return statement;
  if (statement.kind === StructureKind.ImportDeclaration) return printImport(statement);
  if (statement.kind === StructureKind.ExportDeclaration) return printExport(statement);
  if (statement.kind === StructureKind.Interface) return `\n${printInterface(statement)}`;
  if (statement.kind === StructureKind.TypeAlias && !statement.typeParameters) return `\n${printAlias(statement)}`;
  if (!("docs" in statement)) return { comment: "", structure: statement };
  const { docs, ...structure } = statement;
  return { comment: commentOf(docs), structure: structure as StatementStructures };
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
