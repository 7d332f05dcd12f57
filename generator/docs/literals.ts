/** Encoders for the code samples: the only way a string of the document enters one. */
import type { Json } from "../model.js";

/** A TypeScript expression for a value of JSON, on one line. */
export function literal(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return objectLiteral(Object.entries(value).map(([key, item]) => [key, literal(item)]));
  // JSON allows the two line separators of Unicode in a string; a `//` comment or an old reader does not.
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (separator) => `\\u${separator.charCodeAt(0).toString(16)}`);
}

/** `{ key: expression, … }`; an expression is TypeScript already. */
export function objectLiteral(entries: readonly (readonly [key: string, expression: string])[]): string {
  return entries.length === 0 ? "{}" : `{ ${entries.map(property).join(", ")} }`;
}

/** One property of an object literal. */
export function property([key, expression]: readonly [key: string, expression: string]): string {
  return `${propertyName(key)}: ${expression}`;
}

/** `__proto__` as a plain or quoted key would set the prototype (ECMA-262, B.3.1); computed, it is a property. */
function propertyName(key: string): string {
  if (key === "__proto__") return `["__proto__"]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : literal(key);
}

/** One word of a POSIX shell: inside single quotes nothing is special but the quote itself (POSIX.1, 2.2.2). */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A header value, as far as one can be: control characters end a line or an argument, and no header carries them. */
export function headerText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed.
  return text.replace(/[\u0000-\u001f\u007f]+/g, " ").trim();
}
