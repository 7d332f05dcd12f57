/** What the document says of its error bodies: `x-error`. */
import type { ErrorSchemaModel } from "./model.js";
import { getArray, getObject, getString, type JsonObject } from "./openapi.js";

/** Names of the properties that a schema under `components/schemas` asks for. */
export function requiredOf(schemas: JsonObject, name: string): readonly string[] {
  return getArray(getObject(schemas, name), "required").filter((key) => typeof key === "string");
}

/** `components/schemas`. */
export function componentSchemas(document: JsonObject): JsonObject {
  return getObject(getObject(document, "components"), "schemas") ?? {};
}

/** Whether a schema under `components/schemas` says what its properties mean. */
export function isErrorSchema(document: JsonObject, name: string): boolean {
  return getObject(getObject(componentSchemas(document), name), "x-error") !== undefined;
}

/** Every schema with `x-error`. */
export function buildErrorSchemas(document: JsonObject): readonly ErrorSchemaModel[] {
  return Object.entries(componentSchemas(document)).flatMap(([name, schema]) => {
    const shape = getObject(schema, "x-error");
    if (!shape) return [];
    const all = requiredOf(componentSchemas(document), name);
    const code = getString(shape, "code");
    return [
      {
        name,
        // Services leave out what they have nothing to say in; a code that must be there says it alone.
        required: code !== undefined && all.includes(code) ? [code] : all,
        code,
        message: getString(shape, "message"),
        requestId: getString(shape, "requestId"),
      },
    ];
  });
}
