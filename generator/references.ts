/** Finds references that lead nowhere or out, with Redocly's knowledge of where a `$ref` is one and where it is data. */
import type { Document, LocationObject, Oas3Visitor, SpecVersion } from "@redocly/openapi-core";
import { culpritOf, type Written } from "./culprit.js";
import type { Diagnostic, Place } from "./diagnostics.js";
import { findFileCircles, ownValue } from "./file-circles.js";
import type { GuardedResolver } from "./guarded-resolver.js";
import { isSelfContained } from "./local-references.js";
import { childPointer, pointerKeys } from "./place.js";
import type { Origin } from "./plain-data.js";
import { referenceFinding, type ToPlace } from "./read-findings.js";
import type { Source } from "./redocly.js";

/** What a document refers to. */
export interface References {
  /** True if anything lies in another file, or is written as if it did. */
  readonly external: boolean;
  /** Where Example Objects name their value by `externalValue`: absolute pointers, as `absolutePointer` gives them. */
  readonly externalExamples: ReadonlySet<string>;
  /** Data that only looks like a reference, by absolute pointers: bundling is to leave it. */
  readonly literals: ReadonlyMap<string, object>;
  readonly findings: readonly Diagnostic[];
}

/** Follows every reference of the document, through all its files. */
export async function checkReferences(
  document: Document,
  version: SpecVersion,
  resolver: GuardedResolver,
  toPlace: ToPlace,
): Promise<References> {
  const nothing = { external: false, externalExamples: new Set<string>(), literals: new Map<string, object>() };
  if (isSelfContained(document.parsed)) return { ...nothing, findings: [] };
  const circles = findCircles(document);
  if (circles.length > 0) {
    const findings = circles.map(({ message, location }) => circleFinding(message, location, toPlace));
    return { ...nothing, findings };
  }
  const { Config, getTypes, normalizeTypes, normalizeVisitors, resolveDocument, walkDocument } = await import(
    "@redocly/openapi-core"
  );
  const config = new Config({});
  const types = normalizeTypes(getTypes(version), config);
  const rootType = types.Root;
  if (rootType === undefined) throw new Error(`Redocly knows no root of ${version}`);

  const findings: (Diagnostic | Promise<Diagnostic>)[] = [];
  const lost = async (start: Written, error: Error | undefined): Promise<Diagnostic> => {
    const { reference, location } = await culpritOf(start, resolver);
    return referenceFinding(reference, error, toPlace(location), toPlace);
  };
  const { externalExamples, literals } = nothing;
  let { external } = nothing;
  const visitor: Oas3Visitor = {
    ref: {
      enter(reference, { location, parent, key, type }, { node, location: target, error }) {
        const { $ref } = reference;
        // Redocly makes a reference of a discriminator's mapping, which is text in the file.
        const at = typeof parent?.[key] === "string" ? location : location.child("$ref");
        const isWithin = $ref.startsWith("#") || target?.source === location.source;
        if (valueTypes.has(type.name) && (node === undefined || isWithin)) {
          literals.set(location.absolutePointer, { ...reference });
          if (isWithin) return;
          const finding = referenceFinding($ref, error, toPlace(at), toPlace);
          findings.push({ ...finding, severity: "warning", message: `${finding.message} It is taken as data.` });
          return;
        }
        external ||= !$ref.startsWith("#");
        if (node === undefined) findings.push(lost({ reference: $ref, location: at }, error));
        // In a schema anything is allowed there, which can be said.
        else if (node === document.parsed && type.name !== "Schema") {
          findings.push(wholeFinding($ref, toPlace(at)));
        }
      },
    },
    Example: {
      enter({ externalValue }, { location, resolve }) {
        if (typeof externalValue !== "string") return;
        external = true;
        externalExamples.add(location.absolutePointer);
        const { node, error } = resolve({ $ref: externalValue });
        if (node !== undefined) return;
        // An example elsewhere is documentation: a client can do without it.
        const place = toPlace(location.child("externalValue"));
        const finding = referenceFinding(externalValue, error, place, toPlace);
        findings.push({ ...finding, severity: "warning", message: `${finding.message} The example is left out.` });
      },
    },
  };
  const input = { rootDocument: document, rootType, externalRefResolver: resolver };
  const resolvedRefMap = await resolveDocument(input).catch((error: unknown) => {
    if (!(error instanceof Error && error.message.startsWith("Self-referencing"))) throw error;
    return undefined;
  });
  if (resolvedRefMap === undefined) {
    const found = await findFileCircles(document, resolver);
    return { ...nothing, external: true, findings: fileCircleFindings(found, document.source, toPlace) };
  }
  walkDocument({
    document,
    rootType,
    normalizedVisitors: normalizeVisitors([{ ruleId: "references", severity: "error", visitor }], types),
    resolvedRefMap,
    ctx: { problems: [], specVersion: version, config, visitorsData: {} },
  });
  return { external, externalExamples, literals, findings: distinct(await Promise.all(findings)) };
}

/**
 * What Redocly takes an extension for, and a place of the specification that holds a value: an example may draw in a file,
 * as many do, but else a `$ref` is no more than a key there.
 */
const valueTypes: ReadonlySet<string> = new Set(["SpecExtension", "scalar"]);

function wholeFinding(reference: string, place: Place): Diagnostic {
  const subject = reference === "" ? "An empty `$ref`" : `\`${reference}\``;
  const message = `${subject} leads to the whole document, which cannot stand here.`;
  const cause = "A reference leads to its file as a whole where no pointer into it follows.";
  const fix = "Write the pointer to what is meant, such as `#/components/responses/NotFound`.";
  return { code: "ref-unresolved", severity: "error", message, cause, fix, ...place };
}

function circleFinding(message: string, location: LocationObject, toPlace: ToPlace): Diagnostic {
  return { code: "ref-unresolved", severity: "error", message, ...toPlace(location) };
}

function fileCircleFindings(
  circles: readonly (readonly Origin[])[],
  root: Source,
  toPlace: ToPlace,
): readonly Diagnostic[] {
  const findings = circles.flatMap((places) => {
    const [first] = places;
    if (!first) return [];
    const [name, ...others] = places.map((origin) => {
      const { file, pointer } = toPlace(origin);
      return `\`${file}${pointer === "#" ? "" : pointer}\``;
    });
    const location = { source: first.source, pointer: childPointer(first.pointer, "$ref") };
    return [circleFinding(`${name} leads back to itself${wayOf(others)}.`, location, toPlace)];
  });
  if (findings.length > 0) return findings;
  const location = { source: root, pointer: "#/" };
  return [circleFinding("A `$ref` leads, through other files, back to itself.", location, toPlace)];
}

function wayOf(others: readonly string[]): string {
  return others.length > 0 ? `, by way of ${others.join(", ")}` : "";
}

interface Circle {
  readonly message: string;
  readonly location: LocationObject;
}

/** References within a file that lead only to each other, each circle once: Redocly does not come back from them. */
function findCircles({ source, parsed }: Document): readonly Circle[] {
  const circles: Circle[] = [];
  const visited = new Set<unknown>();
  const followed = new Set<unknown>();
  const follow = (start: object, startPointer: string): void => {
    const passed = new Map<unknown, string>();
    let node: unknown = start;
    let pointer = startPointer;
    while (typeof node === "object" && node !== null && "$ref" in node && !followed.has(node)) {
      const { $ref } = node;
      if (typeof $ref !== "string" || !$ref.startsWith("#/")) return;
      followed.add(node);
      passed.set(node, pointer);
      pointer = $ref;
      node = pointerKeys($ref).reduce(ownValue, parsed);
    }
    if (!passed.has(node)) return;
    const [first, ...others] = [...passed.values()].slice([...passed.keys()].indexOf(node));
    const way = wayOf(others.map((other) => `\`${other}\``));
    const location = { source, pointer: childPointer(first ?? "#/", "$ref") };
    circles.push({ message: `\`${first}\` leads back to itself${way}.`, location });
  };
  const visit = (node: unknown, pointer: string): void => {
    if (typeof node !== "object" || node === null || visited.has(node)) return;
    visited.add(node);
    follow(node, pointer);
    for (const [key, value] of Object.entries(node)) visit(value, childPointer(pointer, key));
  };
  visit(parsed, "#/");
  return circles;
}

/** Several references may meet the same broken file. */
function distinct(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
