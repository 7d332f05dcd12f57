import { once } from "node:events";
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";

/** A server of static files, on the loopback interface only. */
export interface DocsServer extends AsyncDisposable {
  /** Address of the first page, with a slash at its end. */
  readonly url: string;
  /** Ends the connections and resolves when the port is free. */
  close(): Promise<void>;
  /** Resolves when the server has ended, by `close` or by its signal. */
  readonly closed: Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Serves `dir` until `close` or the signal ends it; port 0 lets the system choose. Rejects when the folder is absent or
 * the port is taken (`EADDRINUSE`). What Ctrl+C means is the caller's to say.
 */
export async function serveDocs(dir: string, port: number, signal?: AbortSignal): Promise<DocsServer> {
  const root = await realpath(dir);
  signal?.throwIfAborted();
  const server = createServer((request, response) => {
    // A reader that goes away in the middle is no failure of the server.
    answer(root, request, response).catch(() => response.destroy());
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  const closed = once(server, "close").then(() => {});
  const close = (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    return closed;
  };
  signal?.addEventListener("abort", close, { once: true });
  if (signal?.aborted) await close();
  return { url: `http://127.0.0.1:${address.port}/`, close, closed, [Symbol.asyncDispose]: close };
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader("Cache-Control", "no-cache");
  response.setHeader("X-Content-Type-Options", "nosniff");
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405, "Method not allowed");
  }
  const file = await findFile(root, request.url ?? "/");
  if (!file) return refuse(response, 404, "Not found");
  response.setHeader("Content-Type", contentTypes[extname(file.path)] ?? "application/octet-stream");
  response.setHeader("Content-Length", file.size);
  if (request.method === "HEAD") response.end();
  else await pipeline(createReadStream(file.path), response);
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}

/** The file of a request target; the real path is compared, so that neither `..` nor a link leads out of the folder. */
async function findFile(
  root: string,
  target: string,
): Promise<{ readonly path: string; readonly size: number } | undefined> {
  try {
    const wanted = decodeURIComponent(target.replace(/[?#].*$/s, ""));
    const path = await realpath(join(root, wanted.endsWith("/") ? `${wanted}index.html` : wanted));
    if (!path.startsWith(root + sep)) return undefined;
    const stats = await stat(path);
    return stats.isFile() ? { path, size: stats.size } : undefined;
  } catch {
    // Malformed escapes, a NUL, a missing file: all of them name nothing that is here.
    return undefined;
  }
}
