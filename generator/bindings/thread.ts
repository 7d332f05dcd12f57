/** Has the bindings made beside everything else: they take as long as all of it. */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { type BindingsSource, makeBindings } from "../bindings.js";
import { type Diagnostic, StageError } from "../diagnostics.js";

/** Bindings under way; each part is there as soon as it is made. Throws as `makeBindings` does. */
export interface BindingsToCome {
  readonly operations: () => Promise<string>;
  readonly text: () => Promise<string>;
}

/** A thread that has its compilers; it takes one document. */
export interface BindingsThread {
  readonly make: (source: BindingsSource, file: string) => BindingsToCome;
  /** Whatever it is doing. */
  readonly stop: () => Promise<void>;
}

/** As JSON, because that is the cheapest to hand over. */
export interface BindingsOrder {
  readonly source: string;
  readonly file: string;
}

/** One part, or why there is none. */
export type BindingsAnswer =
  | { readonly operations: string }
  | { readonly text: string }
  | { readonly diagnostics: readonly Diagnostic[] };

/** Starts the thread. Run from its sources, the toolkit has no compiled one: then it is this thread. */
export function startBindings(): BindingsThread {
  const entry = new URL("./worker.js", import.meta.url);
  return existsSync(entry) ? threadOf(new Worker(entry)) : thisThread;
}

function threadOf(worker: Worker): BindingsThread {
  const part = (name: "operations" | "text"): (() => Promise<string>) => {
    const made = new Promise<string>((resolve, reject) => {
      worker.once("error", reject);
      worker.on("message", (answer: BindingsAnswer) => {
        if ("diagnostics" in answer) reject(new StageError(answer.diagnostics));
        else if (name in answer) resolve((answer as Readonly<Record<typeof name, string>>)[name]);
      });
    });
    // Who stops early does not ask.
    made.catch(() => {});
    return () => made;
  };
  return {
    make: ({ document, aliases }, file) => {
      const parts = { operations: part("operations"), text: part("text") };
      worker.postMessage({ source: JSON.stringify({ document, aliases }), file } satisfies BindingsOrder);
      return parts;
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}

const thisThread: BindingsThread = {
  make: (source, file) => {
    const parts = makeBindings(source, file);
    parts.catch(() => {});
    return { operations: async () => (await parts).operations, text: async () => (await parts).text() };
  },
  stop: async () => {},
};
