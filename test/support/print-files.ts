import type { EmittedFile } from "../../generator/emit/module.js";
import { writeStructures } from "../../generator/morph.js";
import { draft, finish, type OutputFile, structuresOf } from "../../generator/print.js";

/** Modules as they are written, each by itself. */
export function printFiles(header: string, files: readonly EmittedFile[]): readonly OutputFile[] {
  return files.map(draft(header)).map((file) => {
    const structures = structuresOf(file);
    const texts = writeStructures(structures);
    return finish(file, new Map(structures.map((structure, index) => [structure, texts[index] ?? ""])));
  });
}
