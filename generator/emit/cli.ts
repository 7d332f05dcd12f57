/** Emits the command line of the package: an entry of its own, which nothing else of it imports. */
import { credentialVariables, programName, variablePrefix } from "../command-names.js";
import type { ApiModel } from "../model.js";
import type { Names, OperationFile } from "../names.js";
import { commandFile, emitCommandFile } from "./command.js";
import { flatLiteral, identifier, type Literal, literal } from "./literal.js";
import { type EmittedFile, type ModuleImports, moduleImports } from "./module.js";
import type { PackageInfo } from "./package.js";
import { firstParagraph, plainLine } from "./plain-text.js";
import { wayOf } from "./security.js";

/** `src/cli.ts`, and a module for the commands of each tag. */
export function* emitCli(model: ApiModel, names: Names, info: PackageInfo): Generator<EmittedFile, void, undefined> {
  const groups = names.operationFiles.filter(({ own }) => own.length > 0);
  yield emitProgram(groups, model, names, info);
  for (const group of groups) yield emitCommandFile(group, model, names);
}

function emitProgram(groups: readonly OperationFile[], model: ApiModel, names: Names, info: PackageInfo): EmittedFile {
  const imports = moduleImports("cli");
  const server = model.servers.find(({ url, isRelative }) => url !== undefined && !isRelative);
  const facts: Literal = {
    name: programName(info.name),
    version: info.version,
    title: plainLine(model.title) ?? "",
    about: plainLine(model.summary),
    prefix: variablePrefix(info.name),
    createClient: identifier(imports.value("createClient", "client")),
    baseUrl: server?.url,
    credentials: model.securitySchemes.map((scheme) => ({
      key: scheme.name,
      ...credentialVariables(info.name, scheme, names.variable(scheme)),
      parameter: scheme.kind === "apiKey" ? scheme.parameter : undefined,
      about: [`sent ${wayOf(scheme)}`, firstParagraph(scheme.description)].filter((text) => text).join(". "),
    })),
  };
  const lines = Object.entries(facts).map(([key, value]) =>
    value === undefined ? "" : `  ${key}: ${literal(value, 1)},\n`,
  );
  const type = imports.type("CliProgram", "runtime/cli-program");
  const list = groups.map((group) => groupText(group, names, imports));
  const program = `\nconst program: ${type} = {\n${lines.join("")}  groups: [\n${list.join("")}  ],\n};`;
  const run = `\n${imports.value("runCli", "runtime/cli")}(program);`;
  return { path: "src/cli.ts", isProgram: true, statements: [...imports.structures(), program, run] };
}

/** The commands of a tag by name and summary; all else of them is loaded when one is asked for. */
function groupText(group: OperationFile, names: Names, imports: ModuleImports): string {
  // One of characters that nobody sees is none.
  const tag = plainLine(group.tag);
  const entries = group.own.map((operation) => {
    const [summary = ""] = (operation.summary ?? operation.description ?? "").trim().split("\n", 1);
    return `        ${flatLiteral([names.operation(operation).command, plainLine(summary) ?? ""])},\n`;
  });
  const name = tag === undefined ? "" : `      name: ${flatLiteral(tag)},\n`;
  const load = `      load: () => import(${flatLiteral(imports.specifier(commandFile(group)))}),\n`;
  return `    {\n${name}${load}      list: [\n${entries.join("")}      ],\n    },\n`;
}
