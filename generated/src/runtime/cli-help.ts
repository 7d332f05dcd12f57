/** Help, as a person reads it. */
import { hasContentType, hasFields, isRequired, isSwitch, kebab } from "./cli-arguments.js";
import { fileVariable } from "./cli-environment.js";
import { cells, columns, padded, shownLine, wrap } from "./cli-layout.js";
import { bodyOf, type CliBody, type CliCommand, type CliFlag, type CliProgram } from "./cli-program.js";

type Rows = readonly (readonly [left: string, right: string])[];

/** Of the whole program: its commands, by tag. */
export function programHelp(program: CliProgram, width: number): string {
  const { name, version, title, about, groups } = program;
  return sections([
    [shownLine(`${name} ${version}: ${title}`), ...(about === undefined ? [] : wrap(about, width))],
    ["Usage", ...["<command> [flags]", "<command> --help", "--version"].map((words) => `  ${name} ${words}`)],
    ...groups.map((group) => [
      shownLine(group.name === undefined || groups.length === 1 ? "Commands" : `Commands: ${group.name}`),
      ...columns(
        group.list.map(([command, summary]) => [command, shownLine(summary)]),
        width,
      ),
    ]),
    [
      "Environment",
      ...columns(
        environmentRows(
          program,
          program.credentials.map(({ key }) => key),
        ),
        width,
      ),
    ],
    ["Exit codes", ...columns(exitRows, width)],
  ]);
}

const exitRows: Rows = [
  ["0", "done"],
  ["1", "it did not work, or not to the end: no file is half there"],
  ["2", "it cannot be done as it was asked for: nothing was sent"],
  ["130", "stopped, by Ctrl-C"],
];

/** Of one command: what it does, and its flags. */
export function commandHelp(
  program: CliProgram,
  name: string,
  summary: string,
  command: CliCommand,
  width: number,
): string {
  const { flags, operation, about = "", example, isDeprecated, body } = command;
  const [required, optional] = [true, false].map((isWanted) => [
    ...flags.filter((flag) => isRequired(flag, operation) === isWanted).map(flagRow),
    ...(body && (bodyOf(operation)?.required ?? false) === isWanted ? bodyRows(body, operation) : []),
  ]);
  const usage = flags
    .filter((flag) => isRequired(flag, operation))
    .map((flag) => ` ${shape(flag).replace(" ", HELD)}`)
    .join("");
  const wanted = `${usage}${bodyOf(operation)?.required ? " --body …" : ""}`;
  const keys = command.security.flat();
  return sections([
    [
      ...wrap(`${summary || name}${isDeprecated ? " (deprecated)" : ""}`, width),
      ...(about.trim() === "" ? [] : ["", ...wrap(about, width)]),
    ],
    [
      "Usage",
      ...wrap(`${program.name}${HELD}${name}${wanted} [flags]`, width - 2).map(
        (line) => `  ${line.replaceAll(HELD, " ")}`,
      ),
    ],
    example === undefined ? [] : ["Example", `  ${shownLine(`${program.name} ${name} ${example}`)}`],
    table("Required", required, width),
    table("Optional", optional, width),
    table("Output", [...(command.items ? [allRow] : []), ...outputRows], width),
    table("Connection", connectionRows(program, command), width),
    table("Environment", environmentRows(program, keys), width),
  ]);
}

/** A blank at which no line ends. */
const HELD = "\u00A0";

const sections = (all: readonly (readonly string[])[]): string =>
  `${all
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;

const table = (title: string, rows: Rows | undefined, width: number): readonly string[] =>
  rows && rows.length > 0 ? [title, ...columns(rows, width)] : [];

function shape(flag: CliFlag): string {
  if (isSwitch(flag)) return `--[no-]${flag.name}`;
  return `--${flag.name} <${flag.names ? "name" : flag.read.label}>${flag.isList ? "…" : ""}`;
}

function flagRow(flag: CliFlag): Rows[number] {
  const facts = [
    flag.bounds,
    flag.names ? "by name or by value" : undefined,
    flag.isList ? "may be given several times" : undefined,
    flag.default === undefined ? undefined : `default: ${flag.default}`,
    flag.isDeprecated ? "deprecated" : undefined,
  ].filter((fact) => fact !== undefined);
  const about = flag.about === undefined ? [] : [shownLine(flag.about)];
  return [
    shape(flag),
    [...about, ...(facts.length > 0 ? [shownLine(facts.join("; "))] : []), ...valueLines(flag)].join("\n"),
  ];
}

/** Values with a name or a meaning have a line each. */
function valueLines({ names, values = [], labels = {} }: CliFlag): readonly string[] {
  if (!names) return values.length > 0 ? [shownLine(`one of ${values.map(plain).join(", ")}`)] : [];
  const rows = Object.entries(names).map(([name, value]) =>
    [kebab(name), plain(value), labels[`${value}`] ?? ""].map(shownLine),
  );
  const [first, second] = [0, 1].map((column) => Math.max(...rows.map((row) => cells(row[column] ?? ""))));
  return rows.map(([name = "", value = "", label = ""]) =>
    `  ${padded(name, first ?? 0)}  ${padded(value, second ?? 0)}  ${label}`.trimEnd(),
  );
}

const plain = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

function bodyRows(body: CliBody, operation: CliCommand["operation"]): Rows {
  const { about, contents } = body;
  const [first] = contents;
  const types = contents.map(({ mediaType }) => mediaType).join(", ");
  const text = `${first.read.label === "@file" ? "" : "as it is, or "}@file, or - for the standard input`;
  return [
    [
      `--body <${first.read.label}>`,
      [...(about === undefined ? [] : [shownLine(about)]), shownLine(`${types}; ${text}`)].join("\n"),
    ],
    ...(hasContentType(operation)
      ? [["--content-type <type>", shownLine(`media type of the body; default: ${first.mediaType}`)] as const]
      : []),
    ...(hasFields(body) ? [["--field <name=value>…", fieldLines(body)] as const] : []),
  ];
}

function fieldLines({ contents }: CliBody): string {
  const names = contents.flatMap(({ fields = [] }) =>
    fields.map(
      ({ name, read, isList, isRequired: isAsked }) =>
        `${name}=<${read.label}>${isList ? "…" : ""}${isAsked ? " (required)" : ""}`,
    ),
  );
  return ["properties of the body, one by one; name=@file takes a file", ...new Set(names)]
    .map((text, index) => (index === 0 ? text : `  ${shownLine(text)}`))
    .join("\n");
}

const allRow: Rows[number] = ["--all", "the items of all pages, one line of JSON each"];

const outputRows: Rows = [
  [
    "--out <path>",
    "a file, a directory (one that ends in / is made), or - for the standard output; without it, a file goes to the working directory, where it replaces nothing (--out . does), and anything else to the standard output",
  ],
  ["--no-overwrite", "keep a file that is there, and fail"],
  ["--json", "results and errors as JSON on one line"],
  ["-h, --help", "this text"],
];

function connectionRows({ baseUrl }: CliProgram, { operation }: CliCommand): Rows {
  const server = operation.server ?? baseUrl;
  return [
    ["--base-url <url>", `where the service is${server === undefined ? "" : `; default: ${shownLine(server)}`}`],
    ["--timeout <seconds>", "time for an attempt to answer; 0 is no limit; default: 30"],
    ["--idle-timeout <seconds>", "time that a file may stand still; 0 is no limit; default: 30"],
    ["--allow-plain-http", "send a credential over http://, where all on the way can read it"],
    ["--no-validate", "send what is given, whatever the contract says of it"],
  ];
}

function environmentRows(program: CliProgram, keys: readonly string[]): Rows {
  return [
    ...program.credentials
      .filter(({ key }) => keys.includes(key))
      .flatMap((credential): Rows => {
        const { user, secret } = credential;
        const about = credential.about === undefined ? "" : `: ${shownLine(credential.about)}`;
        return [
          ...(user === undefined ? [] : [[user, "the user name"] as const]),
          [secret, `the ${user === undefined ? "credential" : "password"}${about}`],
          [fileVariable(credential), "or the name of a file that holds it"],
        ];
      }),
    [`${program.prefix}_BASE_URL`, "where the service is, without --base-url"],
  ];
}
