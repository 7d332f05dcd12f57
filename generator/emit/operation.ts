/** Emits one operation: its named types, its descriptor, its function. */
import type { OperationModel, ParameterModel } from "../model.js";
import type { Names, OperationNames } from "../names.js";
import { type InterfaceDeclarationStructure, type StatementStructures, StructureKind } from "../structures.js";
import { code, docs, prose } from "./comment.js";
import { constant, frozen } from "./constant.js";
import { type Literal, literal, memberName } from "./literal.js";
import type { ModuleImports, Statement } from "./module.js";
import { emitOutcome, responseLiterals } from "./response.js";
import { describeBounds, schemaLiteral } from "./schema.js";
import { styleCodec } from "./style.js";
import { inputType, operationType } from "./types.js";

/** The statements of one operation; its module's imports are told what they mention. */
export function emitOperation(operation: OperationModel, names: Names, imports: ModuleImports): readonly Statement[] {
  const own = names.operation(operation);
  return [
    ...emitInput(operation, own, imports),
    ...emitOutcome(operation, own, imports),
    emitDescriptor(operation, own, names, imports),
    emitFunction(operation, own, imports),
  ];
}

function emitInput(
  operation: OperationModel,
  own: OperationNames,
  imports: ModuleImports,
): readonly StatementStructures[] {
  const input: InterfaceDeclarationStructure = {
    kind: StructureKind.Interface,
    isExported: true,
    name: own.input,
    docs: docs(`Inputs of ${code(own.functionName)}.`),
    properties: operation.parameters.map((parameter) => ({
      isReadonly: true,
      name: memberName(own.inputKey(parameter)),
      hasQuestionToken: !parameter.required,
      type: inputType(operation, parameter, own.parameters),
      docs: docs(
        prose(parameter.description),
        `${wireNote(parameter)}${parameter.deprecated ? "\n\n@deprecated" : ""}`,
      ),
    })),
  };
  if (operation.parameters.length === 0) return [input];
  return [
    {
      kind: StructureKind.TypeAlias,
      name: own.parameters,
      type: `${operationType(operation, imports)}["parameters"]`,
    },
    input,
  ];
}

/** Where an input goes and what it may be: `On the wire: query `incident_id`; 0 to 64 characters.` */
function wireNote(parameter: ParameterModel): string {
  const { schema } = parameter;
  const preset =
    schema.default === undefined
      ? undefined
      : `the service takes ${code(JSON.stringify(schema.default))} when it is absent`;
  const facts = [`${parameter.in} ${code(parameter.name)}`, describeBounds(schema), preset];
  return `On the wire: ${facts.filter(Boolean).join("; ")}.`;
}

function emitDescriptor(
  operation: OperationModel,
  own: OperationNames,
  names: Names,
  imports: ModuleImports,
): Statement {
  const data: Literal = {
    operationId: operation.operationId,
    method: operation.method.toUpperCase(),
    path: operation.path,
    parameters: operation.parameters.map((parameter) => ({
      name: parameter.name,
      key: own.inputKey(parameter),
      in: parameter.in,
      required: parameter.required || undefined,
      style: styleCodec(parameter, imports),
      explode: parameter.explode === (parameter.style === "form") ? undefined : parameter.explode,
      schema: schemaLiteral(parameter.schema, imports),
    })),
    responses: responseLiterals(operation, names, imports),
    security: operation.security,
  };
  return constant({
    name: own.descriptor,
    type: imports.type("Operation", "runtime/descriptor"),
    value: frozen(literal(data), imports.type("Operation", "runtime/descriptor")),
    docs: docs(`Descriptor of ${code(own.functionName)}: the contract as data.`),
    isExported: true,
  });
}

function emitFunction(operation: OperationModel, own: OperationNames, imports: ModuleImports): StatementStructures {
  const needsInput = operation.parameters.some(({ required }) => required);
  const input = `${imports.type("WithDefaults", "runtime/types")}<${own.input}, K>`;
  const call = imports.value("call", "runtime/call");
  return {
    kind: StructureKind.Function,
    isExported: true,
    name: own.functionName,
    docs: docs(...functionDocs(operation)),
    typeParameters: [{ name: "K", constraint: `keyof ${imports.type("Defaults", "client")}`, default: "never" }],
    parameters: [
      { name: "client", type: `${imports.type("Client", "client")}<K>` },
      { name: "input", type: input, hasQuestionToken: !needsInput },
      { name: "options", type: imports.type("CallOptions", "runtime/options"), hasQuestionToken: true },
    ].map((parameter, index, all) => ({
      ...parameter,
      leadingTrivia: "\n",
      ...(index === all.length - 1 ? { trailingTrivia: "\n" } : {}),
    })),
    returnType: `${imports.type("ApiCall", "runtime/call")}<${own.result}, ${own.failure}>`,
    statements: [`return ${call}(client, ${own.descriptor}, input, options);`],
  };
}

function functionDocs(operation: OperationModel): readonly (string | undefined)[] {
  const throws = [
    "@throws ValidationError before anything is sent, with every broken rule.",
    "@throws HttpError for an answer that is a failure; NetworkError, TimeoutError or DecodeError where there is no answer.",
  ];
  return [
    prose(operation.summary),
    prose(operation.description),
    `${code(operation.method.toUpperCase())} ${code(operation.path)}`,
    [
      "@param client From `createClient`.",
      "@param input Parameters, flat and in camelCase.",
      "@param options For this call only.",
      ...throws,
      ...(operation.deprecated ? ["@deprecated"] : []),
    ].join("\n"),
  ];
}
