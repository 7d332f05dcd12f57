import type { JsonObject } from "../../generator/document.js";
import type { Json } from "../../generator/model.js";

const methods = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

/**
 * The document for a Prism that judges requests: each operation answers 204, so that no made-up answer can fail; and without
 * those query, header and cookie parameters that `isCut` names, wherever they stand.
 */
export function requestsOnly(document: JsonObject, isCut: (parameter: string) => boolean): object {
  const { paths, components } = document;
  const items = (given: Json | undefined) => mapped(given, (item) => pathItem(item, isCut));
  return {
    ...document,
    paths: items(paths),
    ...(isObject(components) && isObject(components.pathItems)
      ? { components: { ...components, pathItems: items(components.pathItems) } }
      : {}),
  };
}

function pathItem(item: Json, isCut: (parameter: string) => boolean): Json {
  if (!isObject(item)) return item;
  const responses = { "204": { description: "Done" } };
  const entries = Object.entries(item).map(([key, value]): [string, Json] => {
    if (key === "parameters") return [key, kept(value, isCut)];
    if (!methods.has(key) || !isObject(value)) return [key, value];
    const parameters = value.parameters;
    return [key, { ...value, ...(parameters === undefined ? {} : { parameters: kept(parameters, isCut) }), responses }];
  });
  return Object.fromEntries(entries);
}

function kept(parameters: Json, isCut: (parameter: string) => boolean): Json {
  if (!Array.isArray(parameters)) return parameters;
  return parameters.filter((one: Json) => !isObject(one) || !isCut(String(one.name)));
}

function mapped(given: Json | undefined, change: (value: Json) => Json): Json {
  if (!isObject(given)) return {};
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, change(value)]));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
