/** Schemas (JSON Schema 2020-12, and the dialect of OpenAPI 3.0) as a graph: each place of the document is read once. */
import { annotationsOf, keywordsOf } from "./build-keywords.js";
import type { Json, SchemaModel } from "./model.js";
import { child, get, getArray, getString, isObject, type JsonObject } from "./openapi.js";
import { appliesTo, besideReference, followed, soleSchema } from "./schema-references.js";

/** A reader of the schemas of one document. */
export interface SchemaReader {
  readonly read: (schema: Json | undefined, pointer: string) => SchemaModel;
  /** What something refers to, in the order in which it was found. */
  readonly shared: () => readonly SchemaModel[];
}

/** `note` is told each keyword that is not honoured, once a place. */
export function schemaReader(
  document: JsonObject,
  note: (pointer: string, message: string, construct?: string) => void,
): SchemaReader {
  const made = new Map<string, SchemaModel>();
  // Schemas of other values, too deep to be read at once: a chain of references may be as long as the document.
  const pending = new Map<string, Json | undefined>();
  let depth = 0;
  const shared = new Set<SchemaModel>();

  const at = (schema: Json | undefined, pointer: string, place = placed): SchemaModel => {
    const reference = getString(schema, "$ref");
    if (reference === undefined || !isObject(schema)) return place(schema, pointer);
    const beside = besideReference(document, schema);
    if (beside) return place({ ...beside, allOf: [...getArray(beside, "allOf"), { $ref: reference }] }, pointer);
    const target = followed(document, schema, pointer);
    if (!target) {
      note(child(pointer, "$ref"), "the reference leads to no schema: any value is taken");
      return place({}, pointer);
    }
    const model = at(target.schema, target.pointer, place);
    shared.add(model);
    return model;
  };

  const placed = (schema: Json | undefined, pointer: string): SchemaModel => {
    const known = made.get(pointer);
    if (known && !pending.delete(pointer)) return known;
    // Known before it is read: it may refer to itself.
    const model = known ?? annotationsOf(isObject(schema) ? schema : {}, pointer);
    made.set(pointer, model);
    depth += 1;
    Object.assign(model, built(schema, pointer));
    depth -= 1;
    return model;
  };

  const placedLater = (schema: Json | undefined, pointer: string): SchemaModel => {
    if (depth < MOST_DEPTH || made.has(pointer)) return made.get(pointer) ?? placed(schema, pointer);
    const model = annotationsOf(isObject(schema) ? schema : {}, pointer);
    made.set(pointer, model);
    pending.set(pointer, schema);
    return model;
  };

  const ofAnother = (schema: Json, pointer: string): SchemaModel => at(schema, pointer, placedLater);

  const built = (schema: Json | undefined, pointer: string): SchemaModel => {
    if (schema === false) return { ...annotationsOf({}, pointer), more: { isNever: true } };
    if (schema !== undefined && schema !== true && !isObject(schema)) {
      note(pointer, "it is no schema: any value is taken");
    }
    const value = isObject(schema) ? schema : {};
    return standIn(value, pointer) ?? keywordsOf(value, pointer, { document, note, at: ofAnother, sameValue });
  };

  /** For a schema that says no more than another: that one, or a reference to it. */
  const standIn = (value: JsonObject, pointer: string): SchemaModel | undefined => {
    const sole = soleSchema(document, value, pointer);
    if (!sole) return undefined;
    const own = annotationsOf(value, pointer);
    const inner = sameValue(sole.schema, sole.pointer, pointer, sole.keyword);
    if (!inner) return own;
    const nullable = sole.admitsNull || get(value, "nullable") === true;
    // An object is emitted once, and referred to.
    if (getString(sole.schema, "$ref") !== undefined && !isScalar(inner)) {
      return { ...own, nullable, more: { allOf: [inner] } };
    }
    return {
      ...inner,
      pointer,
      ref: own.ref,
      nullable: nullable || inner.nullable,
      description: own.description ?? inner.description,
      default: own.default ?? inner.default,
      example: own.example ?? inner.example,
    };
  };

  /** A schema that is applied to the same value; none where that would go on without end. */
  const sameValue = (schema: Json, pointer: string, owner: string, keyword: string): SchemaModel | undefined => {
    if (depth > 2 * MOST_DEPTH) {
      note(pointer, "it is a part of a part, and so on, too often: it is not checked");
      return undefined;
    }
    const target = getString(schema, "$ref") === undefined ? undefined : followed(document, schema, pointer);
    if (!target || !appliesTo(document, target, owner, keyword === "allOf")) return at(schema, pointer);
    note(pointer, "it refers to the schema that it is part of: it is not checked");
    return undefined;
  };

  return {
    read: (schema, pointer) => {
      const model = at(schema, pointer);
      for (const [place, waiting] of pending) placed(waiting, place);
      const description = getString(schema, "description") ?? model.description;
      return description === model.description ? model : { ...model, description };
    },
    shared: () => [...shared],
  };
}

/** How many schemas may be read within each other. */
const MOST_DEPTH = 100;

function isScalar({ type }: SchemaModel): boolean {
  return type !== undefined && type !== "array" && type !== "object" && type !== "null";
}
