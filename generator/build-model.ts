/** Stage: from the raw document to the API model. The rules of the OpenAPI specification live here and nowhere else. */

import { schemaReader } from "./build-schema.js";
import type { Diagnostic, Place } from "./diagnostics.js";
import { mediaTypeKind } from "./media-type.js";
import type {
  ApiModel,
  EnumModel,
  ErrorSchemaModel,
  Json,
  MediaTypeModel,
  OperationModel,
  ParameterLocation,
  ParameterModel,
  ParameterStyle,
  RequestBodyModel,
  ResponseModel,
  SecuritySchemeModel,
  ServerModel,
} from "./model.js";
import {
  child,
  fillingScheme,
  get,
  getArray,
  getObject,
  getString,
  isIgnoredParameter,
  isObject,
  type JsonObject,
  type Node,
  type OperationNode,
  operationNodes,
  parameterNodes,
  resolve,
  schemaReference,
  securityOf,
} from "./openapi.js";

/** The model and what the document says that the client does not honour. */
export interface BuiltModel {
  readonly model: ApiModel;
  readonly diagnostics: readonly Diagnostic[];
}

/** `locate` turns a JSON Pointer of the document into a place for people. */
export function buildModel(document: JsonObject, locate: (pointer: string) => Place): BuiltModel {
  const diagnostics: Diagnostic[] = [];
  const unsupported = (pointer: string, message: string): void => {
    diagnostics.push({ code: "construct-unsupported", severity: "warning", message, ...locate(pointer) });
  };
  const note = (pointer: string, message: string): void => {
    diagnostics.push({ code: "coverage-not-honoured", severity: "info", message, ...locate(pointer) });
  };
  const context: Context = { document, locate, unsupported, note, schema: schemaReader(document, note) };
  const info = getObject(document, "info");
  const model: ApiModel = {
    title: getString(info, "title") ?? "API",
    version: getString(info, "version") ?? "",
    summary: getString(info, "summary"),
    description: getString(info, "description"),
    servers: getArray(document, "servers").filter(isObject).map(buildServer),
    security: securityOf(document, {}),
    operations: operationNodes(document).flatMap((node) => buildOperation(context, node)),
    securitySchemes: buildSecuritySchemes(context),
    enums: buildEnums(context),
    errorSchemas: buildErrorSchemas(document),
  };
  return { model, diagnostics };
}

interface Context {
  readonly document: JsonObject;
  readonly locate: (pointer: string) => Place;
  readonly unsupported: (pointer: string, message: string) => void;
  readonly note: (pointer: string, message: string) => void;
  readonly schema: ReturnType<typeof schemaReader>;
}

function buildServer(server: JsonObject): ServerModel {
  const template = getString(server, "url") ?? "/";
  const variables = getObject(server, "variables");
  const url = template.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const value = get(getObject(variables, name), "default");
    return typeof value === "string" ? value : whole;
  });
  return { url, template, description: getString(server, "description") };
}

/** None where the operation cannot do without what is not honoured: a function that leaves it out would not work. */
function buildOperation(context: Context, node: OperationNode): readonly OperationModel[] {
  const { document, locate } = context;
  const operationId = getString(node.value, "operationId") || `${node.method} ${node.path}`;
  const security = securityOf(document, node.value);
  if (security.length > 1) {
    context.unsupported(node.pointer, "alternative security requirements: the first one is used");
  }
  const parameters: ParameterModel[] = [];
  const leftOut: ParameterModel[] = [];
  for (const parameter of parameterNodes(document, node)) {
    if (isIgnoredParameter(parameter.value) || fillingScheme(document, node.value, parameter.value)) continue;
    const built = buildParameter(context, parameter);
    if (built) (isHonoured(context, built, parameter) ? parameters : leftOut).push(built);
  }
  const requestBody = buildRequestBody(context, node);
  if (requestBody?.required || leftOut.some(({ required }) => required)) {
    context.unsupported(node.pointer, `operation \`${operationId}\` gets no function: it needs what is left out`);
    return [];
  }
  const model: OperationModel = {
    operationId,
    hasOperationId: node.id !== undefined,
    method: node.method,
    path: node.path,
    summary: getString(node.value, "summary") ?? getString(node.pathItem.value, "summary"),
    description: getString(node.value, "description") ?? getString(node.pathItem.value, "description"),
    deprecated: get(node.value, "deprecated") === true,
    tags: getArray(node.value, "tags").filter((tag) => typeof tag === "string"),
    parameters,
    leftOut,
    requestBody,
    responses: Object.entries(getObject(node.value, "responses") ?? {}).flatMap(([status, value]) =>
      buildResponse(context, status, value, child(child(node.pointer, "responses"), status)),
    ),
    security,
    place: locate(node.pointer),
  };
  return [model];
}

const locations: ReadonlySet<string> = new Set(["path", "query", "header", "cookie"]);

/** Defaults of `style` and `explode` (OpenAPI 3.1, 4.8.12.2). */
function buildParameter(context: Context, node: Node): ParameterModel | undefined {
  const { value, pointer } = node;
  const name = getString(value, "name");
  const location = getString(value, "in");
  if (name === undefined || location === undefined || !locations.has(location)) {
    context.unsupported(pointer, "a parameter without `name`, or whose `in` is not path, query, header or cookie");
    return undefined;
  }
  const style = (getString(value, "style") ??
    (location === "query" || location === "cookie" ? "form" : "simple")) as ParameterStyle;
  const explode = get(value, "explode");
  const allowReserved = get(value, "allowReserved") === true;
  if (allowReserved && !(location === "query" && style === "form")) {
    context.unsupported(pointer, `parameter \`${name}\`: \`allowReserved\`, it is percent-encoded`);
  }
  const json = get(value, "schema") === undefined ? jsonContent(context.document, node) : undefined;
  const schema = context.schema(
    json ? get(json.value, "schema") : get(value, "schema"),
    child(json?.pointer ?? pointer, "schema"),
  );
  return {
    name,
    in: location as ParameterLocation,
    required: location === "path" || get(value, "required") === true,
    deprecated: get(value, "deprecated") === true,
    description: getString(value, "description") ?? schema.description,
    style,
    explode: typeof explode === "boolean" ? explode : style === "form",
    allowReserved,
    isJson: json !== undefined,
    schema,
    example: exampleOf(context.document, value) ?? schema.example ?? schema.items?.example,
    place: context.locate(pointer),
  };
}

/** The one media type of a parameter's `content`, where it is JSON (OpenAPI 3.1, 4.8.12.2.2). */
function jsonContent(document: JsonObject, { value, pointer }: Node): Node | undefined {
  const [entry, ...more] = Object.entries(getObject(value, "content") ?? {});
  if (!entry || more.length > 0 || mediaTypeKind(entry[0]) !== "json") return undefined;
  return resolve(document, entry[1], child(child(pointer, "content"), entry[0]));
}

/** The styles of each location (OpenAPI 3.1, 4.8.12.3). */
const honouredStyles: Readonly<Record<ParameterLocation, readonly ParameterStyle[]>> = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form"],
};

/** Whether the runtime can send a parameter; reports why not. */
function isHonoured(context: Context, { name, in: location, style, isJson }: ParameterModel, node: Node): boolean {
  const reasons = [
    ...(get(node.value, "schema") === undefined && !isJson ? ["neither `schema` nor `content` of JSON"] : []),
    ...(honouredStyles[location].includes(style) ? [] : [`style \`${style}\` in ${location}`]),
  ];
  if (location === "cookie" && reasons.length === 0) {
    context.note(node.pointer, `cookie parameter \`${name}\` is sent outside of browsers only: they refuse the header`);
  }
  for (const reason of reasons) context.unsupported(node.pointer, `parameter \`${name}\` is left out: ${reason}`);
  return reasons.length === 0;
}

/** The first example of a Parameter or Media Type Object, from `example` or `examples`. */
function exampleOf(document: JsonObject, owner: JsonObject): Json | undefined {
  const single = get(owner, "example");
  if (single !== undefined) return single;
  const [first] = Object.values(getObject(owner, "examples") ?? {});
  return get(resolve(document, first, "")?.value, "value");
}

function buildRequestBody(context: Context, operation: OperationNode): RequestBodyModel | undefined {
  const pointer = child(operation.pointer, "requestBody");
  const node = resolve(context.document, get(operation.value, "requestBody"), pointer);
  if (!node) return undefined;
  context.unsupported(pointer, "a request body is left out");
  return {
    required: get(node.value, "required") === true,
    description: getString(node.value, "description"),
    content: buildContent(context, node),
  };
}

function buildResponse(context: Context, status: string, value: Json, pointer: string): readonly ResponseModel[] {
  if (!/^([1-5]\d\d|[1-5]XX|default)$/.test(status)) {
    if (!status.startsWith("x-")) context.unsupported(pointer, `a response for status \`${status}\``);
    return [];
  }
  const node = resolve(context.document, value, pointer);
  if (!node) return [];
  return [
    {
      status,
      description: getString(node.value, "description"),
      content: buildContent(context, node),
      headers: Object.entries(getObject(node.value, "headers") ?? {}).map(([name, header]) => ({
        name,
        description: getString(resolve(context.document, header, pointer)?.value, "description"),
      })),
    },
  ];
}

function buildContent(context: Context, owner: Node): readonly MediaTypeModel[] {
  return Object.entries(getObject(owner.value, "content") ?? {}).map(([mediaType, value]) => {
    const node = resolve(context.document, value, child(child(owner.pointer, "content"), mediaType));
    const schema = get(node?.value, "schema");
    const name = schemaReference(schema);
    const errorSchema = name !== undefined && isErrorSchema(context.document, name) ? name : undefined;
    const isMarked = get(node?.value, "x-error-envelope") === true;
    const isTold = errorSchema !== undefined && requiredOf(componentSchemas(context.document), errorSchema).length > 0;
    if (isMarked && !isTold) {
      const reason = "its schema needs `x-error` and a property that is required, to be told from other data";
      context.unsupported(child(node?.pointer ?? owner.pointer, "x-error-envelope"), `an error envelope: ${reason}`);
    }
    return {
      mediaType,
      kind: mediaTypeKind(mediaType),
      schema: schema === undefined ? undefined : context.schema(schema, child(node?.pointer ?? "", "schema")),
      errorSchema,
      envelope: isMarked && isTold,
    };
  });
}

function requiredOf(schemas: JsonObject, name: string): readonly string[] {
  return getArray(getObject(schemas, name), "required").filter((key) => typeof key === "string");
}

function componentSchemas(document: JsonObject): JsonObject {
  return getObject(getObject(document, "components"), "schemas") ?? {};
}

function isErrorSchema(document: JsonObject, name: string): boolean {
  return getObject(getObject(componentSchemas(document), name), "x-error") !== undefined;
}

function buildErrorSchemas(document: JsonObject): readonly ErrorSchemaModel[] {
  return Object.entries(componentSchemas(document)).flatMap(([name, schema]) => {
    const shape = getObject(schema, "x-error");
    if (!shape) return [];
    return [
      {
        name,
        required: requiredOf(componentSchemas(document), name),
        code: getString(shape, "code"),
        message: getString(shape, "message"),
        requestId: getString(shape, "requestId"),
      },
    ];
  });
}

function buildEnums({ document, locate }: Context): readonly EnumModel[] {
  return Object.entries(componentSchemas(document)).flatMap(([name, schema]) => {
    const names = getArray(schema, "x-enum-varnames");
    const labels = getArray(schema, "x-enum-descriptions");
    const members = getArray(schema, "enum").flatMap((value, index) => {
      const member = names[index];
      if (typeof member !== "string" || (typeof value !== "string" && typeof value !== "number")) return [];
      const label = labels[index];
      return [{ name: member, value, label: typeof label === "string" ? label : undefined }];
    });
    const place = locate(child("#/components/schemas", name));
    return members.length > 0 ? [{ name, description: getString(schema, "description"), members, place }] : [];
  });
}

function buildSecuritySchemes(context: Context): readonly SecuritySchemeModel[] {
  const { document } = context;
  const parent = "#/components/securitySchemes";
  const schemes = getObject(getObject(document, "components"), "securitySchemes") ?? {};
  return Object.entries(schemes).flatMap(([name, value]) => {
    const node = resolve(document, value, child(parent, name));
    const parameter = getString(node?.value, "name");
    if (!node || getString(node.value, "type") !== "apiKey" || getString(node.value, "in") !== "header" || !parameter) {
      context.unsupported(child(parent, name), `security scheme \`${name}\`: only apiKey in a header is sent`);
      return [];
    }
    const header = headerFilledBy(document, name);
    const schema = context.schema(
      header ? get(header.value, "schema") : { type: "string" },
      child(header?.pointer ?? "", "schema"),
    );
    return [
      { name, description: getString(node.value, "description"), kind: "apiKey", in: "header", parameter, schema },
    ];
  });
}

/** The first header parameter that this scheme fills: it states the credential's bounds. */
function headerFilledBy(document: JsonObject, scheme: string): Node | undefined {
  for (const operation of operationNodes(document)) {
    const found = parameterNodes(document, operation).find(
      ({ value }) => fillingScheme(document, operation.value, value) === scheme,
    );
    if (found) return found;
  }
  return undefined;
}
