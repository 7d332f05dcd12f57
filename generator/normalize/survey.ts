/** One look at every schema, before any is changed: what it refers to, and what makes its views differ. */
import type { Json } from "../model.js";
import { getArray, getObject, getString, isBinary, isObject, type JsonObject } from "../openapi.js";
import { mapSchemas, type View } from "./document.js";
import { marksOf } from "./marks.js";
import { type NamedSchema, type References, referenceIn, referenceTo } from "./references.js";
import { asksLess } from "./required.js";

/** What makes a view differ from another one; `default`: of a property that is required, though not in what is sent. */
export type Mark = "readOnly" | "writeOnly" | "binary" | "default";

/** A named schema, and the names that it mentions. */
export interface Component extends NamedSchema {
  /** All of them. */
  readonly mentions: ReadonlySet<string>;
  /** Those that it is made of: by `allOf`, or as a mere reference. */
  readonly parts: ReadonlySet<string>;
  /** Those that it may be: by `oneOf` and `anyOf`. */
  readonly alternatives: ReadonlySet<string>;
  /** Those that it is an array of, at whatever depth of arrays and unions. */
  readonly lists: ReadonlySet<string>;
  readonly marks: ReadonlySet<Mark>;
}

/** A Discriminator Object (OpenAPI 3.1, 4.8.25) and what it chooses from. */
export interface Discriminator {
  readonly property: string;
  /** The component that it stands in. */
  readonly base: string | undefined;
  /** The components that it names by `oneOf` or `anyOf`. */
  readonly members: readonly string[];
  /** Values by the names of components. */
  readonly mapping: ReadonlyMap<string, readonly string[]>;
}

/** What there is to know of a document's schemas. */
export interface Survey {
  /** Those of `components/schemas`, then what references lead to elsewhere. */
  readonly components: ReadonlyMap<string, Component>;
  /** The components that operations mention, by what they describe there. */
  readonly uses: ReadonlyMap<View, ReadonlySet<string>>;
  readonly discriminators: readonly Discriminator[];
  /** Whether any property is not in every view. */
  readonly hasHidden: boolean;
}

/** How a schema belongs to the component around it. */
type Relation = "parts" | "alternatives" | "lists" | "inside";

type Owner = {
  readonly [Key in keyof Component]: Component[Key] extends ReadonlySet<infer Item> ? Set<Item> : Component[Key];
};

/** Looks at every schema of the document, once. */
export function survey(document: JsonObject, references: References): Survey {
  const components = new Map<string, Owner>();
  const uses = new Map<View, Set<string>>();
  const discriminators: Discriminator[] = [];
  const waiting: NamedSchema[] = [];
  let hasHidden = false;

  const enter = (schema: NamedSchema): void => {
    if (components.has(schema.name)) return;
    components.set(schema.name, {
      ...schema,
      mentions: new Set(),
      parts: new Set(),
      alternatives: new Set(),
      lists: new Set(),
      marks: new Set(),
    });
    waiting.push(schema);
  };

  /** Everything below one use of a schema: of a component, or of an operation. */
  const lookInto = (root: Json, owner: Owner | undefined, use: Set<string> | undefined): void => {
    const refer = (reference: string, relation: Relation): void => {
      const target = references.target(reference);
      if (!target) return;
      enter(target);
      use?.add(target.name);
      owner?.mentions.add(target.name);
      if (relation !== "inside") owner?.[relation].add(target.name);
    };
    const mark = (property: Json): void => {
      for (const one of marksOf(references, property)) {
        hasHidden = true;
        owner?.marks.add(one);
      }
    };
    const all = (schemas: Json, relation: Relation): void => {
      if (Array.isArray(schemas)) for (const schema of schemas) look(schema, relation);
    };
    const each = (schemas: Json, visit: (schema: Json) => void): void => {
      if (isObject(schemas)) for (const schema of Object.values(schemas)) visit(schema);
    };
    const look = (schema: Json, relation: Relation): void => {
      if (!isObject(schema)) return;
      const list = relation === "inside" ? "inside" : "lists";
      // By what is there: most schemas are small.
      for (const keyword of Object.keys(schema)) {
        const value = schema[keyword] as Json;
        switch (keyword) {
          case "$ref":
          case "$dynamicRef":
            if (typeof value === "string") refer(value, relation);
            break;
          case "$recursiveRef":
            if (owner) refer(referenceTo(owner.name), relation);
            break;
          case "allOf":
            all(value, relation);
            if (asksLess(references, schema)) owner?.marks.add("default");
            break;
          case "required":
            if (asksLess(references, schema)) owner?.marks.add("default");
            break;
          case "oneOf":
          case "anyOf":
            all(value, relation === "parts" ? "alternatives" : relation);
            break;
          case "items":
          case "prefixItems":
            if (Array.isArray(value)) all(value, list);
            else look(value, list);
            break;
          case "properties":
            each(value, (property) => {
              mark(property);
              look(property, "inside");
            });
            break;
          case "patternProperties":
            each(value, (other) => look(other, "inside"));
            break;
          case "additionalProperties":
            look(value, "inside");
            break;
          case "format":
          case "contentMediaType":
          case "type":
            if (keyword === "contentMediaType" || value === "binary" || value === "file") {
              if (isBinary(schema)) owner?.marks.add("binary");
            }
            break;
          case "discriminator":
            discriminators.push(
              ...readDiscriminator(schema, references, relation === "parts" ? owner?.name : undefined),
            );
            break;
        }
      }
    };
    look(root, "parts");
  };

  for (const component of references.own) enter(component);
  mapSchemas(document, (schema, _, view) => {
    const use = uses.get(view) ?? new Set();
    uses.set(view, use);
    lookInto(schema, undefined, use);
    return schema;
  });
  // It grows while it is worked on.
  for (const { name, schema } of waiting) lookInto(schema, components.get(name), undefined);
  return { components, uses, discriminators, hasHidden };
}

function readDiscriminator(
  schema: JsonObject,
  references: References,
  base: string | undefined,
): readonly Discriminator[] {
  const discriminator = getObject(schema, "discriminator");
  const property = getString(discriminator, "propertyName");
  if (property === undefined) return [];
  const nameOf = (reference: string): string | undefined => references.target(reference)?.name;
  const members = ["oneOf", "anyOf"]
    .flatMap((keyword) => getArray(schema, keyword))
    .flatMap((member) => nameOf(referenceIn(member) ?? "") ?? []);
  const mapping = new Map<string, string[]>();
  for (const [value, written] of Object.entries(getObject(discriminator, "mapping") ?? {})) {
    if (typeof written !== "string") continue;
    const name = nameOf(written) ?? nameOf(referenceTo(written));
    if (name !== undefined) mapping.set(name, [...(mapping.get(name) ?? []), value]);
  }
  return [{ property, base, members, mapping }];
}
