/** Which codec of the runtime serializes a parameter. */
import type { ParameterLocation, ParameterModel, ParameterStyle, SchemaModel } from "../model.js";
import { identifier, type Literal } from "./literal.js";
import type { ModuleImports } from "./module.js";

/** For texts and lists of texts: small. */
const plain: Readonly<Record<string, string>> = {
  "query form": "form",
  "path simple": "segment",
  "header simple": "simple",
};

const json: Readonly<Record<ParameterLocation, string>> = {
  query: "jsonQuery",
  path: "jsonSegment",
  header: "jsonHeader",
  cookie: "jsonCookie",
};

/** For any flat value, by style; `simple` and `form` mean something else in each location. */
const table: Readonly<Record<string, string>> = {
  "query form": "formAny",
  "path simple": "segmentAny",
  "header simple": "simpleAny",
  "cookie form": "cookie",
};

/** `form`, `deepObject`, … as an imported value. */
export function styleCodec(parameter: ParameterModel, imports: ModuleImports): Literal {
  const { in: location, style, allowReserved, isJson, schema } = parameter;
  const key = `${location} ${style}`;
  // No header has a way to write the comma of an item: the other codec finds it.
  const isSmall = isPlain(schema) && !(location === "header" && schema.type === "array");
  const small = isJson || allowReserved || !isSmall ? undefined : plain[key];
  if (small !== undefined) return identifier(imports.value(small, "runtime/style"));
  const name = isJson ? json[location] : allowReserved && key === "query form" ? "formReserved" : (table[key] ?? style);
  return identifier(imports.value(name, "runtime/style-table"));
}

/** The codec of a property of a form that has a style of its own: that of a query. */
export function encodingCodec(style: ParameterStyle, allowReserved: boolean, imports: ModuleImports): Literal {
  const name = style === "form" ? (allowReserved ? "formReserved" : "formAny") : style;
  return identifier(imports.value(name, "runtime/style-table"));
}

/** A text, a number, a boolean, or an array of such; no text that a Date may stand for, or bytes be taken for. */
function isPlain({ type, format, items, more }: SchemaModel): boolean {
  if (format?.startsWith("date") || more.isBinary) return false;
  if (type === "array") return items !== undefined && items.type !== "array" && isPlain(items);
  return type !== undefined && type !== "object" && type !== "null";
}
