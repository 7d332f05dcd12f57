/** What the samples of one operation have in common. */
import { type CredentialVariables, credentialVariables } from "../command-names.js";
import type { ApiModel, EnumModel, OperationModel, SecuritySchemeModel, ServerModel } from "../model.js";
import type { Names } from "../names.js";
import { type BodyChoice, type Choice, chooseBody, chooseParameters } from "./choose.js";

/** An operation, ready to be written as a sample in any language. */
export interface Sample {
  readonly operation: OperationModel;
  readonly names: Names;
  readonly enums: readonly EnumModel[];
  /** Name of the generated package, as it is imported. */
  readonly package: string;
  readonly baseUrl: string;
  /** The operation's own server, where it has one. */
  readonly server: string | undefined;
  readonly choices: readonly Choice[];
  readonly body: BodyChoice | undefined;
  /** Of the first alternative of the operation's security. */
  readonly credentials: readonly Credential[];
  /** How the first success is read; undefined where it has no content. */
  readonly result: "json" | "text" | "binary" | "stream" | undefined;
}

/** A credential, which a sample reads from the variables that the package's command line reads. */
export interface Credential extends CredentialVariables {
  readonly scheme: SecuritySchemeModel;
}

/** Name of a file whose answer brings none. */
export const downloadName = "download";

/** Undefined for an operation that needs an input too large for a line: an object, a body without an example. */
export function prepareSample(
  api: ApiModel,
  operation: OperationModel,
  names: Names,
  packageName: string,
): Sample | undefined {
  const choices = chooseParameters(operation);
  if (!choices) return undefined;
  const needed = operation.security[0] ?? [];
  return {
    operation,
    names,
    enums: api.enums,
    package: packageName,
    baseUrl: addressOf(api.servers[0]) ?? "http://localhost",
    server: addressOf(operation.servers[0]),
    choices,
    body: chooseBody(operation),
    credentials: api.securitySchemes
      .filter(({ name }) => needed.includes(name))
      .map((scheme) => ({ scheme, ...credentialVariables(packageName, scheme, names.variable(scheme)) })),
    result: resultKind(operation),
  };
}

/** Where the document does not name the host, it is the reader's own. */
function addressOf(server: ServerModel | undefined): string | undefined {
  if (!server?.isRelative || server.url === undefined) return server?.url;
  return `http://localhost${server.url}`.replace(/\/$/, "");
}

function resultKind({ responses }: OperationModel): Sample["result"] {
  const success = responses.find(({ status }) => status.startsWith("2"));
  const kind = success?.content.find(({ envelope }) => !envelope)?.kind;
  return kind === undefined || kind === "json" || kind === "text" || kind === "binary" ? kind : "stream";
}
