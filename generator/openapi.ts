/** Questions about a raw OpenAPI document whose answer is a rule of the specification; no stage, used by several. */
import { mediaTypeKind } from "./media-type.js";
import type { HttpMethod, Json } from "./model.js";

/** An object of the document. */
export type JsonObject = { readonly [key: string]: Json };

/** The fixed fields of a Path Item Object that hold operations (OpenAPI 3.1, 4.8.9), in its order. */
export const httpMethods: readonly HttpMethod[] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** WHATWG Fetch refuses a body of GET and HEAD, and a request by TRACE at all. */
export function mayHaveBody(method: HttpMethod): boolean {
  return method !== "get" && method !== "head" && method !== "trace";
}

/** Whether `fetch` sends a request by a method. */
export function isCallable(method: HttpMethod): boolean {
  return method !== "trace";
}

/** A place in the document: its value and its JSON Pointer as a URI fragment. */
export interface Node {
  readonly value: JsonObject;
  readonly pointer: string;
}

/** Neither null nor an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Own property only: a document may have keys such as `constructor`. */
export function get(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Own property, where it is an object. */
export function getObject(value: Json | undefined, key: string): JsonObject | undefined {
  const found = get(value, key);
  return isObject(found) ? found : undefined;
}

/** Own property, where it is a string. */
export function getString(value: Json | undefined, key: string): string | undefined {
  const found = get(value, key);
  return typeof found === "string" ? found : undefined;
}

/** Own property, where it is a number. */
export function getNumber(value: Json | undefined, key: string): number | undefined {
  const found = get(value, key);
  return typeof found === "number" ? found : undefined;
}

/** Own property, where it is an array; else an empty one. */
export function getArray(value: Json | undefined, key: string): readonly Json[] {
  const found = get(value, key);
  return Array.isArray(found) ? found : [];
}

/** Extends a pointer by one reference token (RFC 6901). */
export function child(pointer: string, key: string | number): string {
  const token = String(key);
  return `${pointer}/${/[~/]/.test(token) ? token.replaceAll("~", "~0").replaceAll("/", "~1") : token}`;
}

/** A component as a reference that openapi-typescript reads back: it decodes, and splits at `#/`. */
export function componentReference(group: string, name: string): string {
  return `#/components/${group}/${name.replaceAll("~", "~0").replaceAll("/", "~1").replace(/[%#]/g, encodeURIComponent)}`;
}

/** `name`, or with the first number from 2 that makes it one nobody has. */
export function freeName(name: string, taken: { readonly has: (name: string) => boolean }): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** The tokens of a local reference such as `#/components/schemas/A~1B`. */
export function pointerTokens(reference: string): readonly string[] {
  const text = reference.replace(/^#\/?/, "");
  if (text === "") return [];
  const tokens = text.split("/");
  return /[%~]/.test(text) ? tokens.map(decodeToken) : tokens;
}

function decodeToken(token: string): string {
  return percentDecoded(token).replaceAll("~1", "/").replaceAll("~0", "~");
}

function percentDecoded(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

/** Follows local references until there is none; a cycle or a broken reference gives undefined. */
export function resolve(document: JsonObject, value: Json | undefined, pointer: string): Node | undefined {
  const seen = new Set<string>();
  let current = value;
  let place = pointer;
  for (;;) {
    if (!isObject(current)) return undefined;
    const written = getString(current, "$ref");
    if (written === undefined) return { value: current, pointer: place };
    const reference = asPointer(document, written);
    if (reference === undefined || seen.has(reference)) return undefined;
    seen.add(reference);
    current = valueAt(document, reference);
    place = reference;
  }
}

/** The one media type of a parameter's `content`, where it is JSON (OpenAPI 3.1, 4.8.12.2.2). */
export function jsonContent(document: JsonObject, { value, pointer }: Node): Node | undefined {
  const [entry, ...more] = Object.entries(getObject(value, "content") ?? {});
  if (!entry || more.length > 0 || mediaTypeKind(entry[0]) !== "json") return undefined;
  return resolve(document, entry[1], child(child(pointer, "content"), entry[0]));
}

/** What stands where a pointer says. */
export function valueAt(document: JsonObject, pointer: string): Json | undefined {
  return valueUnder(document, pointerTokens(pointer));
}

/** What stands under these keys, one below the other. */
export function valueUnder(document: JsonObject, keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>(
    (node, key) => (Array.isArray(node) ? node[Number(key)] : get(node, key)),
    document,
  );
}

/** The pointer of a local reference: it is one, or the name of an anchor. */
export function asPointer(document: JsonObject, reference: string): string | undefined {
  if (!reference.startsWith("#")) return undefined;
  return reference.startsWith("#/") ? reference : anchorsOf(document).get(reference.slice(1));
}

const anchors = new WeakMap<JsonObject, ReadonlyMap<string, string>>();

/** The pointers of the schemas that `$anchor` or `$dynamicAnchor` names (JSON Schema 2020-12, core, 8.2.2). */
function anchorsOf(document: JsonObject): ReadonlyMap<string, string> {
  const known = anchors.get(document);
  if (known) return known;
  const found = new Map<string, string>();
  const visit = (value: Json, pointer: string): void => {
    if (typeof value !== "object" || value === null) return;
    for (const keyword of ["$anchor", "$dynamicAnchor"]) {
      const name = getString(value, keyword);
      if (name !== undefined && !found.has(name)) found.set(name, pointer);
    }
    for (const [key, inner] of Object.entries(value)) visit(inner, child(pointer, key));
  };
  visit(document, "#");
  anchors.set(document, found);
  return found;
}

/** Name of the schema under `components/schemas` that a schema refers to. */
export function schemaReference(schema: Json | undefined): string | undefined {
  const [parent, kind, name, ...rest] = pointerTokens(getString(schema, "$ref") ?? "");
  return parent === "components" && kind === "schemas" && rest.length === 0 ? name : undefined;
}

/** The status of a response's key: `404`, `4XX` (also where it is written `4xx`) or `default`; none for any other key. */
export function responseStatus(key: string): string | undefined {
  const status = key.replace(/^([1-5])xx$/i, "$1XX");
  return /^([1-5]\d\d|[1-5]XX|default)$/.test(status) ? status : undefined;
}

/** Whether HTTP allows an answer no body (RFC 9110, 6.4.1 and 15.3.6). */
export function isBodiless(method: HttpMethod, status: string): boolean {
  return method === "head" || /^(1..|204|205|304)$/.test(status);
}

/**
 * Whether a schema of a form's part, or of a whole body, is bytes: `format: binary` (OpenAPI 3.0, 4.7.14.2 and 4.7.24), or the
 * media type of something that is no text and is not encoded as one (OpenAPI 3.1, 4.8.14.2; JSON Schema, validation, 8).
 * `type: file` is Swagger 2's word for it.
 */
export function isBinary(schema: Json | undefined): boolean {
  const type = get(schema, "type");
  if (type === "file") return true;
  if (type !== undefined && ![type].flat().every((one) => one === "string" || one === "null")) return false;
  if (getString(schema, "format") === "binary") return true;
  const mediaType = getString(schema, "contentMediaType");
  return (
    mediaType !== undefined && get(schema, "contentEncoding") === undefined && mediaTypeKind(mediaType) === "binary"
  );
}

/** What a URL has of a path: a document may write a query or a fragment behind it, to tell two of them apart. */
export function pathTemplate(path: string): string {
  return path.replace(/[?#].*$/s, "");
}

/** The variables of a path's template, each once. */
export function pathVariables(template: string): readonly string[] {
  return [...new Set(Array.from(template.matchAll(/\{([^{}]+)\}/g), ([, name = ""]) => name))];
}

/** One operation with where it stands. */
export interface OperationNode extends Node {
  readonly path: string;
  readonly method: HttpMethod;
  readonly pathItem: Node;
  /** Its operationId, if it has one that can be kept. */
  readonly id: string | undefined;
}

/**
 * An operationId that no operation before has, which is then taken: they are to be unique (OpenAPI 3.1, 4.8.10). Nor is it
 * one that a reference would not lead to: openapi-typescript decodes `%`, and takes `#` for `/`.
 */
export function takeId(operation: JsonObject, taken: Set<string>): string | undefined {
  const id = getString(operation, "operationId");
  if (id === undefined || !/^[^%#]+$/.test(id) || taken.has(id)) return undefined;
  taken.add(id);
  return id;
}

/** Every operation of `paths`, in the document's order. */
export function operationNodes(document: JsonObject): readonly OperationNode[] {
  const taken = new Set<string>();
  return Object.entries(getObject(document, "paths") ?? {}).flatMap(([path, item]) => {
    const pathItem = resolve(document, item, child("#/paths", path));
    if (!pathItem || !path.startsWith("/")) return [];
    return httpMethods.flatMap((method) => {
      const value = getObject(pathItem.value, method);
      if (!value) return [];
      const id = takeId(value, taken);
      return [{ value, pointer: child(pathItem.pointer, method), path, method, pathItem, id }];
    });
  });
}

/**
 * The parameters of an operation, path item's first: an operation's parameter replaces the path item's of the same
 * name and location (OpenAPI 3.1, 4.8.10 `parameters`).
 */
export function parameterNodes(document: JsonObject, operation: OperationNode): readonly Node[] {
  const found = new Map<string, Node>();
  for (const owner of [operation.pathItem, operation]) {
    getArray(owner.value, "parameters").forEach((item, index) => {
      const node = resolve(document, item, child(child(owner.pointer, "parameters"), index));
      if (node) found.set(parameterIdentity(node.value), node);
    });
  }
  return [...found.values()];
}

/** What tells one parameter from another (OpenAPI 3.1, 4.8.12): names of headers know no case. */
export function parameterIdentity(parameter: JsonObject): string {
  const location = getString(parameter, "in") ?? "";
  const name = getString(parameter, "name") ?? "";
  return `${location} ${location === "header" ? name.toLowerCase() : name}`;
}

/** Whether a header or a cookie can have a name (RFC 9110, 5.6.2). */
export function isFieldName(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name);
}

/** Why a parameter is no input, whatever else it says. */
export type Ignored =
  /** By its name, as the specification asks (OpenAPI 3.1, 4.8.12 `name`). */
  | "by-name"
  /** It is a header of the connection, which the platform writes: `fetch` leaves another one out, or fails. */
  | "connection"
  /** The path has no variable of its name. */
  | "no-place";

const ignoredHeaders: ReadonlySet<string> = new Set(["accept", "content-type", "authorization"]);

/** Of those that pages may not set (WHATWG Fetch, "forbidden request-header"), the ones that Node does not take either. */
const connectionHeaders: ReadonlySet<string> = new Set([
  ...["host", "content-length", "connection", "keep-alive", "transfer-encoding", "upgrade", "expect"],
]);

/** Undefined for a parameter that is not to be ignored. */
export function ignoredParameter(path: string, parameter: JsonObject): Ignored | undefined {
  const name = getString(parameter, "name") ?? "";
  const location = getString(parameter, "in");
  if (location === "path") return pathVariables(pathTemplate(path)).includes(name) ? undefined : "no-place";
  if (location !== "header") return undefined;
  if (ignoredHeaders.has(name.toLowerCase())) return "by-name";
  return connectionHeaders.has(name.toLowerCase()) ? "connection" : undefined;
}
