/** What the environment says: where the service is, and with which credentials it is called. No flag can: they are seen by all. */
import { readFile } from "node:fs/promises";
import { baseOf } from "./base-url.js";
import type { CliCommand, CliCredential, CliProgram } from "./cli-program.js";
import { reasonOf } from "./cli-reason.js";
import { UsageError } from "./cli-usage.js";
import { PLAIN } from "./credentials.js";

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable that names the file in which a secret may lie instead. */
export const fileVariable = ({ secret }: CliCredential): string => `${secret}_FILE`;

/** What there is of the credentials that a command may take. */
export interface Credentials {
  /** For the client. */
  readonly auth: Readonly<Record<string, unknown>>;
  /** The variable that each comes from, by its key in `auth`; that of a user name, by the key and `/username`. */
  readonly sources: ReadonlyMap<string, string>;
}

/** @throws UsageError where an operation needs what there is not. */
export async function readCredentials(
  program: CliProgram,
  { security }: CliCommand,
  environment: Environment,
): Promise<Credentials> {
  const found: [key: string, credential: unknown][] = [];
  const sources = new Map<string, string>();
  const wanted = new Set(security.flat());
  // What is wrong with any other one is no matter of this command.
  for (const credential of program.credentials.filter(({ key }) => wanted.has(key))) {
    const { user, secret } = credential;
    const file = fileVariable(credential);
    // As a file is: what a shell or a secret's store puts behind a text is none of it.
    const given = environment[secret]?.trim();
    const value = given || (await readSecret(file, environment[file]));
    const username = user === undefined ? undefined : environment[user];
    if (value === undefined) continue;
    if (user !== undefined && !username) throw new UsageError(`${secret} needs ${user} beside it.`);
    sources.set(credential.key, given ? secret : file);
    if (user !== undefined) sources.set(`${credential.key}/username`, user);
    found.push([credential.key, user === undefined ? value : { username, password: value }]);
  }
  const keys = found.map(([key]) => key);
  const isMet = security.length === 0 || security.some((all) => all.every((key) => keys.includes(key)));
  if (!isMet) throw new UsageError(lacking(program, security));
  return { auth: Object.fromEntries(found), sources };
}

/** Editors end a file with a line break. */
async function readSecret(variable: string, file: string | undefined): Promise<string | undefined> {
  if (!file) return undefined;
  try {
    const text = (await readFile(file, "utf8")).replace(/^\uFEFF/, "").trim();
    if (text !== "") return text;
  } catch (error) {
    throw new UsageError(`${variable} names ${file}: ${reasonOf(error)}.`);
  }
  throw new UsageError(`${variable} names ${file}, which is empty.`);
}

function lacking(program: CliProgram, security: readonly (readonly string[])[]): string {
  const ways = security.map((keys) =>
    program.credentials
      .filter(({ key }) => keys.includes(key))
      .map((credential) => {
        const { user, secret } = credential;
        return `${user === undefined ? "" : `${user} and `}${secret} (or a file's name into ${fileVariable(credential)})`;
      })
      .join(" and "),
  );
  return `A credential is needed: put it into the environment, as ${ways.join("; or as ")}.`;
}

/** Where the service is. */
export interface BaseUrl {
  readonly url: string;
  /** The user says so: then the document does not. */
  readonly isAsked: boolean;
}

/** @throws UsageError where nobody says where the service is. */
export function readBaseUrl(
  { prefix, baseUrl }: CliProgram,
  { operation }: CliCommand,
  flag: string | undefined,
  environment: Environment,
): BaseUrl {
  const variable = `${prefix}_BASE_URL`;
  const asked = flag ?? (environment[variable] || undefined);
  const url = asked ?? baseUrl ?? operation.server;
  if (url === undefined) throw new UsageError(`Where is the service? Say it with --base-url, or in ${variable}.`);
  try {
    baseOf(url);
  } catch {
    // Not as it is: a password may be in it.
    const from = flag === undefined ? variable : "--base-url";
    const rest = "without a user name, a password, a query or a fragment";
    throw new UsageError(`${from} must be an address that begins with https:// or http://, ${rest}.`);
  }
  return { url, isAsked: asked !== undefined };
}

/** @throws UsageError where anybody on the way could read what is sent. */
export function demandHttps(
  { operation, security }: CliCommand,
  { url, isAsked }: BaseUrl,
  { sources }: Credentials,
): void {
  const { href, host } = new URL((isAsked ? undefined : operation.server) ?? url, url);
  const isSent = security.flat().some((key) => sources.has(key));
  if (!isSent || !PLAIN.test(href)) return;
  throw new UsageError(
    `All on the way to http://${host} could read the credential: take https://, or allow it with --allow-plain-http.`,
  );
}
