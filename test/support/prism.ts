import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";

/** A running Prism mock of one document. */
export interface Prism extends AsyncDisposable {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  /** Milliseconds from the start of the process to its readiness. */
  readonly startedIn: number;
  /** Ends the process; resolves when it is gone. */
  stop(): Promise<void>;
}

const cli = createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");

/** Prism watches its end of a pipe: when the test process dies, however it dies, the pipe closes and Prism follows. */
const endWithParent = "data:text/javascript,process.stdin.on('end',()=>process.exit()).resume()";

/**
 * Starts `prism mock` (prism-cli, from the lock file) in its static mode: examples of the document are the answers.
 * Without `--errors`: that flag is about responses only, violations of a request are in `sl-violations` either way.
 * Port 0 lets the system choose, so that no other process can take the port in between; the chosen one is in the output.
 */
export async function startPrism(document: string): Promise<Prism> {
  const started = performance.now();
  // The level must be `info`: below it Prism does not print the line that tells its port.
  const options = ["mock", document, "--host", "127.0.0.1", "--port", "0", "--verboseLevel", "info"];
  const child = spawn(process.execPath, ["--import", endWithParent, cli, ...options], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  // A write to a pipe whose reader is gone is no failure of a test.
  child.stdin.on("error", () => {});
  const stop = async (): Promise<void> => {
    if (hasEnded(child)) return;
    const exited = once(child, "exit");
    child.kill();
    await exited;
  };
  const url = await listening(child);
  return { url, startedIn: performance.now() - started, stop, [Symbol.asyncDispose]: stop };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** The address in Prism's output; rejects with the whole output when the process ends without telling one. */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: string): void => {
      output += chunk;
      const address = /Prism is listening on (http:\/\/\S+)/.exec(output)?.[1];
      if (address === undefined) return;
      child.off("exit", fail);
      // From here on the output is only drained: nobody reads it, and a full pipe would stop Prism.
      for (const stream of [child.stdout, child.stderr]) stream?.off("data", read).resume();
      resolve(address);
    };
    const fail = (): void => reject(new Error(`Prism ended before it was ready:\n${output}`));
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", read);
    child.once("exit", fail);
    child.once("error", reject);
  });
}
