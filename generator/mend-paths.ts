/** Paths, their operations and parameters as they are meant (OpenAPI 3.1, 4.8.8 to 4.8.12). */
import { schemaObject } from "./coverage-table.js";
import { type MendContext, withChanges } from "./mend-context.js";
import type { Json } from "./model.js";
import { get, getArray, getString, httpMethods, isObject, type JsonObject, resolve } from "./openapi.js";

/** A path starts with a slash, and each of its variables is a parameter. */
export function mendPaths(context: MendContext, paths: JsonObject): JsonObject {
  const entries = Object.entries(paths).map(([written, item]): readonly [string, Json] => {
    if (written.startsWith("x-")) return [written, item];
    const path = withSlash(context, paths, written);
    return [path, context.below(path, () => withVariables(context, path, item))];
  });
  const isSame = entries.every(([path, item]) => paths[path] === item);
  return isSame ? paths : (Object.fromEntries(entries) as JsonObject);
}

function withSlash(context: MendContext, paths: JsonObject, written: string): string {
  const path = `/${written}`;
  if (written.startsWith("/") || Object.hasOwn(paths, path)) return written;
  context.moved(path, [...context.path, written]);
  const message = `path \`${written}\` has no slash in front: it is read as \`${path}\``;
  context.below(path, () => context.sloppy(message, "a path has no slash in front: it is read as if it had one"));
  return path;
}

/** A variable that no parameter fills is one, of any text: the path means nothing without it (OpenAPI 3.1, 4.8.8.2). */
function withVariables(context: MendContext, path: string, item: Json): Json {
  const variables = new Set(Array.from(path.matchAll(/\{([^{}]+)\}/g), ([, name = ""]) => name));
  if (variables.size === 0) return item;
  const pathItem = resolve(context.document, item, "")?.value;
  if (!pathItem) return item;
  const shared = pathNames(context, pathItem);
  const changes = new Map<string, Json>();
  for (const method of httpMethods) {
    const operation = get(pathItem, method);
    if (!isObject(operation)) continue;
    const filled = new Set([...shared, ...pathNames(context, operation)]);
    const open = [...variables].filter((name) => !filled.has(name));
    const parameters = get(operation, "parameters") ?? [];
    if (open.length === 0 || !Array.isArray(parameters)) continue;
    for (const name of open) {
      const message = `\`{${name}}\` of the path is no parameter: it is read as one, of any text`;
      context.below(method, () =>
        context.sloppy(message, "a variable of a path is no parameter: it is read as one, of any text"),
      );
    }
    const added = open.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
    changes.set(method, { ...operation, parameters: [...parameters, ...added] });
  }
  // A reference would lead to the operations as they were.
  return changes.size === 0 ? item : withChanges(pathItem, changes);
}

function pathNames({ document }: MendContext, owner: JsonObject): readonly string[] {
  return getArray(owner, "parameters").flatMap((item) => {
    const parameter = resolve(document, item, "")?.value;
    const name = getString(parameter, "name");
    return name !== undefined && getString(parameter, "in") === "path" ? [name] : [];
  });
}

/** Methods are written in lower case (OpenAPI 3.1, 4.8.9.1). */
export function mendPathItem(context: MendContext, pathItem: JsonObject): JsonObject {
  const methods: ReadonlySet<string> = new Set(httpMethods);
  const entries = Object.entries(pathItem).map(([written, value]): readonly [string, Json] => {
    const method = written.toLowerCase();
    if (method === written || !methods.has(method) || Object.hasOwn(pathItem, method)) return [written, value];
    context.moved(method, [...context.path, written]);
    context.below(method, () => context.sloppy(`\`${written}\` is read as \`${method}\``));
    return [method, value];
  });
  return entries.every(([key, value]) => pathItem[key] === value)
    ? pathItem
    : (Object.fromEntries(entries) as JsonObject);
}

/** Keywords of a schema that a parameter has as well, with a meaning of its own. */
const ownKeywords: ReadonlySet<string> = new Set(["description", "required", "deprecated", "example", "examples"]);

/** In OpenAPI 2 a parameter was its own schema; one in a path is always required (OpenAPI 3.1, 4.8.12.2). */
export function mendParameter(context: MendContext, parameter: JsonObject): JsonObject {
  const changes = new Map<string, Json | undefined>();
  const isBare = !Object.hasOwn(parameter, "schema") && !Object.hasOwn(parameter, "content");
  if (isBare && Object.hasOwn(parameter, "type")) {
    const keywords = Object.keys(parameter).filter((key) => schemaObject.fields.has(key) && !ownKeywords.has(key));
    context.sloppy("a parameter has `type` and no `schema`: it is read as its own schema");
    context.moved("schema", context.path);
    changes.set("schema", Object.fromEntries(keywords.map((key) => [key, parameter[key] ?? null])));
    for (const key of keywords) changes.set(key, undefined);
  }
  if (getString(parameter, "in") === "path" && get(parameter, "required") !== true) {
    context.sloppy("a parameter of the path is not `required`: it is read as if it were");
    changes.set("required", true);
  }
  return withChanges(parameter, changes);
}
