/** Schemas that are made of themselves: TypeScript takes them only where an object is on the way, or an alias. */
import { isObject, type JsonObject } from "../openapi.js";
import type { Component } from "./survey.js";

/** What has to be done about cycles. */
export interface Cycles {
  /** Whether a component is left out where another one is made of it, or may be it: it leads back, and says nothing more. */
  readonly isCut: (name: string, other: string) => boolean;
  /** What such a component says by itself, where it only lists the one that is made of it. */
  readonly baseOf: (name: string, other: string) => JsonObject | undefined;
  /** Components that contain themselves through arrays only: their types need an alias. */
  readonly recursive: ReadonlySet<string>;
}

type Edges = (name: string) => Iterable<string>;

/** Cycles through `allOf`, `oneOf`, `anyOf` and references are cut; those through arrays are kept. */
export function findCycles(components: ReadonlyMap<string, Component>): Cycles {
  const cuts = new Map<string, Set<string>>();
  const cut = (from: string, to: string): void => {
    cuts.set(from, (cuts.get(from) ?? new Set()).add(to));
  };
  const direct: Edges = function* (name) {
    const { parts = [], alternatives = [] } = components.get(name) ?? {};
    for (const other of [...parts, ...alternatives]) if (!cuts.get(name)?.has(other)) yield other;
  };
  const eager: Edges = function* (name) {
    yield* direct(name);
    yield* components.get(name)?.lists ?? [];
  };

  // A base that lists its children, each of which is made of the base: the list is meant.
  for (const { name, parts } of components.values()) {
    for (const part of parts) if (components.get(part)?.alternatives.has(name)) cut(name, part);
  }
  for (const [from, to] of backEdges(onCycles(components.keys(), direct), direct)) cut(from, to);
  return {
    isCut: (name, other) => name === other || (cuts.get(name)?.has(other) ?? false),
    baseOf: (name, other) => {
      const base = components.get(other);
      if (name === other || !base?.alternatives.has(name) || !isObject(base.schema)) return undefined;
      const { oneOf: _, anyOf: __, discriminator: ___, allOf, ...own } = base.schema;
      const isApart = !reaches([...base.parts], name, direct);
      return isApart && allOf !== undefined ? { ...own, allOf } : own;
    },
    recursive: onCycles(components.keys(), eager),
  };
}

function reaches(start: readonly string[], name: string, edges: Edges): boolean {
  const found = new Set(start);
  // It grows while it is walked.
  for (const one of found) for (const other of edges(one)) found.add(other);
  return found.has(name);
}

/** What is on a cycle, or on a way from one to another: the rest loses its last way in or its last way out. */
function onCycles(names: Iterable<string>, edges: Edges): ReadonlySet<string> {
  const left = new Set(names);
  const out = new Map([...left].map((name) => [name, new Set(edges(name))]));
  const into = new Map([...left].map((name) => [name, new Set<string>()]));
  for (const [from, targets] of out) for (const to of targets) into.get(to)?.add(from);
  for (const [here, there] of [
    [out, into],
    [into, out],
  ] as const) {
    const ends = [...left].filter((name) => here.get(name)?.size === 0);
    // It grows while it is worked on.
    for (const end of ends) {
      left.delete(end);
      for (const other of there.get(end) ?? []) {
        const rest = here.get(other);
        if (rest?.delete(end) && rest.size === 0 && left.has(other)) ends.push(other);
      }
    }
  }
  return left;
}

/** The last edge of each cycle, as a walk in depth meets them. */
function backEdges(names: ReadonlySet<string>, edges: Edges): readonly (readonly [from: string, to: string])[] {
  const found: [string, string][] = [];
  const done = new Set<string>();
  for (const start of names) {
    const way: { readonly name: string; readonly next: Iterator<string> }[] = [];
    const onWay = new Set<string>();
    const enter = (name: string): void => {
      way.push({ name, next: edges(name)[Symbol.iterator]() });
      onWay.add(name);
    };
    if (!done.has(start)) enter(start);
    for (let last = way.at(-1); last; last = way.at(-1)) {
      const { done: isOver, value: to } = last.next.next();
      if (isOver) {
        done.add(last.name);
        onWay.delete(last.name);
        way.pop();
      } else if (onWay.has(to)) found.push([last.name, to]);
      else if (!done.has(to)) enter(to);
    }
  }
  return found;
}
