/** Names on the command line: of commands, of their flags, of variables in the environment. Those of a command are its own. */
import type { Place } from "./diagnostics.js";
import { needsContentType } from "./media-type.js";
import type { OperationModel, ParameterModel, SecuritySchemeModel } from "./model.js";
import { flagCase, kebabCase, must, take } from "./words.js";

/** The names of one command. */
export interface CommandNames {
  /** e.g. `list-pets`. */
  readonly command: string;
  /** Without its dashes, e.g. `pet-id`. */
  readonly flag: (parameter: ParameterModel) => string;
}

/** Told where a name is not the one that was wanted. */
export type Note = (wanted: string, given: string, owner: string, place: Place) => void;

/** What every command has, whatever it is of. */
const commonFlags = [
  ...["allow-plain-http", "base-url", "help", "idle-timeout", "json"],
  ...["no-overwrite", "no-validate", "out", "timeout"],
];

/** The flags that a command has of its own: the command line knows the same ones (`runtime/cli-arguments.ts`). */
export const ownFlags = ({ requestBody, pagination }: OperationModel): readonly string[] => [
  ...commonFlags,
  ...(pagination ? ["all"] : []),
  ...(requestBody ? ["body", "field"] : []),
  ...(requestBody && needsContentType(requestBody) ? ["content-type"] : []),
];

/** The names of an operation's command; `taken` has those of all before it. */
export function nameCommand(
  operation: OperationModel,
  functionName: string,
  inputKey: (parameter: ParameterModel) => string,
  taken: Set<string>,
  note: Note,
): CommandNames {
  const wanted = flagCase(functionName);
  const command = take(taken, wanted, (base, index) => `${base}-${index}`);
  note(wanted, command, `the command of \`${functionName}\``, operation.place);
  const flags = new Set(ownFlags(operation));
  const given = new Map<ParameterModel, string>();
  for (const parameter of operation.parameters) {
    const isSwitch = parameter.schema.type === "boolean";
    const name = flagCase(inputKey(parameter));
    const flag = take(
      flags,
      name,
      (base, index) => `${parameter.in}-${base}${index > 2 ? `-${index - 1}` : ""}`,
      // A switch is turned off by another flag.
      (free) => !isSwitch || !flags.has(`no-${free}`),
    );
    if (isSwitch) flags.add(`no-${flag}`);
    given.set(parameter, flag);
    note(`--${name}`, `--${flag}`, `the flag of parameter \`${parameter.name}\` in ${parameter.in}`, parameter.place);
  }
  return { command, flag: (parameter) => must(given.get(parameter)) };
}

/** What a shell calls a package: its name without a scope. */
export function programName(packageName: string): string {
  return packageName.replace(/^@[^/]*\//, "");
}

/** Stands in front of a package's variables in the environment; no shell has one that begins with a digit. */
export function variablePrefix(packageName: string): string {
  return programName(packageName)
    .toUpperCase()
    .replace(/[^A-Z\d]+/g, "_")
    .replace(/^(?=\d)/, "_");
}

/** The variables of one credential, in full, e.g. `PET_STORE_TOKEN`. */
export interface CredentialVariables {
  /** Undefined where there is no user name. */
  readonly user: string | undefined;
  readonly secret: string;
}

/** What a command line reads a credential from, and a sample; `variable` is the credential's own name among them. */
export function credentialVariables(
  packageName: string,
  { kind }: SecuritySchemeModel,
  variable: string,
): CredentialVariables {
  const name = `${variablePrefix(packageName)}_${variable}`;
  if (kind !== "basic") return { user: undefined, secret: name };
  return { user: `${name}_USERNAME`, secret: `${name}_PASSWORD` };
}

/** What variables of a credential end with, behind its own name. */
const endings = ["", "_FILE", "_USERNAME", "_PASSWORD", "_PASSWORD_FILE"];

/** For each security scheme, what its variables have in their names, e.g. `TOKEN`. */
export function nameVariables(schemes: readonly SecuritySchemeModel[]): ReadonlyMap<SecuritySchemeModel, string> {
  const taken = new Set(["BASE_URL"]);
  const names = new Map<SecuritySchemeModel, string>();
  for (const scheme of schemes) {
    const name = take(
      new Set<string>(),
      kebabCase(scheme.name).toUpperCase().replaceAll("-", "_"),
      (base, index) => `${base}_${index}`,
      (free) => endings.every((ending) => !taken.has(`${free}${ending}`)),
    );
    for (const ending of endings) taken.add(`${name}${ending}`);
    names.set(scheme, name);
  }
  return names;
}
