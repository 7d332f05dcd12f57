/** What a command line is: frozen data of the contract, with each reader of a value an imported value. */
import type { OperationWithContents } from "./content.js";
import type { Operation, Parameter } from "./descriptor.js";
import type { Callable } from "./internals.js";
import type { CallOptions } from "./options.js";

/** The command line of a package. */
export interface CliProgram {
  /** As a shell knows it. */
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly about?: string;
  /** Stands in front of each of its variables in the environment, e.g. `PET_STORE`. */
  readonly prefix: string;
  readonly createClient: (options: never) => CliClient;
  /** The document's server; undefined where it names none that is complete. */
  readonly baseUrl?: string | undefined;
  readonly credentials: readonly CliCredential[];
  readonly groups: readonly CliGroup[];
}

/** A client of any document. */
export type CliClient = Callable & { readonly defaults: object };

/** A credential in the environment. */
export interface CliCredential {
  /** The key in `auth`. */
  readonly key: string;
  /** The variable that holds it, the password for basic, e.g. `PET_STORE_TOKEN`; one that ends in `_FILE` names a file. */
  readonly secret: string;
  /** Basic: the variable that holds the user name, e.g. `PET_STORE_AUTH_USERNAME`. */
  readonly user?: string | undefined;
  /** What the service calls an API key, e.g. `X-Auth-Token`. */
  readonly parameter?: string | undefined;
  readonly about?: string;
}

/** The commands of one tag. */
export interface CliGroup {
  /** Undefined for operations without a tag. */
  readonly name?: string;
  /** Nothing of an operation is loaded before one of its group is asked for. */
  readonly load: () => Promise<{ readonly commands: CliCommands }>;
  /** Name and summary, in the order of the document. */
  readonly list: readonly (readonly [name: string, summary: string])[];
}

/** In the order of the document. A list, because a name may be one that every object has. */
export type CliCommands = readonly CliCommand[];

/** One operation. */
export interface CliCommand {
  readonly name: string;
  readonly operation: Operation & Partial<Pick<OperationWithContents, "contents">>;
  /** Alternatives of keys in `auth` that are all needed. */
  readonly security: readonly (readonly string[])[];
  readonly about?: string;
  /** The flags of a command line that is complete. */
  readonly example?: string;
  readonly isDeprecated?: boolean;
  readonly flags: readonly CliFlag[];
  readonly body?: CliBody;
  /** The items of all pages. */
  readonly items?: (client: never, input: never, options: CallOptions) => AsyncIterable<unknown>;
}

/** Reads a value from a text. */
export interface CliReader {
  /** What the text is, for people: `integer`. */
  readonly label: string;
  /** Undefined for a text that is no such value. */
  readonly parse: (text: string) => unknown;
  /** It needs no text: `--x` is true, and `--no-x` false. */
  readonly isSwitch?: boolean;
}

/** One value of an input. */
export interface CliValue {
  readonly read: CliReader;
  /** Given once for each item. */
  readonly isList?: boolean;
}

/** A parameter. */
export interface CliFlag extends CliValue {
  /** Without its dashes. */
  readonly name: string;
  /** Key in the input. */
  readonly key: string;
  readonly about?: string;
  /** For people: `1 to 32 characters`. */
  readonly bounds?: string;
  /** What the service takes where it is absent, for people. */
  readonly default?: string;
  readonly isDeprecated?: boolean;
  /** All that are allowed. */
  readonly values?: readonly unknown[];
  /** Values by name. */
  readonly names?: Readonly<Record<string, string | number>>;
  /** What values mean, for people. */
  readonly labels?: Readonly<Record<string, string | undefined>>;
}

/** The body of a request. */
export interface CliBody {
  readonly about?: string;
  /** The first one is meant where nobody chooses. */
  readonly contents: readonly [CliContent, ...CliContent[]];
}

/** A body of one media type. */
export interface CliContent {
  readonly mediaType: string;
  readonly read: CliContentReader;
  /** The properties of an object, as far as they are known; then they may be given one by one. */
  readonly fields?: readonly CliField[];
  /** Its parts may be files. */
  readonly isMultipart?: boolean;
}

/** A property of a body. */
export interface CliField extends CliValue {
  readonly name: string;
  readonly isRequired?: boolean;
}

/** Where a body comes from: the command line, a file, or the standard input. */
export interface CliSource {
  /** Undefined where it stands on the command line. */
  readonly file?: string;
  readonly text: () => Promise<string>;
  readonly bytes: () => Promise<Blob>;
}

/** Reads a body. */
export interface CliContentReader {
  readonly label: string;
  /** Undefined for a text that is no such value. */
  readonly parse: (source: CliSource) => Promise<unknown>;
}

/** The body among what an operation sends. */
export const bodyOf = ({ contents, parameters }: CliCommand["operation"]): Parameter | undefined =>
  (contents ?? parameters).find((parameter) => parameter.in === "body");
