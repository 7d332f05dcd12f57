/** What the document says of its error bodies: `x-error`. */
import type { Context } from "./build-context.js";
import type { ErrorSchemaModel, Json } from "./model.js";
import {
  child,
  get,
  getArray,
  getObject,
  getString,
  isObject,
  type JsonObject,
  resolve,
  schemaReference,
} from "./openapi.js";
import { applied } from "./schema-keywords.js";
import { followed } from "./schema-references.js";

/** Names of the properties that a schema under `components/schemas` asks for. */
export function requiredOf(schemas: JsonObject, name: string): readonly string[] {
  return getArray(getObject(schemas, name), "required").filter((key) => typeof key === "string");
}

/** `components/schemas`. */
export function componentSchemas(document: JsonObject): JsonObject {
  return getObject(getObject(document, "components"), "schemas") ?? {};
}

/** Whether a schema under `components/schemas` says what its properties mean. */
function isErrorSchema(document: JsonObject, name: string): boolean {
  return getObject(getObject(componentSchemas(document), name), "x-error") !== undefined;
}

/** The component that says what the properties of a body mean: the one that its schema refers to, or is made of. */
export function errorSchemaOf(
  document: JsonObject,
  schema: Json | undefined,
  seen: ReadonlySet<string> = new Set(),
): string | undefined {
  const name = schemaReference(schema);
  if (name !== undefined && isErrorSchema(document, name)) return name;
  const target = name === undefined || seen.has(name) ? undefined : get(componentSchemas(document), name);
  const parts = [...getArray(schema, "allOf"), ...(target === undefined ? [] : [target])];
  const before = name === undefined ? seen : new Set([...seen, name]);
  for (const part of parts) {
    const found = errorSchemaOf(document, part, before);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first of several schemas to choose from that says what its properties mean. */
export function errorChoiceOf(document: JsonObject, schema: Json | undefined): string | undefined {
  const target = resolve(document, schema, "")?.value;
  const choices = [...getArray(target, "oneOf"), ...getArray(target, "anyOf")];
  return choices.map((choice) => errorSchemaOf(document, choice)).find((name) => name !== undefined);
}

/** Every schema with `x-error`; what it says and nobody can use is told. */
export function buildErrorSchemas(context: Context): readonly ErrorSchemaModel[] {
  const { document } = context;
  return Object.entries(componentSchemas(document)).flatMap(([name, schema]) => {
    const given = get(schema, "x-error");
    if (given === undefined) return [];
    const pointer = child("#/components/schemas", name);
    if (!isObject(given)) {
      context.note(child(pointer, "x-error"), `\`x-error\` is not used: it is to be an object of ${listed}`);
      return [];
    }
    noteMembers(context, given, schema, pointer);
    const all = requiredOf(componentSchemas(document), name);
    const code = getString(given, "code");
    return [
      {
        name,
        // Services leave out what they have nothing to say in; a code that must be there says it alone.
        required: code !== undefined && all.includes(code) ? [code] : all,
        code,
        message: getString(given, "message"),
        requestId: getString(given, "requestId"),
      },
    ];
  });
}

const members: ReadonlySet<string> = new Set(["code", "message", "requestId"]);
const listed = "`code`, `message` and `requestId`";

function noteMembers({ document, note }: Context, given: JsonObject, schema: Json, pointer: string): void {
  const names = propertyNames(document, schema, pointer);
  for (const [member, property] of Object.entries(given)) {
    const place = child(child(pointer, "x-error"), member);
    if (!members.has(member)) {
      const what = `no member of \`x-error\`, which are ${listed}`;
      note(place, `\`${member}\` is ${what}`, `there is ${what}`);
    } else if (typeof property !== "string") {
      note(place, `\`${member}\` of \`x-error\` is not used: it is to be the name of a property`);
    } else if (names && !names.has(property)) {
      note(place, `\`${member}\` of \`x-error\` is no property of the schema`);
    }
  }
}

/** The names that a schema, with all that it is made of, gives to properties; undefined where there may be others. */
function propertyNames(document: JsonObject, schema: Json, pointer: string): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  const places = new Map<string, Json>([[pointer, schema]]);
  for (const [place, value] of places) {
    const isOpen = get(value, "patternProperties") !== undefined || (get(value, "additionalProperties") ?? false);
    if (isOpen) return undefined;
    for (const name of Object.keys(getObject(value, "properties") ?? {})) names.add(name);
    for (const part of applied(value, place)) {
      const target = followed(document, part.schema, part.pointer);
      if (target) places.set(target.pointer, target.schema);
    }
  }
  return names.size > 0 ? names : undefined;
}
