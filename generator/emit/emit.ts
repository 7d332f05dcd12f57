/** Stage: from the model and the names to every file of the package but the bindings' own text. Pure. */
import type { ApiModel } from "../model.js";
import type { Names } from "../names.js";
import type { JsonObject } from "../openapi.js";
import { type ExportDeclarationStructure, StructureKind } from "../structures.js";
import { emitCli } from "./cli.js";
import { emitClient } from "./client.js";
import { emitEnum } from "./enum.js";
import { emitIndex } from "./index-module.js";
import { type EmittedFile, specifier } from "./module.js";
import { emitOperationFile } from "./operation-file.js";
import { emitPackage, type PackageInfo } from "./package.js";
import { emitReadme } from "./readme.js";
import { emitSchemaModules } from "./schema-module.js";
import { emitSchemas } from "./schemas.js";
import { emitServers } from "./servers.js";

/** The entry for Node: what needs a file system. */
const nodeEntry: ExportDeclarationStructure = {
  kind: StructureKind.ExportDeclaration,
  moduleSpecifier: specifier("node", "runtime/node"),
  namedExports: [{ name: "SaveOptions", isTypeOnly: true }, { name: "saveFile" }],
};

/**
 * Everything that is made for this document, file by file; the runtime is copied, the bindings are added by the pipeline.
 * A document of a thousand operations has structures of a hundred megabytes: each file's are gone when it is printed.
 */
export function* emit(
  model: ApiModel,
  names: Names,
  document: JsonObject,
  info: PackageInfo,
): Generator<EmittedFile, void, undefined> {
  yield emitIndex(model, names);
  yield emitClient(model, names);
  yield* emitSchemas(model, names);
  yield* emitServers(model, names);
  yield* emitSchemaModules(model, names);
  for (const item of model.enums) yield emitEnum(item, names);
  for (const file of names.operationFiles) yield emitOperationFile(file, names);
  yield { path: "src/node.ts", statements: [nodeEntry] };
  yield* emitCli(model, names, info);
  yield* emitPackage(model, names, document, info);
  yield emitReadme(model, names, info.name);
}
