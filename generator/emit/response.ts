/** Emits what an operation answers: the types of its outcome, and its responses as data of the descriptor. */
import type { ResponseKind } from "../media-type.js";
import type { MediaTypeModel, OperationModel, ResponseModel } from "../model.js";
import type { Names, OperationNames } from "../names.js";
import { checkedSchema } from "../schema-graph.js";
import { type StatementStructures, StructureKind } from "../structures.js";
import { code, docs } from "./comment.js";
import { type Identifier, identifier, type Literal, literal, loading } from "./literal.js";
import type { ModuleImports } from "./module.js";
import { outcomeTypes } from "./types.js";

/** The types of a success and of a failure. */
export function emitOutcome(
  operation: OperationModel,
  own: OperationNames,
  imports: ModuleImports,
): readonly StatementStructures[] {
  const { successes, failures } = outcomeTypes(operation, imports);
  return [
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: own.result,
      type: union(successes),
      docs: docs(`A success of ${code(own.functionName)}, as \`.result()\` gives it.`),
    },
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: own.failure,
      type: union(failures),
      docs: docs(`A failure of ${code(own.functionName)}, as \`.result()\` gives it: told apart by \`status\`.`),
    },
  ];
}

function union(members: readonly string[]): string {
  return members.length > 1 ? `\n| ${members.join("\n| ")}` : members.join("");
}

/** How much a status says: itself, a range, anything. */
const leeway = (status: string): number => (status === "default" ? 2 : status.endsWith("XX") ? 1 : 0);

/**
 * The responses of the descriptor, in the order in which the first that fits is meant (OpenAPI, Responses Object). A
 * failure that says no more than what would be meant without it is left out.
 */
export function responseLiterals(operation: OperationModel, names: Names, imports: ModuleImports): Literal {
  const responses = operation.responses.toSorted((a, b) => leeway(a.status) - leeway(b.status));
  const told = new Map(responses.map((response) => [response.status, failureLiterals(response, names, imports)]));
  return responses
    .filter(({ status, outcome }) => {
      const wider = [`${status[0]}XX`, "default"].find((range) => range !== status && told.has(range)) ?? "";
      const isMore = literal(told.get(status)) !== literal(told.get(wider) ?? {});
      return isMore || outcome !== "failure" || status === "default" || status.startsWith("2");
    })
    .map(({ status, outcome, content, headersSchema }) => {
      const headers = headersSchema && names.schema(headersSchema, "response")?.file;
      const bodies = content.filter(({ envelope }) => !envelope);
      const envelope = content.find(({ envelope }) => envelope);
      return {
        status: /^\d+$/.test(status) ? Number(status) : status,
        ...(outcome === "failure"
          ? { fails: /^(2|default$)/.test(status) || undefined }
          : {
              content: bodies.length > 0 || headers ? mediaTypeLiterals(bodies, headers, names, imports) : undefined,
              envelope: envelope && errorShape(envelope, names, imports),
            }),
        ...told.get(status),
      };
    });
}

/** How the body of a failure is read; only what is written may be imported. */
function failureLiterals({ outcome, content }: ResponseModel, names: Names, imports: ModuleImports) {
  if (outcome === "success") return {};
  const error = content.find(hasShape);
  const texts = content.filter(({ kind }) => kind === "text").map(({ type }) => type);
  return { error: error && errorShape(error, names, imports), texts: texts.length > 0 ? texts : undefined };
}

/** Whether a success may be a file. */
export const isFile = ({ responses }: OperationModel): boolean =>
  responses.some(({ outcome, content }) => outcome !== "failure" && content.some(({ kind }) => kind === "binary"));

/**
 * Of one type the first counts; then what is lenient stands behind what names a type, or a range of types. `headers` is the
 * module of what is checked of them: a row without a type, where there is no body.
 */
function mediaTypeLiterals(
  content: readonly MediaTypeModel[],
  headers: string | undefined,
  names: Names,
  imports: ModuleImports,
): Literal {
  const withHeaders = (...body: readonly Identifier[]): Literal =>
    headers
      ? loading(imports.value("checkedHeaders", "runtime/checked-headers"), imports.specifier(headers), ...body)
      : body[0];
  if (content.length === 0) return [{ decode: withHeaders() }];
  return content
    .filter(({ type }, index) => content.findIndex((media) => media.type === type) === index)
    .toSorted((a, b) => leniency(a) - leniency(b))
    .map((media) => ({ type: media.type, decode: withHeaders(decoder(media, names, imports)) }));
}

function leniency({ type, kind }: MediaTypeModel): number {
  if (type.startsWith("*")) return 1;
  if (type.endsWith("*")) return 0;
  return kind === "binary" ? 3 : 2;
}

const decoders: Readonly<Record<ResponseKind, readonly [name: string, module: string]>> = {
  json: ["json", "decode"],
  text: ["text", "decode"],
  binary: ["file", "decode"],
  "json-events": ["jsonEvents", "event-stream"],
  "text-events": ["textEvents", "event-stream"],
  "json-lines": ["jsonLines", "json-lines"],
  "json-sequence": ["jsonSequence", "json-lines"],
};

/** Only what is read whole stands for a range. */
const rangeDecoders: Readonly<Partial<Record<ResponseKind, readonly [name: string, module: string]>>> = {
  json: ["jsonRange", "media-range"],
  text: ["textRange", "media-range"],
  binary: ["fileRange", "media-range"],
};

/** A codec of the runtime; of JSON, one that can check what it reads. */
function decoder(media: MediaTypeModel, names: Names, imports: ModuleImports): Identifier {
  const { type, kind } = media;
  const [name, module] = (type.endsWith("*") ? rangeDecoders[kind] : undefined) ?? decoders[kind];
  const schema = checkedSchema(media);
  const check = schema && names.schema(schema, "response");
  if (!check) return identifier(imports.value(name, `runtime/${module}`));
  const checked = `checked${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const from = kind === "json" || kind === "text" ? "runtime/checked" : "runtime/checked-stream";
  return loading(imports.value(checked, from), imports.specifier(check.file));
}

function isProblem({ type }: MediaTypeModel): boolean {
  return type === "application/problem+json";
}

function hasShape(media: MediaTypeModel): boolean {
  return media.errorSchema !== undefined || isProblem(media);
}

/** Said by the document, else what RFC 9457 says of any problem in JSON. */
function errorShape(media: MediaTypeModel, names: Names, imports: ModuleImports): Literal {
  if (media.errorSchema !== undefined)
    return identifier(imports.value(names.errorSchema(media.errorSchema), "schemas"));
  return isProblem(media) ? identifier(imports.value("problem", "runtime/decode")) : undefined;
}
