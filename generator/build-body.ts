/** Bodies of requests, by media type (OpenAPI 3.1, 4.8.13 and 4.8.14). */
import { noteUnused, valueKind } from "./build-content.js";
import type { Context } from "./build-context.js";
import { buildEncoding } from "./build-encoding.js";
import { exampleOf } from "./build-parameter.js";
import { requestKind, type ValueKind } from "./media-type.js";
import type { Json, RequestBodyModel, RequestContentModel, SchemaModel } from "./model.js";
import { child, get, getObject, getString, mayHaveBody, type OperationNode, resolve } from "./openapi.js";
import { isOneValue } from "./schema-graph.js";

/** The body of an operation; undefined where it has none, or none that can be sent. */
export function buildRequestBody(context: Context, operation: OperationNode): RequestBodyModel | undefined {
  const pointer = child(operation.pointer, "requestBody");
  const node = resolve(context.document, get(operation.value, "requestBody"), pointer);
  if (!node) return undefined;
  const content = Object.entries(getObject(node.value, "content") ?? {}).map(([mediaType, value]) =>
    buildContent(context, mediaType, value, child(child(node.pointer, "content"), mediaType)),
  );
  const isSendable = mayHaveBody(operation.method);
  if (!isSendable || content.length === 0) {
    const reason = isSendable ? "it names no media type" : `\`fetch\` sends none by ${operation.method.toUpperCase()}`;
    context.unsupported(pointer, `a request body is left out: ${reason}`);
    return undefined;
  }
  return {
    required: get(node.value, "required") === true,
    description: getString(node.value, "description"),
    content,
    place: context.locate(pointer),
  };
}

function buildContent(context: Context, mediaType: string, value: Json, pointer: string): RequestContentModel {
  const node = resolve(context.document, value, pointer) ?? { value: {}, pointer };
  const written = get(node.value, "schema");
  const place = child(node.pointer, "schema");
  const schema = written === undefined ? undefined : context.schema(written, place);
  const said = valueKind(context.document, written);
  const kind = kindOf(mediaType, schema, said);
  const isForm = kind === "multipart" || kind === "urlencoded";
  if (kind === "binary" && /^multipart\//i.test(mediaType)) {
    context.note(
      node.pointer,
      `\`${mediaType}\`: its parts have no names, so the caller gives its bytes and its boundary`,
      "the parts of a media type have no names, so the caller gives its bytes and its boundary",
    );
  } else if (isForm && schema && isNoObject(schema)) {
    const what = "can be no object, so that no value of it can be sent";
    context.note(place, `the schema of a form, \`${mediaType}\`, ${what}`, `the schema of a form ${what}`);
  } else if (kind !== "text" || !isOneValue(schema)) {
    // A text is checked; what may also be bytes is not.
    const isLost = kind === "binary" && requestKind(mediaType) === "text" && hasTextBounds(schema);
    noteUnused(context, mediaType, kind, isLost ? "data" : said, place);
  }
  return {
    mediaType,
    kind,
    schema,
    encoding: isForm ? buildEncoding(context, node, kind, schema) : [],
    example: exampleOf(context.document, node.value) ?? schema?.example,
  };
}

/**
 * How a body is written: a text that its schema takes for a file is bytes, and a form whose schema is no object has no fields,
 * so that the caller writes all of it.
 */
function kindOf(mediaType: string, schema: SchemaModel | undefined, said: ValueKind): RequestContentModel["kind"] {
  const isData = schema?.type === "object" || schema?.type === "array";
  const kind = isData && /^(\*|application)\/\*$/.test(mediaType) ? "json" : requestKind(mediaType);
  const isOneText = said === "bytes" || said === "text";
  if ((kind === "text" && said === "bytes") || (kind === "multipart" && isOneText)) return "binary";
  if (kind === "urlencoded" && isOneText) return "text";
  return kind;
}

function hasTextBounds(schema: SchemaModel | undefined): boolean {
  return [schema?.minLength, schema?.maxLength, schema?.enum, schema?.more.pattern].some((one) => one !== undefined);
}

/** Whether no object has the schema. */
function isNoObject({ type, more }: SchemaModel): boolean {
  const { types = type === undefined ? undefined : [type], allOf = [] } = more;
  return types?.includes("object") === false || allOf.some(isNoObject);
}
