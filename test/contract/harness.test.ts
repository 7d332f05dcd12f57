import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { startPrism } from "../support/prism.js";
import { startProxy } from "../support/proxy.js";

const specFile = fileURLToPath(new URL("../../spec/openapi.yaml", import.meta.url));
const prismModule = new URL("../support/prism.ts", import.meta.url).href;

test("the proxy records and forwards a target byte for byte, headers in order, and the body", async () => {
  const seen: unknown[] = [];
  const server = createServer(async (incoming, reply) => {
    seen.push([incoming.method, incoming.url, incoming.rawHeaders, await text(incoming)]);
    reply.setHeader("content-type", "text/plain; charset=utf-8").end("answer");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  await using proxy = await startProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  const target = "/a/../%2e%2E/b//c?x=+&y=%zz&&z='\"<>`{}|^[]\\&y=a,b%20";
  const headers = [
    "HOST",
    "elsewhere",
    "x-B",
    "1",
    "X-a",
    "inner  space",
    "Connection",
    "close",
    "Content-Length",
    "3",
  ];
  const socket = connect(Number(new URL(proxy.url).port), "127.0.0.1");
  const lines = headers.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${headers[index + 1]}`] : []));
  socket.write(`PUT ${target} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\na\0b`);
  const answer = await text(socket);

  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n.*answer/s);
  expect(seen).toEqual([["PUT", target, headers, "a\0b"]]);
  expect(proxy.take()).toEqual([
    {
      method: "PUT",
      target,
      rawHeaders: headers,
      body: Buffer.from("a\0b"),
      status: 200,
      mediaType: "text/plain",
      violations: [],
    },
  ]);
  expect(proxy.take()).toEqual([]);
});

test("Prism that cannot read its document says so", async () => {
  await expect(startPrism("/nowhere/openapi.yaml")).rejects.toThrow(/Prism ended before it was ready.*nowhere/s);
});

test("Prism ends when it is stopped, and a second stop does no harm", async () => {
  const prism = await startPrism(specFile);
  const closed = connection(prism.url);
  await prism.stop();
  await closed;
  await prism.stop();
  await expect(fetch(prism.url)).rejects.toThrow();
});

test("Prism ends when the process that started it is killed", async () => {
  const script = `import { startPrism } from ${JSON.stringify(prismModule)};
    process.stdout.write((await startPrism(${JSON.stringify(specFile)})).url);`;
  const parent: ChildProcess = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
  });
  onTestFinished(() => void parent.kill("SIGKILL"));
  const [url] = (await once(parent.stdout ?? parent, "data")) as [Buffer];
  const closed = connection(url.toString());
  parent.kill("SIGKILL");
  await closed;
});

/** Resolves when a connection to the server, opened now, is closed by the end of its process. */
function connection(url: string): Promise<unknown> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    // The request is never finished, so that no idle timer of the server closes the connection.
    socket.write("GET / HTTP/1.1\r\n");
    socket.on("error", () => {}).on("close", resolve);
  });
}
