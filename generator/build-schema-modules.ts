/**
 * Which schemas are modules of their own: those of an input or an answer, and what they refer to, unless they are plain.
 * Requests and responses share none: a bundler that puts answers into chunks of their own would else put into the first
 * chunk whatever two chunks need.
 */
import type { Direction, OperationModel, SchemaModel, SchemaModuleModel, SecuritySchemeModel } from "./model.js";
import { pointerTokens } from "./openapi.js";
import { isBytes, isPlain, partsOf, successBodies, withoutNull } from "./schema-graph.js";

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
  const responses = operations.flatMap((operation) => [
    ...successBodies(operation).map(({ status, schema }) => ({ schema, wanted: `${operation.operationId} ${status}` })),
    ...operation.responses.flatMap(({ status, headersSchema }) =>
      headersSchema ? [{ schema: headersSchema, wanted: `${operation.operationId} ${status} headers` }] : [],
    ),
  ]);
  return [...modulesOf(requests, "request", referable), ...modulesOf(responses, "response", referable)];
}

function requestRoots({ operationId, parameters, requestBody }: OperationModel): readonly Root[] {
  return [
    // Null is no value of a parameter: it stands for nothing. What a form takes for bytes is a text there.
    ...parameters
      .filter(({ schema }) => !isBytes(schema))
      .map(({ name, schema }) => ({ schema: withoutNull(schema), wanted: name })),
    ...(requestBody?.content ?? []).flatMap(({ schema }) =>
      schema ? [{ schema, wanted: `${operationId} body` }] : [],
    ),
  ];
}

/** A module, perhaps; `references` has a schema as often as it is mentioned. */
interface Candidate extends SchemaModuleModel {
  readonly pointers: Set<string>;
  readonly references: readonly SchemaModel[];
}

function modulesOf(
  roots: readonly Root[],
  direction: Direction,
  referable: ReadonlySet<string>,
): readonly SchemaModuleModel[] {
  const candidates = new Map<string, Candidate>();
  const byPointer = new Map<string, Candidate>();
  const add = ({ schema, wanted }: Root): void => {
    const { pointer } = schema;
    // Of an input, plain schemas are written where they are used.
    if (byPointer.has(pointer) || (direction === "request" && isPlain(schema))) return;
    const references = referencesOf(schema, referable);
    const key = textOf(schema) ?? pointer;
    const known = candidates.get(key);
    const candidate = known ?? { schema, wanted, direction, isLeaf: true, pointers: new Set([pointer]), references };
    candidates.set(key, candidate);
    byPointer.set(pointer, candidate);
    candidate.pointers.add(pointer);
    for (const reference of references) add(asRoot(reference));
  };
  const asked = roots.map((root) => (referable.has(root.schema.pointer) ? asRoot(root.schema) : root));
  for (const root of asked) add(root);
  return worthwhile([...candidates.values()], asked, byPointer);
}

/**
 * Those that are mentioned more than once, and what is sent or answered: an answer is loaded when it is checked, and a module
 * of operations that had the checks of its inputs in it would, in a bundle in chunks, bring those of all. Any other is a part of
 * what mentions it. So is none that contains itself, which is mentioned from without and from within.
 */
function worthwhile(
  candidates: readonly Candidate[],
  roots: readonly Root[],
  byPointer: ReadonlyMap<string, Candidate>,
): readonly SchemaModuleModel[] {
  const targets = ({ references }: Candidate): readonly Candidate[] =>
    references.flatMap(({ pointer }) => byPointer.get(pointer) ?? []);
  const mentions = new Map<Candidate, number>();
  const asked = roots.flatMap(({ schema }) => byPointer.get(schema.pointer) ?? []);
  for (const target of candidates.flatMap(targets)) mentions.set(target, (mentions.get(target) ?? 0) + 1);
  const modules = new Set(asked);
  const heights = new Map<Candidate, number>();
  // Whoever mentions one that nobody else does comes before it.
  for (const candidate of candidates.toReversed()) {
    const parts = targets(candidate).filter((target) => !modules.has(target));
    const height = 1 + Math.max(0, ...parts.map((part) => heights.get(part) ?? 0));
    heights.set(candidate, height);
    if ((mentions.get(candidate) ?? 0) > 1 || height > HIGHEST) modules.add(candidate);
  }
  const isLeaf = (candidate: Candidate): boolean =>
    targets(candidate).every((target) => !modules.has(target) && isLeaf(target));
  return candidates
    .filter((candidate) => modules.has(candidate))
    .map((candidate) => ({ ...candidate, isLeaf: isLeaf(candidate) }));
}

/** So many schemas are written within each other, one a level: a document may hold a chain of thousands. */
const HIGHEST = 8;

function asRoot(schema: SchemaModel): Root {
  return { schema, wanted: pointerTokens(schema.pointer).at(-1) ?? "" };
}

/** The referable schemas that one mentions, each as often as it does. */
function referencesOf(schema: SchemaModel, referable: ReadonlySet<string>): readonly SchemaModel[] {
  const own = new Set([schema]);
  const references: SchemaModel[] = [];
  for (const current of own) {
    for (const part of partsOf(current)) {
      if (referable.has(part.pointer)) references.push(part);
      else own.add(part);
    }
  }
  return references;
}

/** What a schema without parts checks: one module is enough for all that check the same. */
function textOf(schema: SchemaModel): string | undefined {
  if (schema.ref !== undefined || partsOf(schema).length > 0) return undefined;
  const { pointer: _, description: __, default: ___, example: ____, ...checked } = schema;
  return JSON.stringify(checked);
}
