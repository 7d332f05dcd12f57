/** Emits `createClient`, typed for one document. */
import type { ApiModel, ParameterModel } from "../model.js";
import type { Names } from "../names.js";
import { type StatementStructures, StructureKind } from "../structures.js";
import { docs, line, prose } from "./comment.js";
import { literal, memberName } from "./literal.js";
import { type EmittedFile, type ModuleImports, moduleImports, type Statement } from "./module.js";
import { clientOptions, emitAuth, emitSecuritySchemes } from "./security.js";
import { inputType, operationType } from "./types.js";

/** `src/client.ts`. */
export function emitClient(model: ApiModel, names: Names): EmittedFile {
  const imports = moduleImports("client");
  const statements: Statement[] = [
    emitDefaults(model, names, imports),
    emitAuth(model, imports),
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: "ClientOptions",
      typeParameters: [{ name: "K", constraint: "keyof Defaults", default: "never" }],
      type: `${imports.type("RuntimeClientOptions", "runtime/options")}<Auth, Defaults, K>`,
      docs: docs("Options of `createClient`; `K` are the inputs that `defaults` fills."),
    },
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: "Client",
      typeParameters: [{ name: "K", constraint: "keyof Defaults", default: "never" }],
      type: `${imports.type("RuntimeClient", "runtime/client")}<${imports.type("paths", "bindings")}, Pick<Required<Defaults>, K>>`,
      docs: docs(`A client of ${line(model.title)}: a value to hand to the functions of this package.`),
    },
    emitSecuritySchemes(model, names, imports),
    emitCreateClient(model, imports),
  ];
  return { path: "src/client.ts", statements: [...imports.structures(), ...statements] };
}

/** Every input key of every operation; where operations disagree on its type, any of theirs. */
function emitDefaults(model: ApiModel, names: Names, imports: ModuleImports): StatementStructures {
  const found = new Map<string, { readonly types: Set<string>; readonly parameter: ParameterModel }>();
  for (const operation of model.operations) {
    const own = names.operation(operation);
    for (const parameter of operation.parameters) {
      const parameters = `${operationType(operation, imports)}["parameters"]`;
      const key = own.inputKey(parameter);
      const entry = found.get(key) ?? { types: new Set(), parameter };
      entry.types.add(inputType(operation, parameter, parameters, imports));
      found.set(key, entry);
    }
  }
  return {
    kind: StructureKind.Interface,
    isExported: true,
    name: "Defaults",
    docs: docs("Inputs that a client may fill, for every operation that has them."),
    properties: [...found].map(([key, { types, parameter }]) => ({
      isReadonly: true,
      name: memberName(key),
      hasQuestionToken: true,
      type: [...types].join(" | "),
      docs: docs(prose(parameter.description)),
    })),
  };
}

function emitCreateClient(model: ApiModel, imports: ModuleImports): StatementStructures {
  const create = imports.value("createRuntimeClient", "runtime/client");
  return {
    kind: StructureKind.Function,
    isExported: true,
    name: "createClient",
    docs: docs(
      `Makes a client of ${line(model.title)}. It sends nothing yet.`,
      "@throws TypeError where `baseUrl` is not an absolute http or https address.",
    ),
    typeParameters: [{ name: "K", constraint: "keyof Defaults", default: "never" }],
    parameters: [{ name: "options", type: "ClientOptions<K>" }],
    returnType: "Client<K>",
    statements: [`return ${create}(${clientOptions(model, imports)}, securitySchemes, ${literal(model.security)});`],
  };
}
