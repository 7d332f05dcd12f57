/** Parameters (OpenAPI 3.1, 4.8.12), with their defaults filled in, and whether the runtime can send them. */
import type { Context } from "./build-context.js";
import type { Json, ParameterLocation, ParameterModel, ParameterStyle, SchemaModel, SchemaType } from "./model.js";
import {
  child,
  get,
  getObject,
  getString,
  isFieldName,
  type JsonObject,
  jsonContent,
  type Node,
  resolve,
} from "./openapi.js";

const locations: ReadonlySet<string> = new Set(["path", "query", "header", "cookie"]);

/** What is said of one that is nowhere. */
export const noInput = "a parameter without `name`, or whose `in` is not path, query, header or cookie";

/** Defaults of `style` and `explode` (OpenAPI 3.1, 4.8.12.2). */
export function buildParameter(context: Context, node: Node): ParameterModel | undefined {
  const { value, pointer } = node;
  const name = getString(value, "name");
  const location = getString(value, "in");
  if (name === undefined || location === undefined || !locations.has(location)) {
    context.unsupported(pointer, noInput);
    return undefined;
  }
  const style = (getString(value, "style") ??
    (location === "query" || location === "cookie" ? "form" : "simple")) as ParameterStyle;
  const explode = get(value, "explode");
  const allowReserved = get(value, "allowReserved") === true;
  if (allowReserved && !(location === "query" && style === "form")) {
    const what = "`allowReserved`, it is percent-encoded";
    context.unsupported(pointer, `parameter \`${name}\`: ${what}`, `a parameter: ${what}`);
  }
  noteContent(context, node, `parameter \`${name}\``, "a parameter");
  const allowsEmpty = location === "query" && mayBeEmpty(context, node);
  const json = get(value, "schema") === undefined ? jsonContent(context.document, node) : undefined;
  const schema = context.schema(
    json ? get(json.value, "schema") : get(value, "schema"),
    child(json?.pointer ?? pointer, "schema"),
  );
  return {
    name,
    in: location as ParameterLocation,
    required: location === "path" || get(value, "required") === true,
    deprecated: get(value, "deprecated") === true,
    description: getString(value, "description") ?? schema.description,
    style,
    explode: typeof explode === "boolean" ? explode : style === "form",
    allowReserved,
    allowsEmpty,
    isJson: json !== undefined,
    schema,
    example: exampleOf(context.document, value) ?? schema.example ?? schema.items?.example,
    place: context.locate(pointer),
  };
}

/** A parameter or header has one of the two (OpenAPI 3.1, 4.8.12.2); where it has both, `schema` counts, and that is told. */
export function noteContent({ note }: Context, { value, pointer }: Node, subject: string, kind: string): void {
  const isUnused = get(value, "schema") !== undefined && Object.keys(getObject(value, "content") ?? {}).length > 0;
  const what = "`content` is not used beside `schema`";
  if (isUnused) note(child(pointer, "content"), `${subject}: ${what}`, `${kind}: ${what}`);
}

/** An empty value is an empty text: of another type there is none, which is told. */
function mayBeEmpty({ document, note }: Context, { value, pointer }: Node): boolean {
  if (get(value, "allowEmptyValue") !== true) return false;
  const type = get(resolve(document, get(value, "schema"), "")?.value, "type");
  if (type === undefined || [type].flat().includes("string")) return true;
  note(child(pointer, "allowEmptyValue"), "`allowEmptyValue`: only a text can be empty");
  return false;
}

/** The styles of each location (OpenAPI 3.1, 4.8.12.3). */
const honouredStyles: Readonly<Record<ParameterLocation, readonly ParameterStyle[]>> = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form"],
};

/** Whether the runtime can send a parameter; reports why not. */
export function isHonoured(context: Context, parameter: ParameterModel, node: Node): boolean {
  const { name, in: location, style, isJson } = parameter;
  const reasons = [
    ...(get(node.value, "schema") === undefined && !isJson ? ["neither `schema` nor `content` of JSON"] : []),
    ...(honouredStyles[location].includes(style) ? [] : [`style \`${style}\` in ${location}`]),
    ...(location === "header" && !isFieldName(name) ? ["no header can have its name"] : []),
  ];
  if (location === "cookie" && reasons.length === 0) {
    const what = "is sent outside of browsers only: they refuse the header";
    context.note(node.pointer, `cookie parameter \`${name}\` ${what}`, `a cookie parameter ${what}`);
  }
  const formless = reasons.length === 0 && !isJson ? formlessBy(parameter, get(node.value, "explode")) : undefined;
  if (formless) {
    const what = `style \`${style}\` has no form ${formless}; it is sent in one all the same`;
    context.note(child(node.pointer, "style"), `parameter \`${name}\`: ${what}`, `a parameter: ${what}`);
  }
  for (const reason of reasons) {
    const what = `is left out: ${reason}`;
    context.unsupported(node.pointer, `parameter \`${name}\` ${what}`, `a parameter ${what}`);
  }
  return reasons.length === 0;
}

/**
 * Of what the specification's table of styles has no form in the style of a parameter: "n/a" (OpenAPI 3.1, 4.8.12.4).
 * `deepObject` is understood without an `explode`, though its default is false.
 */
function formlessBy({ style, schema }: ParameterModel, explode: Json | undefined): string | undefined {
  const type = typeOf(schema);
  const ofType = `of a value of type ${type}`;
  switch (style) {
    case "deepObject":
      if (type !== undefined && type !== "object") return ofType;
      return explode === false ? "with `explode: false`" : undefined;
    case "spaceDelimited":
    case "pipeDelimited":
      if (type !== undefined && type !== "object" && type !== "array") return ofType;
      return explode === true ? "with `explode: true`" : undefined;
    default:
      return undefined;
  }
}

/** The type of a schema, or of one that it is made of. */
function typeOf({ type, more }: SchemaModel, depth = 0): SchemaType | undefined {
  if (type !== undefined || depth > 8) return type;
  return (more.allOf ?? []).map((part) => typeOf(part, depth + 1)).find((found) => found !== undefined);
}

/** The first example of a Parameter or Media Type Object, from `example` or `examples`. */
export function exampleOf(document: JsonObject, owner: JsonObject): Json | undefined {
  const single = get(owner, "example");
  if (single !== undefined) return single;
  const [first] = Object.values(getObject(owner, "examples") ?? {});
  return get(resolve(document, first, "")?.value, "value");
}
