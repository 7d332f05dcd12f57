/** Headers of a response (OpenAPI 3.1, 4.8.21), and what their texts are checked with. */
import type { Context } from "./build-context.js";
import { annotationsOf } from "./build-keywords.js";
import { noteContent } from "./build-parameter.js";
import type { HeaderModel, HeaderReading, SchemaModel } from "./model.js";
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
import { isFree, takesAnyText, withoutNull } from "./schema-graph.js";

/** All but Content-Type, which the specification ignores here; `isChecked` is false where nobody looks at their schemas. */
export function buildHeaders(context: Context, response: Node, isChecked: boolean): readonly HeaderModel[] {
  const headers = child(response.pointer, "headers");
  return Object.entries(getObject(response.value, "headers") ?? {}).map(([name, header]) => {
    const node = resolve(context.document, header, child(headers, name));
    return {
      name,
      required: get(node?.value, "required") === true,
      description: getString(node?.value, "description"),
      pointer: node?.pointer ?? headers,
      schema: isChecked && node && !isIgnored(name) ? headerSchema(context, name, node) : undefined,
    };
  });
}

function isIgnored(name: string): boolean {
  return name.toLowerCase() === "content-type";
}

/** What the text of a header is checked with; undefined where any will do, or where it is told that none is. */
function headerSchema(context: Context, name: string, node: Node): SchemaModel | undefined {
  const { value, pointer } = node;
  noteContent(context, node, `header \`${name}\``, "a header");
  const json = get(value, "schema") === undefined ? jsonContent(context.document, node) : undefined;
  const owner = json ?? node;
  const place = child(owner.pointer, "schema");
  const schema = withoutNull(context.schema(get(owner.value, "schema"), place));
  if (isFree(schema)) return undefined;
  const reading = json ? "json" : readingOf(schema);
  const reason = unusable(name, value, reading);
  if (reason) {
    const what = `is not used: ${reason}`;
    context.note(pointer, `the schema of header \`${name}\` ${what}`, `the schema of a header ${what}`);
    return undefined;
  }
  if (takesAnyText(schema)) return undefined;
  if (reading === undefined || reading === "text") return schema;
  return { ...annotationsOf({}, `${place} of a header`), more: { header: { reading, schema } } };
}

function unusable(name: string, header: JsonObject, reading: HeaderReading | undefined): string | undefined {
  if (!isFieldName(name)) return "no header can have its name";
  if ((getString(header, "style") ?? "simple") !== "simple") return "a header has no style but `simple`";
  return reading ? undefined : "it does not say which one type its text stands for";
}

/** How a text is read that stands for a value of a schema, by the style `simple`. */
function readingOf({ type, enum: values, items, more }: SchemaModel): HeaderReading | undefined {
  switch (type) {
    case "string":
      return "text";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "array": {
      // A list of lists, which may be one of itself, has no text.
      if (more.prefixItems || more.contains || items?.type === "array") return undefined;
      const item = items && !isFree(items) ? readingOf(items) : "text";
      return item && listReadings.get(item);
    }
    case undefined:
      return values?.every((value) => typeof value === "string") ? "text" : undefined;
    default:
      return undefined;
  }
}

const listReadings: ReadonlyMap<HeaderReading, HeaderReading> = new Map([
  ["text", "list"],
  ["number", "numberList"],
  ["boolean", "booleanList"],
]);

/**
 * The schema of all headers as one object, by their names in lower case; undefined where there is nothing to check.
 * Answers that have the same headers, by reference, have the same schema.
 */
export function headersSchema(headers: readonly HeaderModel[]): SchemaModel | undefined {
  const asked = headers.filter(({ name, required }) => required && isFieldName(name) && !isIgnored(name));
  const checked = headers.filter(({ schema }) => schema);
  if (asked.length === 0 && checked.length === 0) return undefined;
  const places = [...new Set([...asked, ...checked])].map(({ name, pointer }) => `${name.toLowerCase()} ${pointer}`);
  return {
    ...annotationsOf({}, `headers ${places.join(" ")}`),
    type: "object",
    more: {
      required: asked.map(({ name }) => name.toLowerCase()),
      properties: checked.flatMap(({ name, schema }) =>
        schema ? [{ name: name.toLowerCase(), schema, readOnly: false, writeOnly: false, hasDefault: false }] : [],
      ),
    },
  };
}
