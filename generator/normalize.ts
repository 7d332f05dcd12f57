/** Stage: the document as openapi-typescript is to see it. The given document is never changed. */
import type { Json } from "./model.js";
import {
  fillingScheme,
  getArray,
  getObject,
  isIgnoredParameter,
  type JsonObject,
  type OperationNode,
  operationNodes,
  resolve,
} from "./openapi.js";

/**
 * Without the parameters that are no inputs: those a security scheme fills, and those the specification ignores. What a
 * path item shares moves into the operations that keep it, where some do not.
 */
export function normalize(document: JsonObject): JsonObject {
  const paths: Record<string, Json> = { ...getObject(document, "paths") };
  const byPath = new Map<string, OperationNode[]>();
  for (const operation of operationNodes(document)) {
    const group = byPath.get(operation.path);
    if (group) group.push(operation);
    else byPath.set(operation.path, [operation]);
  }
  for (const [path, operations] of byPath) paths[path] = normalizePathItem(document, operations);
  return { ...document, paths };
}

function normalizePathItem(document: JsonObject, operations: readonly OperationNode[]): JsonObject {
  const pathItem = operations[0]?.pathItem.value ?? {};
  const isInput = (operation: OperationNode, parameter: Json): boolean => {
    const node = resolve(document, parameter, operation.pointer);
    return !node || !(isIgnoredParameter(node.value) || fillingScheme(document, operation.value, node.value));
  };
  const shared = getArray(pathItem, "parameters");
  const kept = shared.filter((parameter) => operations.every((operation) => isInput(operation, parameter)));
  const moved = shared.filter((parameter) => !kept.includes(parameter));
  const own = operations.map((operation) => {
    const parameters = [...moved, ...getArray(operation.value, "parameters")];
    return [
      operation.method,
      withParameters(
        operation.value,
        parameters.filter((item) => isInput(operation, item)),
      ),
    ];
  });
  return { ...withParameters(pathItem, kept), ...Object.fromEntries(own) };
}

function withParameters(owner: JsonObject, parameters: readonly Json[]): JsonObject {
  return parameters.length > 0 || "parameters" in owner ? { ...owner, parameters } : owner;
}
