/** JSON, read as JSON: the parser for YAML takes ten times as long over it, and its tree ten times the memory. */
import { stringEnd, withoutComments } from "./json-comments.js";
import { maxDepth } from "./plain-data.js";
import { Source } from "./redocly.js";

/** Redocly's idea of a parsed text: it looks for the place of a finding there. */
type Tree = ReturnType<Source["getAst"]>;

/** From 1. */
interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

/** A text that may be JSON: its places are looked for where somebody asks, and no further. */
export class JsonSource extends Source {
  #isJson = false;
  #commentAt: number | undefined;
  #tree: TreeNode | undefined;
  #lineStarts: readonly number[] | undefined;
  readonly #members = new Map<number, ReadonlyMap<string, Member>>();

  /**
   * The data; from then on the text is one without comments. Undefined for what is no JSON, a key that stands twice, a number too large, too deep:
   * the parser of YAML tells.
   */
  parse(): unknown {
    let data = parseJson(this.body);
    const bare = data === undefined ? withoutComments(this.body) : this.body;
    if (bare !== this.body) {
      this.#commentAt = firstDifference(bare, this.body);
      this.body = bare;
      data = parseJson(bare);
    }
    this.#isJson = data !== undefined;
    return data;
  }

  override getAst(safeLoad: Parameters<Source["getAst"]>[0]): Tree {
    if (!this.#isJson) return super.getAst(safeLoad);
    return this.#root() as unknown as Tree;
  }

  #root(): TreeNode {
    this.#tree ??= nodeOf(this.body, blankEnd(this.body, 0), this.body.trimEnd().length, null);
    return this.#tree;
  }

  /**
   * Line and column of what stands at a pointer, or of its nearest parent that is there: of its key, if that is asked for.
   * As Redocly finds them, which looks at each character. Undefined for what is no JSON.
   */
  placeOf(keys: readonly string[], ofKey: boolean): LineAndColumn | undefined {
    if (!this.#isJson) return undefined;
    let at = blankEnd(this.body, 0);
    let keyAt: number | undefined;
    for (const key of keys) {
      const found = this.#membersAt(at).get(key);
      if (!found) break;
      at = found.valueStart;
      keyAt = found.keyStart;
    }
    return this.#lineAndColumn(ofKey && keyAt !== undefined ? keyAt : at);
  }

  /** Where the first comment began that was taken out. */
  get comment(): LineAndColumn | undefined {
    return this.#commentAt === undefined ? undefined : this.#lineAndColumn(this.#commentAt);
  }

  #lineAndColumn(at: number): LineAndColumn {
    const line = this.#lineAt(at);
    return { line: line + 1, column: at - (this.#lineStarts?.[line] ?? 0) + 1 };
  }

  /** What the value that starts there consists of, by name or index. */
  #membersAt(start: number): ReadonlyMap<string, Member> {
    const known = this.#members.get(start);
    if (known) return known;
    const members = new Map([...membersOf(this.body, start)].map((member) => [member.name, member]));
    this.#members.set(start, members);
    return members;
  }

  /** The line that holds a position, from 0. */
  #lineAt(position: number): number {
    this.#lineStarts ??= lineStartsOf(this.body);
    let [low, high] = [0, this.#lineStarts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Whether a text begins as an object of JSON, or a comment before it, does; one of YAML may, too. */
export function looksLikeJson(text: string): boolean {
  return /^(?:\{|\/[/*])/.test(text.slice(blankEnd(text, 0)));
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (one[at] === other[at]) at += 1;
  return at;
}

function parseJson(text: string): unknown {
  try {
    const data: unknown = JSON.parse(text);
    // JSON.parse keeps the last of two members of one name.
    return countKeys(data) === countWrittenKeys(text) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Not a number where there is one that JSON cannot write, or something nested too deep. */
function countKeys(value: unknown, depth = 0): number {
  if (typeof value === "number" && !Number.isFinite(value)) return Number.NaN;
  if (typeof value !== "object" || value === null) return 0;
  if (depth >= maxDepth) return Number.NaN;
  let count = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const item of Object.values(value)) count += countKeys(item, depth + 1);
  return count;
}

function countWrittenKeys(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    at = stringEnd(text, at);
    if (text.charCodeAt(blankEnd(text, at)) === 0x3a) count += 1;
  }
  return count;
}

/** The kinds of yaml-ast-parser. */
const kinds = { scalar: 0, mapping: 1, map: 2, sequence: 3 } as const;

interface TreeNode {
  readonly kind: number;
  readonly startPosition: number;
  readonly endPosition: number;
  readonly parent: TreeNode | null;
  readonly key?: { readonly kind: number; readonly value: string; startPosition: number; endPosition: number };
  readonly value?: TreeNode | string;
  readonly mappings?: readonly TreeNode[];
  readonly items?: readonly TreeNode[];
}

/** A value of JSON as a node; what is in it is read when it is asked for. */
function nodeOf(text: string, startPosition: number, endPosition: number, parent: TreeNode | null): TreeNode {
  const place = { startPosition, endPosition, parent };
  if (text[startPosition] === "{") {
    return lazily({ ...place, kind: kinds.map }, "mappings", (self) => [...mappingsOf(text, self)]);
  }
  if (text[startPosition] === "[") {
    return lazily({ ...place, kind: kinds.sequence }, "items", (self) => [...itemsOf(text, self)]);
  }
  return { ...place, kind: kinds.scalar, value: text.slice(startPosition, endPosition) };
}

function lazily<Key extends string>(node: TreeNode, key: Key, make: (self: TreeNode) => readonly TreeNode[]): TreeNode {
  let made: readonly TreeNode[] | undefined;
  return Object.defineProperty(node, key, {
    get: () => {
      made ??= make(node);
      return made;
    },
  });
}

function* mappingsOf(text: string, map: TreeNode): Generator<TreeNode> {
  for (const { name, keyStart = 0, keyEnd, valueStart, valueEnd } of membersOf(text, map.startPosition)) {
    const key = { kind: kinds.scalar, value: name, startPosition: keyStart, endPosition: keyEnd };
    const mapping = { kind: kinds.mapping, startPosition: keyStart, endPosition: valueEnd, parent: map, key };
    yield Object.assign(mapping, { value: nodeOf(text, valueStart, valueEnd, mapping) });
  }
}

function* itemsOf(text: string, sequence: TreeNode): Generator<TreeNode> {
  for (const { valueStart, valueEnd } of membersOf(text, sequence.startPosition)) {
    yield nodeOf(text, valueStart, valueEnd, sequence);
  }
}

/** A member of an object, or an item, which has its index for a name and no key. */
interface Member {
  readonly name: string;
  readonly keyStart?: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** Of the value that starts there; none where it is a scalar. */
function* membersOf(text: string, start: number): Generator<Member> {
  const isObject = text[start] === "{";
  if (!isObject && text[start] !== "[") return;
  let at = blankEnd(text, start + 1);
  for (let index = 0; text[at] !== "}" && text[at] !== "]"; index += 1) {
    const keyEnd = isObject ? stringEnd(text, at) : at;
    const valueStart = isObject ? blankEnd(text, blankEnd(text, keyEnd) + 1) : at;
    const valueEnd = skip(text, valueStart);
    const place = { keyEnd, valueStart, valueEnd };
    yield isObject ? { ...place, name: nameOf(text, at, keyEnd), keyStart: at } : { ...place, name: String(index) };
    at = nextStart(text, valueEnd);
  }
}

function nameOf(text: string, start: number, end: number): string {
  const name = text.slice(start + 1, end - 1);
  return name.includes("\\") ? JSON.parse(text.slice(start, end)) : name;
}

/** Behind the comma after a value, or at the bracket that ends them. */
function nextStart(text: string, valueEnd: number): number {
  const at = blankEnd(text, valueEnd);
  return text[at] === "," ? blankEnd(text, at + 1) : at;
}

/** The end of the value that starts here. Character by character: a search for marks takes ten times as long. */
function skip(text: string, start: number): number {
  if (text[start] === '"') return stringEnd(text, start);
  if (text[start] !== "{" && text[start] !== "[") {
    scalar.lastIndex = start;
    return start + (scalar.exec(text)?.[0].length ?? 1);
  }
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const mark = text.charCodeAt(at);
    // Most of a text are blanks.
    if (mark < QUOTE) continue;
    if (mark === QUOTE) at = stringEnd(text, at) - 1;
    else if (mark === 0x7b || mark === 0x5b) depth += 1;
    else if ((mark === 0x7d || mark === 0x5d) && --depth === 0) return at + 1;
  }
  return text.length;
}

const QUOTE = 0x22;

const scalar = /[^\s,\]}]+/y;

/** The first place from here on that is not blank (RFC 8259, 2). */
function blankEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  return at;
}
