/** Emits the entry of the package: every public name, one by one. */
import type { ApiModel, MediaTypeModel } from "../model.js";
import type { Names } from "../names.js";
import { hasLabels } from "./enum.js";
import { type EmittedFile, exportFrom, specifier } from "./module.js";
import { reExportOperation } from "./operation-file.js";
import { serversOf } from "./servers.js";

/** `src/index.ts`. */
export function emitIndex(model: ApiModel, names: Names): EmittedFile {
  const reExport = (from: string, values: readonly string[], types: readonly string[]) =>
    exportFrom(specifier("index", from), values, types);
  const operations = model.operations.map((operation) => reExportOperation(operation, names, "index"));
  const bodies = model.operations.flatMap(({ requestBody }) => requestBody?.content ?? []);
  const kinds = new Set(bodies.map(({ kind }) => kind));
  const enums = model.enums.map((item) => {
    const { constant, labels, file } = names.enum(item.name);
    return reExport(file, hasLabels(item) ? [constant, labels] : [constant], []);
  });
  const servers = serversOf(model).map((server) => ({
    ...names.server(server),
    hasVariables: server.variables.length > 0,
  }));
  const serverFunctions = servers.map(({ functionName }) => functionName);
  const serverTypes = servers.flatMap(({ variables, hasVariables }) => (hasVariables ? variables : []));
  const statements = [
    reExport("bindings", [], ["paths", "components", "operations"]),
    reExport("client", ["createClient"], ["Auth", "Client", "ClientOptions", "Defaults"]),
    ...(servers.length > 0 ? [reExport("servers", serverFunctions, serverTypes)] : []),
    ...enums,
    ...operations,
    ...streamTypes(model).map(([from, name]) => reExport(from, [], [name])),
    // What a caller needs to give a body of bytes or parts.
    ...(kinds.has("binary") ? [reExport("runtime/body", [], ["BinaryBody"])] : []),
    ...(kinds.has("multipart") ? [reExport("runtime/multipart", ["part"], ["Part", "PartOptions"])] : []),
    reExport("runtime/call", [], ["ApiCall"]),
    reExport("runtime/descriptor", [], ["Violation"]),
    reExport("runtime/errors", [...errorNames, ...errorNames.map((name) => `is${name}`)], []),
    reExport("runtime/file", [], ["ApiFile"]),
    reExport(
      "runtime/observe",
      ["observe"],
      ["ErrorEvent", "HookEvent", "Hooks", "RequestEvent", "ResponseEvent", "RetryEvent"],
    ),
    reExport("runtime/options", [], optionTypes),
    reExport("runtime/types", [], ["Failure", "Success"]),
  ];
  return { path: "src/index.ts", statements };
}

/** Types of bodies that come in pieces, where there is one. */
function streamTypes({ operations }: ApiModel): readonly (readonly [from: string, name: string])[] {
  const kinds = new Set(operations.flatMap(({ responses }) => responses.flatMap(({ content }) => content)).map(kindOf));
  return [
    ...(kinds.has("events") ? [["runtime/event-stream", "ServerSentEvent"] as const] : []),
    ...(kinds.has("events") || kinds.has("items") ? [["runtime/stream", "ApiStream"] as const] : []),
  ];
}

function kindOf({ kind }: MediaTypeModel): "events" | "items" | "whole" {
  if (kind === "json-events" || kind === "text-events") return "events";
  return kind === "json-lines" || kind === "json-sequence" ? "items" : "whole";
}

const optionTypes = [
  "CallOptions",
  "Credential",
  "ExpiringCredential",
  "Progress",
  "RetryOptions",
  "UserPassword",
  "ValidateOptions",
];
const errorNames = ["ApiError", "DecodeError", "HttpError", "NetworkError", "TimeoutError", "ValidationError"];
