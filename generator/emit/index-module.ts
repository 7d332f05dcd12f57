/** Emits the entry of the package: every public name, one by one. */
import type { ApiModel } from "../model.js";
import type { Names } from "../names.js";
import { type ExportDeclarationStructure, StructureKind } from "../structures.js";
import { hasLabels } from "./enum.js";
import { compare, type EmittedFile, specifier } from "./module.js";

/** `src/index.ts`. */
export function emitIndex(model: ApiModel, names: Names): EmittedFile {
  const operations = model.operations.map((operation) => {
    const own = names.operation(operation);
    return reExport(own.file, [own.functionName, own.descriptor], [own.input, own.result, own.failure]);
  });
  const enums = model.enums.map((item) => {
    const { constant, labels, file } = names.enum(item.name);
    return reExport(file, hasLabels(item) ? [constant, labels] : [constant], []);
  });
  const statements = [
    reExport("bindings", [], ["paths", "components", "operations"]),
    reExport("client", ["createClient"], ["Auth", "Client", "ClientOptions", "Defaults"]),
    ...enums,
    ...operations,
    reExport("runtime/call", [], ["ApiCall"]),
    reExport("runtime/descriptor", [], ["Violation"]),
    reExport("runtime/errors", [...errorNames, ...errorNames.map((name) => `is${name}`)], []),
    reExport("runtime/file", [], ["ApiFile"]),
    reExport("runtime/options", [], ["CallOptions", "Credential", "ExpiringCredential", "Progress", "RetryOptions"]),
    reExport("runtime/types", [], ["Failure", "Success"]),
  ];
  return { path: "src/index.ts", statements };
}

const errorNames = ["ApiError", "DecodeError", "HttpError", "NetworkError", "TimeoutError", "ValidationError"];

function reExport(from: string, values: readonly string[], types: readonly string[]): ExportDeclarationStructure {
  const isTypeOnly = values.length === 0;
  return {
    kind: StructureKind.ExportDeclaration,
    moduleSpecifier: specifier("index", from),
    isTypeOnly,
    namedExports: [
      ...[...types].sort(compare).map((name) => ({ name, isTypeOnly: !isTypeOnly })),
      ...[...values].sort(compare).map((name) => ({ name })),
    ],
  };
}
