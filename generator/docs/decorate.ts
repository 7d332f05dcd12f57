/** What the reference shows beside the author's document: code samples, and the meaning of the values of an enumeration. */
import type { Json } from "../model.js";
import { get, getArray, getObject, isObject, type JsonObject, operationNodes } from "../openapi.js";
import type { CodeSample, OperationSamples } from "./samples.js";

/** A copy of the document with the samples in front of those that it has, and enumerations explained. */
export function decorate(document: JsonObject, samples: readonly OperationSamples[]): JsonObject {
  return describeEnums(addSamples(document, samples));
}

/** Path items that are references are written out: two paths may share one, their samples differ. */
function addSamples(document: JsonObject, all: readonly OperationSamples[]): JsonObject {
  const samplesOf = new Map(all.map(({ path, method, samples }) => [`${method} ${path}`, samples]));
  const changed = new Map<string, JsonObject>();
  for (const { path, method, pathItem, value } of operationNodes(document)) {
    const samples = samplesOf.get(`${method} ${path}`) ?? [];
    if (samples.length === 0) continue;
    changed.set(path, { ...(changed.get(path) ?? pathItem.value), [method]: withSamples(value, samples) });
  }
  return { ...document, paths: { ...getObject(document, "paths"), ...Object.fromEntries(changed) } };
}

function withSamples(operation: JsonObject, samples: readonly CodeSample[]): JsonObject {
  const labels = new Set<unknown>(samples.map(({ label }) => label));
  const own = getArray(operation, "x-codeSamples").filter((sample) => !labels.has(get(sample, "label")));
  const added = samples.map(({ lang, label, source }) => ({ lang, label, source }));
  return { ...operation, "x-codeSamples": [...added, ...own] };
}

/** `x-enum-descriptions` is a list beside `enum`; Redoc reads a map by value, `x-enumDescriptions`. */
function describeEnums(document: JsonObject): JsonObject {
  const components = getObject(document, "components");
  const schemas = getObject(components, "schemas");
  if (!components || !schemas) return document;
  const described = Object.entries(schemas).map(([name, schema]) => [name, describeEnum(schema)] as const);
  return { ...document, components: { ...components, schemas: Object.fromEntries(described) } };
}

function describeEnum(schema: Json): Json {
  const labels = getArray(schema, "x-enum-descriptions");
  if (!isObject(schema) || labels.length === 0 || "x-enumDescriptions" in schema) return schema;
  const entries = getArray(schema, "enum").map((value, index) => [String(value), labels[index] ?? ""] as const);
  return { ...schema, "x-enumDescriptions": Object.fromEntries(entries) };
}
