/** Where in the document: put together only when somebody asks. */
import { child, pointerTokens } from "../openapi.js";

/** A place below another one; undefined is the document itself. */
export interface Path {
  readonly parent: Path | undefined;
  readonly key: string | number;
}

/** Its JSON Pointer as a URI fragment. */
export function pointerTo(path: Path | undefined): string {
  return path === undefined ? "#" : child(pointerTo(path.parent), path.key);
}

/** The place that a pointer names. */
export function pathOf(pointer: string): Path | undefined {
  return pointerTokens(pointer).reduce<Path | undefined>((parent, key) => ({ parent, key }), undefined);
}
