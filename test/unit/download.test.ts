import type { LookupAddress } from "node:dns";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { download, isPrivate, RefusedError, refuseAddress } from "../../generator/download.js";

type Lookup = NonNullable<Parameters<typeof download>[3]>;

/** A names' server that knows one name only. */
function knows(name: string, ...addresses: readonly string[]): Lookup {
  const numbers = addresses.map((address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 }));
  const lookup = (host: string, _: object, callback: (error: Error | null, found: readonly LookupAddress[]) => void) =>
    host === name ? callback(null, numbers) : callback(new Error(`asked for ${host}`), []);
  return lookup as Lookup;
}

async function serve(listener: RequestListener): Promise<{ readonly port: number; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    listener(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { port: (server.address() as AddressInfo).port, asked };
}

const urls = (...addresses: readonly string[]) => addresses.map((address) => new URL(address));
const limits = { bytes: 1000, milliseconds: 20_000, redirects: 2 };

/** What it is rejected with: the kind of error and its message. */
async function failure(promise: Promise<unknown>): Promise<readonly [isRefused: boolean, message: string]> {
  const error = await promise.then(
    () => new Error("it was read"),
    (reason: unknown) => reason,
  );
  return [error instanceof RefusedError, error instanceof Error ? error.message : String(error)];
}

describe("an address is refused unless it is allowed", () => {
  it.each<readonly [string, readonly string[], string | undefined]>([
    ["https://a.test/x.yaml", [], "leads to https://a.test"],
    ["https://a.test/x.yaml", ["https://a.test"], undefined],
    ["https://A.TEST:443/x.yaml", ["https://a.test"], undefined],
    ["http://a.test/x.yaml", ["https://a.test"], "leads to http://a.test"],
    ["https://a.test:8443/x.yaml", ["https://a.test"], "leads to https://a.test:8443"],
    ["https://b.a.test/x.yaml", ["https://a.test"], "leads to https://b.a.test"],
    ["https://a.test.evil.test/x.yaml", ["https://a.test"], "leads to https://a.test.evil.test"],
    ["https://a.test./x.yaml", ["https://a.test"], "leads to https://a.test."],
    ["https://a.test/open/x.yaml", ["https://a.test/open"], undefined],
    ["https://a.test/open/x.yaml", ["https://a.test/open/"], undefined],
    ["https://a.test/opened/x.yaml", ["https://a.test/open"], "leads to https://a.test"],
    ["https://a.test/open/../x.yaml", ["https://a.test/open"], "leads to https://a.test"],
    ["https://a.test/open/%2e%2e/x.yaml", ["https://a.test/open"], "leads to https://a.test"],
    ["https://a.test/open/..%2fx.yaml", ["https://a.test/open"], "leads to https://a.test"],
    ["https://a.test/open/..%5Cx.yaml", ["https://a.test/open"], "leads to https://a.test"],
    ["https://a.test/open\\..\\x.yaml", ["https://a.test/open"], "leads to https://a.test"],
    ["https://a.test@evil.test/x.yaml", ["https://a.test"], "holds a password"],
    ["https://me:word@a.test/x.yaml", ["https://a.test"], "holds a password"],
    ["http://127.1/x.yaml", ["http://127.0.0.1"], undefined],
    ["http://2130706433/x.yaml", ["http://10.0.0.1"], "leads to http://127.0.0.1"],
    ["http://[::1]/x.yaml", ["http://127.0.0.1"], "leads to http://[::1]"],
    ["data:text/plain,x", ["https://a.test"], "leads to data:"],
    ["https://", ["https://a.test"], "is not an address"],
  ])("%s with %j", (address, allowed, refusal) => {
    expect(refuseAddress(address, urls(...allowed))).toBe(refusal);
  });
});

it.each([
  ...["127.0.0.1", "127.255.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"],
  ...["100.64.0.1", "0.0.0.0", "192.0.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255"],
  ...["::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:a00:1", "fe80::1", "fe80::1%eth0", "fd00::1"],
  ...["fec0::1", "ff02::1", "100::1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::1"],
])("%s is a private number", (number) => {
  expect(isPrivate(number)).toBe(true);
});

it.each(["8.8.8.8", "172.32.0.1", "192.0.1.1", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"])(
  "%s is a public number",
  (number) => {
    expect(isPrivate(number)).toBe(false);
  },
);

describe("a name that stands for a private number", () => {
  it("is not asked, whatever the user allows of the name", async () => {
    const { port, asked } = await serve((_, response) => response.end("secret"));
    const address = `http://a.test:${port}/x.yaml`;
    for (const numbers of [["127.0.0.1"], ["::ffff:127.0.0.1"], ["127.0.0.1", "8.8.8.8"], ["8.8.8.8", "127.0.0.1"]]) {
      const number = numbers.find(isPrivate);
      expect(
        await failure(download(address, urls(`http://a.test:${port}`), limits, knows("a.test", ...numbers))),
      ).toEqual([true, `leads to a.test, which is the private address ${number}`]);
    }
    expect(asked).toEqual([]);
  });

  it("is asked where the number is allowed, too, with its port", async () => {
    const { port, asked } = await serve((_, response) => response.end("inside"));
    const address = `http://a.test:${port}/x.yaml`;
    const lookup = knows("a.test", "127.0.0.1");
    const other = urls(`http://a.test:${port}`, `http://127.0.0.1:${port + 1}`, `https://127.0.0.1:${port}`);
    expect((await failure(download(address, other, limits, lookup)))[0]).toBe(true);
    expect(asked).toEqual([]);
    for (const place of [`http://127.0.0.1:${port}`, `http://localhost:${port}`]) {
      const { bytes } = await download(address, urls(`http://a.test:${port}`, place), limits, lookup);
      expect(Buffer.from(bytes).toString()).toBe("inside");
    }
  });

  it("is a host that cannot be reached, where nobody knows it", async () => {
    expect(await failure(download("http://a.test/", urls("http://a.test"), limits, knows("b.test")))).toEqual([
      false,
      "the server cannot be reached: asked for a.test",
    ]);
  });
});

describe("a number", () => {
  it.each(["127.0.0.1", "127.1", "2130706433", "0x7f.1", "localhost"])(
    "%s is read where it is allowed",
    async (host) => {
      const { port } = await serve((_, response) => response.writeHead(200, { "content-type": "a/b" }).end("text"));
      const { bytes, mimeType } = await download(`http://${host}:${port}/x`, urls(`http://${host}:${port}`));
      expect([Buffer.from(bytes).toString(), mimeType]).toEqual(["text", "a/b"]);
    },
  );
});

describe("a redirect", () => {
  it("is followed to what is allowed", async () => {
    const { port, asked } = await serve(({ url }, response) =>
      url === "/a" ? response.writeHead(307, { location: "b" }).end() : response.end("there"),
    );
    const { bytes } = await download(`http://127.0.0.1:${port}/a`, urls(`http://127.0.0.1:${port}`));
    expect(Buffer.from(bytes).toString()).toBe("there");
    expect(asked).toEqual(["/a", "/b"]);
  });

  it("is refused to anything else, and that is not asked", async () => {
    const inside = await serve((_, response) => response.end("secret"));
    const { port } = await serve(({ url = "" }, response) =>
      response.writeHead(302, { location: decodeURIComponent(url.slice(1)) }).end(),
    );
    const allowed = urls(`http://127.0.0.1:${port}`);
    for (const [location, refusal] of [
      [`http://127.0.0.1:${inside.port}/`, `leads to http://127.0.0.1:${inside.port}`],
      [`http://localhost:${port}/`, `leads to http://localhost:${port}`],
      ["http://169.254.169.254/latest/meta-data/", "leads to http://169.254.169.254"],
      ["file:///etc/hosts", "leads to file:"],
      ["data:text/plain,x", "leads to data:"],
      ["http://", "leads to no address"],
    ] as const) {
      const address = `http://127.0.0.1:${port}/${encodeURIComponent(location)}`;
      expect(await failure(download(address, allowed))).toEqual([true, `is redirected, and that ${refusal}`]);
    }
    expect(inside.asked).toEqual([]);
  });

  it("is refused to a name that is allowed and stands for a private number", async () => {
    const { port } = await serve((_, response) => response.writeHead(302, { location: "http://b.test/" }).end());
    const allowed = urls(`http://127.0.0.1:${port}`, "http://b.test");
    const promise = download(`http://127.0.0.1:${port}/`, allowed, limits, knows("b.test", "10.0.0.1"));
    expect(await failure(promise)).toEqual([true, "leads to b.test, which is the private address 10.0.0.1"]);
  });

  it("ends", async () => {
    const { port, asked } = await serve((_, response) => response.writeHead(302, { location: "/" }).end());
    expect(await failure(download(`http://127.0.0.1:${port}/`, urls(`http://127.0.0.1:${port}`), limits))).toEqual([
      false,
      "the server redirects more than 2 times",
    ]);
    expect(asked).toHaveLength(3);
  });
});

describe("an answer", () => {
  const read = (port: number, more: Partial<typeof limits> = {}) =>
    download(`http://127.0.0.1:${port}/`, urls(`http://127.0.0.1:${port}`), { ...limits, ...more });

  it("has an end, and the server is left", async () => {
    let left: Promise<unknown> | undefined;
    const { port } = await serve((_, response) => {
      left = once(response, "close");
      const write = (): void => {
        while (!response.destroyed && response.write("x".repeat(100)));
      };
      response.on("drain", write);
      write();
    });
    expect(await failure(read(port))).toEqual([false, "it is larger than 1000 bytes"]);
    await left;
  });

  it("of just the size is read", async () => {
    const { port } = await serve((_, response) => response.end("x".repeat(1000)));
    expect((await read(port)).bytes).toHaveLength(1000);
  });

  it("comes in time, from its first byte to its last", async () => {
    const silent = await serve(() => {});
    expect(await failure(read(silent.port, { milliseconds: 50 }))).toEqual([false, "the server takes too long"]);
    const slow = await serve((_, response) => response.write("x"));
    expect(await failure(read(slow.port, { milliseconds: 500 }))).toEqual([false, "the server takes too long"]);
  });

  it("that is none is told", async () => {
    const { port } = await serve((_, response) => response.writeHead(503).end());
    expect(await failure(read(port))).toEqual([false, "the server answered 503"]);
    const cut = await serve((_, response) =>
      response.writeHead(200, { "content-length": "9" }).write("x", () => response.destroy()),
    );
    expect((await failure(read(cut.port)))[1]).toMatch(/^the server breaks off: /);
    const socket = createSocket().listen(0, "127.0.0.1");
    await once(socket, "listening");
    const closed = (socket.address() as AddressInfo).port;
    socket.close();
    await once(socket, "close");
    expect(await failure(read(closed))).toEqual([false, "the server cannot be reached: ECONNREFUSED"]);
  });
});
