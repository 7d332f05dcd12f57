/** What the check of statements finds. It knows no compiler: the thread that has none tells what is not there. */
import type { Diagnostic } from "../diagnostics.js";
import type { OutputFile } from "../print.js";

/** A module of the same package that is imported. */
export interface Import {
  readonly path: string;
  /** The module that imports it the first time, and where in its text. */
  readonly by: string;
  readonly position: number;
}

/** What is wrong where nothing more is known. */
export const UNKNOWN = "an unknown statement or expression";

/** `what` is wrong at a position of a module. */
export function findingOf({ path, text }: OutputFile, position: number, what: string): Diagnostic {
  const line = text.slice(0, position).split("\n").length;
  const code = text.slice(position, position + 60).replace(/\s+/g, " ");
  return { code: "output-unsafe", severity: "error", message: `${path}:${line} would hold ${what}: \`${code}\`` };
}

/** Imports of what is not among all `modules` of the package, which are known by their paths. */
export function findMissing(modules: ReadonlyMap<string, OutputFile>, imports: readonly Import[]): Diagnostic[] {
  return imports.flatMap(({ path, by, position }) => {
    const file = modules.get(by);
    return modules.has(path) || !file ? [] : [findingOf(file, position, UNKNOWN)];
  });
}
