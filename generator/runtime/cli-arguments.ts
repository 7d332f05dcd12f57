/** From the arguments of a command to the input of its operation. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { bodyOf, type CliBody, type CliCommand, type CliFlag, type CliProgram, type CliValue } from "./cli-program.js";
import { wordsOf } from "./cli-readers.js";
import { nearest, UsageError } from "./cli-usage.js";

/** What the user asks for, beside the input. */
export interface CliRequest {
  readonly isHelp: boolean;
  readonly isJson: boolean;
  /** Undefined where it is to be what the operation answers. */
  readonly out: string | undefined;
  readonly baseUrl: string | undefined;
  /** In milliseconds. */
  readonly timeout: number | undefined;
  /** In milliseconds. */
  readonly idleTimeout: number | undefined;
  readonly allowPlainHttp: boolean;
  readonly isChecked: boolean;
  readonly isAll: boolean;
  readonly overwrite: boolean;
  readonly input: Readonly<Record<string, unknown>>;
  readonly body: CliBodyRequest;
}

/** What the command line says of a body: its texts are not read yet. */
export interface CliBodyRequest {
  readonly contentType: string | undefined;
  readonly text: string | undefined;
  /** `name=value` of its properties. */
  readonly fields: readonly string[];
}

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values = Readonly<Record<string, unknown>>;

/** What is never a flag. */
type Secrets = Pick<CliProgram, "prefix" | "credentials">;

/** @throws UsageError with all that is wrong. */
export function readArguments(program: Secrets, command: CliCommand, args: readonly string[]): CliRequest {
  const values = parse(program, optionsOf(command), args);
  const has = (name: string) => values[name] === true;
  const text = (name: string) => values[name] as string | undefined;
  const texts = (name: string) => (values[name] ?? []) as readonly string[];
  const request = {
    isHelp: has("help"),
    isJson: has("json"),
    out: text("out"),
    baseUrl: text("base-url"),
    allowPlainHttp: has("allow-plain-http"),
    isChecked: !has("no-validate"),
    isAll: has("all"),
    overwrite: !has("no-overwrite"),
    body: { contentType: text("content-type"), text: text("body"), fields: texts("field") },
  };
  if (request.isHelp) return { ...request, timeout: undefined, idleTimeout: undefined, input: {} };
  const problems: string[] = [];
  const [timeout, idleTimeout] = ["timeout", "idle-timeout"].map((flag) => readSeconds(flag, text(flag), problems));
  const input = readInput(command, values, problems);
  if (request.isChecked) problems.push(...missing(command, input, request.body));
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return { ...request, timeout, idleTimeout, input };
}

/** Every flag of a command: its own ones and those of its input, which the generator keeps apart. */
export function optionsOf({ flags, body, items, operation }: CliCommand): Options {
  return {
    help: { type: "boolean", short: "h" },
    json: { type: "boolean" },
    out: { type: "string" },
    "base-url": { type: "string" },
    timeout: { type: "string" },
    "idle-timeout": { type: "string" },
    "allow-plain-http": { type: "boolean" },
    "no-validate": { type: "boolean" },
    "no-overwrite": { type: "boolean" },
    ...(items ? { all: { type: "boolean" } } : {}),
    ...(body ? { body: { type: "string" } } : {}),
    ...(hasContentType(operation) ? { "content-type": { type: "string" } } : {}),
    ...(hasFields(body) ? { field: { type: "string", multiple: true } } : {}),
    ...Object.fromEntries(flags.flatMap(optionsOfFlag)),
  };
}

function optionsOfFlag(flag: CliFlag): readonly (readonly [name: string, option: Options[string]])[] {
  if (!isSwitch(flag)) return [[flag.name, { type: "string", multiple: true }]];
  return [flag.name, `no-${flag.name}`].map((name) => [name, { type: "boolean" }]);
}

/** Whether the media type of the body may be chosen. */
export const hasContentType = ({ parameters }: CliCommand["operation"]): boolean =>
  parameters.some(({ key, name }) => key === "contentType" && name === "Content-Type");

/** Whether the properties of a body may be given one by one. */
export const hasFields = (body: CliBody | undefined): boolean =>
  body?.contents.some(({ fields }) => fields !== undefined) ?? false;

/** Whether a flag takes no text. */
export const isSwitch = ({ read, isList }: CliValue): boolean => read.isSwitch === true && !isList;

function parse(program: Secrets, options: Options, args: readonly string[]): Values {
  const names = args.flatMap((arg) => /^--([^=]+)/.exec(arg)?.[1] ?? []);
  const unknown = names.find((name) => !Object.hasOwn(options, name));
  if (unknown !== undefined) {
    const secret = secretOf(program, unknown);
    const meant = nearest(unknown, Object.keys(options));
    const hint = meant === undefined ? "." : `; did you mean --${meant}?`;
    throw new UsageError(
      `There is no flag --${unknown}${secret === undefined ? hint : `, which all could see: put it into the environment, as ${secret}.`}`,
    );
  }
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const { code = "", message = "" } = error as { readonly code?: string; readonly message?: string };
    const [, name] = /'(?:-\w, )?--([^\s']+)/.exec(message) ?? [];
    if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE" && name !== undefined) {
      throw new UsageError(
        options[name]?.type === "boolean"
          ? `--${name} takes no value.`
          : `--${name} needs a value; one that begins with a dash is written --${name}=-1.`,
      );
    }
    throw new UsageError(message.split(/\.\s/)[0]?.replace(/\.?$/, ".") ?? "");
  }
}

/** As the end of a variable's name. */
const wordsIn = (text: string): string => `_${text.toUpperCase().replace(/[^A-Z\d]+/g, "_")}`;

/** The variable that somebody looks for who gives a credential as a flag. */
function secretOf(program: Secrets, flag: string): string | undefined {
  const name = wordsIn(flag);
  const sent = program.credentials.filter(({ parameter = "" }) => wordsIn(parameter) === name);
  return (sent[0] ? sent : program.credentials)
    .flatMap(({ user = "", secret }) => {
      const own = (user.replace(/_USERNAME$/, "") || secret).slice(program.prefix.length);
      return sent[0] || name.endsWith(own) || secret.endsWith(name) ? secret : user.endsWith(name) ? user : [];
    })
    .at(0);
}

function readSeconds(flag: string, text: string | undefined, problems: string[]): number | undefined {
  if (text === undefined) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  if (seconds === undefined) problems.push(`--${flag} must be a number of seconds, not "${text}".`);
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}

function readInput({ flags }: CliCommand, values: Values, problems: string[]): Readonly<Record<string, unknown>> {
  const input: [key: string, value: unknown][] = [];
  for (const flag of flags) {
    const given = isSwitch(flag) ? readSwitch(flag, values, problems) : readTexts(flag, values[flag.name], problems);
    if (given !== undefined) input.push([flag.key, given]);
  }
  return Object.fromEntries(input);
}

function readSwitch({ name }: CliFlag, values: Values, problems: string[]): boolean | undefined {
  const [yes, no] = [values[name] === true, values[`no-${name}`] === true];
  if (yes && no) problems.push(`--${name} and --no-${name} cannot both be.`);
  return yes || no ? yes : undefined;
}

function readTexts(flag: CliFlag, given: unknown, problems: string[]): unknown {
  if (given === undefined) return undefined;
  const values = (given as readonly string[]).map((text) => {
    const value = readValue(flag, text);
    if (value === undefined) problems.push(`--${flag.name} must be ${expected(flag)}, not "${text}".`);
    return value;
  });
  return flag.isList ? values : values.at(-1);
}

/** Without what tells one way of writing a name from another. */
const loose = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, "");

function readValue({ read, names = {} }: CliFlag, text: string): unknown {
  const entries = Object.entries(names);
  const [, named] =
    entries.find(([, value]) => `${value}` === text) ??
    entries.find(([name]) => name === text) ??
    entries.find(([name]) => loose(name) === loose(text)) ??
    [];
  return named ?? read.parse(text);
}

/** Names as they are shown. */
export const namesOf = (names: NonNullable<CliFlag["names"]>): string => Object.keys(names).map(kebab).join(", ");

/** `ToBeProcessed` as it is shown: `to-be-processed`. */
export const kebab = (name: string): string =>
  name
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, "-")
    .replace(/_/g, "-")
    .toLowerCase();

function expected({ names, read }: CliFlag): string {
  if (names) return `one of ${namesOf(names)}`;
  return wordsOf(read);
}

function missing(command: CliCommand, input: object, body: CliBodyRequest): readonly string[] {
  const { flags, operation } = command;
  const isGiven = body.text !== undefined || body.fields.length > 0;
  return [
    ...flags
      .filter((flag) => isRequired(flag, operation) && !Object.hasOwn(input, flag.key))
      .map(({ name }) => `--${name} is required.`),
    ...(bodyOf(operation)?.required && !isGiven ? ["--body is required."] : []),
  ];
}

/** Whether the contract asks for it. */
export const isRequired = ({ key }: CliFlag, { parameters }: CliCommand["operation"]): boolean =>
  parameters.some((parameter) => parameter.key === key && parameter.required === true);
