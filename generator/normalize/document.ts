/** Where schemas stand in a document, and what they describe there. */
import { requestKind } from "../media-type.js";
import type { Json } from "../model.js";
import { httpMethods, isObject, type JsonObject } from "../openapi.js";
import { type Change, each, fields, items } from "./map.js";
import type { Path } from "./path.js";

/**
 * What a schema describes: what is received, what is sent, or what is sent as a form or a file. A property with
 * `readOnly` is not sent and one with `writeOnly` not received (OpenAPI 3.1, 4.8.24.5), and only in a form are there bytes.
 */
export type View = "read" | "write" | "form";

/**
 * Changes every schema of the document but those of `components/schemas`, which have no use of their own. What is no object
 * where one has to be is told, and becomes an empty one.
 */
export function mapSchemas(
  document: JsonObject,
  change: (schema: Json, path: Path, view: View) => Json,
  noObject: (path: Path) => void = () => {},
): JsonObject {
  const object = (changes: Readonly<Record<string, Change>>): Change => {
    const changed = fields(changes);
    return (value, path) => {
      if (isObject(value)) return changed(value, path);
      if (path) noObject(path);
      return {};
    };
  };
  const schema =
    (view: View): Change =>
    (value, path) =>
      path ? change(value, path, view) : value;
  const content = (view: (mediaType: string) => View): Change =>
    each((media, path, mediaType) => object({ schema: schema(view(mediaType)) })(media, path));
  const header = object({ schema: schema("read"), content: content(() => "read") });
  const parameter = object({ schema: schema("write"), content: content(() => "write") });
  const requestBody = object({ content: content(requestView) });
  const response = object({ headers: each(header), content: content(() => "read") });
  const operation = fields({ parameters: items(parameter), requestBody, responses: each(response) });
  const pathItem = fields({
    parameters: items(parameter),
    ...Object.fromEntries(httpMethods.map((method) => [method, operation])),
  });
  const components = fields({
    responses: each(response),
    parameters: each(parameter),
    requestBodies: each(requestBody),
    headers: each(header),
    pathItems: each(pathItem),
  });
  return fields({ paths: each(pathItem), webhooks: each(pathItem), components })(document, undefined) as JsonObject;
}

/** Bytes are sent by a form of parts, or as the whole body. */
function requestView(mediaType: string): View {
  const kind = requestKind(mediaType);
  return kind === "multipart" || kind === "binary" ? "form" : "write";
}
