/** Types of an operation, as expressions over the bindings. */
import type { MediaTypeModel, OperationModel, ParameterModel, ResponseModel, SchemaModel } from "../model.js";
import { isSequence } from "../schema-graph.js";
import { withExact } from "./exact.js";
import { stringLiteral } from "./literal.js";
import type { ModuleImports } from "./module.js";

/** The operation in the bindings: under `operations`, or under `paths` where it has no operationId. */
export function operationType(operation: OperationModel, imports: ModuleImports): string {
  if (operation.hasOperationId) {
    return `${imports.type("operations", "bindings")}[${stringLiteral(operation.operationId)}]`;
  }
  return `${imports.type("paths", "bindings")}[${stringLiteral(operation.path)}][${stringLiteral(operation.method)}]`;
}

/**
 * Type of an input: that of the bindings, or what says the same more exactly. `parameters` is the name of a type alias for the operation's parameters in the bindings.
 */
export function inputType(
  operation: OperationModel,
  parameter: ParameterModel,
  parameters: string,
  imports: ModuleImports,
): string {
  const group = `${parameters}[${stringLiteral(parameter.in)}]`;
  const isRequired = operation.parameters.some((other) => other.in === parameter.in && other.required);
  const type = `${isRequired ? group : `NonNullable<${group}>`}[${stringLiteral(parameter.name)}]`;
  const { schema, allowsEmpty } = parameter;
  const empty = allowsEmpty && (schema.enum !== undefined || schema.more.const !== undefined) ? ` | ""` : "";
  return withExact(isArray(schema) ? `Readonly<${type}>` : `${type}${empty}`, schema, imports);
}

/** Whether it may be an array, which is never changed. Not where it may be anything: `Readonly` would make an object of that. */
function isArray({ type, more }: SchemaModel): boolean {
  const { types = [], allOf = [], anyOf = [], oneOf = [] } = more;
  const choices = [...anyOf, ...oneOf];
  const isKnown = choices.every((choice) => choice.type !== undefined);
  return type === "array" || types.includes("array") || allOf.some(isArray) || (isKnown && choices.some(isArray));
}

/** The members of the union of successes, and of failures. */
export function outcomeTypes(
  operation: OperationModel,
  imports: ModuleImports,
): { readonly successes: readonly string[]; readonly failures: readonly string[] } {
  const successes = new Set<string>();
  const failures = new Set<string>();
  const named = operation.responses.map(({ status }) => status).filter((status) => status !== "default");
  for (const response of operation.responses) {
    const { outcome, content } = response;
    const status = statusType(response.status, named, imports);
    // A `default` that stands for both is told apart by the class of its status.
    const isEither = outcome === "either";
    const body = (media: MediaTypeModel | undefined): string =>
      media ? bodyType(operation, response, media, imports) : "undefined";
    const [envelopes, bodies] = [content.filter(isEnvelope), content.filter((media) => !isEnvelope(media))];
    const isChoice = new Set(bodies.map(({ type }) => type)).size > 1;
    const empty = outcome === "failure" || !bodies.some(({ kind }) => kind === "json") ? [] : emptyIn(response, named);
    const isWithout = bodies.every(({ kind }) => kind === "json") ? empty : [];
    for (const media of outcome === "failure" ? [] : orNone(bodies)) {
      const mediaType = media && isChoice ? `, ${stringLiteral(media.type)}` : "";
      const full = isEither
        ? statusType("2XX", isWithout, imports)
        : statusType(response.status, [...named, ...isWithout], imports);
      successes.add(`${imports.type("Success", "runtime/types")}<${full}, ${body(media)}${mediaType}>`);
    }
    if (empty.length > 0) successes.add(`${imports.type("Success", "runtime/types")}<${empty.join(" | ")}, undefined>`);
    for (const media of outcome === "success" ? envelopes : orNone(content)) {
      // A failure is never handed over in pieces: its beginning is read.
      const isWhole = media === undefined || media.kind === "json" || media.kind === "text";
      const failed = isEither && !media?.envelope ? statusType("default", [...named, "2XX"], imports) : status;
      failures.add(`${imports.type("Failure", "runtime/types")}<${failed}, ${isWhole ? body(media) : "unknown"}>`);
    }
  }
  // Only an error envelope comes with a status that is a success.
  if (successes.size === 0) successes.add(`${imports.type("Success", "runtime/types")}<number, undefined>`);
  if (!operation.responses.some(({ status }) => status === "default")) {
    // A gateway asks no contract.
    failures.add(`${imports.type("Failure", "runtime/types")}<${statusType("default", [...named, "2XX"], imports)}>`);
  }
  return { successes: [...successes], failures: [...failures] };
}

/** The successes without a body that a response stands for, though it names one (RFC 9110, 15.3.5 and 15.3.6). */
function emptyIn({ status }: ResponseModel, named: readonly string[]): readonly string[] {
  return status === "default" || isRange(status) ? ["204", "205"].filter((one) => !named.includes(one)) : [];
}

const isEnvelope = ({ envelope }: MediaTypeModel): boolean => envelope;

function orNone<T>(items: readonly T[]): readonly (T | undefined)[] {
  return items.length > 0 ? items : [undefined];
}

/** A status wins over its range, and that over `default`; so none of them stands for what another one names. */
function statusType(status: string, named: readonly string[], imports: ModuleImports): string {
  if (status === "default") {
    const others = [...new Set(named)].map((other) => (isRange(other) ? rangeType(other, imports) : other));
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
  switch (media.kind) {
    case "binary":
      return imports.type("ApiFile", "runtime/file");
    case "text":
      return "string";
    case "json":
      return schemaType(operation, response, media, imports);
    case "text-events":
    case "json-events": {
      const data = media.kind === "text-events" ? "string" : itemType(operation, response, media, imports);
      const event = `${imports.type("ServerSentEvent", "runtime/event-stream")}<${data}>`;
      return `${imports.type("ApiStream", "runtime/stream")}<${event}>`;
    }
    case "json-lines":
    case "json-sequence":
      return `${imports.type("ApiStream", "runtime/stream")}<${itemType(operation, response, media, imports)}>`;
  }
}

/** An item of a body that is a sequence. */
function itemType(
  operation: OperationModel,
  response: ResponseModel,
  media: MediaTypeModel,
  imports: ModuleImports,
): string {
  const type = schemaType(operation, response, media, imports);
  return media.schema && isSequence(media.schema) ? `NonNullable<${type}>[number]` : type;
}

function schemaType(
  operation: OperationModel,
  response: ResponseModel,
  media: MediaTypeModel,
  imports: ModuleImports,
): string {
  if (media.schema === undefined) return "unknown";
  if (media.schema.ref !== undefined) {
    return `${imports.type("components", "bindings")}["schemas"][${stringLiteral(media.schema.ref)}]`;
  }
  const status = /^\d+$/.test(response.status) ? response.status : stringLiteral(response.status);
  const content = `["responses"][${status}]["content"][${stringLiteral(media.mediaType)}]`;
  return `${operationType(operation, imports)}${content}`;
}
