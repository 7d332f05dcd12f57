/** Paths, their operations and parameters as they are meant (OpenAPI 3.1, 4.8.8 to 4.8.12). */
import { schemaObject } from "./coverage-table.js";
import { flagOf, type MendContext, withChanges } from "./mend-context.js";
import { type PathParts, pathParts, withPathParameters } from "./mend-path-parameters.js";
import type { Json } from "./model.js";
import { get, getString, httpMethods, type JsonObject, pathTemplate } from "./openapi.js";

/** A path starts with a slash, has neither query nor fragment, and each of its variables is a parameter. */
export function mendPaths(context: MendContext, paths: JsonObject): JsonObject {
  const entries = Object.entries(paths).flatMap(([written, item]): readonly (readonly [string, Json])[] => {
    if (written.startsWith("x-")) return [[written, item]];
    const path = withSlash(context, paths, written);
    return context.below(path, () => {
      const parts = partsOf(context, path);
      return parts ? [[path, withPathParameters(context, parts, item)]] : [];
    });
  });
  const isSame = entries.length === Object.keys(paths).length && entries.every(([path, item]) => paths[path] === item);
  return isSame ? paths : (Object.fromEntries(entries) as JsonObject);
}

/** Undefined where it is left out. */
function partsOf(context: MendContext, path: string): PathParts | undefined {
  const template = pathTemplate(path);
  const mark = path[template.length];
  const parts = pathParts(path);
  if (!parts) {
    const what = "gets no functions: its query is not made of pairs with a text or a variable each";
    context.leftOut(`path \`${path}\` ${what}`, `a path ${what}`);
  } else if (mark === "?") {
    const what = "has a query: its pairs are read as parameters";
    context.sloppy(`path \`${path}\` ${what}`, `a path ${what}`);
  } else if (mark === "#") {
    const what = "has a fragment, which is never sent";
    context.sloppy(`path \`${path}\` ${what}: it is read as \`${template}\``, `a path ${what}`);
  }
  if (REREAD.test(template)) {
    const what =
      "is not sent as it stands: a URL resolves segments of dots, takes backslashes for slashes and drops breaks";
    context.sloppy(`path \`${path}\` ${what}`, `a path ${what}`);
  }
  return parts;
}

/** What a URL makes something else of than its percent-encoding (WHATWG URL, path state and 4.4, basic URL parser, 1 to 3). */
const REREAD = /\/(?:\.|%2e){1,2}(?=\/|$)|[\\\t\n\r]|[\0- ]$/i;

function withSlash(context: MendContext, paths: JsonObject, written: string): string {
  const path = `/${written}`;
  if (written.startsWith("/") || Object.hasOwn(paths, path)) return written;
  context.moved(path, [...context.path, written]);
  const message = `path \`${written}\` has no slash in front: it is read as \`${path}\``;
  context.below(path, () => context.sloppy(message, "a path has no slash in front: it is read as if it had one"));
  return path;
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

const locations: ReadonlySet<string> = new Set(["path", "query", "header", "cookie"]);

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
  const written = getString(parameter, "in");
  const location = written?.toLowerCase();
  if (location !== undefined && location !== written && locations.has(location)) {
    context.below("in", () => context.sloppy(`\`in\` is ${JSON.stringify(written)}: it is read as "${location}"`));
    changes.set("in", location);
  }
  if (location === "path" && flagOf(get(parameter, "required")) !== true) {
    context.sloppy("a parameter of the path is not `required`: it is read as if it were");
    changes.set("required", true);
  }
  return withChanges(parameter, changes);
}
