/** Encoders for the code samples: beside the one encoder of literals, what a shell and a header need. */
import { propertyKey } from "../emit/literal.js";

/** `{ key: expression, … }`; an expression is TypeScript already. */
export function objectLiteral(entries: readonly (readonly [key: string, expression: string])[]): string {
  return entries.length === 0 ? "{}" : `{ ${entries.map(property).join(", ")} }`;
}

/** One property of an object literal. */
export function property([key, expression]: readonly [key: string, expression: string]): string {
  return `${propertyKey(key)}: ${expression}`;
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
