import { createRequire } from "node:module";
import type { Prism } from "./prism.js";

/** Parts of Prism as its own command line uses them (prism-cli, from the lock file). */
interface PrismHttp {
  readonly getHttpOperationsFromSpec: (document: string | object) => Promise<readonly object[]>;
}
interface PrismCore {
  readonly createLogger: (name: string, options: { readonly level: string }) => object;
}
interface PrismServer {
  readonly createServer: (operations: readonly object[], options: Readonly<Record<string, unknown>>) => Server;
}
interface Server {
  readonly prism: { request: (...given: readonly unknown[]) => () => Promise<unknown> };
  readonly listen: (port: number, host: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

const own = createRequire(createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js"));

/**
 * The mock that `startPrism` starts, in this process: for many small documents, each of which would else wait for a process
 * of its own. Several documents are served as one. Rejects with what Prism has against a document.
 */
export async function servePrism(...documents: readonly (string | object)[]): Promise<Prism> {
  const started = performance.now();
  const { getHttpOperationsFromSpec } = own("@stoplight/prism-http") as PrismHttp;
  const { createServer } = own("@stoplight/prism-http-server") as PrismServer;
  const { createLogger } = own("@stoplight/prism-core") as PrismCore;
  const operations = (await Promise.all(documents.map(getHttpOperationsFromSpec))).flat();
  if (operations.length === 0) throw new Error("No operations found in the current file.");
  const server = createServer(operations, {
    cors: false,
    components: { logger: createLogger("test", { level: "silent" }) },
    config: {
      checkSecurity: true,
      errors: false,
      isProxy: false,
      mock: { dynamic: false },
      upstreamProxy: undefined,
      validateRequest: true,
      validateResponse: true,
    },
  });
  answerAlways(server);
  const url = await server.listen(0, "127.0.0.1");
  const stop = () => server.close();
  return { url, startedIn: performance.now() - started, stop, [Symbol.asyncDispose]: stop };
}

/** What Prism throws ends its command line, and would end this process: here it becomes the answer 500. */
function answerAlways({ prism }: Server): void {
  const { request } = prism;
  prism.request =
    (...given) =>
    async () => {
      try {
        return await request(...given)();
      } catch (left) {
        return { _tag: "Left", left };
      }
    };
}
