/** The thread that has the compilers: it does what it is told, one thing after the other. */
import "./compile-cache.js";
import { parentPort } from "node:worker_threads";
import { loadCompilers, makeTypes, writeStructures } from "./compiler-pipeline.js";
import type { CompilerOrder, CompilerResult, CompilerWork } from "./compiler-thread.js";
import { StageError } from "./diagnostics.js";

/** The text of a large document is let go before the work on it begins. */
function prepare(work: CompilerWork): () => CompilerResult {
  if ("structures" in work) return () => ({ written: writeStructures(work.structures) });
  const { file } = work;
  const document = JSON.parse(work.document);
  return () => ({ types: makeTypes(document, file) });
}

function resultOf(work: () => CompilerResult): CompilerResult {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return { failed: error.diagnostics };
  }
}

// While the document is still being read.
loadCompilers();
parentPort?.on("message", ({ id, ...work }: CompilerOrder) => {
  parentPort?.postMessage({ id, ...resultOf(prepare(work)) });
});
