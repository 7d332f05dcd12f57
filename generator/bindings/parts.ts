/**
 * A document in parts: openapi-typescript makes the same of each as of the whole, and its nodes, which take twenty times the
 * memory of the document, are gone before the next.
 */
import { isObject, type JsonObject } from "../openapi.js";

/** What makes the beginning of the bindings: the document without what parts are made of. */
export function frameOf({ paths: _, webhooks: __, components, ...rest }: JsonObject): JsonObject {
  if (!isObject(components)) return components === undefined ? rest : { ...rest, components };
  const others = Object.entries(components).filter(([, group]) => !isObject(group));
  return { ...rest, components: Object.fromEntries(others) };
}

/** Documents with a few paths, webhooks or components each, in the order of the whole. */
export function* partsOf({ paths, webhooks, components }: JsonObject): Generator<JsonObject, void, undefined> {
  for (const some of severalOf(paths)) yield { paths: some };
  for (const some of severalOf(webhooks)) yield { webhooks: some };
  for (const [kind, group] of isObject(components) ? Object.entries(components) : []) {
    for (const some of severalOf(group)) yield { components: { [kind]: some } };
  }
}

const SEVERAL = 16;

function* severalOf(members: JsonObject[string] | undefined): Generator<JsonObject, void, undefined> {
  const entries = isObject(members) ? Object.entries(members) : [];
  for (let index = 0; index < entries.length; index += SEVERAL) {
    yield Object.fromEntries(entries.slice(index, index + SEVERAL));
  }
}
