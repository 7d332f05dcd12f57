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
  const named = operation.responses.map(({ status }) => status).filter((status) => status !== "default");
  const hasSuccess = operation.responses.some(({ status }) => status.startsWith("2"));
  for (const response of operation.responses) {
    const status = statusType(response.status, named, imports);
    const bodies = response.content.length > 0 ? response.content : [undefined];
    for (const media of bodies) {
      const body = media ? bodyType(operation, response, media, imports) : "undefined";
      // A failure is never handed over as a file: its beginning is read.
      const failed = media?.kind === "binary" ? "unknown" : body;
      const mayFail = media?.envelope || !response.status.startsWith("2");
      const maySucceed =
        !media?.envelope && (response.status.startsWith("2") || (response.status === "default" && !hasSuccess));
      if (maySucceed) successes.add(`${imports.type("Success", "runtime/types")}<${status}, ${body}>`);
      if (mayFail) failures.add(`${imports.type("Failure", "runtime/types")}<${status}, ${failed}>`);
    }
  }
  if (successes.size === 0) successes.add(`${imports.type("Success", "runtime/types")}<number, undefined>`);
  if (failures.size === 0) failures.add(imports.type("Failure", "runtime/types"));
  return { successes: [...successes], failures: [...failures] };
}

/** A status wins over its range, and that over `default`; so none of them stands for what another one names. */
function statusType(status: string, named: readonly string[], imports: ModuleImports): string {
  if (status === "default") {
    const others = named.map((other) => (isRange(other) ? rangeType(other, imports) : other));
    return `${imports.type("OtherStatus", "runtime/types")}${others.length > 0 ? `<${others.join(" | ")}>` : ""}`;
  }
  if (!isRange(status)) return status;
  const within = named.filter((other) => !isRange(other) && other.charAt(0) === status.charAt(0));
  const range = rangeType(status, imports);
  return within.length > 0 ? `Exclude<${range}, ${within.join(" | ")}>` : range;
}

function isRange(status: string): boolean {
  return status.endsWith("XX");
}

function rangeType(range: string, imports: ModuleImports): string {
  return `${imports.type("StatusRange", "runtime/types")}<${stringLiteral(range)}>`;
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
