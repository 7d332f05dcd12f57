/** One document of several files, by Redocly. */
import type { Document, NormalizedProblem } from "@redocly/openapi-core";
import type { Diagnostic } from "./diagnostics.js";
import type { GuardedResolver } from "./guarded-resolver.js";
import type { Json } from "./model.js";
import { componentReference, get, getObject, pointerTokens } from "./openapi.js";
import { childPointer } from "./place.js";
import type { Origin } from "./plain-data.js";
import type { ToPlace } from "./read-findings.js";
import type { References } from "./references.js";

/** What Redocly calls the versions of OpenAPI. */
export type RedoclyVersion = "oas3_0" | "oas3_1" | "oas3_2";

/** A document with all that it refers to in other files. */
interface Bundle {
  readonly document: Document;
  readonly origins: ReadonlyMap<object, Origin>;
  readonly findings: readonly Diagnostic[];
}

/** Draws in what the document refers to; what Redocly makes of that is set right. */
export async function bundleOf(
  root: string,
  version: RedoclyVersion,
  resolver: GuardedResolver,
  { externalExamples, literals }: References,
  toPlace: ToPlace,
): Promise<Bundle> {
  const { bundleDocument, Config, getTypes } = await import("@redocly/openapi-core");
  const { bundle, problems } = await bundleDocument({
    document: await resolver.resolveDocument(null, root, true),
    config: new Config({}),
    types: getTypes(version),
    externalRefResolver: resolver,
  });
  dropExternalValues(resolver.origins, externalExamples);
  restoreLiterals(resolver.origins, literals);
  cutCircles(bundle.parsed);
  escapeReferences(bundle.parsed as Json);
  // Errors were found before, with better places; what is left are schemas that had to be renamed.
  const findings = problems.filter(({ severity }) => severity === "warn").map((problem) => renamed(problem, toPlace));
  return { document: bundle, origins: resolver.origins, findings };
}

function renamed({ message, location: [location] }: NormalizedProblem, toPlace: ToPlace): Diagnostic {
  return { code: "name-changed", severity: "warning", message, ...(location ? toPlace(location) : {}) };
}

/** An `externalValue` that could not be drawn in would be followed by openapi-typescript, wherever it leads. */
function dropExternalValues(origins: ReadonlyMap<object, Origin>, examples: ReadonlySet<string>): void {
  for (const [node, origin] of origins) {
    if (examples.has(absolutePointer(origin))) Reflect.deleteProperty(node, "externalValue");
  }
}

/** Redocly draws in what data seems to refer to, be it the data's own surroundings. */
function restoreLiterals(origins: ReadonlyMap<object, Origin>, literals: References["literals"]): void {
  if (literals.size === 0) return;
  for (const [node, origin] of origins) {
    const literal = literals.get(absolutePointer(origin));
    if (literal === undefined) continue;
    for (const key of Object.keys(node)) Reflect.deleteProperty(node, key);
    Object.assign(node, literal);
  }
}

/** What was drawn in where no component can be, and contains itself, as the path item of a callback may: a reference ends it. */
function cutCircles(document: unknown): void {
  const open = new Map<unknown, string>();
  const seen = new Set<unknown>();
  const visit = (node: unknown, pointer: string): void => {
    if (typeof node !== "object" || node === null || seen.has(node)) return;
    seen.add(node);
    open.set(node, pointer);
    for (const [key, value] of Object.entries(node)) {
      const start = open.get(value);
      if (start === undefined) visit(value, childPointer(pointer, key));
      else Reflect.set(node, key, { $ref: start.replaceAll("%", "%25") });
    }
    open.delete(node);
  };
  visit(document, "#/");
}

/** As Redocly spells it, which adds no slash behind an empty key. */
function absolutePointer({ source, pointer }: Origin): string {
  return source.absoluteRef + (pointer === "#/" ? "" : pointer.replace(/\/{2,}/g, "/"));
}

/** Redocly names a component by the end of a pointer as it was written, and refers to it so; but a reference is decoded. */
function escapeReferences(document: Json): void {
  const components = get(document, "components");
  const escaped = (reference: Json): string | undefined => {
    if (typeof reference !== "string" || !/^#\/components\/[^/]+\/[^/]*[~%][^/]*$/.test(reference)) return undefined;
    const [group = "", written = ""] = reference.split("/").slice(2);
    const [, , decoded = ""] = pointerTokens(reference);
    const members = getObject(components, group) ?? {};
    const isMeant = Object.hasOwn(members, written) && (written === decoded || !Object.hasOwn(members, decoded));
    return isMeant ? componentReference(group, written) : undefined;
  };
  const seen = new Set<Json>();
  const visit = (node: Json, isMapping: boolean): void => {
    if (typeof node !== "object" || node === null || seen.has(node)) return;
    seen.add(node);
    for (const [key, value] of Object.entries(node)) {
      const reference = isMapping || key === "$ref" ? escaped(value) : undefined;
      if (reference !== undefined) Reflect.set(node, key, reference);
      else visit(value, key === "mapping");
    }
  };
  visit(document, false);
}
