/** What a document says in another way than the specification asks for, and how it is read. */
import type { Diagnostic } from "../diagnostics.js";
import { type Path, pointerTo } from "./path.js";

const messages = {
  nullable31: "`nullable` is of OpenAPI 3.0; it is read as the type `null`",
  null30: "the type `null` is of OpenAPI 3.1; it is read as `nullable`",
  types30: "several types are of OpenAPI 3.1; each of them is taken",
  nullableReference: "`nullable` beside a `$ref` means nothing in OpenAPI 3.0; null is allowed all the same",
  siblings30: "what stands beside a `$ref` means nothing in OpenAPI 3.0; it is left out",
  enumNull: "`enum` has null, which `type` does not allow; null is allowed",
  enumNoNull: "`nullable` stands beside an `enum` without null; null is allowed",
  noSchema: "there is no schema here; anything is allowed",
  noType: "this is no type of JSON Schema; anything is allowed",
  otherType: "this type is written as other languages have it; what it means is taken",
  noList: "this is no list; it is left out",
  noObject: "this is no object; it is taken for an empty one",
  emptyEnum: "no value is in `enum`; it is left out",
  tuple: "`items` is a list; it is read as `prefixItems`",
  cycle: "this leads back to the schema that it is a part of; it is left out",
  dynamic: "`$dynamicRef` is read as a `$ref` to the anchor of that name",
  recursive: "`$recursiveRef` is of an older JSON Schema; it is read as a `$ref` to the schema around it",
  lost: "this reference leads nowhere; anything is allowed",
} as const;

/** A way in which a document is read as it was meant. */
export type Reading = keyof typeof messages;

/** A diagnostic whose place is only a pointer yet. */
export type Finding = Pick<Diagnostic, "code" | "severity" | "message"> & { readonly pointer: string };

/** Collects what is noticed: a way of reading is told once, with how often; a keyword, which is not honoured, at each place. */
export interface Notes {
  readonly read: (reading: Reading, path: Path) => void;
  readonly unknown: (keyword: string, path: Path) => void;
  readonly findings: () => readonly Finding[];
}

export function takeNotes(): Notes {
  const readings = new Map<Reading, Set<string>>();
  const keywords = new Map<string, Finding>();
  return {
    read: (reading, path) => {
      const pointers = readings.get(reading) ?? new Set();
      readings.set(reading, pointers.add(pointerTo(path)));
    },
    unknown: (keyword, path) => {
      const message = `\`${keyword}\` is no keyword of a schema; it is ignored`;
      const pointer = pointerTo(path);
      keywords.set(pointer, { code: "coverage-not-honoured", severity: "info", message, pointer });
    },
    findings: () => [...[...readings].map(findingOf), ...keywords.values()],
  };
}

function findingOf([reading, pointers]: readonly [Reading, ReadonlySet<string>]): Finding {
  const [pointer = "#", ...others] = pointers;
  const more = others.length > 0 ? `, here and at ${others.length} more` : "";
  return { code: "schema-read-as", severity: "warning", message: messages[reading] + more, pointer };
}
