/** Responses and their bodies, by media type (OpenAPI 3.1, 4.8.14 to 4.8.17). */
import type { Context } from "./build-context.js";
import { componentSchemas, errorChoiceOf, errorSchemaOf, requiredOf } from "./build-error-schemas.js";
import { buildHeaders, headersSchema } from "./build-headers.js";
import { essenceOf, type ResponseKind, responseKind, type ValueKind } from "./media-type.js";
import type { Json, MediaTypeModel, RequestContentModel, ResponseModel } from "./model.js";
import {
  child,
  get,
  getArray,
  getObject,
  getString,
  isBodiless,
  type JsonObject,
  type Node,
  type OperationNode,
  resolve,
  responseStatus,
} from "./openapi.js";

/** The responses of an operation; a key that is no status, and no extension, is told. */
export function buildResponses(context: Context, operation: OperationNode): readonly ResponseModel[] {
  const responses = documentedResponses(context, operation);
  const isComplete = responses.some(({ status }) => status === "default" || status.startsWith("2"));
  return isComplete ? responses : [...responses, impliedSuccess(context, operation, responses)];
}

/** A success of which a document says nothing: where it says of a redirect, what is at its end; else what it brings is left out. */
function impliedSuccess(
  { note }: Context,
  { method, path, value, pointer }: OperationNode,
  responses: readonly ResponseModel[],
): ResponseModel {
  const isFile = responses.some(({ status }) => status.startsWith("3")) && !isBodiless(method, "200");
  if (!isFile) {
    const what = "says nothing of a success: what one brings is left out";
    const name = getString(value, "operationId") || `${method} ${path}`;
    note(pointer, `operation \`${name}\` ${what}`, `an operation ${what}`);
  }
  const none = { schema: undefined, isChecked: false, errorSchema: undefined, envelope: false };
  return {
    status: "2XX",
    outcome: "success",
    description: undefined,
    content: isFile ? [{ mediaType: "*/*", type: "*/*", kind: "binary", ...none }] : [],
    headers: [],
    headersSchema: undefined,
    isImplied: true,
  };
}

function documentedResponses(context: Context, operation: OperationNode): readonly ResponseModel[] {
  const responses = getObject(operation.value, "responses") ?? {};
  const hasSuccess = Object.keys(responses).some((key) => responseStatus(key)?.startsWith("2"));
  return Object.entries(responses).flatMap(([key, value]) => {
    const pointer = child(child(operation.pointer, "responses"), key);
    const status = responseStatus(key);
    if (status === undefined) {
      if (!key.startsWith("x-")) context.unsupported(pointer, `a response for status \`${key}\``);
      return [];
    }
    if (status !== key) {
      if (status in responses) return [];
      context.note(pointer, `status \`${key}\` is read as \`${status}\``);
    }
    const node = resolve(context.document, value, pointer);
    if (!node) return [];
    const content = isBodiless(operation.method, status) ? withoutBody(context, node) : buildContent(context, node);
    const outcome = outcomeOf(status, hasSuccess, content);
    const headers = buildHeaders(context, node, outcome !== "failure");
    return [
      {
        status,
        outcome,
        description: getString(node.value, "description"),
        content,
        headers,
        headersSchema: outcome === "failure" ? undefined : headersSchema(headers),
      },
    ];
  });
}

/** A success has a status of 2xx, or `default` where nothing else stands for one, and is not a mere error envelope. */
function outcomeOf(status: string, hasSuccess: boolean, content: readonly MediaTypeModel[]): ResponseModel["outcome"] {
  const isEnvelope = content.length > 0 && content.every(({ envelope }) => envelope);
  if (isEnvelope || !/^(2|default$)/.test(status)) return "failure";
  if (status === "default") return hasSuccess ? "failure" : "either";
  return "success";
}

function withoutBody(context: Context, response: Node): readonly MediaTypeModel[] {
  const isDescribed = Object.keys(getObject(response.value, "content") ?? {}).length > 0;
  if (isDescribed) context.note(child(response.pointer, "content"), "a body where HTTP allows none");
  return [];
}

function buildContent(context: Context, owner: Node): readonly MediaTypeModel[] {
  let envelope: string | undefined;
  const declared = Object.entries(getObject(owner.value, "content") ?? {});
  const types = declared.map(([mediaType]) => essenceOf(mediaType));
  return declared.map(([mediaType, value]) => {
    const node = resolve(context.document, value, child(child(owner.pointer, "content"), mediaType));
    const schema = get(node?.value, "schema") ?? undefined;
    const said = valueKind(context.document, schema);
    const kind = responseKind(mediaType, said);
    const place = child(node?.pointer ?? owner.pointer, "schema");
    noteUnused(context, mediaType, kind, said, place);
    const type = essenceOf(mediaType);
    const isShared = types.filter((other) => other === type).length > 1 && schema !== undefined;
    if (isShared) {
      const what = "is not used: media types that differ in their parameters alone are one to the client";
      context.note(place, `the schema of a body of \`${mediaType}\` ${what}`, `the schema of a body ${what}`);
    }
    const errorSchema = errorSchemaOf(context.document, schema);
    noteErrorChoice(context, schema, errorSchema, place);
    const isMarked = get(node?.value, "x-error-envelope") === true;
    const isTold = errorSchema !== undefined && requiredOf(componentSchemas(context.document), errorSchema).length > 0;
    const isOther = envelope !== undefined && envelope !== errorSchema;
    if (isMarked && (!isTold || isOther)) {
      const reason = isTold
        ? "of one response, only the first schema of one is recognised"
        : "its schema needs `x-error` and a property that is required, to be told from other data";
      context.unsupported(child(node?.pointer ?? owner.pointer, "x-error-envelope"), `an error envelope: ${reason}`);
    }
    const isEnvelope = isMarked && isTold && !isOther;
    if (isEnvelope) envelope = errorSchema;
    return {
      mediaType,
      type,
      kind,
      schema: schema === undefined ? undefined : context.schema(schema, child(node?.pointer ?? "", "schema")),
      isChecked: !isShared && (kind.startsWith("json") || (kind.startsWith("text") && said === "text")),
      errorSchema,
      envelope: isEnvelope,
    };
  });
}

/** Which of several schemas a body has is not looked for, so that none can say what its properties mean. */
function noteErrorChoice(
  { document, note }: Context,
  schema: Json | undefined,
  errorSchema: string | undefined,
  pointer: string,
): void {
  const choice = errorSchema === undefined ? errorChoiceOf(document, schema) : undefined;
  if (choice === undefined) return;
  const what = "is not used: the schema is one of several to choose from";
  note(pointer, `\`x-error\` of \`${choice}\` ${what}`, `\`x-error\` ${what}`);
}

/** Keywords that say nothing of a value. */
const annotations: ReadonlySet<string> = new Set([
  "title",
  "description",
  "default",
  "example",
  "examples",
  "nullable",
]);

/** Tells where a body is handed over as it is, though its schema says what it holds: XML, lines of JSON that are sent. */
export function noteUnused(
  { note }: Context,
  mediaType: string,
  kind: ResponseKind | RequestContentModel["kind"],
  value: ValueKind,
  pointer: string,
): void {
  if (value !== "data" || (kind !== "text" && kind !== "binary")) return;
  const what = `is not used: it is given as ${kind === "text" ? "text" : "bytes"}, and not checked`;
  note(pointer, `the schema of a body of \`${mediaType}\` ${what}`, `the schema of a body ${what}`);
}

/** What a schema says of a value: text where it can be nothing else. */
export function valueKind(document: JsonObject, schema: Json | undefined, depth = 0): ValueKind {
  const value = resolve(document, schema, "")?.value ?? {};
  if (Object.keys(value).every((keyword) => annotations.has(keyword))) return "nothing";
  const types = [get(value, "type") ?? []].flat().filter((type) => type !== "null");
  const isBytes = getString(value, "format") === "binary" || "contentEncoding" in value || "contentMediaType" in value;
  if (types.length === 1 && types[0] === "string") return isBytes ? "bytes" : "text";
  // Deep enough for a choice of choices; a recursive schema is data.
  const parts = depth < 4 ? ["allOf", "anyOf", "oneOf"].flatMap((keyword) => getArray(value, keyword)) : [];
  const kinds = new Set(parts.map((part) => valueKind(document, part, depth + 1)));
  const [kind = "data"] = kinds;
  return types.length === 0 && kinds.size === 1 ? kind : "data";
}
