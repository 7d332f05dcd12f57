/** The thread in which the bindings are made: one document in, its bindings out, and an end. */
import { parentPort } from "node:worker_threads";
import { loadCompilers, makeBindings } from "../bindings.js";
import { StageError } from "../diagnostics.js";
import type { BindingsAnswer, BindingsOrder } from "./thread.js";

const answer = (message: BindingsAnswer): void => parentPort?.postMessage(message);

// While the document is still being read.
loadCompilers();
parentPort?.once("message", async ({ source, file }: BindingsOrder) => {
  try {
    const { operations, text } = await makeBindings(JSON.parse(source), file);
    answer({ operations });
    answer({ text: text() });
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    answer({ diagnostics: error.diagnostics });
  }
});
