/** Servers: where a call goes, and what the functions make that are there for it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorOf, tracesOf } from "../runtime/client.js";
import { answer, serve } from "../runtime/server.js";
import { makePackages, type Package, type Packages, unchecked } from "./packages.js";

let packages: Packages;
let loaded: Package;

beforeAll(async () => {
  packages = await makePackages(["servers"], unchecked);
  loaded = await packages.load("servers");
});
afterAll(() => packages?.remove());

const KEY = "key-1234";

/** Where a call of a client goes; nothing is sent. */
async function addressOf(operation: string, baseUrl: string, options: object = {}): Promise<string> {
  const addresses: string[] = [];
  const fetch = async ({ url, headers }: Request) => {
    addresses.push(`${url} ${headers.get("x-key")}`);
    return new Response(null, { status: 204 });
  };
  await loaded.call(
    loaded.client({ baseUrl, auth: { key: KEY }, allowPlainHttp: true, fetch }),
    operation,
    {},
    options,
  );
  return addresses.join();
}

type Maker = (...args: readonly unknown[]) => string;
const maker = (name: string): Maker => loaded.exports[name] as Maker;

it("what is wrong with a server is told", () => {
  const messages = packages.results.get("servers")?.diagnostics.map(({ message }) => message) ?? [];
  expect(messages).toEqual([
    '`default` is a number: it is read as "443"',
    "value `us/evil` of variable `region` cannot stand in its place",
    "variable `tenant` of a server has no default",
    "server `wss://a.example.com` is left out: its scheme is `wss:`",
    "variable `unknown` of a server has no default",
  ]);
});

it("each server has a function; an operation keeps its name", () => {
  const functions = Object.keys(loaded.exports).filter((name) => /ServerUrl|^serverUrl/.test(name));
  expect(functions.sort()).toEqual(
    [
      ...["byNothingServerUrl", "byOwnServerUrl", "byOwnServerUrl2", "byPathServerUrl", "byRelativeServerUrl"],
      ...["byRootServerUrl", "serverUrl", "serverUrl2", "serverUrl3", "serverUrl4", "serverUrl5", "serverUrlOperation"],
    ].sort(),
  );
});

describe("a call goes", () => {
  it.each([
    ["byClient", "http://a.test/b", "http://a.test/b/client"],
    ["byPath", "http://a.test/b", "http://path.example.com/p/host"],
    ["byOwn", "http://a.test/b", "http://own.example.com/o/host"],
    ["byRoot", "http://a.test/b", "http://a.test/host"],
    ["byRelative", "https://a.test:8443/b/", "https://a.test:8443/upload/v2/host"],
    ["byNothing", "http://a.test/b", "http://a.test/b/host"],
  ])("to its own server, with its credential: %s of %s to %s", async (operation, baseUrl, expected) => {
    expect(await addressOf(operation, baseUrl)).toBe(`${expected} ${KEY}`);
  });

  it.each(["byClient", "byOwn", "byRoot"])("where its own option says: %s", async (operation) => {
    const path = operation === "byClient" ? "client" : "host";
    const address = await addressOf(operation, "http://a.test/b", { baseUrl: "http://c.test/d/" });
    expect(address).toBe(`http://c.test/d/${path} ${KEY}`);
  });

  it("to a server that is there, and on to where that sends it without the credential", async () => {
    await using other = await serve(answer(204));
    await using server = await serve(answer(307, { location: `${other.url}/there` }));
    const client = loaded.client({ baseUrl: "http://a.test", allowPlainHttp: true, auth: { key: KEY } });
    await loaded.call(client, "byOwn", {}, { baseUrl: `${server.url}/base` });
    expect(server.requests.map(({ target, header }) => [target, header("x-key")])).toEqual([["/base/host", KEY]]);
    expect(other.requests.map(({ target, header }) => [target, header("x-key")])).toEqual([["/there", undefined]]);
  });

  it("to a path of the client's host where its option is one", async () => {
    expect(await addressOf("byOwn", "http://a.test/b", { baseUrl: "/d" })).toBe(`http://a.test/d/host ${KEY}`);
  });

  it.each(["ftp://a.test", "http://me:secret-1@a.test", "http://a.test?b", "http://a.test/#b"])(
    "nowhere where its option is no address: %j",
    async (baseUrl) => {
      const error = await errorOf(addressOf("byOwn", "http://a.test/b", { baseUrl }));
      expect(error.name).toBe("TypeError");
      expect(tracesOf(error)).not.toContain("secret-1");
    },
  );

  it("to the client's own address through `raw`, or where its init says", async () => {
    await using server = await serve(answer(204));
    const client = loaded.client({ baseUrl: server.url }) as { raw: { PUT: (path: string) => Promise<unknown> } };
    await client.raw.PUT("/host");
    expect(server.requests.map(({ target }) => target)).toEqual(["/host"]);
  });

  it("with its address in a message", async () => {
    const fetch = () => Promise.reject(new Error("no network"));
    const client = loaded.client({
      baseUrl: "http://a.test",
      allowPlainHttp: true,
      auth: { key: KEY },
      fetch,
      retry: 0,
    });
    expect((await errorOf(loaded.call(client, "byOwn"))).message).toBe("PUT http://own.example.com/o/host failed");
  });
});

describe("the address that a function makes", () => {
  it.each<readonly [string, readonly unknown[], string]>([
    ["serverUrl2", [], "https://eu.example.com/v1/api"],
    ["serverUrl2", [{ region: "us", port: "8443", scheme: "http" }], "http://us.example.com:8443/v1/api"],
    ["serverUrl2", [{ region: undefined, port: null }], "https://eu.example.com/v1/api"],
    ["serverUrl2", [{ "base-path": "a b/c?d#e" }], "https://eu.example.com/a%20b/c%3Fd%23e"],
    ["serverUrl2", [{ "base-path": "%2e%2e" }], "https://eu.example.com/%252e%252e"],
    ["serverUrl2", [{ "base-path": "" }], "https://eu.example.com"],
    ["serverUrl2", [{ "base-path": "\\@evil.test" }], "https://eu.example.com/%5C%40evil.test"],
    ["serverUrl3", [{ tenant: "münchen" }], "https://xn--mnchen-3ya.example.com"],
    ["serverUrl3", [{ tenant: "acme", path: "/v2/x" }], "https://acme.example.com/v2/x"],
    ["serverUrl4", ["https://here.test:8443/ignored"], "https://here.test:8443/relative"],
    ["serverUrl5", [{ root: "http://there.test/v3" }], "http://there.test/v3"],
    ["byOwnServerUrl", [{ who: "they" }], "http://they.example.com/o"],
    ["byOwnServerUrl2", [], "http://other.example.com"],
    ["byRootServerUrl", ["http://a.test/b"], "http://a.test"],
  ])("%s(...%j) is %s", (name, args, expected) => {
    expect(maker(name)(...args)).toBe(expected);
  });

  it.each<readonly [string, object]>([
    ["serverUrl2", { scheme: "ftp" }],
    ["serverUrl2", { scheme: "https://evil.test/?" }],
    ["serverUrl2", { region: "evil.test/" }],
    ["serverUrl2", { region: "us/evil" }],
    ["serverUrl2", { region: "evil.test?" }],
    ["serverUrl2", { region: "evil.test#" }],
    ["serverUrl2", { region: "evil.test\\" }],
    ["serverUrl2", { region: "me@evil" }],
    ["serverUrl2", { region: "evil.test:80" }],
    ["serverUrl2", { region: "evil.test／" }],
    ["serverUrl2", { region: "%65vil" }],
    ["serverUrl2", { region: "e vil" }],
    ["serverUrl2", { region: "" }],
    ["serverUrl2", { port: "80@evil.test" }],
    ["serverUrl2", { port: "eighty" }],
    ["serverUrl2", { "base-path": ".." }],
    ["serverUrl2", { "base-path": "a/../../b" }],
    ["serverUrl3", {}],
    ["serverUrl3", { tenant: "a", path: ".evil.test" }],
    ["serverUrl3", { tenant: "a", path: "@evil.test" }],
    ["serverUrl5", { root: "https://me:secret@a.test" }],
    ["serverUrl5", { root: "javascript:alert(1)" }],
  ])("is none where a value would be more than its place: %s(%j)", (name, variables) => {
    expect(() => maker(name)(variables)).toThrow(TypeError);
  });
});
