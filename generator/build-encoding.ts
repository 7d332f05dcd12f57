/** How the properties of a form are written (OpenAPI 3.1, 4.8.15), and what is told of what the client does not do of it. */
import type { Context } from "./build-context.js";
import { mediaTypeKind } from "./media-type.js";
import type { EncodingModel, Json, ParameterStyle, SchemaModel } from "./model.js";
import { child, get, getArray, getObject, getString, type JsonObject, type Node, resolve } from "./openapi.js";
import { familyOf } from "./schema-graph.js";

type FormKind = "urlencoded" | "multipart";

/** Of the media type `content`, whose schema is `schema`. */
export function buildEncoding(
  context: Context,
  content: Node,
  kind: FormKind,
  schema: SchemaModel | undefined,
): readonly EncodingModel[] {
  const parent = child(content.pointer, "encoding");
  const isMultipart = kind === "multipart" && !getString(context.document, "openapi")?.startsWith("3.0");
  const encoded = isMultipart ? encodedProperties(context.document, get(content.value, "schema")) : new Map();
  const written = Object.entries(getObject(content.value, "encoding") ?? {}).flatMap(([property, value]) => {
    const pointer = child(parent, property);
    const node = resolve(context.document, value, pointer);
    if (!node) return [];
    const style = getString(node.value, "style") as ParameterStyle | undefined;
    const explode = get(node.value, "explode");
    const allowReserved = get(node.value, "allowReserved") === true;
    const isStyled = style !== undefined || explode !== undefined || allowReserved;
    if (style !== undefined && !queryStyles.has(style)) {
      context.note(child(pointer, "style"), `\`style: ${style}\` is no style of a form: \`form\` is used`);
    }
    const transferEncoding: string | undefined = encoded.get(property);
    const encoding: EncodingModel = {
      property,
      contentType: getString(node.value, "contentType") ?? (transferEncoding && BYTES),
      style: isStyled ? (style !== undefined && queryStyles.has(style) ? style : "form") : undefined,
      explode: typeof explode === "boolean" ? explode : (style ?? "form") === "form",
      allowReserved,
      transferEncoding,
    };
    noteHeaders(context, node);
    noteProperty(context, pointer, encoding, kind, schema);
    return [encoding];
  });
  const others = [...encoded].filter(([name]) => written.every(({ property }) => property !== name));
  return [
    ...written,
    ...others.map(([property, transferEncoding]) => ({ ...unwritten, property, contentType: BYTES, transferEncoding })),
  ];
}

/** The media type of a part whose schema has `contentEncoding` (OpenAPI 3.1, 4.8.15.1.1). */
const BYTES = "application/octet-stream";

const unwritten = { style: undefined, explode: true, allowReserved: false } as const;

/** The properties whose texts, or whose items, encode bytes, each with how: that is the part's `Content-Transfer-Encoding`. */
function encodedProperties(document: JsonObject, schema: Json | undefined, depth = 0): ReadonlyMap<string, string> {
  const value = resolve(document, schema, "")?.value ?? {};
  // Deep enough for what is made of others; a circle has no end.
  const parts = depth < 4 ? getArray(value, "allOf") : [];
  const own = Object.entries(getObject(value, "properties") ?? {}).flatMap(([name, property]) => {
    const encoding = contentEncoding(document, property);
    return encoding === undefined ? [] : [[name, encoding] as const];
  });
  return new Map([...parts.flatMap((part) => [...encodedProperties(document, part, depth + 1)]), ...own]);
}

function contentEncoding(document: JsonObject, property: Json | undefined): string | undefined {
  const value = resolve(document, property, "")?.value ?? {};
  const item = get(value, "type") === "array" ? resolve(document, get(value, "items"), "")?.value : value;
  return getString(item ?? {}, "contentEncoding");
}

const queryStyles: ReadonlySet<string> = new Set(["form", "spaceDelimited", "pipeDelimited", "deepObject"]);

/** A caller gives the headers of a part with its value; its media type is not one of them (OpenAPI 3.1, 4.8.15.1). */
function noteHeaders({ document, note }: Context, { value, pointer }: Node): void {
  const headers: JsonObject = getObject(value, "headers") ?? {};
  for (const [name, header] of Object.entries(headers)) {
    const node = resolve(document, header, child(child(pointer, "headers"), name));
    const isLoose = get(node?.value, "schema") === undefined && get(node?.value, "content") === undefined;
    if (name.toLowerCase() === "content-type" || (isLoose && get(node?.value, "required") !== true)) continue;
    note(
      node?.pointer ?? pointer,
      `header \`${name}\` of a part is the caller's to give, with \`part\`; it is not checked`,
      "a header of a part is the caller's to give, with `part`; it is not checked",
    );
  }
}

/** What an encoding says and its property is not sent like. */
function noteProperty(
  context: Context,
  pointer: string,
  encoding: EncodingModel,
  kind: FormKind,
  schema: SchemaModel | undefined,
): void {
  const found = propertyOf(schema, encoding.property);
  const { contentType, style } = encoding;
  const tell = (place: string, what: string): void =>
    context.note(place, `the encoding of \`${encoding.property}\` ${what}`, `an encoding ${what}`);
  if (found === "none") {
    tell(pointer, "is of no property of the schema");
    return;
  }
  const isNested = found !== "open" && holdsOthers(found);
  if (kind === "multipart" && style !== undefined) {
    // Until 3.1, the specification asks to ignore them here; items that are parts of one name are what `form` would give.
    const isOld = getString(context.document, "openapi")?.startsWith("3.0");
    const isMeant = style === "form" && encoding.explode && !encoding.allowReserved && !isNested;
    if (!isOld && !isMeant) tell(pointer, "has a style: items are parts of one name all the same, objects are JSON");
  }
  if (contentType === undefined || (kind === "urlencoded" && style !== undefined)) return;
  const place = child(pointer, "contentType");
  if (isNested && mediaTypeKind(contentType) !== "json")
    tell(place, "names another media type than JSON, as which it is sent");
  else if (kind === "multipart" && /[,*]/.test(contentType))
    tell(place, "names media types to choose from: which one a value has is not checked");
}

/** The schema of a property; `none` where the schema of the form has others, and not this one; `open` where it may be. */
function propertyOf(schema: SchemaModel | undefined, name: string): SchemaModel | "none" | "open" {
  if (!schema) return "open";
  const family = [...familyOf(schema)].map(({ more }) => more);
  const properties = family.flatMap((more) => more.properties ?? []);
  const isOpen = properties.length === 0 || family.some((more) => more.patternProperties ?? more.additionalProperties);
  return properties.find((one) => one.name === name)?.schema ?? (isOpen ? "open" : "none");
}

/** An object, or a list of them. */
function holdsOthers({ type, items }: SchemaModel): boolean {
  return type === "object" || (type === "array" && items?.type === "object");
}
