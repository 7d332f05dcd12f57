/** Emits the operations of one tag. */
import type { OperationModel } from "../model.js";
import type { Names, OperationFile } from "../names.js";
import type { ExportDeclarationStructure } from "../structures.js";
import { type EmittedFile, exportFrom, moduleImports, specifier } from "./module.js";
import { emitOperation } from "./operation.js";

/** `src/operations/<tag>.ts`: functions, types and descriptors; a bundler drops each that is not used. */
export function emitOperationFile({ file, own, others }: OperationFile, names: Names): EmittedFile {
  const imports = moduleImports(file);
  const statements = own.flatMap((operation) => emitOperation(operation, names, imports));
  const handedOn = others.map((operation) => reExportOperation(operation, names, file));
  return { path: `src/${file}.ts`, statements: [...imports.structures(), ...handedOn, ...statements] };
}

/** Hands on every public name of an operation that lies in another module. */
export function reExportOperation(operation: OperationModel, names: Names, from: string): ExportDeclarationStructure {
  const { file, functionName, descriptor, input, result, failure, pagination } = names.operation(operation);
  const walkers = pagination ? [pagination.pages, pagination.items] : [];
  return exportFrom(specifier(from, file), [functionName, descriptor, ...walkers], [input, result, failure]);
}
