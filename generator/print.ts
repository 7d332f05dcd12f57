/** Stage: from structures to text, with ts-morph's printer: no project and no edits, one file after the other. */
import type { EmittedFile } from "./emit/module.js";
import { printStructure, type StatementStructures, StructureKind } from "./structures.js";

/** A finished file; `path` is relative to the output folder, with forward slashes. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/** Prints every module under the header; finished text stays as it is. */
export function print(files: readonly EmittedFile[], header: string): readonly OutputFile[] {
  // Many modules import the same from the same: it is printed once.
  const links = new Map<string, string>();
  const printLink = (statement: StatementStructures): string => {
    const key = JSON.stringify(statement);
    const text = links.get(key) ?? printStructure(statement, layout);
    links.set(key, text);
    return text;
  };
  return files.map((file) => {
    if ("text" in file) return file;
    // One by one: as parts of a whole file, each would be copied from writer to writer.
    const parts = file.statements.map((statement) => {
      if (typeof statement === "string") return statement;
      return isImportOrExport(statement) ? printLink(statement) : `\n${printStructure(statement, layout)}`;
    });
    return { path: file.path, text: `${header}\n${tidy(parts.join("\n"))}` };
  });
}

const layout = { indentNumberOfSpaces: 2, newLine: "\n" } as const;

function isImportOrExport({ kind }: StatementStructures): boolean {
  return kind === StructureKind.ImportDeclaration || kind === StructureKind.ExportDeclaration;
}

/** No literal and no comment spans an empty line or ends in a blank: this touches layout only. */
function tidy(text: string): string {
  return `${text
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trimEnd()}\n`;
}
