/** Comments of the bindings: openapi-typescript writes texts of the document into them as they are. */
import type ts from "typescript";
import type { Json } from "../model.js";
import type { JsonObject } from "../openapi.js";

/** Adds the comment that tells of a part of the document. */
export type AddComment = (part: JsonObject, node: ts.Node) => void;

/** What it writes of a part. */
const TEXTS = ["title", "summary", "description", "format", "default", "example"] as const;

/** The same without tags of the document: TypeScript takes what stands behind a blank for one. */
export function withoutTags(add: AddComment): AddComment {
  return (part, node) => {
    const changed = TEXTS.flatMap((key): readonly (readonly [string, Json])[] => {
      const value = part?.[key];
      const shown = value === undefined ? undefined : disarmed(value);
      return shown === undefined || shown === value ? [] : [[key, shown]];
    });
    if (Array.isArray(part?.examples)) changed.push(["examples", part.examples.map(disarmed)]);
    // Most have nothing to change, and are not copied.
    add(changed.length === 0 ? part : { ...part, ...Object.fromEntries(changed) }, node);
  };
}

/** Data as the text that it is written as, where that holds what begins a tag. */
function disarmed(value: Json): Json {
  const text = typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
  return /(?<!\S)@/.test(text) ? text.replace(/(?<!\S)@/g, "\\@") : value;
}
