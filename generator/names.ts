/** Stage: every identifier and file name of the output, assigned once, in one fixed order. A missing name throws. */
import { posix } from "node:path";
import { type CommandNames, nameCommand, nameVariables } from "./command-names.js";
import type { Diagnostic, Place } from "./diagnostics.js";
import { needsContentType } from "./media-type.js";
import type {
  ApiModel,
  Direction,
  OperationModel,
  ParameterModel,
  SchemaModel,
  SecuritySchemeModel,
  ServerModel,
} from "./model.js";
import { reserved, reservedFiles, reservedInObjects, reservedSubpaths } from "./reserved-names.js";
import { camelCase, kebabCase, lowerFirst, memberIdentifier, must, pascalCase, take } from "./words.js";

/** The names of one operation. */
export interface OperationNames extends CommandNames {
  /** e.g. `listPets`. */
  readonly functionName: string;
  /** e.g. `listPetsOperation`. */
  readonly descriptor: string;
  readonly input: string;
  readonly result: string;
  readonly failure: string;
  /** Type within the module only: its parameters in the bindings. */
  readonly parameters: string;
  /** Type within the module only: what an input has whatever the media type of its body. */
  readonly inputs: string;
  /** That of its first tag. */
  readonly file: string;
  readonly inputKey: (parameter: ParameterModel) => string;
  /** For an operation whose pages are walked. */
  readonly pagination: PaginationNames | undefined;
}

/** The names of what walks the pages of an operation. */
export interface PaginationNames {
  /** Within the module only. */
  readonly constant: string;
  /** e.g. `listPetsPages`. */
  readonly pages: string;
  /** e.g. `listPetsItems`. */
  readonly items: string;
}

/** The names of one enumeration. */
export interface EnumNames {
  /** Constant and type, e.g. `PetStatus`. */
  readonly constant: string;
  /** e.g. `petStatusLabels`. */
  readonly labels: string;
  readonly file: string;
  readonly memberName: (index: number) => string;
}

/** The names of one server. */
export interface ServerNames {
  /** e.g. `serverUrl`. */
  readonly functionName: string;
  /** e.g. `ServerUrlVariables`. */
  readonly variables: string;
}

/** The operations of one tag: a module, and an entry of the package. */
export interface OperationFile {
  /** As the document writes it; undefined for operations without one. */
  readonly tag: string | undefined;
  /** Below `src`, without extension, e.g. `operations/pets`. */
  readonly file: string;
  /** e.g. `pets`; none where it would be the same as the package itself, or there is no tag. */
  readonly subpath: string | undefined;
  /** Those whose first tag it is. */
  readonly own: readonly OperationModel[];
  /** Those that carry the tag too: they lie in another module. */
  readonly others: readonly OperationModel[];
}

/** The names of the module of one schema. */
export interface SchemaNames {
  /** e.g. `petSchema`. */
  readonly constant: string;
  /** Below `src`, without extension, e.g. `schemas/requests/pet`. */
  readonly file: string;
  /** It refers to no other one: it can be used where it is imported. */
  readonly isLeaf: boolean;
}

/** Every name of the output; each function throws for what is not in the model. */
export interface Names {
  /** In the order of the model; together they have every operation. */
  readonly operationFiles: readonly OperationFile[];
  readonly operation: (operation: OperationModel) => OperationNames;
  readonly enum: (schema: string) => EnumNames;
  /** Constant of an error schema, e.g. `errorEnvelope`. */
  readonly errorSchema: (schema: string) => string;
  readonly server: (server: ServerModel) => ServerNames;
  /** What the variables of a credential have in their names, e.g. `TOKEN`. */
  readonly variable: (scheme: SecuritySchemeModel) => string;
  /** Undefined for a schema that has no module of its own. */
  readonly schema: (schema: SchemaModel, direction: Direction) => SchemaNames | undefined;
}

/** Assigns all names; a clash gets a number, in the order of the model, and is reported. */
export function assignNames(model: ApiModel): { readonly names: Names; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const exported = new Set(reserved);
  const files = new Set<string>();

  const note = (wanted: string, given: string, owner: string, place: Place): void => {
    if (wanted === given) return;
    const message = `${owner} is named \`${given}\`, because \`${wanted}\` is taken`;
    diagnostics.push({ code: "name-changed", severity: "warning", message, ...place });
  };
  const fileName = (folder: string, wanted: string): string =>
    take(
      files,
      `${folder}/${wanted}`,
      (base, index) => `${base}-${index}`,
      (file) => !reservedFiles.test(posix.basename(file)),
    );

  const enums = new Map<string, EnumNames>();
  for (const { name, members, place } of model.enums) {
    const constant = take(exported, pascalCase(name));
    note(pascalCase(name), constant, `schema \`${name}\``, place);
    const labels = take(exported, `${lowerFirst(constant)}Labels`);
    const taken = new Set<string>();
    const memberNames = members.map((member) => {
      const wanted = memberIdentifier(member.name);
      const given = take(taken, wanted);
      note(wanted, given, `value \`${member.name}\` of schema \`${name}\``, place);
      return given;
    });
    enums.set(name, {
      constant,
      labels,
      file: fileName("enums", kebabCase(constant)),
      memberName: (index) => must(memberNames[index]),
    });
  }

  const errorSchemas = new Map<string, string>();
  for (const { name } of model.errorSchemas) errorSchemas.set(name, take(exported, camelCase(name)));

  const operationFiles = groupByTag(model).map(({ tag, own, others }, _, groups): OperationFile => {
    const wanted = kebabCase(tag ?? "untagged");
    const given = take(
      files,
      `operations/${wanted}`,
      (base, index) => `${base}-${index}`,
      (file) => !reservedSubpaths.has(posix.basename(file)) && !reservedFiles.test(posix.basename(file)),
    );
    const [first] = [...own, ...others];
    if (first && tag !== undefined) note(wanted, posix.basename(given), `tag \`${tag}\``, first.place);
    return {
      tag,
      file: given,
      subpath: tag === undefined || groups.length === 1 ? undefined : posix.basename(given),
      own,
      others,
    };
  });

  const operations = new Map<OperationModel, OperationNames>();
  const commands = new Set<string>();
  const fileOf = new Map(operationFiles.flatMap(({ file, own }) => own.map((operation) => [operation, file])));
  for (const operation of model.operations) {
    const wanted = camelCase(operation.operationId);
    const functionName = take(
      exported,
      wanted,
      (base, index) => `${base}${index}`,
      (name) => suffixes.every((suffix) => !exported.has(`${pascalCase(name)}${suffix}`)),
    );
    note(wanted, functionName, `operation \`${operation.operationId}\``, operation.place);
    const type = pascalCase(functionName);
    const inputKey = inputKeys(operation, note);
    operations.set(operation, {
      ...nameCommand(operation, functionName, inputKey, commands, note),
      functionName,
      descriptor: take(exported, `${functionName}Operation`),
      input: take(exported, `${type}Input`),
      result: take(exported, `${type}Result`),
      failure: take(exported, `${type}Failure`),
      parameters: take(exported, `${type}Parameters`),
      inputs: take(exported, `${type}Inputs`),
      file: must(fileOf.get(operation)),
      inputKey,
      pagination: undefined,
    });
  }
  // After the operations, whose own names come first.
  for (const [operation, own] of operations) {
    if (!operation.pagination) continue;
    const [constant = "", pages = "", items = ""] = ["Pagination", "Pages", "Items"].map((suffix) => {
      const wanted = `${own.functionName}${suffix}`;
      const given = take(exported, wanted);
      note(wanted, given, `a function beside \`${own.functionName}\``, operation.place);
      return given;
    });
    operations.set(operation, { ...own, pagination: { constant, pages, items } });
  }

  const servers = new Map<ServerModel, ServerNames>();
  const nameServer = (server: ServerModel, wanted: string): void => {
    const functionName = take(exported, wanted);
    servers.set(server, { functionName, variables: take(exported, `${pascalCase(functionName)}Variables`) });
  };
  for (const server of model.servers) nameServer(server, "serverUrl");
  for (const [operation, { functionName }] of operations) {
    for (const server of operation.servers) nameServer(server, `${functionName}ServerUrl`);
  }

  // Last: they are no one's but the package's own. Those of responses are imported by each other alone.
  const schemas = new Map<string, SchemaNames>();
  const taken = { request: exported, response: new Set(reserved) };
  for (const { wanted, direction, isLeaf, pointers } of model.schemas) {
    const own = {
      constant: take(taken[direction], `${camelCase(wanted)}Schema`),
      file: fileName(`schemas/${direction}s`, kebabCase(wanted)),
      isLeaf,
    };
    for (const pointer of pointers) schemas.set(`${direction} ${pointer}`, own);
  }

  const variables = nameVariables(model.securitySchemes);

  return {
    names: {
      operationFiles,
      operation: (operation) => must(operations.get(operation)),
      enum: (schema) => must(enums.get(schema)),
      errorSchema: (schema) => must(errorSchemas.get(schema)),
      server: (server) => must(servers.get(server)),
      variable: (scheme) => must(variables.get(scheme)),
      schema: ({ pointer }, direction) => schemas.get(`${direction} ${pointer}`),
    },
    diagnostics,
  };
}

/** Operations by tag, in the order of the model; what has no tag is a group of its own. */
function groupByTag({ operations }: ApiModel): readonly {
  readonly tag: string | undefined;
  readonly own: readonly OperationModel[];
  readonly others: readonly OperationModel[];
}[] {
  const groups = new Map<string | undefined, { own: OperationModel[]; others: OperationModel[] }>();
  for (const operation of operations) {
    const [first, ...more] = new Set(operation.tags);
    for (const tag of [first, ...more]) {
      const group = groups.get(tag) ?? { own: [], others: [] };
      groups.set(tag, group);
      (tag === first ? group.own : group.others).push(operation);
    }
  }
  return [...groups].map(([tag, group]) => ({ tag, ...group }));
}

const suffixes = ["Input", "Result", "Failure", "Parameters"];

/**
 * Keys of the flat input: camelCase; a name that stands in two locations gets its location in front, and so does one
 * that every object has; `body` is the body, `contentType` its media type where there is a choice.
 */
function inputKeys(
  operation: OperationModel,
  note: (wanted: string, given: string, owner: string, place: Place) => void,
): (parameter: ParameterModel) => string {
  const plain = operation.parameters.map((parameter) => camelCase(parameter.name));
  const own = operation.requestBody && needsContentType(operation.requestBody) ? ["body", "contentType"] : ["body"];
  const taken = new Set(own);
  const keys = new Map<ParameterModel, string>();
  operation.parameters.forEach((parameter, index) => {
    const wanted = plain[index] ?? "";
    const clashes =
      plain.filter((key) => key === wanted).length > 1 || own.includes(wanted) || reservedInObjects.has(wanted);
    const key = take(taken, clashes ? `${parameter.in}${pascalCase(parameter.name)}` : wanted);
    note(wanted, key, `parameter \`${parameter.name}\` in ${parameter.in}`, parameter.place);
    keys.set(parameter, key);
  });
  return (parameter) => must(keys.get(parameter));
}
