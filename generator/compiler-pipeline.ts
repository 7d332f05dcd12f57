/** The stages that need TypeScript's compiler, and nothing of the others: together they take as long as all of those. */
import type { Bindings } from "./bindings/assembly.js";
import { makeBindings } from "./bindings.js";
import { type Normalized, normalize } from "./normalize.js";
import type { JsonObject } from "./openapi.js";

export { loadCompilers } from "./bindings.js";
export { checkStatements } from "./check-statements.js";

/** The types of a document, and how it was read for them. */
export interface Types extends Bindings, Pick<Normalized, "findings"> {}

/** Throws `bindings-failed`, `output-unsafe`. */
export function makeTypes(document: JsonObject, file: string): Types {
  const { findings, ...source } = normalize(document);
  return { findings, ...makeBindings(source, file) };
}
