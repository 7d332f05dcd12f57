/** Has what needs the compiler done beside everything else. */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Types } from "./compiler-pipeline.js";
import { type Diagnostic, StageError } from "./diagnostics.js";
import type { JsonObject } from "./openapi.js";
import type { StatementStructures } from "./structures.js";

/** A thread that has its compilers; it takes any number of documents, each followed by its structures. */
export interface CompilerThread {
  /** Throws `bindings-failed`, `output-unsafe`. */
  readonly makeTypes: (document: JsonObject, file: string) => Promise<Types>;
  /** The text of each. */
  readonly writeStructures: (structures: readonly StatementStructures[]) => Promise<readonly string[]>;
  /** Whatever it is doing. */
  readonly stop: () => Promise<void>;
}

/** The document as JSON, because that is the cheapest to hand over. */
export type CompilerWork =
  | { readonly document: string; readonly file: string }
  | { readonly structures: readonly StatementStructures[] };

/** Work, and what its answer is known by. */
export type CompilerOrder = { readonly id: number } & CompilerWork;

/** What was asked for, or why there is none. */
export type CompilerResult =
  | { readonly types: Types }
  | { readonly written: readonly string[] }
  | { readonly failed: readonly Diagnostic[] };

/** A result, by the order that it answers. */
export type CompilerAnswer = { readonly id: number } & CompilerResult;

/** Starts the thread. Run from its sources, the toolkit has no compiled one: then it is this thread. */
export function startCompiler(): CompilerThread {
  const entry = new URL("./compiler-worker.js", import.meta.url);
  return existsSync(entry) ? threadOf(new Worker(entry, { resourceLimits })) : thisThread;
}

/** Room for what is short-lived: with as much as Node gives by itself, it takes more memory. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 } as const;

function threadOf(worker: Worker): CompilerThread {
  const open = new Map<number, (answer: CompilerAnswer | Error) => void>();
  let orders = 0;
  let end: Error | undefined;
  const over = (reason: Error): void => {
    end ??= reason;
    for (const settle of open.values()) settle(end);
    open.clear();
  };
  worker.on("message", (answer: CompilerAnswer) => {
    open.get(answer.id)?.(answer);
    open.delete(answer.id);
  });
  worker.on("error", over);
  worker.on("exit", () => over(new Error("the thread of the compilers ended")));
  const answer = <T>(order: CompilerWork, pick: (answer: CompilerAnswer) => T | undefined): Promise<T> =>
    unasked(
      new Promise<T>((resolve, reject) => {
        if (end) throw end;
        const id = orders++;
        open.set(id, (answer) => {
          if (answer instanceof Error) return reject(answer);
          const made = pick(answer);
          if (made === undefined) reject(new StageError("failed" in answer ? answer.failed : []));
          else resolve(made);
        });
        worker.postMessage({ id, ...order } satisfies CompilerOrder);
      }),
    );
  return {
    makeTypes: (document, file) =>
      answer({ document: JSON.stringify(document), file }, (answer) => ("types" in answer ? answer.types : undefined)),
    writeStructures: (structures) =>
      answer({ structures }, (answer) => ("written" in answer ? answer.written : undefined)),
    stop: async () => {
      await worker.terminate();
    },
  };
}

const thisThread: CompilerThread = {
  makeTypes: (document, file) =>
    unasked(import("./compiler-pipeline.js").then(({ makeTypes }) => makeTypes(document, file))),
  writeStructures: (structures) =>
    unasked(import("./compiler-pipeline.js").then(({ writeStructures }) => writeStructures(structures))),
  stop: async () => {},
};

/** Who stops early does not ask what became of it. */
function unasked<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
