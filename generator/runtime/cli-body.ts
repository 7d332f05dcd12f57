/** The body of a request, from the command line, from files, or from the standard input. */
import { openAsBlob } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { arrayBuffer } from "node:stream/consumers";
import type { CliBodyRequest } from "./cli-arguments.js";
import type { CliBody, CliContent, CliField, CliSource } from "./cli-program.js";
import { anyFlag, fileFlag, wordsOf } from "./cli-readers.js";
import { reasonOf } from "./cli-reason.js";
import { UsageError } from "./cli-usage.js";
import { holds } from "./content.js";

/** What `body` and `contentType` of the input are; absent where nothing is given. */
export async function readBody(
  body: CliBody,
  { contentType, text, fields }: CliBodyRequest,
  input: () => NodeJS.ReadableStream,
): Promise<{ readonly body?: unknown; readonly contentType?: string }> {
  const type = contentType === undefined ? {} : { contentType };
  const content = contentOf(body, contentType);
  if (text === undefined && fields.length === 0) return type;
  const whole = text === undefined ? {} : await readWhole(content, sourceOf(text, input));
  if (fields.length === 0) return { ...type, body: whole };
  if (!content.fields) throw new UsageError(`${content.mediaType} has no fields; --body gives it whole.`);
  if (Object(whole) !== whole || Array.isArray(whole)) throw new UsageError("--body must be a JSON object.");
  return { ...type, body: { ...(whole as object), ...(await readFields(content, fields)) } };
}

/** The one that is asked for; a range such as `image/*` holds many. */
function contentOf({ contents }: CliBody, asked: string | undefined): CliContent {
  if (asked === undefined) return contents[0];
  const found = contents.find(({ mediaType }) => holds(mediaType, asked));
  if (found) return found;
  const all = contents.map(({ mediaType }) => mediaType).join(", ");
  throw new UsageError(`--content-type must be one of ${all}, not "${asked}".`);
}

async function readWhole({ read }: CliContent, source: CliSource): Promise<unknown> {
  const value = await read.parse(source);
  if (value !== undefined) return value;
  if (read.label === "@file") throw new UsageError("--body must be @file, or - for the standard input.");
  throw new UsageError(`--body is no JSON${source.file === undefined ? "; a file is written --body @file" : ""}.`);
}

function sourceOf(text: string, input: () => NodeJS.ReadableStream): CliSource {
  if (text === "-") {
    const bytes = async () => new Blob([await arrayBuffer(input())]);
    return { file: "-", bytes, text: async () => withoutMark(await (await bytes()).text()) };
  }
  if (!text.startsWith("@")) return { bytes: async () => new Blob([text]), text: async () => text };
  const file = text.slice(1);
  return {
    file,
    bytes: () => orUsage(file, blobOf),
    text: async () => withoutMark(await orUsage(file, textOf)),
  };
}

/** JSON may not begin with a byte order mark (RFC 8259, 8.1), and files of some editors do. */
const withoutMark = (text: string): string => text.replace(/^\uFEFF/, "");

const textOf = (file: string): Promise<string> => readFile(file, "utf8");

/** Of a pipe, nobody knows the length before its end. */
async function blobOf(file: string): Promise<Blob> {
  return (await stat(file)).isFile() ? openAsBlob(file) : new Blob([await readFile(file)]);
}

/** A file that cannot be read is the user's to mend. */
async function orUsage<T>(file: string, read: (file: string) => Promise<T>): Promise<T> {
  try {
    return await read(file);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
}

async function readFields(content: CliContent, pairs: readonly string[]): Promise<object> {
  const values = new Map<string, unknown>();
  for (const pair of pairs) {
    const [, name, text = ""] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined) throw new UsageError(`--field must be name=value or name=@file, not "${pair}".`);
    const field = content.fields?.find((one) => one.name === name);
    const value = await readField(name, field, text, content.isMultipart === true);
    const before = values.get(name);
    values.set(name, field?.isList ? [...((before as unknown[] | undefined) ?? []), value] : value);
  }
  return Object.fromEntries(values);
}

/** A text that begins with `@` is a file; one that is to begin with it has two. */
async function readField(
  name: string,
  field: CliField | undefined,
  text: string,
  isMultipart: boolean,
): Promise<unknown> {
  const { read = isMultipart ? fileFlag : anyFlag } = field ?? {};
  const isFile = /^@(?!@)/.test(text);
  const file = text.slice(1);
  if (isFile && read === fileFlag) return new File([await orUsage(file, blobOf)], basename(file));
  const given = isFile ? await orUsage(file, textOf) : text.replace(/^@@/, "@");
  const value = read.parse(given);
  if (value === undefined) throw new UsageError(`--field ${name} must be ${wordsOf(read)}, not "${text}".`);
  return value;
}
