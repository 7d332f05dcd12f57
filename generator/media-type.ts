/** Media types (RFC 9110, 8.3): what a body is, decided from its type; from its schema only where the type leaves it open. */
import type { RequestBodyModel } from "./model.js";

/** How the body of a response is read. */
export type ResponseKind =
  | "json"
  | "text"
  | "binary"
  /** Server-sent events, whose `data` is JSON or text. */
  | "json-events"
  | "text-events"
  /** JSON Lines: a value a line. */
  | "json-lines"
  /** JSON text sequences (RFC 7464). */
  | "json-sequence";

/** What a schema says of a value, as far as a media type that leaves it open is concerned. */
export type ValueKind = "nothing" | "bytes" | "text" | "data";

/** Lower case, without parameters. */
export function essenceOf(mediaType: string): string {
  return mediaType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** Whether it stands for several, e.g. `image/*`. */
export function isRange(mediaType: string): boolean {
  return mediaType.includes("*");
}

/** Whether a caller is to say which media type a body has. */
export function needsContentType({ content }: RequestBodyModel): boolean {
  return content.length > 1 || content.some(({ mediaType }) => isRange(mediaType));
}

/** How a body of this media type is written; one whose parts have no names is bytes. */
export function requestKind(mediaType: string): "json" | "urlencoded" | "multipart" | "text" | "binary" {
  const essence = essenceOf(mediaType);
  if (essence === "application/x-www-form-urlencoded") return "urlencoded";
  if (essence === "multipart/form-data") return "multipart";
  return mediaTypeKind(mediaType);
}

/** How a body of this media type is read. */
export function mediaTypeKind(mediaType: string): "json" | "text" | "binary" {
  const essence = essenceOf(mediaType);
  if (/[/+]json$/.test(essence)) return "json";
  if (essence.startsWith("text/") || /[/+](x-)?(xml|yaml)$/.test(essence)) return "text";
  return "binary";
}

const jsonLines = /^application\/((x-)?(ndjson|jsonl|json-?lines)|stream\+json)$/;

/** How a response is read; `value` is what its schema says. */
export function responseKind(mediaType: string, value: ValueKind): ResponseKind {
  const essence = essenceOf(mediaType);
  if (essence === "text/event-stream") return value === "data" ? "json-events" : "text-events";
  if (jsonLines.test(essence)) return "json-lines";
  if (/^application\/([\w.-]+\+)?json-seq$/.test(essence)) return "json-sequence";
  // A range that holds JSON, text and files alike.
  if (/^(\*|application)\/\*$/.test(essence)) {
    if (value === "data") return "json";
    return value === "text" ? "text" : "binary";
  }
  return mediaTypeKind(essence);
}
