/** A module under construction: whoever mentions an import gets the import line; no list of imports is kept by hand. */
import { compare } from "../order.js";
import {
  type ExportDeclarationStructure,
  type ImportDeclarationStructure,
  type StatementStructures,
  StructureKind,
} from "../structures.js";

/** A structure of ts-morph's, or a statement as text. */
export type Statement = StatementStructures | string;

/** A file of the output: a module to be printed, which a shell may run where it is a program, or finished text. */
export type EmittedFile =
  | { readonly path: string; readonly statements: readonly Statement[]; readonly isProgram?: true }
  | { readonly path: string; readonly text: string };

/** Collects the imports of one module. */
export interface ModuleImports {
  /** Mentions a value of another module, given by its path below `src` without extension; returns its name. */
  readonly value: (name: string, from: string) => string;
  /** Mentions a type. */
  readonly type: (name: string, from: string) => string;
  /** What another module is called in this one. */
  readonly specifier: (from: string) => string;
  /** The import lines, sorted. */
  readonly structures: () => readonly ImportDeclarationStructure[];
}

/** `path` is the module's own, below `src` without extension. */
export function moduleImports(path: string): ModuleImports {
  const modules = new Map<string, Map<string, boolean>>();
  const mention = (name: string, from: string, isType: boolean): string => {
    // What a module declares is in its scope.
    if (from === path) return name;
    const names = modules.get(from) ?? new Map<string, boolean>();
    modules.set(from, names.set(name, isType && (names.get(name) ?? true)));
    return name;
  };
  return {
    value: (name, from) => mention(name, from, false),
    type: (name, from) => mention(name, from, true),
    specifier: (from) => specifier(path, from),
    structures: () =>
      [...modules]
        .map(([from, names]) => importDeclaration(specifier(path, from), names))
        .sort((a, b) => compare(a.moduleSpecifier, b.moduleSpecifier)),
  };
}

/** Relative, with the `.js` that a module of the output has at run time. */
export function specifier(fromPath: string, toPath: string): string {
  const folders = fromPath.split("/").slice(0, -1);
  const to = toPath.split("/");
  const apart = folders.findIndex((folder, index) => folder !== to[index]);
  const shared = apart < 0 ? folders.length : apart;
  return `${"../".repeat(folders.length - shared) || "./"}${to.slice(shared).join("/")}.js`;
}

function importDeclaration(moduleSpecifier: string, names: ReadonlyMap<string, boolean>): ImportDeclarationStructure {
  const isTypeOnly = [...names.values()].every(Boolean);
  return {
    kind: StructureKind.ImportDeclaration,
    moduleSpecifier,
    isTypeOnly,
    namedImports: [...names]
      .sort(([a], [b]) => compare(a, b))
      .map(([name, isType]) => ({ name, isTypeOnly: isType && !isTypeOnly })),
  };
}

/** Hands on names of another module. */
export function exportFrom(
  moduleSpecifier: string,
  values: readonly string[],
  types: readonly string[],
): ExportDeclarationStructure {
  const isTypeOnly = values.length === 0;
  return {
    kind: StructureKind.ExportDeclaration,
    moduleSpecifier,
    isTypeOnly,
    namedExports: [
      ...[...types].sort(compare).map((name) => ({ name, isTypeOnly: !isTypeOnly })),
      ...[...values].sort(compare).map((name) => ({ name })),
    ],
  };
}
