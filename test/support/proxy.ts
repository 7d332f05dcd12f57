import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** One entry of Prism's response header `sl-violations`, or of the problem that it makes up where no response is declared for it. */
export interface PrismViolation {
  /** e.g. `["request", "query", "limit"]`; without the last part where a parameter is missing. */
  readonly location: readonly string[];
  readonly severity: string;
  /** JSON Schema keyword, or 401 for a missing credential. */
  readonly code: string | number;
  readonly message: string;
}

/** A request as it came over the wire, and what the target answered. */
export interface Exchange {
  readonly method: string;
  /** Request target (RFC 9112, section 3.2) byte for byte: nothing is decoded or normalised. */
  readonly target: string;
  /** Name, value, name, value, …: as sent. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly status: number;
  /** Media type of the answer, without parameters. */
  readonly mediaType: string;
  readonly violations: readonly PrismViolation[];
}

/** A reverse proxy that forwards what it gets and keeps it. */
export interface RecordingProxy extends AsyncDisposable {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  /** Exchanges since the last `take`; they are known before the client sees the head of the answer. */
  take(): readonly Exchange[];
  stop(): Promise<void>;
}

/** Starts a proxy in front of `target`, a base URL on this machine. */
export async function startProxy(target: string): Promise<RecordingProxy> {
  const { hostname, port } = new URL(target);
  // A connection for each request: one that is kept may be closed by the target just when it is used again.
  const agent = new Agent({ keepAlive: false });
  let exchanges: Exchange[] = [];

  const forward = async (incoming: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const { method = "", url = "", rawHeaders } = incoming;
    const body = await buffer(incoming);
    // An array of raw headers keeps their case and order, and keeps Node from adding any.
    const outgoing = request({ hostname, port, agent, method, path: url, headers: [...rawHeaders] });
    outgoing.end(body);
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    const status = answer.statusCode ?? 0;
    const mediaType = (answer.headers["content-type"] ?? "").replace(/;.*/s, "").trim();
    const content = await buffer(answer);
    const violations = violationsOf(answer, status, content);
    exchanges.push({ method, target: url, rawHeaders, body, status, mediaType, violations });
    reply.writeHead(status, answer.statusMessage, answer.rawHeaders);
    reply.end(content);
  };

  // Making a thousand cases takes seconds on a slow machine: a connection that is idle meanwhile is not closed.
  const server = createServer({ keepAliveTimeout: 0 }, (incoming, reply) => {
    forward(incoming, reply).catch((error: unknown) => reply.writeHead(502).end(String(error)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = async (): Promise<void> => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    agent.destroy();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = exchanges;
      exchanges = [];
      return taken;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function violationsOf(answer: IncomingMessage, status: number, content: Buffer): readonly PrismViolation[] {
  const header = answer.headers["sl-violations"];
  if (header !== undefined) return JSON.parse(String(header)) as readonly PrismViolation[];
  if (answer.headers["content-type"] !== "application/problem+json") return [];
  const problem = JSON.parse(content.toString()) as PrismProblem;
  if (!problem.type?.startsWith("https://stoplight.io/prism/errors#")) return [];
  const { validation = [], title } = problem;
  if (status !== 401 && status !== 415)
    return validation.map((one) => ({ ...one, location: ["request", ...(one.location ?? [])] }));
  return [{ location: ["request"], severity: "Error", code: status, message: title ?? "" }];
}

/** What Prism answers where the document says nothing of such a failure; of 401 and 415 it tells no more than that. */
interface PrismProblem {
  readonly type?: string;
  readonly title?: string;
  readonly validation?: readonly (Omit<PrismViolation, "location"> & Partial<Pick<PrismViolation, "location">>)[];
}
