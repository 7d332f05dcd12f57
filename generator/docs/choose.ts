/** Which parameters a sample shows, and with which values. */
import { isRange } from "../media-type.js";
import type { Json, OperationModel, ParameterModel, SchemaModel } from "../model.js";

/** A parameter with the value that the samples give it. */
export interface Choice {
  readonly parameter: ParameterModel;
  readonly value: Json;
}

const optionalShown = 2;

/**
 * Every required parameter and up to two optional ones that have an example; named values and numbers first, since
 * they say more about an operation than one more text. Undefined where a required input cannot be written in a line.
 */
export function chooseParameters(operation: OperationModel): readonly Choice[] | undefined {
  if (operation.requestBody?.required && !chooseBody(operation)) return undefined;
  const required = operation.parameters.filter((parameter) => parameter.required).map(requiredChoice);
  if (!required.every(isSimple)) return undefined;
  const optional = operation.parameters
    .filter((parameter) => !parameter.required && !parameter.deprecated)
    .flatMap((parameter) => (parameter.example === undefined ? [] : [{ parameter, value: parameter.example }]))
    .filter(isSimple)
    .sort((a, b) => rank(a.parameter.schema) - rank(b.parameter.schema))
    .slice(0, optionalShown);
  return [...required, ...optional];
}

/** A body with the value that the samples give it. */
export interface BodyChoice {
  readonly mediaType: string;
  readonly value: Json;
}

/** The body that is meant where a caller does not choose, if it is JSON and has an example. */
export function chooseBody({ requestBody }: OperationModel): BodyChoice | undefined {
  const [first] = requestBody?.content ?? [];
  if (first?.kind !== "json" || first.example === undefined || isRange(first.mediaType)) return undefined;
  return { mediaType: first.mediaType, value: first.example };
}

function requiredChoice(parameter: ParameterModel): Choice {
  return { parameter, value: parameter.example ?? parameter.schema.example ?? placeholder(parameter.schema) };
}

/** Scalars and lists of scalars, in the styles that need no brackets. */
function isSimple({ parameter, value }: Choice): boolean {
  const isPlain = !parameter.isJson && !parameter.allowReserved && ["form", "simple"].includes(parameter.style);
  if (parameter.in === "cookie" || !isPlain) return false;
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value);
}

function isScalar(value: Json): boolean {
  return value !== null && typeof value !== "object";
}

function rank(schema: SchemaModel): number {
  if (schema.enum) return 0;
  return schema.type === "string" || schema.type === "array" ? 2 : 1;
}

/** A value within the bounds of a schema, for a document that gives no example. */
function placeholder(schema: SchemaModel): Json {
  const known = schema.default ?? schema.enum?.[0];
  if (known !== undefined) return known;
  switch (schema.type) {
    case "integer":
    case "number":
      return Math.min(Math.max(1, schema.minimum ?? 1), schema.maximum ?? Infinity);
    case "boolean":
      return true;
    case "array":
      // A list of lists may be one of itself, and no sample shows one.
      if (schema.items?.type === "array") return [[]];
      return [schema.items ? placeholder(schema.items) : "text"];
    case "object":
      return {};
    default:
      return "text".padEnd(schema.minLength ?? 0, "x").slice(0, schema.maxLength);
  }
}
