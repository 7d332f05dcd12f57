/** The function that every operation has, and others beside it: each takes a client, the operation's input, and options. */
import type { OperationModel } from "../model.js";
import type { OperationNames } from "../names.js";
import { type StatementStructures, StructureKind } from "../structures.js";
import { isChoice } from "./body.js";
import { isInputOptional } from "./input.js";
import type { ModuleImports } from "./module.js";

/** What sets one function of an operation apart from another. */
export interface OperationFunction {
  readonly name: string;
  readonly docs: readonly string[];
  readonly returnType: string;
  /** A function of the runtime. */
  readonly callee: string;
  /** Names that stand between the descriptor and the input. */
  readonly data?: readonly string[];
}

/** `return callee(client, descriptor, …data, input, options);` */
export function operationFunction(
  operation: OperationModel,
  own: OperationNames,
  imports: ModuleImports,
  { name, docs, returnType, callee, data = [] }: OperationFunction,
): StatementStructures {
  const descriptor = isChoice(operation)
    ? `${imports.value("withContent", "runtime/content")}(${own.descriptor}, input)`
    : own.descriptor;
  const input = `${imports.type("WithDefaults", "runtime/types")}<${own.input}, K>`;
  return {
    kind: StructureKind.Function,
    isExported: true,
    name,
    docs: [...docs],
    typeParameters: [{ name: "K", constraint: `keyof ${imports.type("Defaults", "client")}`, default: "never" }],
    parameters: [
      { name: "client", type: `${imports.type("Client", "client")}<K>` },
      { name: "input", type: input, hasQuestionToken: isInputOptional(operation) },
      { name: "options", type: imports.type("CallOptions", "runtime/options"), hasQuestionToken: true },
    ].map((parameter, index, all) => ({
      ...parameter,
      leadingTrivia: "\n",
      ...(index === all.length - 1 ? { trailingTrivia: "\n" } : {}),
    })),
    returnType,
    statements: [`return ${callee}(${["client", descriptor, ...data, "input", "options"].join(", ")});`],
  };
}
