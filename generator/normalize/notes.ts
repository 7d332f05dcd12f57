/** What a document says in a way of which no type can be made as it stands, and how it is read. */
import type { Diagnostic } from "../diagnostics.js";
import { type Path, pointerTo } from "./path.js";

const messages = {
  nullableReference: "`nullable` beside a `$ref` means nothing in OpenAPI 3.0; null is allowed all the same",
  enumNull: "`enum` has null, which `type` does not allow; null is allowed",
  constNull: "`const` is null, which `type` does not allow; null is allowed",
  typeNull: "`type` has null, which `enum` or `const` does not allow; null is not allowed",
  enumNoNull: "`nullable` stands beside an `enum` without null; null is allowed",
  cycle: "this leads back to the schema that it is a part of; it is left out",
  dynamic: "`$dynamicRef` is read as a `$ref` to the anchor of that name",
  recursive: "`$recursiveRef` is of an older JSON Schema; it is read as a `$ref` to the schema around it",
  lost: "this reference leads nowhere; anything is allowed",
} as const;

/** A way in which a document is read as it was meant. */
export type Reading = keyof typeof messages;

/** A diagnostic whose place is only a pointer yet. */
export type Finding = Pick<Diagnostic, "code" | "severity" | "message"> & { readonly pointer: string };

/** Collects what is noticed, once a place: a schema is looked at for each of its views. */
export interface Notes {
  readonly read: (reading: Reading, path: Path) => void;
  readonly findings: () => readonly Finding[];
}

/** None yet. */
export function takeNotes(): Notes {
  const findings = new Map<string, Finding>();
  return {
    read: (reading, path) => {
      const pointer = pointerTo(path);
      const message = messages[reading];
      findings.set(`${message} ${pointer}`, { code: "spec-mended", severity: "warning", message, pointer });
    },
    findings: () => [...findings.values()],
  };
}
