/** Stage: from structures to text, with ts-morph's printer: no project and no edits, one file after the other. */
import type { EmittedFile, Statement } from "./emit/module.js";
import { printStructure, StructureKind } from "./structures.js";

/** A finished file; `path` is relative to the output folder, with forward slashes. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/** Prints every module under the header; finished text stays as it is. */
export function print(files: readonly EmittedFile[], header: string): readonly OutputFile[] {
  return files.map((file) => {
    if ("text" in file) return file;
    const statements = file.statements.map((statement) =>
      isImportOrExport(statement) ? statement : spaced(statement),
    );
    const body = printStructure({ kind: StructureKind.SourceFile, statements }, layout);
    return { path: file.path, text: `${header}\n${tidy(body)}` };
  });
}

const layout = { indentNumberOfSpaces: 2, newLine: "\n" } as const;

function isImportOrExport(statement: Statement): boolean {
  const kind = typeof statement === "string" ? undefined : statement.kind;
  return kind === StructureKind.ImportDeclaration || kind === StructureKind.ExportDeclaration;
}

function spaced(statement: Statement): Statement {
  return typeof statement === "string" ? statement : { ...statement, leadingTrivia: "\n" };
}

/** No literal and no comment spans an empty line or ends in a blank: this touches layout only. */
function tidy(text: string): string {
  return `${text
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trimEnd()}\n`;
}
