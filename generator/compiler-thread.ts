/** Has what needs the compiler done beside everything else. */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Checked } from "./check-statements.js";
import type { Types } from "./compiler-pipeline.js";
import { type Diagnostic, StageError } from "./diagnostics.js";
import type { JsonObject } from "./openapi.js";
import type { OutputFile } from "./print.js";

/** What is there before the text. */
export type TypesOutline = Pick<Types, "findings" | "operations">;

/** Types under way; each part is there as soon as it is made. Throws `bindings-failed`, `output-unsafe`. */
export interface TypesToCome {
  readonly outline: () => Promise<TypesOutline>;
  readonly text: () => Promise<string>;
}

/** A thread that has its compilers; it takes any number of documents, each followed by its modules. */
export interface CompilerThread {
  readonly makeTypes: (document: JsonObject, file: string) => TypesToCome;
  readonly checkStatements: (files: readonly OutputFile[]) => Promise<Checked>;
  /** Whatever it is doing. */
  readonly stop: () => Promise<void>;
}

/** The document as JSON, because that is the cheapest to hand over. */
export type CompilerOrder = { readonly id: number } & (
  | { readonly document: string; readonly file: string }
  | { readonly files: readonly OutputFile[] }
);

/** One part of what an order asks for, or why there is none. */
export type CompilerAnswer = { readonly id: number } & CompilerPart;

/** See `CompilerAnswer`. */
export type CompilerPart =
  | { readonly outline: TypesOutline }
  | { readonly text: string }
  | { readonly checked: Checked }
  | { readonly failed: readonly Diagnostic[] };

/** Starts the thread. Run from its sources, the toolkit has no compiled one: then it is this thread. */
export function startCompiler(): CompilerThread {
  const entry = new URL("./compiler-worker.js", import.meta.url);
  return existsSync(entry) ? threadOf(new Worker(entry, { resourceLimits })) : thisThread;
}

/** Room for what is short-lived: with as much as Node gives by itself, it takes more memory. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 } as const;

function threadOf(worker: Worker): CompilerThread {
  let orders = 0;
  // Two parts of each order, of any number of orders.
  worker.setMaxListeners(0);
  const order = (message: CompilerOrder): void => worker.postMessage(message);
  const part = <T>(id: number, pick: (answer: CompilerAnswer) => T | undefined): Promise<T> =>
    unasked(
      new Promise<T>((resolve, reject) => {
        worker.once("error", reject);
        worker.on("message", function listen(answer: CompilerAnswer) {
          if (answer.id !== id) return;
          const made = "failed" in answer ? undefined : pick(answer);
          if (made === undefined && !("failed" in answer)) return;
          worker.off("message", listen).off("error", reject);
          if (made === undefined) reject(new StageError("failed" in answer ? answer.failed : []));
          else resolve(made);
        });
      }),
    );
  return {
    makeTypes: (document, file) => {
      const id = orders++;
      const outline = part(id, (answer) => ("outline" in answer ? answer.outline : undefined));
      const text = part(id, (answer) => ("text" in answer ? answer.text : undefined));
      order({ id, document: JSON.stringify(document), file });
      return { outline: () => outline, text: () => text };
    },
    checkStatements: (files) => {
      const id = orders++;
      const checked = part(id, (answer) => ("checked" in answer ? answer.checked : undefined));
      order({ id, files });
      return checked;
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}

const thisThread: CompilerThread = {
  makeTypes: (document, file) => {
    const types = unasked(import("./compiler-pipeline.js").then(({ makeTypes }) => makeTypes(document, file)));
    return { outline: () => types, text: async () => (await types).text() };
  },
  checkStatements: (files) =>
    unasked(import("./compiler-pipeline.js").then(({ checkStatements }) => checkStatements(files))),
  stop: async () => {},
};

/** Who stops early does not ask what became of it. */
function unasked<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
