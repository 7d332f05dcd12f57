/** Comments that a compiler obeys: a reference to another file, an order to ignore errors. */
import type ts from "typescript";
import type { OutputFile } from "../print.js";
import { compiler } from "./tokens.js";

/** What the parser keeps beside its public interface. */
interface Parsed extends ts.SourceFile {
  readonly commentDirectives?: readonly unknown[];
  readonly checkJsDirective?: unknown;
}

/** Whether there is one. Most modules have nothing that looks like it; of the others the compiler's parser knows. */
export function hasDirectives({ path, text }: OutputFile): boolean {
  if (!/@ts-|\/\/\//.test(text)) return false;
  const file = compiler.createSourceFile(path, text, compiler.ScriptTarget.ES2022) as Parsed;
  const { referencedFiles, typeReferenceDirectives, libReferenceDirectives, amdDependencies, commentDirectives } = file;
  const lists = [referencedFiles, typeReferenceDirectives, libReferenceDirectives, amdDependencies, commentDirectives];
  return lists.some((found) => found !== undefined && found.length > 0) || file.checkJsDirective !== undefined;
}
