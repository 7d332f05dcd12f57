/** Emits the body of a request: its inputs as types, and as data of the descriptor. */
import { isRange, mediaTypeKind, needsContentType, requestKind } from "../media-type.js";
import type { EncodingModel, OperationModel, RequestBodyModel, RequestContentModel, SchemaModel } from "../model.js";
import type { Names } from "../names.js";
import { isOneValue, withoutNull } from "../schema-graph.js";
import type { OptionalKind, PropertySignatureStructure } from "../structures.js";
import { code, docs, prose } from "./comment.js";
import { identifier, type Literal, stringLiteral } from "./literal.js";
import type { ModuleImports } from "./module.js";
import { type SchemaScope, schemaLiteral } from "./schema.js";
import { encodingCodec } from "./style.js";
import { operationType } from "./types.js";

type Property = OptionalKind<PropertySignatureStructure>;

/** One way to give the body; there are several where the caller picks the media type. */
export function bodyInputs(operation: OperationModel, imports: ModuleImports): readonly (readonly Property[])[] {
  const { requestBody } = operation;
  if (!requestBody) return [];
  return requestBody.content.map((content, index) => [
    ...(needsContentType(requestBody) ? [contentTypeInput(content, index === 0, imports)] : []),
    {
      isReadonly: true,
      name: "body",
      hasQuestionToken: !requestBody.required,
      type: requestType(operation, content, imports),
      docs: docs(prose(requestBody.description), `On the wire: the body, ${code(content.mediaType)}.`),
    },
  ]);
}

function contentTypeInput({ mediaType }: RequestContentModel, isFirst: boolean, imports: ModuleImports): Property {
  return {
    isReadonly: true,
    name: "contentType",
    hasQuestionToken: isFirst,
    type: isRange(mediaType)
      ? `${imports.type("Matching", "runtime/content")}<${stringLiteral(mediaType)}>`
      : stringLiteral(mediaType),
    docs: docs(`Media type of the body${isFirst && !isRange(mediaType) ? "; this one where none is given" : ""}.`),
  };
}

function requestType(operation: OperationModel, content: RequestContentModel, imports: ModuleImports): string {
  if (content.kind === "text" && !isOneValue(content.schema)) return "string";
  if (content.kind === "binary") {
    const isText = requestKind(content.mediaType) === "text";
    return `${imports.type("BinaryBody", "runtime/body")}${isText ? " | string" : ""}`;
  }
  const written = schemaType(operation, content, imports);
  if (content.kind === "text") return `NonNullable<${written}>`;
  return content.kind === "multipart" ? `${imports.type("MultipartInput", "runtime/multipart")}<${written}>` : written;
}

function schemaType(
  operation: OperationModel,
  { mediaType, schema, kind }: RequestContentModel,
  imports: ModuleImports,
) {
  if (schema === undefined) return kind === "json" ? "unknown" : "Readonly<Record<string, unknown>>";
  // Not by the name of the schema: what is sent may be another view of it.
  return `NonNullable<${operationType(operation, imports)}["requestBody"]>["content"][${stringLiteral(mediaType)}]`;
}

/** Whether a caller picks one of several media types for the body. */
export function isChoice({ requestBody }: OperationModel): boolean {
  return requestBody !== undefined && requestBody.content.length > 1;
}

/** The body as parameters: what every call has, and, where the caller picks the media type, what there is to pick. */
export function bodyLiterals(
  { requestBody }: OperationModel,
  names: Names,
  imports: ModuleImports,
): { readonly parameters: readonly Literal[]; readonly contents: readonly Literal[] } {
  if (!requestBody) return { parameters: [], contents: [] };
  const contents = requestBody.content.map((content) => contentLiteral(requestBody, content, names, imports));
  const parameters = needsContentType(requestBody) ? [contentTypeLiteral(requestBody, imports)] : [];
  return contents.length > 1 ? { parameters, contents } : { parameters: [...parameters, ...contents], contents: [] };
}

function contentTypeLiteral({ content }: RequestBodyModel, imports: ModuleImports): Literal {
  const names = content.map(({ mediaType }) => mediaType);
  return {
    name: "Content-Type",
    key: "contentType",
    in: "header",
    style: identifier(imports.value("simple", "runtime/style")),
    schema: {
      type: identifier(
        names.some(isRange)
          ? imports.value("mediaTypeIn", "runtime/content")
          : imports.value("string", "runtime/schema"),
      ),
      enum: names,
    },
  };
}

const codecs = {
  json: ["jsonBody", "runtime/body"],
  text: ["textBody", "runtime/body"],
  binary: ["binaryBody", "runtime/body"],
  urlencoded: ["urlencodedBody", "runtime/form-body"],
  multipart: ["multipartBody", "runtime/multipart"],
} as const;

function contentLiteral(
  { required }: RequestBodyModel,
  { mediaType, kind, schema, encoding }: RequestContentModel,
  names: Names,
  imports: ModuleImports,
): Literal {
  const [codec, from] = codecs[kind];
  const encodings = encoding.map((item) => [item.property, encodingLiteral(item, kind, imports)] as const);
  return {
    name: "body",
    key: "body",
    in: "body",
    required: required || undefined,
    style: identifier(imports.value(codec, from)),
    mediaType,
    encoding: encodings.length > 0 ? Object.fromEntries(encodings) : undefined,
    schema: bodySchema(schema, kind, { names, imports, direction: "request" }),
  };
}

/** Of bytes nothing is checked, nor of a text that is described as something else, such as XML, but that it is one. */
function bodySchema(schema: SchemaModel | undefined, kind: RequestContentModel["kind"], scope: SchemaScope): Literal {
  const { imports } = scope;
  if (kind === "text") {
    if (isOneValue(schema)) return schemaLiteral(withoutNull(schema), scope);
    return { type: identifier(imports.value("string", "runtime/schema")) };
  }
  if (schema === undefined || kind === "binary") {
    return { type: identifier(imports.value("anything", "runtime/schema")) };
  }
  const checked = schemaLiteral(schema, scope);
  if (kind === "json") return checked;
  return { type: identifier(imports.value("formFields", "runtime/schema-form")), form: checked };
}

function encodingLiteral(encoding: EncodingModel, kind: RequestContentModel["kind"], imports: ModuleImports): Literal {
  const { contentType, transferEncoding } = encoding;
  if (kind === "multipart") return { contentType, transferEncoding };
  if (encoding.style === undefined) return contentType && mediaTypeKind(contentType) === "json" ? { contentType } : {};
  return {
    style: encodingCodec(encoding.style, encoding.allowReserved, imports),
    explode: encoding.explode === (encoding.style === "form") ? undefined : encoding.explode,
  };
}
