/** Emits what an operation answers: the types of its outcome, and its responses as data of the descriptor. */
import type { MediaTypeModel, OperationModel } from "../model.js";
import type { Names, OperationNames } from "../names.js";
import { type StatementStructures, StructureKind } from "../structures.js";
import { code, docs } from "./comment.js";
import { identifier, type Literal } from "./literal.js";
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

/** The responses of the descriptor. */
export function responseLiterals(operation: OperationModel, names: Names, imports: ModuleImports): Literal {
  return operation.responses.map(({ status, content }) => ({
    status: /^\d+$/.test(status) ? Number(status) : status,
    fails: isFailure(operation, status, content) || undefined,
    content: content.map((media) => mediaTypeLiteral(media, names, imports)),
  }));
}

/** What a status of 2xx does not say: `default` stands beside a success, or there is nothing but error envelopes. */
function isFailure({ responses }: OperationModel, status: string, content: readonly MediaTypeModel[]): boolean {
  const isOther = status === "default" && responses.some((response) => response.status.startsWith("2"));
  return isOther || (content.length > 0 && content.every(({ envelope }) => envelope));
}

const decoders = { json: "json", text: "text", binary: "file" } as const;

function mediaTypeLiteral(media: MediaTypeModel, names: Names, imports: ModuleImports): Literal {
  return {
    type: media.mediaType.split(";", 1)[0]?.trim().toLowerCase() ?? "",
    decode: identifier(imports.value(decoders[media.kind], "runtime/decode")),
    error: errorShape(media, names, imports),
    envelope: media.envelope || undefined,
  };
}

/** Said by the document, else what RFC 9457 says of any problem in JSON. */
function errorShape(media: MediaTypeModel, names: Names, imports: ModuleImports): Literal {
  if (media.errorSchema !== undefined)
    return identifier(imports.value(names.errorSchema(media.errorSchema), "schemas"));
  const isProblem = media.mediaType.startsWith("application/problem+json");
  return isProblem ? identifier(imports.value("problem", "runtime/decode")) : undefined;
}
