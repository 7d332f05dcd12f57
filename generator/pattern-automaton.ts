/** The automaton of an expression (Glushkov's), which keeps in how many ways each step can be taken. */
import { type Expression, parsePattern, type Range } from "./pattern-syntax.js";

/** How many paths may be under way at once: from here on, more are all the same. */
export const MOST_PATHS = 32;
/** How long an expression may be, with its repetitions written out. */
const MOST_POSITIONS = 3_000;
/** How many steps it may have. */
const MOST_STEPS = 100_000;
/** How long that may be which is read ahead again and again. */
const MOST_AHEAD = 8;

/** By position: in how many ways it is reached. */
export type Paths = ReadonlyMap<number, number>;

/** What a position reads: one code point of a set, or the start or the end of the text. */
export type Symbol = readonly Range[] | "start" | "end";

/** Each occurrence of a symbol in the expression is a position. */
export interface Automaton {
  readonly symbols: readonly Symbol[];
  readonly first: Paths;
  readonly last: Paths;
  /** From each position. */
  readonly follow: readonly Paths[];
  /** In how many ways nothing is read. */
  readonly empty: number;
  /** False where it takes more texts than the expression does. */
  readonly isExact: boolean;
  /** What is read ahead is not part of it; false where that is done more than once. */
  readonly ahead: readonly Automaton[];
  readonly looksOnce: boolean;
}

interface Part {
  readonly first: Map<number, number>;
  readonly last: Map<number, number>;
  empty: number;
}

class TooLarge extends Error {}

/** How long a pattern may be, in UTF-16 code units. */
const MOST_LENGTH = 4_096;

/** Undefined for an expression that is too large, or that no automaton is made of. */
export function automatonOf(pattern: string): Automaton | undefined {
  const syntax = pattern.length > MOST_LENGTH ? undefined : parsePattern(pattern);
  try {
    return syntax && build(syntax.root, syntax.isExact);
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

const capped = (count: number): number => Math.min(count, MOST_PATHS + 1);

/** Adds the paths of `from`, each `times`, to `to`. */
export function addPaths(to: Map<number, number>, from: Paths, times = 1): void {
  if (times === 0) return;
  for (const [position, count] of from) to.set(position, capped((to.get(position) ?? 0) + count * times));
}

function build(root: Expression, isExact: boolean): Automaton {
  const symbols: Symbol[] = [];
  const follow: Map<number, number>[] = [];
  const ahead: Automaton[] = [];
  let looksOnce = true;
  let steps = 0;

  const position = (symbol: Symbol): Part => {
    if (symbols.length === MOST_POSITIONS) throw new TooLarge();
    const own = symbols.push(symbol) - 1;
    follow.push(new Map());
    return { first: new Map([[own, 1]]), last: new Map([[own, 1]]), empty: 0 };
  };
  const nothing = (): Part => ({ first: new Map(), last: new Map(), empty: 1 });
  const link = (last: Paths, first: Paths): void => {
    steps += 1 + last.size * first.size;
    if (steps > MOST_STEPS) throw new TooLarge();
    for (const [from, count] of last) addPaths(follow[from] ?? new Map(), first, count);
  };
  // A part is used once: what it holds is added to, not copied.
  const joined = (before: Part, after: Part): Part => {
    link(before.last, after.first);
    addPaths(before.first, after.first, before.empty);
    addPaths(after.last, before.last, after.empty);
    return { first: before.first, last: after.last, empty: capped(before.empty * after.empty) };
  };
  const repeated = (item: Expression, min: number, max: number): Part => {
    let rest = nothing();
    if (max === Infinity) {
      rest = part(item);
      link(rest.last, rest.first);
      // A repetition that reads nothing is given up (ECMA-262, 22.2.2.3.1).
      rest.empty = 1;
    } else {
      for (let index = min; index < max; index += 1) {
        rest = joined(part(item), rest);
        rest.empty = capped(rest.empty + 1);
      }
    }
    for (let index = 0; index < min; index += 1) rest = joined(part(item), rest);
    return rest;
  };
  const lookingAhead = (item: Expression, isFirst: boolean): Part => {
    const inner = build(item, false);
    looksOnce &&= isFirst;
    if (!isFirst && (inner.symbols.length > MOST_AHEAD || isEndless(item))) throw new TooLarge();
    ahead.push(inner);
    return nothing();
  };
  const part = (expression: Expression): Part => {
    switch (expression.kind) {
      case "set":
        return position(expression.ranges);
      case "start":
      case "end":
        return position(expression.kind);
      case "sequence":
        return expression.items.reduceRight((rest, item) => joined(part(item), rest), nothing());
      case "choice": {
        const all: Part = { first: new Map(), last: new Map(), empty: 0 };
        for (const { first, last, empty } of expression.items.map(part)) {
          addPaths(all.first, first);
          addPaths(all.last, last);
          all.empty = capped(all.empty + empty);
        }
        return all;
      }
      case "repeat":
        return repeated(expression.item, expression.min, expression.max);
      case "ahead":
        return lookingAhead(expression.item, expression.isFirst);
    }
  };
  return { ...part(root), symbols, follow, isExact, ahead, looksOnce };
}

function isEndless(expression: Expression): boolean {
  switch (expression.kind) {
    case "sequence":
    case "choice":
      return expression.items.some(isEndless);
    case "repeat":
      return expression.max === Infinity || isEndless(expression.item);
    case "ahead":
      return isEndless(expression.item);
    default:
      return false;
  }
}
