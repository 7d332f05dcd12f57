/** The thread that has the compilers: it does what it is told, one thing after the other. */
import "./compile-cache.js";
import { parentPort } from "node:worker_threads";
import { checkStatements, loadCompilers, makeTypes } from "./compiler-pipeline.js";
import type { CompilerAnswer, CompilerOrder, CompilerPart } from "./compiler-thread.js";
import { StageError } from "./diagnostics.js";

// While the document is still being read.
loadCompilers();
parentPort?.on("message", async (order: CompilerOrder) => {
  const answer = (part: CompilerPart): void => {
    const message: CompilerAnswer = { id: order.id, ...part };
    parentPort?.postMessage(message);
  };
  try {
    if ("files" in order) {
      answer({ checked: checkStatements(order.files) });
      return;
    }
    const { findings, operations, text } = await makeTypes(JSON.parse(order.document), order.file);
    answer({ outline: { findings, operations } });
    answer({ text: text() });
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    answer({ failed: error.diagnostics });
  }
});
