/** Bodies of requests that are one value (OpenAPI 3.1, 4.8.13): JSON, text, bytes. */
import type { Body, Encoding, Parts, Report, Style, Written } from "./descriptor.js";
import { jsonText } from "./json.js";
import { isObject } from "./json-value.js";
import { own } from "./own.js";

/** What can be sent as it is. A stream is sent once: its request is neither repeated nor redirected. */
export type BinaryBody = Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;

/** openapi-fetch is not to write it once more. */
export const setBody = (parts: Parts, body: Body): void => {
  parts.body = body;
  parts.bodySerializer = (written) => written;
};

/** Puts a body in its place; `otherwise` is its media type where neither an input nor the contract names one. */
export const putBody = (parts: Parts, body: Body, mediaType: string | undefined, otherwise: string): void => {
  setBody(parts, body);
  if (!parts.headers.has("content-type")) {
    parts.headers.set("content-type", mediaType && !mediaType.includes("*") ? mediaType : otherwise);
  }
};

/** `application/json` and `+json`. A Date is its ISO 8601 text. */
export const jsonBody: Style = ({ mediaType }, value, report, parts) => {
  const text = jsonText(value, report);
  if (text !== undefined) putBody(parts, text, mediaType, "application/json");
};

/** Text of any subtype, XML too: sent as UTF-8; a Date is its ISO 8601 text. What holds others has no text. */
export const textBody: Style = ({ mediaType }, value, report, parts) => {
  const text = value instanceof Date ? value.toJSON() : value;
  if (/^(string|number|bigint|boolean)$/.test(typeof text)) putBody(parts, `${text}`, mediaType, "text/plain");
  else report("", "type", "a text", value);
};

/**
 * Bytes. The media type of a Blob stands in for a range such as `image/*`; where it is that of the contract, its parameters
 * go along, the boundary of parts that the caller wrote among them (a Blob has all of its type in lower case).
 */
export const binaryBody: Style = ({ mediaType }, value, report, parts) => {
  const isStream = value instanceof ReadableStream;
  if (!isStream && !isBytes(value) && typeof value !== "string") {
    return report("", "type", "bytes: a Blob, a buffer or a stream", value);
  }
  const own = value instanceof Blob ? value.type : "";
  const isSame = own.split(";", 1)[0]?.trim() === mediaType?.toLowerCase();
  putBody(parts, value, isSame ? own : mediaType, own || "application/octet-stream");
  // Fetch asks for it: the answer may come before the stream has ended (WHATWG Fetch, RequestInit).
  if (isStream) parts.duplex = "half";
};

/** What a Blob can be made of, or is. */
export const isBytes = (value: unknown): value is Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer> =>
  value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);

/** A property of a form, with a report of its own. */
export interface Field {
  readonly name: string;
  readonly value: unknown;
  readonly report: Report;
}

/** The properties of the object that a form is; none, after a report, for anything else: FormData, a Map and a Blob have theirs within. */
export const fieldsOf = (form: unknown, report: Report): readonly Field[] => {
  if (!isObject(form)) {
    report("", "type", "object", form);
    return [];
  }
  return Object.entries(form).map(([name, value]) => {
    const place = `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    return { name, value, report: (pointer, ...facts) => report(place + pointer, ...facts) };
  });
};

/** What a form's own encoding says of a property. */
export const encodingOf = (encoding: Written["encoding"], name: string): Encoding | undefined =>
  own(encoding, name) as Encoding | undefined;
