/** Whether a document refers to nothing but itself, and to nothing that is not there: most do, and need no closer look. */
import { pointerKeys } from "./place.js";

/**
 * True where everything that might be a reference is a sound one within the document. Data may hold what only looks like
 * one: then it is false, and Redocly, which knows where a `$ref` is one, has to say.
 */
export function isSelfContained(document: unknown): boolean {
  const sound = new Set<string>();
  const isSound = (reference: unknown): boolean => {
    if (typeof reference !== "string") return false;
    if (!sound.has(reference) && !leadsToData(document, reference)) return false;
    sound.add(reference);
    return true;
  };
  const seen = new Set<object>();
  const visit = (node: unknown): boolean => {
    if (typeof node !== "object" || node === null || seen.has(node)) return true;
    seen.add(node);
    if (Array.isArray(node)) return node.every(visit);
    return Object.entries(node).every(([key, value]) => {
      if (key === "$ref") return isSound(value);
      if (others.has(key)) return false;
      return (key !== "discriminator" || mappingOf(value).every(isSound)) && visit(value);
    });
  };
  return visit(document);
}

/** Other ways to refer, or to give a place a name that is no pointer (OpenAPI 3.1, 4.8.19; JSON Schema 2020-12, 8). */
const others: ReadonlySet<string> = new Set([
  "externalValue",
  "operationRef",
  "$id",
  "$anchor",
  "$dynamicRef",
  "$dynamicAnchor",
  "$recursiveRef",
  "$recursiveAnchor",
]);

/** Values of `mapping` (OpenAPI 3.1, 4.8.25): references, or names. */
function mappingOf(discriminator: unknown): readonly unknown[] {
  const mapping =
    typeof discriminator === "object" && discriminator !== null && "mapping" in discriminator
      ? discriminator.mapping
      : undefined;
  return typeof mapping === "object" && mapping !== null ? Object.values(mapping) : [];
}

/** Follows a reference, and what it leads to, to something that is none. */
function leadsToData(document: unknown, start: string): boolean {
  const passed = new Set<string>();
  for (let reference = start; ; ) {
    // A percent sign is read in more than one way.
    if (!reference.startsWith("#/") || reference.includes("%") || passed.has(reference)) return false;
    passed.add(reference);
    const target = pointerKeys(reference).reduce<unknown>(
      (node, key) =>
        typeof node === "object" && node !== null && Object.hasOwn(node, key)
          ? (node as Record<string, unknown>)[key]
          : undefined,
      document,
    );
    // The whole document cannot stand within itself.
    if (typeof target !== "object" || target === null || target === document) return false;
    if (!("$ref" in target)) return true;
    if (typeof target.$ref !== "string") return false;
    reference = target.$ref;
  }
}
