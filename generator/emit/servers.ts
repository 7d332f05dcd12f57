/** Emits a function for each server of the document and of its operations: it makes a `baseUrl`. */
import type { ApiModel, ServerModel, ServerVariableModel, VariablePosition } from "../model.js";
import type { Names } from "../names.js";
import { type StatementStructures, StructureKind } from "../structures.js";
import { code, docs, prose } from "./comment.js";
import { identifier, type Literal, literal, memberName, stringLiteral } from "./literal.js";
import { type EmittedFile, type ModuleImports, moduleImports } from "./module.js";

/** Those of the document, then those of each operation. */
export function serversOf(model: ApiModel): readonly ServerModel[] {
  return [...model.servers, ...model.operations.flatMap(({ servers }) => servers)];
}

/** `src/servers.ts`; none where the document names no server. */
export function emitServers(model: ApiModel, names: Names): readonly EmittedFile[] {
  const servers = serversOf(model);
  if (servers.length === 0) return [];
  const imports = moduleImports("servers");
  const statements = servers.flatMap((server) => emitServer(server, names, imports));
  return [{ path: "src/servers.ts", statements: [...imports.structures(), ...statements] }];
}

function emitServer(server: ServerModel, names: Names, imports: ModuleImports): readonly StatementStructures[] {
  const { functionName, variables: typeName } = names.server(server);
  const hasVariables = server.variables.length > 0;
  const data = Object.fromEntries(
    server.variables.map((variable): [string, Literal] => [variable.name, variableLiteral(variable, imports)]),
  );
  const rest = [
    ...(hasVariables ? ["variables"] : server.isRelative ? ["undefined"] : []),
    ...(server.isRelative ? ["origin"] : []),
  ];
  const isOptional = server.variables.every((variable) => variable.default !== undefined);
  const fill = imports.value("fillServer", "runtime/server");
  return [
    ...(hasVariables ? [emitVariables(server, functionName, typeName)] : []),
    {
      kind: StructureKind.Function,
      isExported: true,
      name: functionName,
      docs: docs(
        prose(server.description),
        [
          `${code(server.template)}${server.isRelative ? " on the host that is given" : ""}, as a \`baseUrl\`.`,
          ...(hasVariables ? ["@throws TypeError where a value cannot stand in its place."] : []),
        ].join("\n\n"),
      ),
      parameters: [
        ...(server.isRelative ? [{ name: "origin", type: "string" }] : []),
        ...(hasVariables ? [{ name: "variables", type: typeName, hasQuestionToken: isOptional }] : []),
      ],
      returnType: "string",
      statements: [`return ${fill}(${[stringLiteral(server.template), literal(data, 1), ...rest].join(", ")});`],
    },
  ];
}

function emitVariables(server: ServerModel, functionName: string, name: string): StatementStructures {
  return {
    kind: StructureKind.Interface,
    isExported: true,
    name,
    docs: docs(`Values for the variables of ${code(functionName)}.`),
    properties: server.variables.map((variable) => ({
      isReadonly: true,
      name: memberName(variable.name),
      hasQuestionToken: variable.default !== undefined,
      type: [
        ...(variable.enum?.map(stringLiteral) ?? ["string"]),
        ...(variable.default === undefined ? [] : ["undefined"]),
      ].join(" | "),
      docs: docs(
        prose(variable.description),
        variable.default === undefined ? undefined : `Default: ${code(variable.default)}.`,
      ),
    })),
  };
}

const fills: Readonly<Record<VariablePosition, string>> = {
  start: "anyStart",
  scheme: "inScheme",
  host: "inHost",
  afterHost: "afterHost",
  path: "inPath",
};

function variableLiteral(variable: ServerVariableModel, imports: ModuleImports): Literal {
  return { default: variable.default, fill: identifier(imports.value(fills[variable.position], "runtime/server")) };
}
