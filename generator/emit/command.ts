/** Emits the commands of one tag: what the command line says of its operations beside their descriptors. */
import type {
  ApiModel,
  Json,
  OperationModel,
  ParameterModel,
  RequestBodyModel,
  RequestContentModel,
  SchemaModel,
} from "../model.js";
import type { Names, OperationFile } from "../names.js";
import { describeBounds } from "./bounds.js";
import { hasLabels } from "./enum.js";
import { flatLiteral, identifier, type Literal } from "./literal.js";
import { type EmittedFile, type ModuleImports, moduleImports } from "./module.js";
import { firstParagraph, plainLine, plainText } from "./plain-text.js";

/** What a command is made of. */
interface Scope {
  readonly model: ApiModel;
  readonly names: Names;
  readonly imports: ModuleImports;
}

/** The module of a tag's commands, below `src`, without extension. */
export function commandFile({ file }: OperationFile): string {
  return file.replace(/^operations/, "commands");
}

/** `src/commands/<tag>.ts`: plain text, since there is nothing to lay out. */
export function emitCommandFile(group: OperationFile, model: ApiModel, names: Names): EmittedFile {
  const file = commandFile(group);
  const imports = moduleImports(file);
  const commands = group.own.map((operation) => command(operation, { model, names, imports }));
  const type = imports.type("CliCommands", "runtime/cli-program");
  const table = `\n/** Commands, in the order of the document. */\nexport const commands: ${type} = [\n${commands.join("")}];`;
  return { path: `src/${file}.ts`, statements: [...imports.structures(), table] };
}

/** An entry of the list; each flag stands on a line of its own. */
function command(operation: OperationModel, scope: Scope): string {
  const { names, imports } = scope;
  const own = names.operation(operation);
  const about = operation.description?.trim() === operation.summary?.trim() ? undefined : operation.description;
  const flags = operation.parameters.map((parameter) => `      ${flatLiteral(flag(parameter, operation, scope))},\n`);
  const facts: Literal = {
    name: own.command,
    operation: identifier(imports.value(own.descriptor, own.file)),
    security: operation.security,
    about: plainText(about),
    example: example(operation, names),
    isDeprecated: operation.deprecated || undefined,
    body: operation.requestBody && body(operation.requestBody, imports),
    items: own.pagination && identifier(imports.value(own.pagination.items, own.file)),
  };
  const lines = Object.entries(facts).flatMap(([key, value]) =>
    value === undefined ? [] : [`    ${key}: ${flatLiteral(value)},\n`],
  );
  const list = flags.length > 0 ? `[\n${flags.join("")}    ]` : "[]";
  return `  {\n${lines.join("")}    flags: ${list},\n  },\n`;
}

/** What no shell reads as anything else, and no reader of flags as a flag. */
const WORD = /^[\w@%+=:,./][\w@%+=:,./-]*$/;

/** The flags that are asked for, with values of the document; undefined where it has none, or none that is one word. */
function example(operation: OperationModel, names: Names): string | undefined {
  const { parameters, requestBody } = operation;
  const required = parameters.filter((parameter) => parameter.required);
  const words = required.map((parameter) => {
    const value = parameter.example ?? parameter.schema.example;
    const isWord = (typeof value === "string" || typeof value === "number") && WORD.test(`${value}`);
    return isWord ? `--${names.operation(operation).flag(parameter)} ${value}` : undefined;
  });
  return requestBody?.required || words.includes(undefined) ? undefined : words.join(" ") || undefined;
}

function flag(parameter: ParameterModel, operation: OperationModel, scope: Scope): Literal {
  const own = scope.names.operation(operation);
  const schema = meant(parameter.schema);
  const value = schema.type === "array" && schema.items ? meant(schema.items) : schema;
  const known = namesOf(value, scope);
  const about = firstParagraph(parameter.description);
  return {
    name: own.flag(parameter),
    key: own.inputKey(parameter),
    ...reader(schema, scope.imports, "textFlag"),
    about,
    bounds: bounds(schema, value, about),
    default: schema.default === undefined ? undefined : plain(schema.default),
    isDeprecated: parameter.deprecated || undefined,
    values: known.names || !value.enum?.every(isScalar) ? undefined : value.enum,
    ...known,
  };
}

/** A schema that only refers to another one, with words of its own. */
function meant(schema: SchemaModel): SchemaModel {
  const [only, ...more] = schema.more.allOf ?? [];
  return schema.type === undefined && only && more.length === 0 ? meant(only) : schema;
}

/** `bytes` reads what a schema says is bytes: only a form of parts can hold a file. */
function reader(
  schema: SchemaModel,
  imports: ModuleImports,
  bytes: "fileFlag" | "textFlag",
): { readonly read: Literal; readonly isList?: true } {
  const read = ({ type, more }: SchemaModel): Literal =>
    readFrom(more.isBinary ? bytes : (readers[type ?? ""] ?? "anyFlag"), imports);
  if (schema.type !== "array") return { read: read(schema) };
  return { read: schema.items ? read(meant(schema.items)) : readFrom("anyFlag", imports), isList: true };
}

const readers: Readonly<Partial<Record<string, string>>> = {
  string: "textFlag",
  integer: "integerFlag",
  number: "numberFlag",
  boolean: "booleanFlag",
  object: "jsonFlag",
  array: "jsonFlag",
};

function readFrom(name: string, imports: ModuleImports): Literal {
  return identifier(imports.value(name, "runtime/cli-readers"));
}

/** Named constants and their labels, where the values of a schema have some. */
function namesOf({ ref }: SchemaModel, { model, names, imports }: Scope): { names?: Literal; labels?: Literal } {
  const found = ref === undefined ? undefined : model.enums.find(({ name }) => name === ref);
  if (!found) return {};
  const { constant, labels, file } = names.enum(found.name);
  return {
    names: identifier(imports.value(constant, file)),
    ...(hasLabels(found) ? { labels: identifier(imports.value(labels, file)) } : {}),
  };
}

/** `1 to 10 items, each 1 to 5 characters`, but for what the prose says. */
function bounds(schema: SchemaModel, item: SchemaModel, about: string | undefined): string | undefined {
  const own = schema.enum ? undefined : describeBounds(schema);
  const each = item === schema || item.enum ? undefined : describeBounds(item);
  const { format, more } = item;
  const said = words(about ?? "");
  const untold = [own, each && `each ${each}`].filter((fact) => fact && !said.includes(words(fact)));
  const facts = [...untold, format, more.pattern && `like ${more.pattern.source}`];
  return plainLine(facts.filter((fact) => fact).join(", "));
}

/** A text as its words, so that one holds another only as a whole. */
const words = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}-]+/gu, " ")
    .trim()} `;

function plain(value: Json): string {
  return plainLine(typeof value === "string" ? value : JSON.stringify(value)) ?? '""';
}

function isScalar(value: Json): boolean {
  return value === null || typeof value !== "object";
}

function body({ description, content }: RequestBodyModel, imports: ModuleImports): Literal {
  return { about: firstParagraph(description), contents: content.map((one) => contentLiteral(one, imports)) };
}

const contentReaders = {
  json: "jsonContent",
  urlencoded: "jsonContent",
  multipart: "jsonContent",
  text: "textContent",
  binary: "binaryContent",
} as const;

/** What a body of text is read as; a number, say, that its schema speaks of. */
const textReaders: Readonly<Partial<Record<string, string>>> = {
  integer: "jsonContent",
  number: "jsonContent",
  boolean: "jsonContent",
};

function contentLiteral({ mediaType, kind, schema }: RequestContentModel, imports: ModuleImports): Literal {
  return {
    mediaType,
    read: readFrom((kind === "text" && textReaders[schema?.type ?? ""]) || contentReaders[kind], imports),
    fields: fieldsLiteral(kind, schema && meant(schema), imports),
    isMultipart: kind === "multipart" || undefined,
  };
}

/** The properties of a body that is an object: they may be given one by one. */
function fieldsLiteral(
  kind: RequestContentModel["kind"],
  schema: SchemaModel | undefined,
  imports: ModuleImports,
): Literal {
  const { properties, required = [] } = schema?.more ?? {};
  if (kind === "text" || kind === "binary" || (kind === "json" && !properties)) return undefined;
  return (properties ?? [])
    .filter(({ readOnly }) => !readOnly)
    .map(({ name, schema: own }) => ({
      name,
      ...reader(meant(own), imports, kind === "multipart" ? "fileFlag" : "textFlag"),
      isRequired: required.includes(name) || undefined,
    }));
}
