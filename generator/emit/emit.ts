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

/** Everything that is made for this document; the runtime is copied, the bindings are added by the pipeline. */
export function emit(model: ApiModel, names: Names, document: JsonObject, info: PackageInfo): readonly EmittedFile[] {
  return [
    emitIndex(model, names),
    emitClient(model, names),
    ...emitSchemas(model, names),
    ...emitServers(model, names),
    ...emitSchemaModules(model, names),
    ...model.enums.map((item) => emitEnum(item, names)),
    ...names.operationFiles.map((file) => emitOperationFile(file, names)),
    { path: "src/node.ts", statements: [nodeEntry] },
    ...emitCli(model, names, info),
    ...emitPackage(model, names, document, info),
    emitReadme(model, names, info.name),
  ];
}
