/**
 * Which schemas are modules of their own: those of an input or an answer, and what they refer to, unless they are plain.
 * Requests and responses share none: a bundler that puts answers into chunks of their own would else put into the first
 * chunk whatever two chunks need.
 */
import type { Direction, OperationModel, SchemaModel, SchemaModuleModel, SecuritySchemeModel } from "./model.js";
import { pointerTokens } from "./openapi.js";
import { isPlain, partsOf, successBodies } from "./schema-graph.js";

/** A schema that a value is checked with, and what its module is to be named after. */
interface Root {
  readonly schema: SchemaModel;
  readonly wanted: string;
}

/** `shared` is what something refers to; the order is that of the operations. */
export function buildSchemaModules(
  operations: readonly OperationModel[],
  securitySchemes: readonly SecuritySchemeModel[],
  shared: readonly SchemaModel[],
): readonly SchemaModuleModel[] {
  const referable = new Set(shared.filter((schema) => !isPlain(schema)).map(({ pointer }) => pointer));
  const requests = [
    ...securitySchemes.flatMap(({ name, schema }) => (schema ? [{ schema, wanted: name }] : [])),
    ...operations.flatMap(requestRoots),
  ];
  const responses = operations.flatMap((operation) =>
    successBodies(operation).map(({ status, schema }) => ({ schema, wanted: `${operation.operationId} ${status}` })),
  );
  return [...modulesOf(requests, "request", referable), ...modulesOf(responses, "response", referable)];
}

function requestRoots({ operationId, parameters, requestBody }: OperationModel): readonly Root[] {
  return [
    // Null is no value of a parameter: it stands for nothing.
    ...parameters.map(({ name, schema }) => ({ schema: { ...schema, nullable: false }, wanted: name })),
    ...(requestBody?.content ?? []).flatMap(({ schema }) =>
      schema ? [{ schema, wanted: `${operationId} body` }] : [],
    ),
  ];
}

function modulesOf(
  roots: readonly Root[],
  direction: Direction,
  referable: ReadonlySet<string>,
): readonly SchemaModuleModel[] {
  const modules = new Map<string, SchemaModuleModel & { readonly pointers: Set<string> }>();
  const seen = new Set<string>();
  const add = ({ schema, wanted }: Root): void => {
    const { pointer } = schema;
    // Of an input, plain schemas are written where they are used.
    if (seen.has(pointer) || (direction === "request" && isPlain(schema))) return;
    seen.add(pointer);
    const references = referencesOf(schema, referable);
    const key = textOf(schema) ?? pointer;
    const known = modules.get(key);
    if (known) known.pointers.add(pointer);
    else modules.set(key, { schema, wanted, direction, isLeaf: references.length === 0, pointers: new Set([pointer]) });
    for (const reference of references) add(asRoot(reference));
  };
  for (const root of roots) add(referable.has(root.schema.pointer) ? asRoot(root.schema) : root);
  return [...modules.values()];
}

function asRoot(schema: SchemaModel): Root {
  return { schema, wanted: pointerTokens(schema.pointer).at(-1) ?? "" };
}

/** The modules that a schema refers to. */
function referencesOf(schema: SchemaModel, referable: ReadonlySet<string>): readonly SchemaModel[] {
  const own = new Set([schema]);
  const references = new Map<string, SchemaModel>();
  for (const current of own) {
    for (const part of partsOf(current)) {
      if (referable.has(part.pointer)) references.set(part.pointer, part);
      else own.add(part);
    }
  }
  return [...references.values()];
}

/** What a schema without parts checks: one module is enough for all that check the same. */
function textOf(schema: SchemaModel): string | undefined {
  if (schema.ref !== undefined || partsOf(schema).length > 0) return undefined;
  const { pointer: _, description: __, default: ___, example: ____, ...checked } = schema;
  return JSON.stringify(checked);
}
