/** Parameters as openapi-typescript is to see them: it reads `schema` alone, and takes any without one for text. */
import type { Json } from "../model.js";
import { get, httpMethods, isObject, type JsonObject, jsonContent } from "../openapi.js";
import { type Change, each, fields, items } from "./map.js";

/** Each parameter of `content` in JSON has the schema of that as its own. */
export function normalizeParameters(document: JsonObject): JsonObject {
  const parameter: Change = (value) => withSchema(document, value);
  const owner = fields({ parameters: items(parameter) });
  const pathItem = fields({
    parameters: items(parameter),
    ...Object.fromEntries(httpMethods.map((method) => [method, owner])),
  });
  const components = fields({ parameters: each(parameter), pathItems: each(pathItem) });
  return fields({ paths: each(pathItem), webhooks: each(pathItem), components })(document, undefined) as JsonObject;
}

function withSchema(document: JsonObject, parameter: Json): Json {
  if (!isObject(parameter) || get(parameter, "schema") !== undefined) return parameter;
  const json = jsonContent(document, { value: parameter, pointer: "" });
  if (!json) return parameter;
  const { content: _, ...rest } = parameter;
  return { ...rest, schema: get(json.value, "schema") ?? {} };
}
