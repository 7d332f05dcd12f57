/** The values of `format` that a client checks (OpenAPI 3.1, 4.4; JSON Schema 2020-12, validation, 7.3). */
import type { SchemaType } from "./model.js";

/** The type that has the format, and the check of the runtime. */
export interface Format {
  readonly type: SchemaType;
  readonly check: string;
  readonly module: "date" | "format";
}

/** Those with a short, sharp definition: no good value breaks it. */
export const checkedFormats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ["date", { type: "string", check: "dateFormat", module: "date" }],
  ["date-time", { type: "string", check: "dateTimeFormat", module: "date" }],
  ["time", { type: "string", check: "timeFormat", module: "date" }],
  ["uuid", { type: "string", check: "uuidFormat", module: "format" }],
  ["ipv4", { type: "string", check: "ipv4Format", module: "format" }],
  ["ipv6", { type: "string", check: "ipv6Format", module: "format" }],
  ["email", { type: "string", check: "emailFormat", module: "format" }],
  ["uri", { type: "string", check: "uriFormat", module: "format" }],
  ["byte", { type: "string", check: "byteFormat", module: "format" }],
  ["uri-template", { type: "string", check: "uriTemplateFormat", module: "format" }],
  ["int32", { type: "integer", check: "int32Format", module: "format" }],
  ["int64", { type: "integer", check: "int64Format", module: "format" }],
]);

/** Those that say how a value is kept or shown, and forbid none. */
export const freeFormats: ReadonlySet<string> = new Set(["binary", "password", "float", "double"]);
