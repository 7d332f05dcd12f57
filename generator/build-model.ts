/** Stage: from the raw document to the API model. The rules of the OpenAPI specification live here and nowhere else. */

import { buildRequestBody } from "./build-body.js";
import { buildResponses } from "./build-content.js";
import type { Context } from "./build-context.js";
import { buildEnums } from "./build-enums.js";
import { buildErrorSchemas } from "./build-error-schemas.js";
import { buildInputs } from "./build-inputs.js";
import { noteOthers } from "./build-notes.js";
import { buildPagination } from "./build-pagination.js";
import { schemaReader } from "./build-schema.js";
import { buildSchemaModules } from "./build-schema-modules.js";
import { buildSecuritySchemes } from "./build-security.js";
import { buildOwnServers, buildServers } from "./build-servers.js";
import type { Diagnostic, DiagnosticCode, Place } from "./diagnostics.js";
import type { ApiModel, OperationModel } from "./model.js";
import {
  get,
  getArray,
  getObject,
  getString,
  isCallable,
  type JsonObject,
  type OperationNode,
  operationNodes,
  pathTemplate,
} from "./openapi.js";
import { securityOf } from "./security.js";

/** The model and what the document says that the client does not honour. */
export interface BuiltModel {
  readonly model: ApiModel;
  readonly diagnostics: readonly Diagnostic[];
}

/** `locate` turns a JSON Pointer of the document into a place for people. */
export function buildModel(document: JsonObject, locate: (pointer: string) => Place): BuiltModel {
  const diagnostics: Diagnostic[] = [];
  const report =
    (code: DiagnosticCode, severity: Diagnostic["severity"]): Context["note"] =>
    (pointer, message, construct) => {
      diagnostics.push({ code, severity, message, ...(construct ? { construct } : {}), ...locate(pointer) });
    };
  const wrong: Context["wrong"] = (pointer, message, fix) => {
    diagnostics.push({ code: "spec-shape", severity: "error", message, fix, ...locate(pointer) });
  };
  const unsupported = report("construct-unsupported", "warning");
  const note = report("coverage-not-honoured", "info");
  const schemas = schemaReader(document, note);
  const context: Context = { document, locate, wrong, unsupported, note, schema: schemas.read };
  const info = getObject(document, "info");
  const model: Omit<ApiModel, "schemas"> = {
    title: getString(info, "title") ?? "API",
    version: getString(info, "version") ?? "",
    summary: getString(info, "summary"),
    description: getString(info, "description"),
    servers: buildServers(context, { value: document, pointer: "#" }),
    security: securityOf(document, {}),
    operations: operationNodes(document).flatMap((node) => buildOperation(context, node)),
    securitySchemes: buildSecuritySchemes(context),
    enums: buildEnums(context),
    errorSchemas: buildErrorSchemas(context),
  };
  noteOthers(context);
  return {
    model: { ...model, schemas: buildSchemaModules(model.operations, model.securitySchemes, schemas.shared()) },
    diagnostics,
  };
}

/** None where the operation cannot do without what is not honoured: a function that leaves it out would not work. */
function buildOperation(context: Context, node: OperationNode): readonly OperationModel[] {
  const { document, locate } = context;
  const operationId = getString(node.value, "operationId") || `${node.method} ${node.path}`;
  if (!isCallable(node.method)) {
    const what = `gets no function: \`fetch\` refuses the method ${node.method.toUpperCase()}`;
    context.unsupported(node.pointer, `operation \`${operationId}\` ${what}`, `an operation ${what}`);
    return [];
  }
  const { parameters, leftOut } = buildInputs(context, node);
  const requestBody = buildRequestBody(context, node);
  if (leftOut.some(({ required }) => required)) {
    const what = "gets no function: it needs what is left out";
    context.unsupported(node.pointer, `operation \`${operationId}\` ${what}`, `an operation ${what}`);
    return [];
  }
  const responses = buildResponses(context, node);
  const security = securityOf(document, node.value);
  const model: OperationModel = {
    operationId,
    hasOperationId: node.id !== undefined,
    method: node.method,
    path: node.path,
    template: pathTemplate(node.path),
    summary: getString(node.value, "summary") ?? getString(node.pathItem.value, "summary"),
    description: getString(node.value, "description") ?? getString(node.pathItem.value, "description"),
    deprecated: get(node.value, "deprecated") === true,
    tags: getArray(node.value, "tags").filter((tag) => typeof tag === "string"),
    parameters,
    leftOut,
    requestBody,
    responses,
    pagination: buildPagination(context, node, parameters, responses),
    security,
    hasOwnSecurity: JSON.stringify(security) !== JSON.stringify(securityOf(document, {})),
    servers: buildOwnServers(context, node),
    place: locate(node.pointer),
  };
  return [model];
}
