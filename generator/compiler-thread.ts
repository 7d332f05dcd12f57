/** Has what needs the compiler done beside everything else. */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
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

/** A thread that has its compilers; it takes one document, then its modules. */
export interface CompilerThread {
  readonly makeTypes: (document: JsonObject, file: string) => TypesToCome;
  readonly checkStatements: (files: readonly OutputFile[]) => Promise<readonly Diagnostic[]>;
  /** Whatever it is doing. */
  readonly stop: () => Promise<void>;
}

/** The document as JSON, because that is the cheapest to hand over. */
export type CompilerOrder =
  | { readonly document: string; readonly file: string }
  | { readonly files: readonly OutputFile[] };

/** One part, or why there is none. */
export type CompilerAnswer =
  | { readonly outline: TypesOutline }
  | { readonly text: string }
  | { readonly checked: readonly Diagnostic[] }
  | { readonly failed: readonly Diagnostic[] };

/** Starts the thread. Run from its sources, the toolkit has no compiled one: then it is this thread. */
export function startCompiler(): CompilerThread {
  const entry = new URL("./compiler-worker.js", import.meta.url);
  return existsSync(entry) ? threadOf(new Worker(entry, { resourceLimits })) : thisThread;
}

/** Room for what is short-lived: with as much as Node gives by itself, it takes more memory. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 } as const;

function threadOf(worker: Worker): CompilerThread {
  const order = (message: CompilerOrder): void => worker.postMessage(message);
  const part = <T>(pick: (answer: CompilerAnswer) => T | undefined): Promise<T> =>
    unasked(
      new Promise<T>((resolve, reject) => {
        worker.once("error", reject);
        worker.on("message", (answer: CompilerAnswer) => {
          if ("failed" in answer) return reject(new StageError(answer.failed));
          const made = pick(answer);
          if (made !== undefined) resolve(made);
        });
      }),
    );
  return {
    makeTypes: (document, file) => {
      const outline = part((answer) => ("outline" in answer ? answer.outline : undefined));
      const text = part((answer) => ("text" in answer ? answer.text : undefined));
      order({ document: JSON.stringify(document), file });
      return { outline: () => outline, text: () => text };
    },
    checkStatements: (files) => {
      const checked = part((answer) => ("checked" in answer ? answer.checked : undefined));
      order({ files });
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
