/** Schemas as they are meant (JSON Schema 2020-12 and the dialect of OpenAPI 3.0). */
import { schemaObject } from "./coverage-table.js";
import { kindOf, type MendContext, withChanges } from "./mend-context.js";
import { mendValues } from "./mend-enum.js";
import type { Json } from "./model.js";
import { child, isObject, type JsonObject } from "./openapi.js";

/** Keywords whose values say more than their kind. */
export function mendSchema(context: MendContext, schema: JsonObject): JsonObject {
  const changes = new Map<string, Json | undefined>();
  for (const [keyword, mender] of menders) {
    if (!Object.hasOwn(schema, keyword)) continue;
    const before = schema[keyword] ?? null;
    const after = context.below(keyword, () => mender(context, before));
    if (after !== before) changes.set(keyword, after);
  }
  // What OpenAPI 2 had for bytes.
  if (changes.get("type") === "string" && schema.type === "file") changes.set("format", "binary");
  const current = (keyword: string): Json | undefined =>
    changes.has(keyword) ? changes.get(keyword) : Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
  const listed = current("enum");
  if (Array.isArray(listed)) {
    const values = context.below("enum", () => mendValues(context, current("type"), listed));
    if (values !== listed) changes.set("enum", values);
  }
  const constant = current("const");
  if (constant !== undefined) {
    const [value = constant] = context.below("const", () => mendValues(context, current("type"), [constant]));
    if (value !== constant) changes.set("const", value);
  }
  if (Array.isArray(schema.items)) {
    changes.set("items", undefined);
    if (schema.items.length > 0 && !Object.hasOwn(schema, "prefixItems")) {
      context.below("items", () => context.sloppy("`items` is a list: it is read as `prefixItems`"));
      context.moved("prefixItems", [...context.path, "items"]);
      changes.set("prefixItems", schema.items);
    } else {
      context.below("items", () => context.sloppy("`items` is a list: it is left out"));
    }
  }
  return withChanges(schema, changes);
}

/** What stands in `mapping` may be a reference, which is a text like any other (OpenAPI 3.1, 4.8.25). */
export function mendDiscriminator(context: MendContext, discriminator: JsonObject): JsonObject {
  const { mapping } = discriminator;
  if (!isObject(mapping)) return discriminator;
  const changes = Object.entries(mapping).flatMap(([value, reference]): readonly (readonly [string, Json])[] => {
    if (typeof reference !== "string") return [];
    const known = context.referenceTo(reference, schemaObject);
    return known === reference ? [] : [[value, known]];
  });
  return changes.length === 0
    ? discriminator
    : withChanges(discriminator, new Map([["mapping", withChanges(mapping, new Map(changes))]]));
}

type KeywordMender = (context: MendContext, value: Json) => Json | undefined;

const types: ReadonlySet<string> = new Set(["string", "integer", "number", "boolean", "array", "object", "null"]);

/** Types as other languages and older versions write them, by what is meant; in any case of letters. */
const meant: ReadonlyMap<string, string> = new Map([
  ...[...types].map((type) => [type, type] as const),
  ...["int", "int32", "int64", "long"].map((type) => [type, "integer"] as const),
  ...["float", "double", "decimal"].map((type) => [type, "number"] as const),
  ...["str", "text", "file", "date", "datetime", "date-time", "uuid"].map((type) => [type, "string"] as const),
  ...["map", "dict"].map((type) => [type, "object"] as const),
  ["bool", "boolean"],
  ["list", "array"],
]);

function typeName(context: MendContext, value: Json): Json | undefined {
  if (typeof value === "string" && types.has(value)) return value;
  if (value === null) {
    context.sloppy('`type` is null: it is read as "null"');
    return "null";
  }
  const name = typeof value === "string" ? meant.get(value.toLowerCase()) : undefined;
  if (name === undefined) {
    const shown = typeof value === "string" ? JSON.stringify(value) : kindOf(value);
    context.leftOut(`\`type\` is left out: ${shown} is no type`, "`type` is left out: it is no type");
    return undefined;
  }
  context.sloppy(`\`type\` is ${JSON.stringify(value)}: it is read as "${name}"`);
  return name;
}

const bound: KeywordMender = (context, value) => {
  if (typeof value === "number" || typeof value === "boolean") return value;
  const [keyword] = context.path.slice(-1);
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
  if (Number.isFinite(number)) {
    context.sloppy(`\`${keyword}\` is a text: it is read as ${number}`);
    return number;
  }
  context.leftOut(`\`${keyword}\` is left out: it is ${kindOf(value)}, not a number`);
  return undefined;
};

const menders: ReadonlyMap<string, KeywordMender> = new Map<string, KeywordMender>([
  [
    "type",
    (context, value) => {
      if (!Array.isArray(value)) return typeName(context, value);
      const names = value.map((item: Json, index) => context.below(index, () => typeName(context, item)));
      if (names.every((name, index) => name === value[index]) && names.length > 0) return value;
      const known = names.filter((name) => name !== undefined);
      return known.length === 0 || known.length < names.length ? undefined : known;
    },
  ],
  [
    "enum",
    (context, value) => {
      if (Array.isArray(value) && value.length > 0) return value;
      if (Array.isArray(value) || value === null) context.sloppy(`\`enum\` is ${kindOf(value)}: it is left out`);
      else context.leftOut(`\`enum\` is left out: it is ${kindOf(value)}, not a list`);
      return undefined;
    },
  ],
  [
    "required",
    (context, value) => {
      if (Array.isArray(value)) {
        const names = value.filter((name) => typeof name === "string");
        if (names.length === value.length) return value;
        context.leftOut("`required` of a schema has what is no name: that is left out");
        return names.length > 0 ? names : undefined;
      }
      if (typeof value === "string") {
        context.sloppy("`required` is a text: it is read as a list of one");
        return [value];
      }
      if (value === null || value === false) {
        context.sloppy(`\`required\` of a schema is ${value === false ? "false" : kindOf(value)}: it is left out`);
      } else {
        context.leftOut(`\`required\` of a schema is left out: it is ${kindOf(value)}, not a list of properties`);
      }
      return undefined;
    },
  ],
  // True is an empty schema, and false is what none matches (JSON Schema 2020-12, core 4.3.2): openapi-typescript needs it so.
  ["allOf", (_, value) => (Array.isArray(value) && value.some(isFlag) ? value.map(asObject) : value)],
  [
    "$defs",
    (_, value) =>
      isObject(value) && Object.values(value).some(isFlag)
        ? Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, asObject(schema)]))
        : value,
  ],
  ["exclusiveMinimum", bound],
  ["exclusiveMaximum", bound],
]);

function isFlag(schema: Json): boolean {
  return typeof schema === "boolean";
}

function asObject(schema: Json): Json {
  return schema === true ? {} : schema === false ? { not: {} } : schema;
}

/** Pointers by reference (`#name`) of all that has `$anchor` (JSON Schema 2020-12, core 8.2.2); the first of a name counts. */
export function anchorsOf(document: JsonObject): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (value: Json, pointer: string): void => {
    if (typeof value !== "object" || value === null) return;
    if (isObject(value) && typeof value.$anchor === "string" && Object.hasOwn(value, "$anchor")) {
      const reference = `#${value.$anchor}`;
      if (!found.has(reference)) found.set(reference, pointer);
    }
    for (const [key, entry] of Object.entries(value)) visit(entry, child(pointer, key));
  };
  visit(document, "#");
  return found;
}
