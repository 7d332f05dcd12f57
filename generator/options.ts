/** Options: what a user may say, what a command works with, and the one table that flags, help and defaults come from. */

/** One flag of the command line. */
export interface Flag {
  readonly type: "string" | "boolean";
  /** How its value is shown in help. */
  readonly value?: string;
  readonly help: string;
  /** One letter, behind one dash. */
  readonly short?: string;
  readonly multiple?: true;
  readonly commands: readonly Command[];
}

/** The commands there are. */
export const commands = {
  generate: "Lint the document and write the client package.",
  docs: "Write the API reference as a site of its own.",
} as const;

/** The name of a command. */
export type Command = keyof typeof commands;

/** Every flag there is. */
export const flags = {
  out: {
    type: "string",
    value: "dir",
    help: "Folder to write; it holds nothing but what this tool writes.",
    commands: ["generate", "docs"],
  },
  name: { type: "string", value: "package", help: "Name of the package.", commands: ["generate", "docs"] },
  check: { type: "boolean", help: "Write nothing; exit 1 if the folder is not up to date.", commands: ["generate"] },
  "no-lint": { type: "boolean", help: "Do not run Redocly's rules.", commands: ["generate"] },
  strict: {
    type: "boolean",
    help: "Fail on what the client does not honour.",
    commands: ["generate"],
  },
  "allow-ref": {
    type: "string",
    value: "origin-or-dir",
    help: "Let a $ref lead there; may be given several times.",
    multiple: true,
    commands: ["generate", "docs"],
  },
  serve: { type: "string", value: "port", help: "Serve the site on this port.", commands: ["docs"] },
  help: { type: "boolean", short: "h", help: "Show this.", commands: ["generate", "docs"] },
} as const satisfies Readonly<Record<string, Flag>>;

/** What `generate` may be told; the document's entry in redocly.yaml, then the defaults, fill the rest. */
export interface GenerateOptions {
  /** Path of the document; without one, every entry of `apis` in redocly.yaml. */
  readonly spec?: string | undefined;
  /** Output folder. */
  readonly out?: string | undefined;
  /** Name of the package. */
  readonly name?: string | undefined;
  /** Compare instead of write. Default false. */
  readonly check?: boolean | undefined;
  /** Run Redocly's rules. Default true. */
  readonly lint?: boolean | undefined;
  /** Treat what is not honoured as an error. Default false. */
  readonly strict?: boolean | undefined;
  /** Origins or folders, beside the document's own, that a reference may lead to. Default none. */
  readonly allowRef?: readonly string[] | undefined;
  /** Working folder: paths are relative to it, redocly.yaml is looked for in it. Default: the process' own. */
  readonly cwd?: string | undefined;
}

/** One document and what becomes of it: nothing is left open. */
export interface Job {
  /** Absolute path of the document. */
  readonly spec: string;
  /** Absolute path of the output folder. */
  readonly out: string;
  /** Name of the package. */
  readonly package: string;
  /** Version of the package. */
  readonly version: string;
}

/** What the npm registry takes for a new package. */
export function isPackageName(name: string): boolean {
  return name.length <= 214 && /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name);
}
