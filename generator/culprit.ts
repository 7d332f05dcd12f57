/** Which of several references that lead to each other is the one that leads nowhere. */
import type { Document, LocationObject, Source } from "@redocly/openapi-core";
import { isObject, pointerTokens } from "./openapi.js";
import { childPointer } from "./place.js";

/** A reference and where it is written. */
export interface Written {
  readonly reference: string;
  readonly location: LocationObject & { readonly source: Source; readonly pointer: string };
}

/** What reads the files that references name; one that was read is not read again. */
interface Reader {
  readonly resolveDocument: (base: string | null, reference: string) => Promise<Document>;
}

/** The last of the references on the way from `start` that stands where the one before leads to. */
export async function culpritOf(start: Written, reader: Reader): Promise<Written> {
  let current = start;
  const passed = new Set<string>();
  for (;;) {
    const next = await behind(current, reader);
    if (!next) return current;
    const place = `${next.location.source.absoluteRef}${next.location.pointer}`;
    if (passed.has(place)) return current;
    passed.add(place);
    current = next;
  }
}

/** The reference that another one leads to; undefined where it leads to something else, or to nothing. */
async function behind({ reference, location }: Written, reader: Reader): Promise<Written | undefined> {
  if (/^#[^/]/.test(reference)) return undefined;
  const [file = "", pointer = ""] = reference.split("#/");
  const base = location.source.absoluteRef;
  const name = file.replace(/#$/, "");
  const document = await reader.resolveDocument(name === "" ? null : base, name || base).catch(() => undefined);
  if (!document) return undefined;
  const keys = pointerTokens(`#/${pointer}`);
  const target = keys.reduce<unknown>(
    (node, key) =>
      typeof node === "object" && node !== null && Object.hasOwn(node, key)
        ? (node as Readonly<Record<string, unknown>>)[key]
        : undefined,
    document.parsed,
  );
  if (!isObject(target) || typeof target.$ref !== "string") return undefined;
  const { source } = document;
  return {
    reference: target.$ref,
    location: { source, pointer: childPointer(keys.reduce(childPointer, "#/"), "$ref") },
  };
}
