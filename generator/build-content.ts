/** Bodies of requests and responses, by media type (OpenAPI 3.1, 4.8.13 to 4.8.17). */
import type { Context } from "./build-context.js";
import { componentSchemas, isErrorSchema, requiredOf } from "./build-error-schemas.js";
import { mediaTypeKind } from "./media-type.js";
import type { Json, MediaTypeModel, RequestBodyModel, ResponseModel } from "./model.js";
import {
  child,
  get,
  getObject,
  getString,
  type Node,
  type OperationNode,
  resolve,
  schemaReference,
} from "./openapi.js";

/** The body that an operation asks for. */
export function buildRequestBody(context: Context, operation: OperationNode): RequestBodyModel | undefined {
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

/** One response; none where its status is no status. */
export function buildResponse(
  context: Context,
  status: string,
  value: Json,
  pointer: string,
): readonly ResponseModel[] {
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
