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
  return files.map((file) => {
    if ("text" in file) return file;
    // One by one: as parts of a whole file, each would be copied from writer to writer.
    const parts = file.statements.map((statement) => {
      if (typeof statement === "string") return statement;
      const text = printStructure(statement, layout);
      return isImportOrExport(statement) ? text : `\n${text}`;
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
