/** Each variable of a path is a parameter, and so is each pair of a query that is written into one (OpenAPI 3.1, 4.8.8.2). */
import { flagOf, type MendContext, withChanges } from "./mend-context.js";
import type { Json } from "./model.js";
import {
  get,
  getArray,
  getString,
  httpMethods,
  isObject,
  type JsonObject,
  pathTemplate,
  pathVariables,
  resolve,
} from "./openapi.js";

/** What a path asks of its parameters. */
export interface PathParts {
  readonly variables: readonly Variable[];
  /** Pairs of its query that are always the same. */
  readonly fixed: readonly (readonly [name: string, text: string])[];
}

interface Variable {
  readonly name: string;
  /** The name of its pair, where it stands in the query. */
  readonly key?: string;
}

/** Undefined where the query of a path may mean anything. */
export function pathParts(path: string): PathParts | undefined {
  const inPlace = pathVariables(pathTemplate(path)).map((name) => ({ name }));
  const [, query = ""] = /^[^?#]*\?([^#]*)/.exec(path) ?? [];
  const pairs = [...new URLSearchParams(query)];
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) return undefined;
  const variables = pairs.flatMap(([key, text]) => {
    const [, name] = /^\{([^{}]+)\}$/.exec(text) ?? [];
    return name === undefined ? [] : [{ name, key }];
  });
  const fixed = pairs.filter(([key]) => variables.every((variable) => variable.key !== key));
  return fixed.flat().some((text) => /[{}]/.test(text)) ? undefined : { variables: [...inPlace, ...variables], fixed };
}

/** The path item with a parameter for each part of its path. */
export function withPathParameters(context: MendContext, parts: PathParts, item: Json): Json {
  if (!isObject(item)) return item;
  const pathItem = resolve(context.document, item, "")?.value;
  if (!pathItem) return item;
  const changes = new Map<string, Json>();
  const given = getArray(pathItem, "parameters");
  const shared = mendParameters(context, parts, given, []);
  if (shared !== given) changes.set("parameters", shared);
  for (const method of httpMethods) {
    const operation = get(pathItem, method);
    const written = get(operation, "parameters") ?? [];
    if (!isObject(operation) || !Array.isArray(written)) continue;
    context.below(method, () => {
      const own = mendParameters(context, parts, written, shared);
      const added = addedTo(context, parts, [...shared, ...own]);
      if (own !== written || added.length > 0) changes.set(method, { ...operation, parameters: [...own, ...added] });
    });
  }
  // A reference would lead to the operations as they were.
  return changes.size === 0 ? item : withChanges(pathItem, changes);
}

/** The parameters of an operation or path item, each where the path has it; the same list where all are. */
function mendParameters(
  context: MendContext,
  { variables }: PathParts,
  parameters: readonly Json[],
  shared: readonly Json[],
): readonly Json[] {
  const names = new Set([...shared, ...parameters].map((item) => nameIn(context, item, "path")));
  const mended = parameters.map((item, index) => {
    const name = nameIn(context, item, "path");
    if (name === undefined) return item;
    const variable =
      variables.find((one) => one.name === name) ??
      variables.find((one) => one.name.toLowerCase() === name.toLowerCase() && !names.has(one.name));
    if (!variable || (variable.name === name && variable.key === undefined)) return item;
    const { key } = variable;
    const message =
      key === undefined
        ? `parameter \`${name}\` of the path is read as \`${variable.name}\`, as the path writes it`
        : `parameter \`${name}\` stands in the query of the path: it is read as \`${key}\` of the query`;
    context.below("parameters", () => context.below(index, () => context.sloppy(message)));
    const parameter = resolve(context.document, item, "")?.value ?? {};
    return key === undefined ? { ...parameter, name: variable.name } : inQuery(parameter, key);
  });
  return mended.every((item, index) => item === parameters[index]) ? parameters : mended;
}

/** A list is joined by commas in both places, unless it says otherwise. */
function inQuery(parameter: JsonObject, name: string): JsonObject {
  return {
    ...parameter,
    name,
    in: "query",
    required: true,
    style: "form",
    explode: flagOf(get(parameter, "explode")) === true,
  };
}

/** What the path asks for and no parameter fills. */
function addedTo(context: MendContext, { variables, fixed }: PathParts, parameters: readonly Json[]): readonly Json[] {
  const isFilled = (name: string, location: "path" | "query"): boolean =>
    parameters.some((item) => nameIn(context, item, location) === name);
  const open = variables.filter(
    ({ name, key }) => !(key === undefined ? isFilled(name, "path") : isFilled(key, "query")),
  );
  for (const { name } of open) {
    const message = `\`{${name}}\` of the path is no parameter: it is read as one, of any text`;
    context.sloppy(message, "a variable of a path is no parameter: it is read as one, of any text");
  }
  const constant = fixed.filter(([name]) => !isFilled(name, "query"));
  return [
    ...open.map(({ name, key }) => ({
      name: key ?? name,
      in: key === undefined ? "path" : "query",
      required: true,
      schema: { type: "string" },
    })),
    ...constant.map(([name, text]) => ({
      name,
      in: "query",
      required: true,
      schema: { type: "string", enum: [text] },
    })),
  ];
}

/** The name of a parameter in this place; undefined for one of another. */
function nameIn({ document }: MendContext, item: Json, location: "path" | "query"): string | undefined {
  const parameter = resolve(document, item, "")?.value;
  return getString(parameter, "in")?.toLowerCase() === location ? getString(parameter, "name") : undefined;
}
