/** Which schemas have more than one view, and what each view is called. */
import { freeName } from "../openapi.js";
import type { View } from "./document.js";
import type { Component, Mark, Survey } from "./survey.js";

/** One named schema of the bindings. */
export interface ViewedComponent {
  /** Its name there. */
  readonly key: string;
  readonly component: Component;
  readonly view: View;
}

/** The named schemas of the bindings. */
export interface Views {
  /** Each with every view that anything asks for and that is another one. */
  readonly all: readonly ViewedComponent[];
  /** The name in the bindings of a component where it describes this. */
  readonly keyOf: (name: string, view: View) => string;
}

/** In this order: the first that is asked for has the name that the document gives. */
const order = ["read", "write", "form"] as const satisfies readonly View[];
const suffixes: Readonly<Record<View, string>> = { read: "Read", write: "Write", form: "Form" };

/** The views are types of their own only where a mark is within reach: nothing else makes them differ. */
export function viewsOf({ components, uses }: Survey): Views {
  const marked = {
    readOnly: reaching(components, "readOnly"),
    writeOnly: reaching(components, "writeOnly"),
    binary: reaching(components, "binary"),
    default: reaching(components, "default"),
  };
  const isOneWay = (name: string): boolean =>
    marked.readOnly.has(name) || marked.writeOnly.has(name) || marked.default.has(name);
  const areAlike = (name: string, a: View, b: View): boolean =>
    ((a === "read") === (b === "read") || !isOneWay(name)) &&
    ((a === "form") === (b === "form") || !marked.binary.has(name));

  const used = Object.fromEntries(order.map((view) => [view, closure(components, uses.get(view) ?? [])])) as Readonly<
    Record<View, ReadonlySet<string>>
  >;
  const taken = new Set(components.keys());
  const keys = new Map<string, Map<View, string>>();
  const all: ViewedComponent[] = [];
  for (const [name, component] of components) {
    const own = new Map<View, string>();
    keys.set(name, own);
    const asked = order.filter((view) => used[view].has(name));
    for (const view of asked.length > 0 ? asked : order.slice(0, 1)) {
      const alike = [...own].find(([other]) => areAlike(name, other, view));
      const key = alike?.[1] ?? (own.size === 0 ? name : freeName(name + suffixes[view], taken));
      own.set(view, key);
      if (alike) continue;
      taken.add(key);
      all.push({ key, component, view });
    }
  }
  return { all, keyOf: (name, view) => keys.get(name)?.get(view) ?? name };
}

/** The components that have a mark or mention one that reaches it. */
function reaching(components: ReadonlyMap<string, Component>, mark: Mark): ReadonlySet<string> {
  const marked = [...components.values()].filter(({ marks }) => marks.has(mark)).map(({ name }) => name);
  if (marked.length === 0) return new Set();
  const mentionedBy = new Map<string, string[]>();
  for (const { name, mentions } of components.values()) {
    for (const mentioned of mentions) {
      const list = mentionedBy.get(mentioned);
      if (list) list.push(name);
      else mentionedBy.set(mentioned, [name]);
    }
  }
  return spread(marked, (name) => mentionedBy.get(name) ?? []);
}

/** What is mentioned, and all that it mentions. */
function closure(components: ReadonlyMap<string, Component>, names: Iterable<string>): ReadonlySet<string> {
  return spread(names, (name) => components.get(name)?.mentions ?? []);
}

function spread(start: Iterable<string>, next: (name: string) => Iterable<string>): ReadonlySet<string> {
  const found = new Set(start);
  // It grows while it is walked.
  for (const name of found) for (const other of next(name)) found.add(other);
  return found;
}
