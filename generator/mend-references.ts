/** References to what is no component: it becomes one, so that all that follow have to know one kind of reference. */
import { documentObject, schemaObject } from "./coverage-table.js";
import type { ObjectType } from "./grammar.js";
import type { Json } from "./model.js";
import {
  asPointer,
  child,
  componentReference,
  freeName,
  getObject,
  type JsonObject,
  pointerTokens,
  valueUnder,
} from "./openapi.js";

/** What is to be a component, too. */
export interface Adopted {
  readonly type: ObjectType;
  readonly group: string;
  readonly name: string;
  /** The keys on the way to where it was written. */
  readonly from: readonly string[];
}

/** The components that a document gets. */
export interface Adoption {
  /** The reference to write in place of one to what `type` describes; the same where that is good, or leads nowhere. */
  readonly referenceTo: (reference: string, type: ObjectType) => string;
  /** More may come while these are worked on. */
  readonly adopted: Iterable<Adopted>;
}

/** Finds names for what references lead to, in the order in which they are asked for. */
export function startAdoption(document: JsonObject): Adoption {
  const adopted: Adopted[] = [];
  const references = new Map<string, string>();
  const taken = new Map<string, Set<string>>();
  const nameIn = (group: string, wanted: string): string => {
    const names = taken.get(group) ?? new Set(Object.keys(getObject(getObject(document, "components"), group) ?? {}));
    const name = freeName(wanted, names);
    taken.set(group, names.add(name));
    return name;
  };
  return {
    adopted,
    referenceTo: (reference, type) => {
      const { group } = type;
      const from = pointerTokens(asPointer(document, reference) ?? "");
      if (group === undefined || isAnywhere(from, type)) return reference;
      // Percent signs may be written in more than one way.
      if (isComponent(from, group)) return componentReference(group, from[2] ?? "");
      const key = `${group} ${from.reduce(child, "#")}`;
      const known = references.get(key);
      if (known !== undefined || valueUnder(document, from) === undefined) return known ?? reference;
      // Where somebody has a folder of his own for them, the last key is the name; openapi-typescript needs one.
      const name = nameIn(group, (from.length === 2 ? from[1] : from.join("/")) || "empty");
      adopted.push({ type, group, name, from });
      references.set(key, componentReference(group, name));
      return componentReference(group, name);
    },
  };
}

/** A schema may be referred to wherever the specification has one: types and checks are made of it there. */
function isAnywhere([root]: readonly string[], type: ObjectType): boolean {
  return root === undefined || (type === schemaObject && documentObject.fields.has(root));
}

function isComponent([root, kind, ...rest]: readonly string[], group: string): boolean {
  return root === "components" && kind === group && rest.length === 1;
}

/** The document with more members in the groups of its components. */
export function withComponents(
  document: JsonObject,
  added: ReadonlyMap<string, ReadonlyMap<string, Json>>,
): JsonObject {
  if (added.size === 0) return document;
  const components = getObject(document, "components") ?? {};
  const groups = Array.from(added, ([group, members]): readonly [string, Json] => [
    group,
    Object.fromEntries([...Object.entries(getObject(components, group) ?? {}), ...members]),
  ]);
  return { ...document, components: { ...components, ...Object.fromEntries(groups) } };
}
