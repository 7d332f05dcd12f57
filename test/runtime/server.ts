import { once } from "node:events";
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request as it came over the wire. */
export interface Received {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly target: string;
  /** Name, value, name, value, …: as sent, one byte a character. */
  readonly rawHeaders: readonly string[];
  /** A header, by any case of its name; several of a name are joined. */
  header(name: string): string | undefined;
  /** Undefined where it broke off. */
  readonly body: Promise<string | undefined>;
  /** Settles when the answer is over, with whether the client took all of it. */
  readonly taken: Promise<boolean>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A real server on a free port, which keeps what it is asked. */
export interface TestServer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  readonly requests: readonly Received[];
  /** Settles when the next request is here. */
  arrival(): Promise<unknown>;
}

/** Each request gets the next handler; the last one stays. */
export async function serve(...handlers: readonly [Handler, ...Handler[]]): Promise<TestServer> {
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "", rawHeaders } = request;
    requests.push({
      method,
      target: url,
      rawHeaders,
      header: (name) => request.headersDistinct[name.toLowerCase()]?.join(", "),
      body: text(request).catch(() => undefined),
      taken: once(response, "close").then(() => response.writableFinished),
    });
    const handler = handlers[Math.min(requests.length, handlers.length) - 1];
    handler?.(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    arrival: () => once(server, "request"),
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A whole answer with its length. */
export const answer =
  (status: number, headers: OutgoingHttpHeaders = {}, body: string | Uint8Array = ""): Handler =>
  (_, response) => {
    response.writeHead(status, { "content-length": Buffer.byteLength(body), ...headers }).end(body);
  };

export const json = (status: number, body: unknown, headers: OutgoingHttpHeaders = {}): Handler =>
  answer(status, { "content-type": "application/json", ...headers }, JSON.stringify(body));

/** An error as the service of the fixtures writes it. */
export const problem = (status: number, code: string, message = "no", headers: OutgoingHttpHeaders = {}): Handler =>
  json(status, { error_code: code, error_msg: message, request_id: "r-1" }, headers);

export const octets = (body: string | Uint8Array, headers: OutgoingHttpHeaders = {}): Handler =>
  answer(200, { "content-type": "application/octet-stream", ...headers }, body);

/** An answer in pieces, without its length. */
export const pieces =
  (parts: readonly (string | Uint8Array)[], headers: OutgoingHttpHeaders = {}, status = 200): Handler =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/octet-stream", ...headers });
    const next = (index: number) => {
      const part = parts[index];
      if (part === undefined) response.end();
      // A piece a turn, so that the connection carries them one by one.
      else response.write(part, () => setImmediate(next, index + 1));
    };
    next(0);
  };

/** The head and a piece of the body, and then nothing more. */
export const stall =
  (status: number, headers: OutgoingHttpHeaders, begin?: string): Handler =>
  (_, response) => {
    response.writeHead(status, headers).flushHeaders();
    if (begin !== undefined) response.write(begin);
  };

/** No answer at all. */
export const silence: Handler = () => {};

/** The connection is gone before the head. */
export const reset: Handler = ({ socket }) => {
  socket.destroy();
};

/** The bytes as they are, then the end of the connection. */
export const bytes =
  (...raw: readonly (string | Uint8Array)[]): Handler =>
  ({ socket }) => {
    for (const part of raw) socket.write(part);
    socket.end();
  };
