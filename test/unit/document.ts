import { type BuiltModel, buildModel } from "../../generator/build-model.js";
import type { Json, OperationModel } from "../../generator/model.js";
import type { JsonObject } from "../../generator/openapi.js";

export const done: JsonObject = { "204": { description: "Done" } };

/** A document with these paths, and whatever else. */
export function documentOf(paths: { readonly [path: string]: Json }, rest: JsonObject = {}): JsonObject {
  return { openapi: "3.1.0", info: { title: "Test", version: "1" }, paths, ...rest };
}

/** A document whose only operation is `GET /x`. */
export function documentWith(operation: JsonObject, rest: JsonObject = {}): JsonObject {
  return documentOf({ "/x": { get: { operationId: "readX", responses: done, ...operation } } }, rest);
}

/** The model; a place holds the pointer only. */
export function build(document: JsonObject): BuiltModel {
  return buildModel(document, (pointer) => ({ pointer }));
}

export function firstOperation(document: JsonObject): OperationModel {
  const [operation] = build(document).model.operations;
  if (!operation) throw new Error("the document has no operation");
  return operation;
}

export function parameter(name: string, fields: JsonObject = {}): JsonObject {
  return { name, in: "query", schema: { type: "string" }, ...fields };
}
