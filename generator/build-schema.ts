/** Schemas, as far as they are checked and documented (JSON Schema 2020-12 and the dialect of OpenAPI 3.0). */
import type { Json, SchemaModel, SchemaType } from "./model.js";
import {
  child,
  get,
  getArray,
  getNumber,
  getString,
  isObject,
  type JsonObject,
  resolve,
  schemaReference,
} from "./openapi.js";

/** Keywords that say something about a value and are neither checked nor sent. */
const notHonoured = [
  "pattern",
  "multipleOf",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "uniqueItems",
  "const",
  "allOf",
  "anyOf",
  "oneOf",
  "not",
] as const;

const types: ReadonlySet<string> = new Set(["string", "integer", "number", "boolean", "array", "object", "null"]);

/** A reader of schemas of one document; `note` is told each keyword that is not honoured, once a place. */
export function schemaReader(
  document: JsonObject,
  note: (pointer: string, message: string) => void,
): (schema: Json | undefined, pointer: string) => SchemaModel {
  const noted = new Set<string>();

  const read = (schema: Json | undefined, pointer: string, depth: number): SchemaModel => {
    const node = resolve(document, schema, pointer);
    const value = node?.value ?? {};
    const place = node?.pointer ?? pointer;
    for (const keyword of notHonoured) {
      const at = child(place, keyword);
      if (!(keyword in value) || noted.has(at)) continue;
      noted.add(at);
      note(at, `\`${keyword}\` is not checked before sending`);
    }
    const named = [get(value, "type")].flat().filter((type): type is SchemaType => types.has(String(type)));
    const [type = named[0], ...more] = named.filter((name) => name !== "null");
    const items = get(value, "items");
    const values = get(value, "enum");
    return {
      ref: schemaReference(schema),
      type: more.length > 0 ? undefined : type,
      nullable: named.includes("null") || get(value, "nullable") === true,
      format: getString(value, "format"),
      description: getString(schema, "description") ?? getString(value, "description"),
      enum: Array.isArray(values) ? values : undefined,
      default: get(value, "default"),
      example: get(value, "example") ?? getArray(value, "examples")[0],
      minLength: getNumber(value, "minLength"),
      maxLength: getNumber(value, "maxLength"),
      minimum: getNumber(value, "minimum"),
      maximum: getNumber(value, "maximum"),
      minItems: getNumber(value, "minItems"),
      maxItems: getNumber(value, "maxItems"),
      // Deep enough for the items of a parameter; a recursive schema ends here.
      items: isObject(items) && depth < 4 ? read(items, child(place, "items"), depth + 1) : undefined,
    };
  };
  return (schema, pointer) => read(schema, pointer, 0);
}
