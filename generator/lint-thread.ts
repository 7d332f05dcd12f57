/** Has Redocly's rules run over a large document beside everything else: they take as long as all other stages. */
import { existsSync, statSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Diagnostic } from "./diagnostics.js";
import type { LoadOptions } from "./document.js";

/** The document by its path, as `load` reads it. */
export interface LintOrder extends LoadOptions {
  readonly spec: string;
}

/** Rules under way. */
export interface Linting {
  /** As the lint stage gives them. */
  readonly findings: Promise<readonly Diagnostic[]>;
  /** Whatever they are doing. */
  readonly stop: () => Promise<unknown>;
}

/** In bytes. Over a smaller document the rules are done before a thread would have begun. */
const LARGE = 1_000_000;

const entry = new URL("./lint-worker.js", import.meta.url);

/** Undefined where it is to be done in this thread: a small document, or a toolkit that is run from its sources. */
export function lintBeside(spec: string, options: LoadOptions): Linting | undefined {
  if (sizeOf(spec) < LARGE || !existsSync(entry)) return undefined;
  const worker = new Worker(entry, { workerData: { ...options, spec } satisfies LintOrder });
  const findings = new Promise<readonly Diagnostic[]>((resolve, reject) => {
    worker.once("message", resolve).once("error", reject);
    // Plugins run in it, too.
    worker.once("exit", () => reject(new Error("the thread of Redocly's rules ended")));
  });
  // Who stops early does not ask what became of it.
  findings.catch(() => {});
  return { findings, stop: () => worker.terminate() };
}

/** Of what cannot be read, `load` says why. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
