/** Types of an operation, as expressions over the bindings. */
import type { MediaTypeModel, OperationModel, ParameterModel, ResponseModel } from "../model.js";
import { stringLiteral } from "./literal.js";
import type { ModuleImports } from "./module.js";

/** The operation in the bindings: under `operations`, or under `paths` where it has no operationId. */
export function operationType(operation: OperationModel, imports: ModuleImports): string {
  if (operation.hasOperationId) {
    return `${imports.type("operations", "bindings")}[${stringLiteral(operation.operationId)}]`;
  }
  return `${imports.type("paths", "bindings")}[${stringLiteral(operation.path)}][${stringLiteral(operation.method)}]`;
}

/** Type of an input; `parameters` is the name of a type alias for the operation's parameters in the bindings. */
export function inputType(operation: OperationModel, parameter: ParameterModel, parameters: string): string {
  const group = `${parameters}[${stringLiteral(parameter.in)}]`;
  const isRequired = operation.parameters.some((other) => other.in === parameter.in && other.required);
  return `${isRequired ? group : `NonNullable<${group}>`}[${stringLiteral(parameter.name)}]`;
}

/** The members of the union of successes, and of failures. */
export function outcomeTypes(
  operation: OperationModel,
  imports: ModuleImports,
): { readonly successes: readonly string[]; readonly failures: readonly string[] } {
  const successes = new Set<string>();
  const failures = new Set<string>();
  const known = operation.responses.map(({ status }) => status).filter((status) => /^\d+$/.test(status));
  const hasSuccess = operation.responses.some(({ status }) => status.startsWith("2"));
  for (const response of operation.responses) {
    const status = statusType(response.status, known, imports);
    const bodies = response.content.length > 0 ? response.content : [undefined];
    for (const media of bodies) {
      const body = media ? bodyType(operation, response, media, imports) : "undefined";
      const mayFail = media?.envelope || !response.status.startsWith("2");
      const maySucceed =
        !media?.envelope && (response.status.startsWith("2") || (response.status === "default" && !hasSuccess));
      if (maySucceed) successes.add(`${imports.type("Success", "runtime/types")}<${status}, ${body}>`);
      if (mayFail) failures.add(`${imports.type("Failure", "runtime/types")}<${status}, ${body}>`);
    }
  }
  if (successes.size === 0) successes.add(`${imports.type("Success", "runtime/types")}<number, undefined>`);
  if (failures.size === 0) failures.add(imports.type("Failure", "runtime/types"));
  return { successes: [...successes], failures: [...failures] };
}

function statusType(status: string, known: readonly string[], imports: ModuleImports): string {
  if (status === "default") {
    const others = known.length > 0 ? `<${known.join(" | ")}>` : "";
    return `${imports.type("OtherStatus", "runtime/types")}${others}`;
  }
  return status.endsWith("XX") ? `${imports.type("StatusRange", "runtime/types")}<${stringLiteral(status)}>` : status;
}

function bodyType(
  operation: OperationModel,
  response: ResponseModel,
  media: MediaTypeModel,
  imports: ModuleImports,
): string {
  if (media.kind === "binary") return imports.type("ApiFile", "runtime/file");
  if (media.kind === "text") return "string";
  if (media.schema === undefined) return "unknown";
  if (media.schema.ref !== undefined) {
    return `${imports.type("components", "bindings")}["schemas"][${stringLiteral(media.schema.ref)}]`;
  }
  const status = /^\d+$/.test(response.status) ? response.status : stringLiteral(response.status);
  const content = `["responses"][${status}]["content"][${stringLiteral(media.mediaType)}]`;
  return `${operationType(operation, imports)}${content}`;
}
