/** Operations as openapi-typescript is to see them. */
import type { HttpMethod, Json } from "../model.js";
import {
  getArray,
  getObject,
  getString,
  httpMethods,
  ignoredParameter,
  isBodiless,
  isObject,
  type JsonObject,
  mayHaveBody,
  type OperationNode,
  operationNodes,
  parameterNodes,
  resolve,
  responseStatus,
  takeId,
} from "../openapi.js";
import { fillingScheme } from "../security.js";

/**
 * Without what is no input: parameters that a security scheme fills or the specification ignores, bodies that cannot be sent. What a
 * path item shares moves into the operations that keep it, where some do not. References to path items are followed, and
 * so are those of a component that only stands for another one; each operationId stands once.
 */
export function normalizeOperations(document: JsonObject): JsonObject {
  // What has no slash is an extension of the specification's, and no path.
  const written = Object.entries(getObject(document, "paths") ?? {}).filter(([path]) => path.startsWith("/"));
  const paths: Record<string, Json> = Object.fromEntries(written);
  const byPath = new Map<string, OperationNode[]>();
  const taken = new Set<string>();
  for (const operation of operationNodes(document)) {
    if (operation.id !== undefined) taken.add(operation.id);
    const group = byPath.get(operation.path);
    if (group) group.push(operation);
    else byPath.set(operation.path, [operation]);
  }
  for (const [path, operations] of byPath) paths[path] = normalizePathItem(document, operations);
  const components = getObject(document, "components");
  const webhooks = getObject(document, "webhooks");
  return {
    ...document,
    paths,
    ...(webhooks ? { webhooks: mapObject(webhooks, (item) => normalizeWebhook(document, item, taken)) } : {}),
    ...(components ? { components: normalizeComponents(document, components) } : {}),
  };
}

/** What a server asks of others. Their operations are in the same interface as those of the paths, which come first. */
function normalizeWebhook(document: JsonObject, item: Json, taken: Set<string>): Json {
  const pathItem = resolve(document, item, "")?.value;
  if (!pathItem) return item;
  return mapOperations(pathItem, (value, method) =>
    withId(withResponses(document, { value, method }), takeId(value, taken)),
  );
}

/** openapi-typescript takes an alias among these for a string. */
const aliased: ReadonlySet<string> = new Set(["parameters", "responses", "headers", "requestBodies"]);

function normalizeComponents(document: JsonObject, components: JsonObject): JsonObject {
  return mapObject(components, (group, kind) => {
    if (!isObject(group)) return group;
    if (kind === "responses") return mapObject(group, (item) => withParts(document, item));
    if (aliased.has(kind)) return mapObject(group, (item) => resolve(document, item, "")?.value ?? item);
    return kind === "pathItems" ? mapObject(group, withoutIds) : group;
  });
}

/**
 * A response with its headers and media types in place: openapi-typescript takes each header that is a reference for a
 * required one, a media type that is one for a schema, and stops at one that is empty.
 */
function withParts(document: JsonObject, response: Json): Json {
  const value = resolve(document, response, "")?.value;
  if (!value) return response;
  const headers = getObject(value, "headers");
  const content = getObject(value, "content");
  return {
    ...value,
    ...(headers ? { headers: mapObject(headers, (header) => resolve(document, header, "")?.value ?? header) } : {}),
    ...(content
      ? { content: mapObject(content, (media) => withSchema(resolve(document, media, "")?.value ?? {})) }
      : {}),
  };
}

function withSchema({ schema, ...media }: JsonObject): JsonObject {
  return isObject(schema) || typeof schema === "boolean" ? { schema, ...media } : media;
}

/** A path item without operationIds: they stand under the paths that refer to it. */
function withoutIds(item: Json): Json {
  return isObject(item) ? mapOperations(item, (operation) => withId(operation, undefined)) : item;
}

function mapOperations(pathItem: JsonObject, change: (operation: JsonObject, method: HttpMethod) => Json): JsonObject {
  return mapObject(pathItem, (value, key) => {
    const method = httpMethods.find((method) => method === key);
    return method && isObject(value) ? change(value, method) : value;
  });
}

function mapObject(object: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

function withId({ operationId: _, ...operation }: JsonObject, id: string | undefined): JsonObject {
  return id === undefined ? operation : { operationId: id, ...operation };
}

function normalizePathItem(document: JsonObject, operations: readonly OperationNode[]): JsonObject {
  const pathItem = operations[0]?.pathItem.value ?? {};
  const isInput = (operation: OperationNode, parameter: Json): boolean => {
    const node = resolve(document, parameter, operation.pointer);
    if (!node) return true;
    const isInForce = parameterNodes(document, operation).some(({ value }) => value === node.value);
    const isIgnored = ignoredParameter(operation.path, node.value) !== undefined;
    return isInForce && !isIgnored && !fillingScheme(document, operation.value, node.value);
  };
  const shared = getArray(pathItem, "parameters");
  const kept = shared.filter((parameter) => operations.every((operation) => isInput(operation, parameter)));
  const moved = shared.filter((parameter) => !kept.includes(parameter));
  const own = operations.map((operation) => {
    const parameters = [...moved, ...getArray(operation.value, "parameters")];
    return [
      operation.method,
      withParameters(
        withId(withSendableBody(operation.method, withResponses(document, operation)), operation.id),
        parameters.filter((item) => isInput(operation, item)),
      ),
    ];
  });
  return { ...withParameters(pathItem, kept), ...Object.fromEntries(own) };
}

function withSendableBody(method: HttpMethod, operation: JsonObject): JsonObject {
  if (mayHaveBody(method)) return operation;
  const { requestBody: _, ...rest } = operation;
  return rest;
}

/** Each response under its status; without a body where HTTP allows none. */
function withResponses(document: JsonObject, { value, method }: Pick<OperationNode, "value" | "method">): JsonObject {
  const responses = getObject(value, "responses");
  if (!responses) return value;
  const inPlace = Object.entries(responses).flatMap(([key, item]): readonly (readonly [string, Json])[] => {
    const status = responseStatus(key);
    if (status === undefined || (status !== key && status in responses)) return [];
    const response = resolve(document, item, "")?.value;
    if (response && isBodiless(method, status)) return [[status, withoutContent(withParts(document, response))]];
    return [[status, getString(item, "$ref") === undefined ? withParts(document, item) : item]];
  });
  return { ...value, responses: Object.fromEntries(inPlace) };
}

function withoutContent(response: Json): Json {
  if (!isObject(response)) return response;
  const { content: _, ...rest } = response;
  return rest;
}

function withParameters(owner: JsonObject, parameters: readonly Json[]): JsonObject {
  return parameters.length > 0 || "parameters" in owner ? { ...owner, parameters } : owner;
}
