import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request as it arrived. */
export interface Seen {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** What is sent back. */
export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
}

/** A real HTTP server that keeps what it is asked, and is closed when the test ends. */
export async function serve(answer: Answer = { status: 204 }): Promise<{
  readonly baseUrl: string;
  readonly seen: readonly Seen[];
}> {
  const seen: Seen[] = [];
  const server = createServer(({ method = "", url = "", headers }, response) => {
    seen.push({ method, target: url, headers });
    response.writeHead(answer.status, answer.type === undefined ? {} : { "content-type": answer.type });
    response.end(answer.body);
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
