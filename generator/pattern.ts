/**
 * What a `pattern` costs the engine of a client. An engine that backtracks tries every path through the expression that
 * reads a beginning of the text, from each place of the text: the paths are what is counted here, for all texts at once.
 */
import { type Automaton, addPaths, automatonOf, MOST_PATHS, type Paths } from "./pattern-automaton.js";

/** How a pattern may be matched. */
export type PatternCost =
  /** However long the text: the time grows as it does. */
  | { readonly kind: "linear" }
  /** Up to so many UTF-16 code units. */
  | { readonly kind: "bounded"; readonly length: number }
  | { readonly kind: "refused"; readonly reason: string };

/** How many states of an automaton, and steps between them, are looked at. */
const MOST_WORK = 200_000;
/** How many steps a match may take an engine, where it is slower than linear: some hundredths of a second. */
const MOST_TIME = 10_000_000;
/** A pattern that is slow for texts of this length is of no use. */
const LEAST_LENGTH = 64;
/** A text that is longer is not matched against a pattern that is slower than linear. */
const MOST_LENGTH = 4_096;

/** JSON Schema 2020-12, validation, 6.3.3: an expression of ECMA-262, with the flag `u` (core, 6.4). */
export function patternCost(pattern: string): PatternCost {
  try {
    new RegExp(pattern, "u");
  } catch {
    return { kind: "refused", reason: "it is no regular expression of ECMA-262 with the flag `u`" };
  }
  const automaton = automatonOf(pattern);
  if (automaton?.ahead.every(isLinear)) {
    if (isLinear(automaton) && isLinearSearch(automaton)) return { kind: "linear" };
    const length = automaton.looksOnce ? lengthWithin(automaton) : 0;
    if (length >= LEAST_LENGTH) return { kind: "bounded", length };
  }
  return { kind: "refused", reason: "it is not proven that no text makes it slow" };
}

/** Whether the paths from one place of the text stay few. */
function isLinear(automaton: Automaton): boolean {
  return automaton.ahead.every(isLinear) && isFew(automaton, { isSearch: false, endsAtMatch: false });
}

/**
 * The same from every place of the text at once. The first match ends the search: no later place is tried, and from each
 * of the few paths that are under way, few others go out.
 */
function isLinearSearch(automaton: Automaton): boolean {
  return isFew(automaton, { isSearch: true, endsAtMatch: automaton.isExact });
}

interface Search {
  /** Paths begin everywhere, not at the start of the text alone. */
  readonly isSearch: boolean;
  readonly endsAtMatch: boolean;
}

/** A text is its start, then code points, then its end. */
const phases = ["start", "text", "end"] as const;
type Phase = (typeof phases)[number];

/** The positions that are reached together, each with its paths, are a state; there are to be few, with few paths each. */
function isFew(automaton: Automaton, { isSearch, endsAtMatch }: Search): boolean {
  // Wherever the search begins, nothing is a match.
  if (endsAtMatch && automaton.empty > 0) return true;
  const classes = symbolClasses(automaton);
  const seen = new Set<string>();
  const pending: { readonly phase: Phase; readonly state: Paths; readonly begins: boolean }[] = [
    { phase: "start", state: new Map(), begins: true },
  ];
  let work = 0;
  for (let current = pending.pop(); current; current = pending.pop()) {
    const { phase, state, begins } = current;
    const reached = new Map(begins ? automaton.first : []);
    for (const [position, count] of state) addPaths(reached, automaton.follow[position] ?? new Map(), count);
    for (const { kind, members } of classes) {
      if (phases.indexOf(kind) < phases.indexOf(phase)) continue;
      const next = [...reached].filter(([position]) => members.has(position));
      work += 1 + reached.size;
      const paths = next.reduce((sum, [, count]) => sum + count, 0);
      if (paths > MOST_PATHS || work > MOST_WORK) return false;
      if (endsAtMatch && next.some(([position]) => automaton.last.has(position))) continue;
      const beginsNext = isSearch || (begins && kind === "start");
      const key = `${kind} ${beginsNext} ${next.sort(([a], [b]) => a - b).join(" ")}`;
      if (seen.has(key)) continue;
      seen.add(key);
      pending.push({ phase: kind, state: new Map(next), begins: beginsNext });
    }
  }
  return true;
}

/** The symbols that the positions tell apart, each as the positions that read it. */
function symbolClasses({ symbols }: Automaton): readonly { readonly kind: Phase; readonly members: Set<number> }[] {
  const bounds = new Set<number>();
  for (const symbol of symbols) {
    if (typeof symbol === "string") continue;
    for (const [first, last] of symbol) bounds.add(first).add(last + 1);
  }
  const classes = new Map<string, { readonly kind: Phase; readonly members: Set<number> }>();
  const note = (kind: Phase, reads: (symbol: Automaton["symbols"][number]) => boolean): void => {
    const members = [...symbols.keys()].filter((position) => reads(symbols[position] ?? []));
    classes.set(`${kind} ${members.join(" ")}`, { kind, members: new Set(members) });
  };
  note("start", (symbol) => symbol === "start");
  note("end", (symbol) => symbol === "end");
  for (const point of bounds) {
    note(
      "text",
      (symbol) => typeof symbol !== "string" && symbol.some(([first, last]) => first <= point && point <= last),
    );
  }
  return [...classes.values()];
}

/** How long a text may be for all paths of a search to be `MOST_TIME`, whatever it says. */
function lengthWithin({ symbols, first, follow }: Automaton): number {
  const isStart = (position: number): boolean => symbols[position] === "start";
  const starts = [...first.keys()].filter(isStart);
  // `^` after `^`: nobody writes that.
  if (starts.some((position) => [...(follow[position]?.keys() ?? [])].some(isStart))) return 0;
  const steps = follow.map((next) => [...next].filter(([position]) => !isStart(position)));
  const begin = [...first].filter(([position]) => !isStart(position));
  const size = steps.reduce((sum, next) => sum + next.length, begin.length);
  let state = new Float64Array(symbols.length);
  for (const position of starts) state[position] = first.get(position) ?? 0;
  let time = 0;
  let length = 0;
  for (const most = Math.min(MOST_LENGTH, MOST_TIME / size); length < most; length += 1) {
    const next = new Float64Array(symbols.length);
    for (const [position, count] of begin) next[position] = count;
    for (const [from, to] of steps.entries()) {
      for (const [position, count] of to) next[position] = (next[position] ?? 0) + count * (state[from] ?? 0);
    }
    time += next.reduce((sum, count) => sum + count, 0);
    if (time > MOST_TIME) break;
    state = next;
  }
  return 2 ** Math.floor(Math.log2(Math.max(length, 1)));
}
