/** Whether what a parser made of a file is data of JSON, of a size and depth that can be worked with. */
import type { Source } from "@redocly/openapi-core";
import { childPointer } from "./place.js";

/** A parsed file that is not JSON data, and where. */
export class NotJsonError extends Error {
  readonly source: Source;
  readonly pointer: string;
  readonly fix: string | undefined;
  constructor(message: string, source: Source, pointer: string, fix?: string) {
    super(message);
    this.source = source;
    this.pointer = pointer;
    this.fix = fix;
  }
}

/** Where a node was written. */
export interface Origin {
  readonly source: Source;
  /** In Redocly's spelling: `#/` is the whole file. */
  readonly pointer: string;
}

/** The deepest that the parser of YAML goes, too. */
export const maxDepth = 100;

/** How many values the aliases of a file may add to those that are written. */
const maxAliased = 1_000_000;

/**
 * Notes where each object and list was written; of an aliased one, the first place.
 * @throws NotJsonError
 */
export function noteOrigins(parsed: unknown, source: Source, origins: Map<object, Origin>): void {
  const open = new Set<object>();
  const fail = (message: string, pointer: string, fix?: string): never => {
    throw new NotJsonError(message, source, pointer, fix);
  };
  let hasAliases = false;
  const visit = (node: unknown, pointer: string): void => {
    if (typeof node === "number" && !Number.isFinite(node)) fail(`${node} is not a number of JSON`, pointer);
    if (typeof node !== "object" || node === null) return;
    if (open.has(node)) fail("an alias stands for something that contains it", pointer, unrolled);
    if (origins.has(node)) {
      hasAliases = true;
      return;
    }
    if (!isPlain(node)) fail("a tag makes it something that JSON does not have", pointer, untagged);
    if (open.size > maxDepth) fail(`it is nested more than ${maxDepth} deep`, pointer, flatten);
    origins.set(node, { source, pointer });
    open.add(node);
    for (const [key, value] of Object.entries(node)) visit(value, childPointer(pointer, key));
    open.delete(node);
  };
  visit(parsed, "#/");
  if (hasAliases) checkAliases(parsed, fail);
}

/** What to do about a value that has a tag. */
export const untagged = "Write the value without a tag: a document is data of JSON.";

/** What to do about an alias of its own surroundings. */
const unrolled = "Give it a name under `components`, and refer to it.";

/** What to do about a document that is too deep. */
export const flatten = "Give the inner schemas names under `components`, and refer to them.";

function isPlain(node: object): boolean {
  const prototype = Object.getPrototypeOf(node);
  return Array.isArray(node) || prototype === Object.prototype || prototype === null;
}

/** Aliases of aliases can make more values of a few lines than any memory holds: nobody is to write them all out. */
function checkAliases(parsed: unknown, fail: (message: string, pointer: string, fix: string) => never): void {
  const sizes = new Map<object, number>();
  let added = 0;
  const sizeOf = (node: unknown, pointer: string): number => {
    if (typeof node !== "object" || node === null) return 1;
    const known = sizes.get(node);
    if (known !== undefined) {
      added += known;
      if (added > maxAliased) {
        const message = `with its aliases written out the document has more than ${maxAliased} values`;
        fail(message, pointer, "Replace the aliases by references to `components`.");
      }
      return known;
    }
    let size = 1;
    for (const [key, value] of Object.entries(node)) size += sizeOf(value, childPointer(pointer, key));
    sizes.set(node, size);
    return size;
  };
  sizeOf(parsed, "#/");
}
