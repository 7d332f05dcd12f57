/** Where a key stands in a text of YAML that cannot be parsed because of it. */
import type { Json } from "./model.js";
import { child } from "./openapi.js";
import { parseYaml } from "./redocly.js";

/** A key that stands for the one that is looked for; whatever else has this name comes before it. */
const HERE = "x-specproof-here";

/**
 * The JSON Pointer of the key that begins a line, or an entry of a list on it: what comes before it is a text of its own. So
 * it is not in brackets, whose end is behind the key: undefined there.
 */
export function pointerOfKey(text: string, line: number, column: number): string | undefined {
  const lines = text.split("\n");
  const [, indent = "", key = ""] =
    /^( *(?:- +)*)("[^"]*"|'[^']*'|[^"'\s][^:]*?) *:(?:\s|$)/.exec(lines[line - 1] ?? "") ?? [];
  // The parser may count from behind a quotation mark.
  if (key === "" || column - 1 < indent.length || column - 1 > indent.length + 1) return undefined;
  try {
    const [name] = Object.keys(parseYaml(`${key}: 0`) as object);
    const before = parseYaml([...lines.slice(0, line - 1), `${indent}${HERE}: 0`].join("\n")) as Json;
    const owner = ownerOf(before, "#");
    return owner === undefined || name === undefined ? undefined : child(owner, name);
  } catch {
    return undefined;
  }
}

/** The pointer of the object that has it. An alias stands for what comes before it, and is not looked into again. */
function ownerOf(value: Json | undefined, pointer: string, seen = new Set<Json>()): string | undefined {
  if (typeof value !== "object" || value === null || seen.has(value)) return undefined;
  seen.add(value);
  if (Object.hasOwn(value, HERE)) return pointer;
  for (const [key, inner] of Object.entries(value)) {
    const owner = ownerOf(inner, child(pointer, key), seen);
    if (owner !== undefined) return owner;
  }
  return undefined;
}
