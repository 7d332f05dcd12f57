/**
 * Pagination, which OpenAPI has no word for: `x-pagination` on an operation, in one of three styles. Parameters are wire
 * names; places in the body of a page are JSON Pointers (RFC 6901).
 *
 *     x-pagination: { style: cursor, parameter: cursor, next: /meta/next, items: /data }
 *     x-pagination: { style: offset, offset: offset, limit: limit, items: /data, total: /meta/total }
 *     x-pagination: { style: link, items: "" }
 *
 * `limit` and `total` may be absent. A link stands in the header `Link` with `rel="next"` (RFC 8288), or in the body at
 * `next`.
 */
import type { Context } from "./build-context.js";
import { responseKind } from "./media-type.js";
import type { Json, PaginationModel, ParameterModel, ResponseModel } from "./model.js";
import {
  child,
  get,
  getArray,
  getObject,
  getString,
  type JsonObject,
  type OperationNode,
  resolve,
  responseStatus,
} from "./openapi.js";

/** None where it is absent, or names what does not exist: that is told. */
export function buildPagination(
  context: Context,
  operation: OperationNode,
  parameters: readonly ParameterModel[],
  responses: readonly ResponseModel[],
): PaginationModel | undefined {
  const given = get(operation.value, "x-pagination");
  if (given === undefined) return undefined;
  const problems: string[] = [];
  const bodies = pageSchemas(context.document, operation, responses);
  const parameter = (field: string): ParameterModel | undefined => {
    const name = getString(given, field);
    const named = parameters.filter((one) => one.name === name && one.in !== "path");
    const found = named.find((one) => one.in === "query") ?? named[0];
    if (!found) problems.push(`\`${field}\` names no parameter that is an input`);
    return found;
  };
  const place = (field: string, kind: Kind): readonly string[] => {
    const names = pointerNames(getString(given, field));
    const found = names && bodies.flatMap((body) => schemasAt(context.document, body, names));
    if (!found?.some((schema) => mayBe(schema, kind))) problems.push(`\`${field}\` leads to no ${kind} in a page`);
    return names ?? [];
  };
  const optional = <T>(field: string, read: () => T): T | undefined =>
    get(given, field) === undefined ? undefined : read();

  const model = ((): PaginationModel | undefined => {
    const items = place("items", "array");
    const style = getString(given, "style");
    if (style === "link") return { style, next: optional("next", () => place("next", "text")), items };
    if (style === "cursor") {
      const cursor = parameter("parameter");
      const next = place("next", "text");
      return cursor && { style, parameter: cursor, next, items };
    }
    if (style === "offset") {
      const offset = parameter("offset");
      optional("limit", () => parameter("limit"));
      const total = optional("total", () => place("total", "number"));
      return offset && { style, parameter: offset, total, items };
    }
    problems.push("`style` is to be cursor, offset or link");
    return undefined;
  })();
  const pointer = child(operation.pointer, "x-pagination");
  for (const problem of problems) context.unsupported(pointer, `pagination: ${problem}`);
  return problems.length === 0 ? model : undefined;
}

/** Schemas of what is JSON in a success. */
function pageSchemas(
  document: JsonObject,
  { value, pointer }: OperationNode,
  responses: readonly ResponseModel[],
): readonly Json[] {
  return Object.entries(getObject(value, "responses") ?? {}).flatMap(([key, response]) => {
    const status = responseStatus(key);
    if (!responses.some((one) => one.status === status && one.outcome !== "failure")) return [];
    const content = getObject(resolve(document, response, pointer)?.value, "content") ?? {};
    return Object.entries(content).flatMap(([mediaType, media]) => {
      const schema = get(resolve(document, media, pointer)?.value, "schema");
      return schema !== undefined && responseKind(mediaType, "data") === "json" ? [schema] : [];
    });
  });
}

/** The names that a JSON Pointer is made of. */
function pointerNames(pointer: string | undefined): readonly string[] | undefined {
  if (pointer === "") return [];
  if (!pointer?.startsWith("/")) return undefined;
  return pointer
    .slice(1)
    .split("/")
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Every schema that says something of the place that names lead to. */
function schemasAt(document: JsonObject, schema: Json, names: readonly string[]): readonly JsonObject[] {
  return names.reduce<readonly JsonObject[]>(
    (schemas, name) =>
      schemas.flatMap((one) => {
        const member = get(getObject(one, "properties"), name) ?? getObject(one, "additionalProperties");
        return member === undefined ? [] : partsOf(document, member);
      }),
    partsOf(document, schema),
  );
}

/** A schema with those that it is put together from; each once, for it may be recursive. */
function partsOf(document: JsonObject, schema: Json): readonly JsonObject[] {
  const parts = new Set<JsonObject>();
  const visit = (part: Json): void => {
    const value = resolve(document, part, "")?.value;
    if (!value || parts.has(value)) return;
    parts.add(value);
    for (const keyword of ["allOf", "anyOf", "oneOf"]) getArray(value, keyword).forEach(visit);
  };
  visit(schema);
  return [...parts];
}

type Kind = "array" | "number" | "text";

/** What is to be a text may be a number, too: both are sent as they are. */
const types: Readonly<Record<Kind, readonly string[]>> = {
  array: ["array"],
  number: ["integer", "number"],
  text: ["string", "integer", "number"],
};

function mayBe(schema: JsonObject, kind: Kind): boolean {
  return [get(schema, "type")].flat().some((type) => types[kind].some((name) => name === type));
}
