/** The stages that need a compiler, and nothing of the others: together they take as long as all of those. */
import type { Bindings } from "./bindings/assembly.js";
import { makeBindings } from "./bindings.js";
import type { BindingsIndex } from "./bindings-index.js";
import { type Normalized, normalize } from "./normalize.js";
import type { JsonObject } from "./openapi.js";
import { readBindings } from "./read-bindings.js";

export { loadCompilers } from "./bindings.js";
export { writeStructures } from "./morph.js";

/** The types of a document as text and as they are read again, and how it was read for them. */
export interface Types extends Pick<Bindings, "text">, Pick<Normalized, "findings"> {
  readonly index: BindingsIndex;
}

/** Throws `bindings-failed`, `output-unsafe`. */
export function makeTypes(document: JsonObject, file: string): Types {
  const { findings, ...source } = normalize(document);
  const { text, operations } = makeBindings(source, file);
  return { findings, text, index: readBindings(operations) };
}
