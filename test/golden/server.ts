import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** A request as it arrived. */
export interface Seen {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Settles when the answer is over, with whether the client took all of it. */
  readonly taken: Promise<boolean>;
}

type Chunk = string | Uint8Array;

/** What is sent back. */
export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** A list is sent chunk by chunk, without a length. */
  readonly body?: Chunk | Iterable<Chunk> | AsyncIterable<Chunk>;
}

/** A real HTTP server that keeps what it is asked, and is closed when the test ends. */
export async function serve(answer: Answer | ((request: Seen) => Answer) = { status: 204 }): Promise<{
  readonly baseUrl: string;
  readonly seen: readonly Seen[];
}> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const taken = once(response, "close").then(() => response.writableFinished);
    const one: Seen = { method, target: url, headers, body: await buffer(request), taken };
    seen.push(one);
    const { status, type, body, ...rest } = typeof answer === "function" ? answer(one) : answer;
    response.writeHead(status, { ...rest.headers, ...(type === undefined ? {} : { "content-type": type }) });
    if (body === undefined || typeof body === "string" || body instanceof Uint8Array) {
      response.end(body);
      return;
    }
    response.flushHeaders();
    for await (const chunk of body) {
      if (response.destroyed) return;
      // A chunk a turn, so that the connection carries them one by one.
      await new Promise((resolve) => response.write(chunk, () => setImmediate(resolve)));
    }
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, seen };
}
