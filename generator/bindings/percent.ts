/** Names with a `%`, which openapi-typescript takes for encoded ones on the way to a schema; a lonely one is none. */
import type { Json } from "../model.js";
import { isObject, type JsonObject } from "../openapi.js";

/** Puts `%` back into printed code. */
export type Restore = (text: string) => string;

/** Makes something of a document; of one where another character stands for `%` in its names, if that has to be. */
export function withPercent<T>(
  document: JsonObject,
  make: (document: JsonObject, replace: (name: string) => string, restore: Restore) => T,
): T {
  try {
    return make(
      document,
      (name) => name,
      (text) => text,
    );
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    const other = absentFrom(JSON.stringify(document));
    // The printer escapes it in string literals, and not in comments.
    const escaped = `\\u${other.charCodeAt(0).toString(16).toUpperCase()}`;
    const replace = (name: string): string => name.replaceAll("%", other);
    return make(renamed(document, replace) as JsonObject, replace, (text) =>
      text.replaceAll(escaped, "%").replaceAll(other, "%"),
    );
  }
}

/** A character of the private use area that a text does not have. */
function absentFrom(text: string): string {
  const characters = Array.from({ length: 0x1900 }, (_, index) => String.fromCharCode(0xe000 + index));
  return characters.find((character) => !text.includes(character)) ?? "\uf8ff";
}

/** Every name: of a key, of a parameter, of what is required, and of what a reference leads to. */
function renamed(value: Json, rename: (name: string) => string, key?: string): Json {
  if (typeof value === "string") {
    if (key === "$ref") return value.replaceAll("%25", rename("%"));
    return key === "name" || key === "required" ? rename(value) : value;
  }
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename, key === "required" ? key : undefined));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [rename(name), renamed(inner, rename, name)]));
}
