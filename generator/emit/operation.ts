/** Emits one operation: its named types, its descriptor, its function. */
import type { OperationModel, ParameterModel } from "../model.js";
import type { Names, OperationNames } from "../names.js";
import { mayHoldNothing, mayRefuseEmpty, withoutNull } from "../schema-graph.js";
import type { StatementStructures } from "../structures.js";
import { bodyLiterals, isChoice } from "./body.js";
import { code, docs, prose } from "./comment.js";
import { constant, frozen } from "./constant.js";
import { operationFunction } from "./function.js";
import { emitInput } from "./input.js";
import { identifier, type Literal, literal } from "./literal.js";
import type { ModuleImports, Statement } from "./module.js";
import { emitPagination } from "./pagination.js";
import { emitOutcome, isFile, responseLiterals } from "./response.js";
import { type SchemaScope, schemaLiteral } from "./schema.js";
import { styleCodec } from "./style.js";

/** The statements of one operation; its module's imports are told what they mention. */
export function emitOperation(operation: OperationModel, names: Names, imports: ModuleImports): readonly Statement[] {
  const own = names.operation(operation);
  return [
    ...emitInput(operation, own, imports),
    ...emitOutcome(operation, own, imports),
    emitDescriptor(operation, own, names, imports),
    emitFunction(operation, own, imports),
    ...emitPagination(operation, names, imports),
  ];
}

function emitDescriptor(
  operation: OperationModel,
  own: OperationNames,
  names: Names,
  imports: ModuleImports,
): Statement {
  const body = bodyLiterals(operation, names, imports);
  const data: Literal = {
    operationId: operation.operationId,
    method: operation.method.toUpperCase(),
    path: operation.template,
    server: operation.servers[0]?.url,
    parameters: [
      ...operation.parameters.map((parameter) => ({
        key: own.inputKey(parameter),
        name: parameter.name,
        required: parameter.required || undefined,
        in: parameter.in,
        style: styleCodec(parameter, imports),
        explode: parameter.explode === (parameter.style === "form") ? undefined : parameter.explode,
        schema: parameterSchema(parameter, { names, imports, direction: "request", isText: true }),
      })),
      ...body.parameters,
    ],
    contents: body.contents.length > 0 ? body.contents : undefined,
    responses: responseLiterals(operation, names, imports),
    isFile: isFile(operation) || undefined,
    security: operation.hasOwnSecurity ? operation.security : undefined,
  };
  const type = isChoice(operation)
    ? imports.type("OperationWithContents", "runtime/content")
    : imports.type("Operation", "runtime/descriptor");
  return constant({
    name: own.descriptor,
    type,
    value: frozen(literal(data), type),
    docs: docs(`Descriptor of ${code(own.functionName)}: the contract as data.`),
    isExported: true,
  });
}

function parameterSchema(parameter: ParameterModel, scope: SchemaScope): Literal {
  const { schema, allowsEmpty } = parameter;
  const around = (check: string, module: string, checked: Literal): Literal => ({
    type: identifier(scope.imports.value(check, `runtime/schema-${module}`)),
    anyOf: [checked],
  });
  // Null is no value of a parameter: it stands for nothing.
  const own = schemaLiteral(withoutNull(schema), scope);
  const checked = allowsEmpty && mayRefuseEmpty(schema) ? around("orEmpty", "every", own) : own;
  return mayVanish(parameter) ? around("someMember", "some", checked) : checked;
}

/** Whether a parameter that is required has values of which nothing is sent; in a path, its place would be empty. */
function mayVanish({ required, in: location, isJson, schema }: ParameterModel): boolean {
  return required && location !== "path" && !isJson && mayHoldNothing(schema);
}

function emitFunction(operation: OperationModel, own: OperationNames, imports: ModuleImports): StatementStructures {
  return operationFunction(operation, own, imports, {
    name: own.functionName,
    docs: docs(...functionDocs(operation)),
    returnType: `${imports.type("ApiCall", "runtime/call")}<${own.result}, ${own.failure}>`,
    callee: imports.value("call", "runtime/call"),
  });
}

function serverNote({ servers: [server] }: OperationModel): string {
  return server?.url ? `, at ${code(server.url)} unless the option \`baseUrl\` of the call says otherwise` : "";
}

function functionDocs(operation: OperationModel): readonly (string | undefined)[] {
  const throws = [
    "@throws ValidationError before anything is sent, with every broken rule.",
    "@throws HttpError for an answer that is a failure; NetworkError, TimeoutError or DecodeError where there is no answer.",
  ];
  return [
    prose(operation.summary),
    prose(operation.description),
    `${code(operation.method.toUpperCase())} ${code(operation.path)}${serverNote(operation)}`,
    [
      "@param client From `createClient`.",
      `@param input Parameters, flat and in camelCase${operation.requestBody ? ", and the `body`" : ""}.`,
      "@param options For this call only.",
      ...throws,
      ...(operation.deprecated ? ["@deprecated"] : []),
    ].join("\n"),
  ];
}
