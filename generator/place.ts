/** Places for people: a location of Redocly's as file, line, column and pointer. */
import { relative, sep } from "node:path";
import type { LocationObject } from "@redocly/openapi-core";
import type { Place } from "./diagnostics.js";
import { JsonSource } from "./json-source.js";
import { getLineColLocation, isAbsoluteUrl, Source } from "./redocly.js";
import { belowEmptyKeys } from "./yaml-tree.js";

/** `absolute` as a user would write it from `cwd`: the same on every system. An address stays as it is. */
export function displayPath(absolute: string, cwd: string): string {
  if (isAbsoluteUrl(absolute)) return absolute;
  return (relative(cwd, absolute) || ".").split(sep).join("/");
}

/** The place of a location; a pointer that is not in the file gets the line of its nearest parent that is. */
export function placeOf(location: LocationObject, cwd: string): Place {
  const file = displayPath(location.source.absoluteRef, cwd);
  if (location.pointer === undefined) {
    return { file, line: location.start.line, column: location.start.col };
  }
  if (location.source instanceof JsonSource) {
    const found = location.source.placeOf(pointerKeys(location.pointer), Boolean(location.reportOnKey));
    if (found) return { file, ...found, pointer: location.pointer === "#/" ? "#" : location.pointer };
  }
  const [source, keys] = belowEmptyKeys(location.source, pointerKeys(location.pointer));
  // Redocly decodes percent signs of a pointer, which a JSON Pointer does not have.
  const pointer = keys.reduce<string>(childPointer, "#/").replaceAll("%", "%25");
  const { start } = located({ ...location, source, pointer });
  return { file, line: start.line, column: start.col, pointer: location.pointer === "#/" ? "#" : location.pointer };
}

/** The parser that Redocly looks for places with breaks at bytes (`!!binary`): then it is given the text without tags. */
function located(location: Parameters<typeof getLineColLocation>[0]): ReturnType<typeof getLineColLocation> {
  try {
    return getLineColLocation(location);
  } catch {
    const { absoluteRef, body } = location.source;
    const untagged = body.replace(/(?<![^\s,[{])![^\s,[\]{}]*/g, (tag) => " ".repeat(tag.length));
    return getLineColLocation({ ...location, source: new Source(absoluteRef, untagged) });
  }
}

/** A place that is looked for when it is read: everything has one, and few are told. */
export function lazyPlace(find: () => Place): Place {
  let found: Place | undefined;
  const get = <Key extends keyof Place>(key: Key): Place[Key] => {
    found ??= find();
    return found[key];
  };
  const place: Partial<Record<keyof Place, unknown>> = {
    get file() {
      return get("file");
    },
    get line() {
      return get("line");
    },
    get column() {
      return get("column");
    },
    get pointer() {
      return get("pointer");
    },
  };
  return place as Place;
}

/** The keys of a JSON Pointer (RFC 6901) written as a URI fragment or without `#`. */
export function pointerKeys(pointer: string): readonly string[] {
  const text = pointer.replace(/^#/, "");
  if (text === "" || text === "/") return [];
  return text
    .slice(1)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** `pointer` one key deeper, in Redocly's spelling, where `#/` is the whole. */
export function childPointer(pointer: string, key: string | number): string {
  const token = String(key);
  const escaped = /[~/]/.test(token) ? token.replaceAll("~", "~0").replaceAll("/", "~1") : token;
  return pointer === "#/" ? `#/${escaped}` : `${pointer}/${escaped}`;
}
