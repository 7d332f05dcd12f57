/** References that lead, by way of other files, back to themselves: Redocly says that there are some, and not which. */
import type { Document } from "@redocly/openapi-core";
import type { GuardedResolver } from "./guarded-resolver.js";
import { childPointer, pointerKeys } from "./place.js";
import type { Origin } from "./plain-data.js";

interface Target extends Origin {
  readonly document: Document;
  readonly node: unknown;
}

/** The places of the objects that are no more than references to each other, circle by circle: none of them is empty. */
export async function findFileCircles(
  root: Document,
  resolver: GuardedResolver,
): Promise<readonly (readonly Origin[])[]> {
  const circles: (readonly Origin[])[] = [];
  const documents = new Set([root]);
  const followed = new Set<unknown>();
  const follow = async (start: Target): Promise<void> => {
    const passed = new Map<unknown, Origin>();
    let at: Target | undefined = start;
    while (at && !followed.has(at.node)) {
      const reference = referenceOf(at.node);
      if (reference === undefined) return;
      followed.add(at.node);
      passed.set(at.node, { source: at.source, pointer: at.pointer });
      at = await targetOf(at.document, reference, resolver);
      if (at) documents.add(at.document);
    }
    if (at && passed.has(at.node)) circles.push([...passed.values()].slice([...passed.keys()].indexOf(at.node)));
  };
  // Whatever is added meanwhile comes later.
  for (const document of documents) {
    for (const target of referencesIn(document)) await follow(target);
  }
  return circles;
}

function referencesIn(document: Document): readonly Target[] {
  const { source } = document;
  const found: Target[] = [];
  const seen = new Set<unknown>();
  const visit = (node: unknown, pointer: string): void => {
    if (typeof node !== "object" || node === null || seen.has(node)) return;
    seen.add(node);
    if (referenceOf(node) !== undefined) found.push({ document, source, pointer, node });
    for (const [key, value] of Object.entries(node)) visit(value, childPointer(pointer, key));
  };
  visit(document.parsed, "#/");
  return found;
}

function referenceOf(node: unknown): string | undefined {
  const isReference = typeof node === "object" && node !== null && Object.hasOwn(node, "$ref");
  const reference = isReference ? (node as { readonly $ref: unknown }).$ref : undefined;
  return typeof reference === "string" ? reference : undefined;
}

/** Undefined for what is not there. */
async function targetOf(from: Document, reference: string, resolver: GuardedResolver): Promise<Target | undefined> {
  const [file = "", fragment = ""] = reference.split("#", 2);
  try {
    const document = file === "" ? from : await resolver.resolveDocument(from.source.absoluteRef, file);
    const keys = pointerKeys(`#${decodeURIComponent(fragment)}`);
    const node = keys.reduce<unknown>(ownValue, document.parsed);
    return { document, source: document.source, pointer: keys.reduce<string>(childPointer, "#/"), node };
  } catch {
    return undefined;
  }
}

/** What an object has by this name itself. */
export function ownValue(parent: unknown, key: string): unknown {
  const isThere = typeof parent === "object" && parent !== null && Object.hasOwn(parent, key);
  return isThere ? (parent as Readonly<Record<string, unknown>>)[key] : undefined;
}
