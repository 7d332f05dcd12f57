/** Emits the inputs of an operation as a type. */
import type { OperationModel, ParameterModel } from "../model.js";
import type { OperationNames } from "../names.js";
import { type InterfaceDeclarationStructure, type StatementStructures, StructureKind } from "../structures.js";
import { bodyInputs } from "./body.js";
import { describeBounds } from "./bounds.js";
import { code, docs, prose } from "./comment.js";
import { memberName } from "./literal.js";
import type { ModuleImports } from "./module.js";
import { inputType, operationType } from "./types.js";

/** Whether a caller may leave the whole input out, whatever the client's defaults are. */
export function isInputOptional({ parameters, requestBody }: OperationModel): boolean {
  return !requestBody?.required && !parameters.some(({ required }) => required);
}

/** The named type of the inputs: an interface, or a choice of them where the body has several media types. */
export function emitInput(
  operation: OperationModel,
  own: OperationNames,
  imports: ModuleImports,
): readonly StatementStructures[] {
  const [first = [], ...others] = bodyInputs(operation, imports);
  const isChoice = others.length > 0;
  const input: InterfaceDeclarationStructure = {
    kind: StructureKind.Interface,
    isExported: !isChoice,
    name: isChoice ? own.inputs : own.input,
    docs: isChoice ? [] : docs(`Inputs of ${code(own.functionName)}.`),
    properties: [
      ...operation.parameters.map((parameter) => ({
        isReadonly: true,
        name: memberName(own.inputKey(parameter)),
        hasQuestionToken: !parameter.required,
        type: inputType(operation, parameter, own.parameters, imports),
        docs: docs(
          prose(parameter.description),
          `${wireNote(parameter)}${parameter.deprecated ? "\n\n@deprecated" : ""}`,
        ),
      })),
      ...(isChoice ? [] : first),
    ],
  };
  const choice: StatementStructures = {
    kind: StructureKind.TypeAlias,
    isExported: true,
    name: own.input,
    type: `${own.inputs} & (${[first, ...others].map((properties) => `\n| ${objectType(properties)}`).join("")}\n)`,
    docs: docs(`Inputs of ${code(own.functionName)}: the body in one of its media types.`),
  };
  return [...parametersType(operation, own, imports), input, ...(isChoice ? [choice] : [])];
}

function parametersType(
  operation: OperationModel,
  own: OperationNames,
  imports: ModuleImports,
): readonly StatementStructures[] {
  if (operation.parameters.length === 0) return [];
  const type = `${operationType(operation, imports)}["parameters"]`;
  return [{ kind: StructureKind.TypeAlias, name: own.parameters, type }];
}

function objectType(properties: ReturnType<typeof bodyInputs>[number]): string {
  const members = properties.map(
    ({ name, type, hasQuestionToken }) => `readonly ${name}${hasQuestionToken ? "?" : ""}: ${type}`,
  );
  return `{ ${members.join("; ")} }`;
}

/** Where an input goes and what it may be: `On the wire: query `incident_id`; 0 to 64 characters.` */
function wireNote(parameter: ParameterModel): string {
  const { schema } = parameter;
  const preset =
    schema.default === undefined
      ? undefined
      : `the service takes ${code(JSON.stringify(schema.default))} when it is absent`;
  const empty = parameter.allowsEmpty ? "it may be empty" : undefined;
  const facts = [`${parameter.in} ${code(parameter.name)}`, describeBounds(schema), empty, preset];
  return `On the wire: ${facts.filter(Boolean).join("; ")}.`;
}
