/** What the specification has at a place, whatever a document has there; no stage, used by several. */
import { documentObject, schemaObject } from "./coverage-table.js";
import { any, type ObjectType, object, type Shape, withArticle } from "./grammar.js";
import { child, get, getObject, type JsonObject, pointerTokens, resolve, valueUnder } from "./openapi.js";

/** The kind of value that belongs under these keys; undefined where the specification does not say, as in an extension. */
export function shapeAt(keys: readonly string[]): Shape | undefined {
  return keys.reduce<Shape | undefined>(
    shapeBelow,
    object(() => documentObject),
  );
}

function shapeBelow(shape: Shape | undefined, key: string): Shape | undefined {
  switch (shape?.kind) {
    case "object": {
      const { fields, other } = shape.type();
      if (loose.has(key) && fields.get(key)?.shape.kind === "any") return undefined;
      return (fields.get(key) ?? (key.startsWith("x-") ? undefined : other?.(key)))?.shape;
    }
    case "map":
    case "list":
      return shape.of;
    default:
      // What is below data is data.
      return shape && any;
  }
}

/** What the table does not look into, though schemas may lie there. */
const loose: ReadonlySet<string> = new Set(["callbacks", "unevaluatedItems", "unevaluatedProperties"]);

/** What a schema's reference leads to. */
export type SchemaTarget =
  /** A schema, as far as the place tells: to be left as it is. */
  | { readonly kind: "schema" }
  /** Something else, which is named; `reference` leads to the one schema that it has. */
  | { readonly kind: "other"; readonly name: string; readonly reference: string | undefined };

/** Whether `reference` leads to a schema: the place says so, not what stands there. */
export function schemaTarget(document: JsonObject, reference: string): SchemaTarget {
  if (/^#\/components\/schemas\/[^/]+$/.test(reference) || !reference.startsWith("#/")) return { kind: "schema" };
  const keys = pointerTokens(reference);
  const shape = shapeAt(keys);
  if (shape === undefined || valueUnder(document, keys) === undefined) return { kind: "schema" };
  const type = shape.kind === "object" ? shape.type() : undefined;
  if (type === schemaObject) return { kind: "schema" };
  const [found, ...more] = type ? schemasOf(document, reference, type) : [];
  const name = type ? `${withArticle(type)}, not to a schema` : "no schema";
  return { kind: "other", name, reference: more.length === 0 ? found : undefined };
}

/** References to the schemas that a Response, Request Body, Media Type, Parameter or Header Object has. */
function schemasOf(document: JsonObject, reference: string, { fields }: ObjectType): readonly string[] {
  const node = resolve(document, { $ref: reference }, "");
  if (!node) return [];
  const own = fields.has("schema") ? schemaOf(node.value, node.pointer) : [];
  const content = fields.has("content") ? (getObject(node.value, "content") ?? {}) : {};
  const inner = Object.entries(content).flatMap(([mediaType, value]) => {
    // A reference has its percent signs encoded.
    const pointer = child(child(node.pointer, "content"), mediaType.replaceAll("%", "%25"));
    const media = resolve(document, value, pointer);
    return media ? schemaOf(media.value, media.pointer) : [];
  });
  return [...own, ...inner];
}

function schemaOf(owner: JsonObject, pointer: string): readonly string[] {
  return get(owner, "schema") === undefined ? [] : [child(pointer, "schema")];
}
