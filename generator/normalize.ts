/** Stage: the document as openapi-typescript is to see it. The given document is never changed. */
import type { Json } from "./model.js";
import { findCycles } from "./normalize/cycles.js";
import { discriminatorsOf } from "./normalize/discriminators.js";
import { mapSchemas, type View } from "./normalize/document.js";
import { withValues } from "./normalize/forms.js";
import { type Finding, takeNotes } from "./normalize/notes.js";
import { normalizeOperations } from "./normalize/operations.js";
import { normalizeParameters } from "./normalize/parameters.js";
import type { Path } from "./normalize/path.js";
import { referencesOf } from "./normalize/references.js";
import { declarationOf } from "./normalize/required.js";
import { schemaChanger } from "./normalize/schema.js";
import { type Knowledge, whole } from "./normalize/scope.js";
import { survey } from "./normalize/survey.js";
import { viewsOf } from "./normalize/views.js";
import { freeName, getObject, getString, type JsonObject } from "./openapi.js";

/** Plain data: the next stage may run elsewhere. */
export interface Normalized {
  readonly document: JsonObject;
  /** Schemas that contain themselves through arrays, by the names of the aliases that their types need. */
  readonly aliases: Readonly<Record<string, string>>;
  /** How the document was read where it is not as the specification has it. */
  readonly findings: readonly Finding[];
}

/**
 * Schemas are put into forms of which openapi-typescript makes the type that is meant. What is received and what is sent
 * are told apart: a schema with `readOnly`, `writeOnly` or binary properties gets a name for each. Operations have the
 * parameters that are inputs, each once.
 */
export function normalize(document: JsonObject): Normalized {
  const references = referencesOf(document);
  const known = survey(document, references);
  const views = viewsOf(known);
  const cycles = findCycles(known.components);
  const notes = takeNotes();
  const aliases = aliasesOf(
    views.all.filter(({ component }) => cycles.recursive.has(component.name)).map(({ key }) => key),
  );
  const knowledge: Knowledge = {
    dialect: getString(document, "openapi")?.startsWith("3.0") ? "3.0" : "3.1",
    references,
    views,
    cycles,
    discriminators: discriminatorsOf(known, references),
    notes,
    hasHidden: known.hasHidden,
    aliasOf: (key) => aliases.get(key) ?? key,
  };
  const change = schemaChanger(knowledge);
  const inPlace = (schema: Json, path: Path, view: View): JsonObject =>
    change(schema, path, whole(view, undefined, "inside")) ?? {};
  const changed = mapSchemas(document, inPlace);
  const schemas = Object.fromEntries(
    views.all.map(({ key, component, view }) => {
      const { name, schema, path } = component;
      const result = change(schema, path ?? root, whole(view, name, "direct")) ?? {};
      const values = [...knowledge.discriminators.of(name)].filter(
        ([property]) => declarationOf(references, schema, property, view) !== "hidden",
      );
      return [key, values.reduce((all, [property, these]) => withValues(all, property, these), result)];
    }),
  );
  const components = { ...getObject(changed, "components"), ...(views.all.length > 0 ? { schemas } : {}) };
  const complete = Object.keys(components).length > 0 ? { ...changed, components } : changed;
  return {
    document: normalizeOperations(normalizeParameters(complete)),
    aliases: Object.fromEntries([...aliases].map(([key, alias]) => [alias, key])),
    findings: notes.findings(),
  };
}

const root: Path = { parent: undefined, key: "components" };

/** Names of types, by the names of schemas. */
function aliasesOf(keys: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    keys.map((key) => {
      const alias = freeName(`Recursive_${/^\w+$/.test(key) ? key : "schema"}`, taken);
      taken.add(alias);
      return [key, alias];
    }),
  );
}
