/** Bodies of requests, by media type (OpenAPI 3.1, 4.8.13 to 4.8.15). */
import type { Context } from "./build-context.js";
import { exampleOf } from "./build-parameter.js";
import { requestKind } from "./media-type.js";
import type { EncodingModel, Json, ParameterStyle, RequestBodyModel, RequestContentModel } from "./model.js";
import {
  child,
  get,
  getObject,
  getString,
  type JsonObject,
  mayHaveBody,
  type Node,
  type OperationNode,
  resolve,
} from "./openapi.js";

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
  const schema = written === undefined ? undefined : context.schema(written, child(node.pointer, "schema"));
  const isData = schema?.type === "object" || schema?.type === "array";
  const kind = isData && /^(\*|application)\/\*$/.test(mediaType) ? "json" : requestKind(mediaType);
  if (kind === "binary" && /^multipart\//i.test(mediaType)) {
    context.note(
      node.pointer,
      `\`${mediaType}\`: its parts have no names, so the caller gives its bytes and its boundary`,
      "the parts of a media type have no names, so the caller gives its bytes and its boundary",
    );
  }
  return {
    mediaType,
    kind,
    schema,
    encoding: kind === "multipart" || kind === "urlencoded" ? buildEncoding(context, node) : [],
    example: exampleOf(context.document, node.value) ?? schema?.example,
  };
}

function buildEncoding(context: Context, content: Node): readonly EncodingModel[] {
  const parent = child(content.pointer, "encoding");
  return Object.entries(getObject(content.value, "encoding") ?? {}).flatMap(([property, value]) => {
    const pointer = child(parent, property);
    const node = resolve(context.document, value, pointer);
    if (!node) return [];
    noteHeaders(context, node);
    const style = getString(node.value, "style") as ParameterStyle | undefined;
    const explode = get(node.value, "explode");
    const allowReserved = get(node.value, "allowReserved") === true;
    const isStyled = style !== undefined || explode !== undefined || allowReserved;
    if (style !== undefined && !queryStyles.has(style)) {
      context.note(child(pointer, "style"), `\`style: ${style}\` is no style of a form: \`form\` is used`);
    }
    return [
      {
        property,
        contentType: getString(node.value, "contentType"),
        style: isStyled ? (style !== undefined && queryStyles.has(style) ? style : "form") : undefined,
        explode: typeof explode === "boolean" ? explode : (style ?? "form") === "form",
        allowReserved,
      },
    ];
  });
}

const queryStyles: ReadonlySet<string> = new Set(["form", "spaceDelimited", "pipeDelimited", "deepObject"]);

/** A caller gives the headers of a part with its value. */
function noteHeaders({ document, note }: Context, { value, pointer }: Node): void {
  const headers: JsonObject = getObject(value, "headers") ?? {};
  for (const [name, header] of Object.entries(headers)) {
    const node = resolve(document, header, child(child(pointer, "headers"), name));
    if (get(node?.value, "required") !== true) continue;
    note(
      node?.pointer ?? pointer,
      `header \`${name}\` of a part is the caller's to give, with \`part\`; it is not checked`,
      "a header of a part is the caller's to give, with `part`; it is not checked",
    );
  }
}
