/** Bodies of several parts: `multipart/form-data` (RFC 7578; OpenAPI 3.1, 4.8.14.5 and 4.8.15). */
import { encodingOf, fieldsOf, isBytes, setBody } from "./body.js";
import type { Encoding, Report, Style } from "./descriptor.js";
import { isHeaderValue } from "./header-value.js";
import { jsonText } from "./json.js";
import { isGiven } from "./style.js";

/** What a part is, beside its value. */
export interface PartOptions {
  /** Default: the name of a File; none for a text; `blob` for other bytes, which a server may take for a text without. */
  readonly filename?: string | undefined;
  /** Default: what the contract says, then the type of a Blob. */
  readonly contentType?: string | undefined;
  /** More headers of this part. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const options: unique symbol = /*@__PURE__*/ Symbol("part");

/** A value of a multipart body with a name, a media type or headers of its own. */
export interface Part<T> {
  readonly value: T;
  readonly [options]: PartOptions;
}

/** Gives a value of a multipart body a file name, a media type or headers. */
export const part = <T>(value: T, facts: PartOptions): Part<T> => ({ value, [options]: facts });

type OrPart<T> = T extends readonly (infer Item)[] ? readonly (Item | Part<Item>)[] : T | Part<T>;

/** The properties of a multipart body: each value, and each item of an array, may be a `part`. */
export type MultipartInput<T> = { readonly [Key in keyof T]: OrPart<T[Key]> };

const isPart = (value: unknown): value is Part<unknown> =>
  typeof value === "object" && value !== null && options in value;

/** What a part is of; of anything else, itself. */
export const partValue = (value: unknown): unknown => (isPart(value) ? value.value : value);

/** WHATWG HTML, 4.10.21.8, of names in a Content-Disposition. */
const quoted = (text: string): string =>
  `"${text.toWellFormed().replace(/["\r\n]/g, (character) => encodeURIComponent(character))}"`;

/** The one type of an encoding; none where it is a list or a range, which a value may choose from. */
const single = (contentType: string | undefined): string | undefined =>
  contentType && /[,*]/.test(contentType) ? undefined : contentType;

interface Content {
  /** Undefined, after a report, for what cannot be sent. */
  readonly body: BlobPart | undefined;
  readonly type: string | undefined;
  readonly filename?: string;
}

function contentOf(value: unknown, type: string | undefined, report: Report): Content {
  if (isBytes(value)) {
    const own = value instanceof Blob ? value.type : "";
    const filename = value instanceof File ? value.name : "blob";
    return { body: value, type: type ?? (own || "application/octet-stream"), filename };
  }
  const isFlat = typeof value !== "object" || value instanceof Date;
  if (!isFlat || /[/+]json/.test(type ?? ""))
    return { body: jsonText(value, report), type: type ?? "application/json" };
  return { body: value instanceof Date ? value.toJSON() : `${value}`, type };
}

/** The pieces of one part; none, after a report, for what cannot be sent. */
function partOf(name: string, item: unknown, encoding: Encoding | undefined, report: Report): readonly BlobPart[] {
  const { value, [options]: facts } = isPart(item) ? item : { value: item, [options]: {} as PartOptions };
  const content = contentOf(value, facts.contentType ?? single(encoding?.contentType), report);
  const filename = facts.filename ?? content.filename;
  const headers = Object.entries({
    ...(content.type === undefined ? {} : { "Content-Type": content.type }),
    ...(encoding?.transferEncoding === undefined || isBytes(value)
      ? {}
      : { "Content-Transfer-Encoding": encoding.transferEncoding }),
    ...facts.headers,
  });
  for (const [header, text] of headers) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(header) || !isHeaderValue(text)) report("", "header-value", "ISO-8859-1", text);
  }
  if (content.body === undefined) return [];
  return [
    `Content-Disposition: form-data; name=${quoted(name)}${filename === undefined ? "" : `; filename=${quoted(filename)}`}\r\n`,
    ...headers.map(([header, text]) => `${header}: ${text}\r\n`),
    "\r\n",
    content.body,
    "\r\n",
  ];
}

/** Each property is a part, each item of an array one of the same name. The platform makes the boundary. */
export const multipartBody: Style = ({ encoding }, value, report, parts) => {
  const type = new Response(new FormData()).headers.get("content-type") ?? "";
  const [, boundary = ""] = /boundary=(.*)/.exec(type) ?? [];
  const pieces: BlobPart[] = [];
  for (const field of fieldsOf(value, report)) {
    const isList = Array.isArray(field.value);
    const items: readonly unknown[] = isList ? field.value : [field.value];
    for (const [index, item] of items.entries()) {
      if (!isGiven(item)) continue;
      const piece = partOf(field.name, item, encodingOf(encoding, field.name), (pointer, ...facts) =>
        field.report(`${isList ? `/${index}` : ""}${pointer}`, ...facts),
      );
      if (piece.length) pieces.push(`--${boundary}\r\n`, ...piece);
    }
  }
  setBody(parts, new Blob([...pieces, `--${boundary}--\r\n`]));
  // Whoever names this media type in the input or in a header cannot know the boundary.
  parts.headers.set("content-type", type);
};
