/** The tree that Redocly looks for places in: where something stands that it does not find there. */
import { getLineColLocation, type Source } from "./redocly.js";

/** Of yaml-ast-parser. */
interface TreeNode {
  /** 0 is a scalar. */
  readonly kind: number;
  readonly startPosition: number;
  readonly key?: TreeNode;
  readonly value?: TreeNode | string | null;
  readonly mappings?: readonly TreeNode[];
  readonly items?: readonly (TreeNode | null)[];
}

/** Undefined where the parser breaks. */
function treeOf(source: Source): TreeNode | undefined {
  try {
    // It hands the parser in, and the source keeps what that makes.
    getLineColLocation({ source, pointer: "#/" });
    const handedIn = (): never => {
      throw new Error("there is no tree");
    };
    return source.getAst(handedIn) as unknown as TreeNode;
  } catch {
    return undefined;
  }
}

/** Redocly passes over empty keys of a pointer: a source whose tree begins below the last of them, and the keys that are left. */
export function belowEmptyKeys(source: Source, keys: readonly string[]): readonly [Source, readonly string[]] {
  const last = keys.lastIndexOf("");
  if (last < 0) return [source, keys];
  let node = treeOf(source);
  for (const [index, key] of keys.slice(0, last + 1).entries()) {
    const inner = node && memberOf(node, key);
    // Its nearest parent has no empty key below it.
    if (!inner) return belowEmptyKeys(source, keys.slice(0, index));
    node = inner;
  }
  const view: Source = Object.create(source, { getAst: { value: () => node } });
  return [view, keys.slice(last + 1)];
}

function memberOf({ mappings, items }: TreeNode, key: string): TreeNode | undefined {
  const mapping = mappings?.find((member) => member.key?.value === key);
  if (!mapping) return items?.[Number.parseInt(key, 10)] ?? undefined;
  return typeof mapping.value === "object" && mapping.value !== null ? mapping.value : mapping;
}

/** Line and column, from 1. */
export interface LineAndColumn {
  readonly line: number;
  readonly col: number;
}

/** Where the first key is that is no text: the parser of data names the beginning of the object that has it. */
export function complexKey(source: Source): LineAndColumn | undefined {
  const find = (node: TreeNode | string | null | undefined): number | undefined => {
    if (typeof node !== "object" || node === null) return undefined;
    if (node.key && !isText(node.key)) return node.key.startPosition - (node.key.kind === ALIAS ? 1 : 0);
    // What an alias stands for has been seen.
    if (node.kind === ALIAS) return undefined;
    for (const inner of [...(node.mappings ?? []), ...(node.items ?? []), node.value]) {
      const found = find(inner);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const position = find(treeOf(source));
  if (position === undefined) return undefined;
  const before = source.body.slice(0, position);
  return { line: before.split("\n").length, col: position - before.lastIndexOf("\n") };
}

/** Its position is that of its name, behind the asterisk. */
const ALIAS = 4;

function isText({ kind, value }: TreeNode): boolean {
  return kind === ALIAS && typeof value === "object" && value !== null ? isText(value) : kind === 0;
}

/** Where the second document of a stream begins (YAML 1.2, 9.1): the parser of data does not say it. */
export function secondDocument(text: string): LineAndColumn | undefined {
  let state: "before" | "within" | "after" = "before";
  for (const [index, line] of text.split("\n").entries()) {
    const isStart = /^---(?:\s|$)/.test(line);
    const isContent = isStart ? /^---\s+[^\s#]/.test(line) : /^\s*[^\s#]/.test(line) && !/^%/.test(line);
    if (/^\.\.\.(?:\s|$)/.test(line)) state = state === "before" ? "before" : "after";
    else if ((isStart && state !== "before") || (isContent && state === "after")) return { line: index + 1, col: 1 };
    else if (isStart || isContent) state = "within";
  }
  return undefined;
}
