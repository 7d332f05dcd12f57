/** Where schemas stand in a document, and what they describe there. */
import { requestKind } from "../media-type.js";
import type { Json } from "../model.js";
import { httpMethods, type JsonObject } from "../openapi.js";
import { type Change, each, fields, items } from "./map.js";
import type { Path } from "./path.js";

/**
 * What a schema describes: what is received, what is sent, or what is sent as a form or a file. A property with
 * `readOnly` is not sent and one with `writeOnly` not received (OpenAPI 3.1, 4.8.24.5), and only in a form are there bytes.
 */
export type View = "read" | "write" | "form";

/** Changes every schema of the document but those of `components/schemas`, which have no use of their own. */
export function mapSchemas(document: JsonObject, change: (schema: Json, path: Path, view: View) => Json): JsonObject {
  const schema =
    (view: View): Change =>
    (value, path) =>
      path ? change(value, path, view) : value;
  const content = (view: (mediaType: string) => View): Change =>
    each((media, path, mediaType) => fields({ schema: schema(view(mediaType)) })(media, path));
  const header = fields({ schema: schema("read"), content: content(() => "read") });
  const parameter = fields({ schema: schema("write"), content: content(() => "write") });
  const requestBody = fields({ content: content(requestView) });
  const response = fields({ headers: each(header), content: content(() => "read") });
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
