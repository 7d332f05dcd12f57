import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DocsServer, serveDocs } from "../../generator/docs/serve.js";

let folder: string;
let server: DocsServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "specproof-serve-"));
  await mkdir(join(folder, "site/sub"), { recursive: true });
  await mkdir(join(folder, "site-2"));
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(folder, "site-2/secret.txt"), "secret");
  await writeFile(join(folder, "site/index.html"), "<p>Start 数据库");
  await writeFile(join(folder, "site/sub/index.html"), "<p>Sub");
  for (const name of ["a.js", "a.css", "a.json", "a.svg", "a.txt", "a.bin", "100% 数据.txt"]) {
    await writeFile(join(folder, "site", name), name);
  }
  await symlink(join(folder, "secret.txt"), join(folder, "site/link.txt"));
  server = await serveDocs(join(folder, "site"), 0);
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** The target goes out as given: `fetch` would resolve `..` before. */
async function ask(target: string, method = "GET"): Promise<{ response: IncomingMessage; body: string }> {
  const sent = request({ host: "127.0.0.1", port: new URL(server.url).port, path: target, method }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return { response, body: await text(response) };
}

describe("the server of the reference", () => {
  it("gives the page at its address, to this machine only", async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    for (const target of ["/", "/index.html", "/?a=/../b", "/sub/../"]) {
      const { response, body } = await ask(target);
      expect([response.statusCode, response.headers["content-type"], body], target).toEqual([
        200,
        "text/html; charset=utf-8",
        "<p>Start 数据库",
      ]);
      expect(response.headers["content-length"]).toBe(String(Buffer.byteLength(body)));
    }
    expect((await ask("/sub/")).body).toBe("<p>Sub");
    expect((await ask("/100%25%20%E6%95%B0%E6%8D%AE.txt")).body).toBe("100% 数据.txt");
  });

  it.each([
    ["/a.js", "text/javascript; charset=utf-8"],
    ["/a.css", "text/css; charset=utf-8"],
    ["/a.json", "application/json"],
    ["/a.svg", "image/svg+xml"],
    ["/a.txt", "text/plain; charset=utf-8"],
    ["/a.bin", "application/octet-stream"],
  ])("%s is %s", async (target, type) => {
    const { response } = await ask(target);
    expect(response.headers["content-type"]).toBe(type);
    expect(response.headers["x-content-type-options"]).toBe("nosniff");
  });

  it.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/sub/../../secret.txt",
    "/../site-2/secret.txt",
    "//../secret.txt",
    "/link.txt",
    "/missing.txt",
    "/sub",
    "/a.js/",
    "/%00",
    "/%",
    "/..",
  ])("has nothing at %s", async (target) => {
    const { response, body } = await ask(target);
    expect([response.statusCode, body]).toEqual([404, "Not found\n"]);
  });

  it("answers HEAD without a body and refuses what would change something", async () => {
    const head = await ask("/a.js", "HEAD");
    expect([head.response.statusCode, head.response.headers["content-length"], head.body]).toEqual([200, "4", ""]);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      const { response } = await ask("/a.js", method);
      expect([response.statusCode, response.headers.allow], method).toEqual([405, "GET, HEAD"]);
    }
  });
});

describe("the life of a server", () => {
  it("ends with its signal, though a connection is open, and leaves the port free", async () => {
    const stop = new AbortController();
    const first = await serveDocs(join(folder, "site"), 0, stop.signal);
    const port = Number(new URL(first.url).port);
    await (await fetch(first.url)).text();
    await expect(serveDocs(join(folder, "site"), port)).rejects.toMatchObject({ code: "EADDRINUSE" });
    stop.abort();
    await first.closed;
    await using second = await serveDocs(join(folder, "site"), port);
    expect(second.url).toBe(first.url);
  });

  it("does not begin after its signal, nor without a folder", async () => {
    await expect(serveDocs(join(folder, "site"), 0, AbortSignal.abort())).rejects.toThrow();
    await expect(serveDocs(join(folder, "nowhere"), 0)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
