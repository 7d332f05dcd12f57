/** What the references of schemas lead to: a schema with a name of its own, whatever they were written like. */
import type { Json } from "../model.js";
import {
  asPointer,
  child,
  componentReference,
  freeName,
  getObject,
  getString,
  isObject,
  type JsonObject,
  pointerTokens,
  valueAt,
} from "../openapi.js";
import { type Path, pathOf } from "./path.js";

/** A schema with a name. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: Json;
  readonly path: Path | undefined;
}

/** The schemas that references of a document lead to. */
export interface References {
  /** The schema that a reference names, through `$anchor` too; undefined where there is none. */
  readonly target: (reference: string) => NamedSchema | undefined;
  /** Whether what stands beside a reference counts: not in OpenAPI 3.0 (4.7.24.1). */
  readonly hasSiblings: boolean;
  /** Those of `components/schemas`, in their order. */
  readonly own: readonly NamedSchema[];
}

/**
 * A schema somewhere else than in `components/schemas` gets a name, too: openapi-typescript would make a type of its
 * pointer, which is right only where no array, union or optional property is on the way.
 */
export function referencesOf(document: JsonObject): References {
  const schemas = getObject(getObject(document, "components"), "schemas") ?? {};
  const components = { parent: undefined, key: "components" };
  const own = Object.entries(schemas).map(
    ([name, schema]): NamedSchema => ({
      name,
      schema,
      path: { parent: { parent: components, key: "schemas" }, key: name },
    }),
  );
  const byName = new Map(own.map((component) => [component.name, component]));
  const byReference = new Map<string, NamedSchema | undefined>();

  const find = (reference: string): NamedSchema | undefined => {
    const written = asPointer(document, reference);
    if (written === undefined) return undefined;
    const [root, kind, first, ...rest] = pointerTokens(written);
    const pointer = pointerTokens(written).reduce(child, "#");
    if (pointer !== reference) return target(pointer);
    const isComponent = root === "components" && kind === "schemas" && first !== undefined && first !== "";
    if (isComponent && rest.length === 0) return byName.get(first);
    const schema = valueAt(document, pointer);
    if (schema === undefined) return undefined;
    const tokens = isComponent ? [first, ...rest] : [root, kind, first, ...rest];
    const name = freeName(tokens.join("/") || "empty", byName);
    const found = { name, schema, path: pathOf(pointer) };
    byName.set(name, found);
    return found;
  };

  const target = (reference: string): NamedSchema | undefined => {
    if (!byReference.has(reference)) byReference.set(reference, find(reference));
    return byReference.get(reference);
  };
  return { own, target, hasSiblings: !getString(document, "openapi")?.startsWith("3.0") };
}

/** The reference that a schema is, with `$dynamicRef` read as one to its first anchor (JSON Schema 2020-12, core, 8.2.3.2). */
export function referenceIn(schema: Json): string | undefined {
  return getString(schema, "$ref") ?? getString(schema, "$dynamicRef");
}

/** A reference to the schema of this name. */
export function referenceTo(name: string): string {
  return componentReference("schemas", name);
}

/** What a schema is, behind all its references. */
export function behind(references: References, schema: Json): JsonObject | undefined {
  const seen = new Set<string>();
  let current: Json | undefined = schema;
  for (;;) {
    if (!isObject(current)) return undefined;
    const reference = referenceIn(current);
    if (reference === undefined) return current;
    if (seen.has(reference)) return undefined;
    seen.add(reference);
    current = references.target(reference)?.schema;
  }
}
