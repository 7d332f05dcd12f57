import { describe, expect, it } from "vitest";
import type { ServerModel } from "../../generator/model.js";
import type { JsonObject } from "../../generator/openapi.js";
import { build, documentOf, done } from "./document.js";

const documentWith = (...servers: readonly JsonObject[]) => documentOf({}, { servers });
const messagesOf = (document: JsonObject): readonly string[] =>
  build(document).diagnostics.map(({ message, pointer }) => `${pointer}: ${message}`);

function serverOf(url: string, variables: JsonObject = {}): ServerModel | undefined {
  return build(documentWith({ url, variables })).model.servers[0];
}

describe("a server", () => {
  it.each<readonly [string, string, boolean]>([
    ["https://a.example", "https://a.example", false],
    ["http://a.example:8080/v1/", "http://a.example:8080/v1", false],
    [" https://a.example ", "https://a.example", false],
    ["//a.example/v1", "https://a.example/v1", false],
    ["/", "/", true],
    ["", "/", true],
    ["/v2/", "/v2", true],
    ["v2", "/v2", true],
    ["./v2", "/v2", true],
    [".", "/.", true],
  ])("%j is called at %j", (written, url, isRelative) => {
    expect(serverOf(written)).toMatchObject({ url, template: url, isRelative });
    expect(messagesOf(documentWith({ url: written }))).toEqual([]);
  });

  it.each([
    ["wss://a.example", "its scheme is `wss:`"],
    ["file:///etc", "its scheme is `file:`"],
    ["javascript:alert(1)", "its scheme is `javascript:`"],
    ["https://", "it is no URL"],
    ["https://a.example:port", "it is no URL"],
    ["https://me:secret@a.example", "it has a user name or a password"],
    ["https://a.example?a=b", "it has a query or a fragment"],
    ["https://a.example/#a", "it has a query or a fragment"],
  ])("%j is left out: %s", (url, reason) => {
    const document = documentWith({ url }, { url: "https://b.example" });
    expect(build(document).model.servers.map((server) => server.url)).toEqual(["https://b.example"]);
    expect(messagesOf(document)).toEqual([`#/servers/0/url: server \`${url}\` is left out: ${reason}`]);
  });

  it("without `url` is told", () => {
    expect(messagesOf(documentOf({}, { servers: [{}, null, { url: 1 }] }))).toEqual(
      [0, 1, 2].map((index) => `#/servers/${index}: a server without \`url\` is left out`),
    );
  });

  it("may be missing", () => {
    for (const servers of [undefined, null, [], {}]) {
      const document = documentOf({}, servers === undefined ? {} : { servers });
      expect(build(document)).toMatchObject({ model: { servers: [] }, diagnostics: [] });
    }
  });
});

describe("a variable of a server", () => {
  it("has its default in the address, and its place", () => {
    const variables = {
      scheme: { default: "https", enum: ["http", "https"] },
      region: { default: "eu", description: "Where." },
      port: { default: 8443 },
      base: { default: "/v1" },
      version: { default: "v2" },
      unused: { default: "x" },
    };
    const server = serverOf("{scheme}://{region}.a.example:{port}{base}/{version}/", variables);
    expect(server?.url).toBe("https://eu.a.example:8443/v1/v2");
    expect(server?.template).toBe("{scheme}://{region}.a.example:{port}{base}/{version}");
    expect(server?.variables).toEqual([
      { name: "scheme", description: undefined, default: "https", enum: ["http", "https"], position: "scheme" },
      { name: "region", description: "Where.", default: "eu", enum: undefined, position: "host" },
      { name: "port", description: undefined, default: "8443", enum: undefined, position: "host" },
      { name: "base", description: undefined, default: "/v1", enum: undefined, position: "afterHost" },
      { name: "version", description: undefined, default: "v2", enum: undefined, position: "path" },
    ]);
  });

  it("may be all of the address", () => {
    expect(serverOf("{root}/v1", { root: { default: "https://a.example" } })).toMatchObject({
      url: "https://a.example/v1",
      isRelative: false,
      variables: [{ name: "root", position: "start" }],
    });
    // What follows an address without its slash is a part of the host.
    const glued = { root: { default: "https://a.example" }, rest: { default: ".b" } };
    expect(serverOf("{root}{rest}", glued)?.variables[1]).toMatchObject({ position: "host" });
  });

  it("stands in the list once, whatever its name", () => {
    const variables = Object.fromEntries(["__proto__", "constructor"].map((name) => [name, { default: "a" }]));
    const server = serverOf("https://{__proto__}.{constructor}.{__proto__}.example", variables);
    expect(server?.url).toBe("https://a.a.a.example");
    expect(server?.variables.map(({ name }) => name)).toEqual(["__proto__", "constructor"]);
  });

  it("without a default is told, and leaves no address", () => {
    const document = documentWith(
      { url: "https://{a}.example/{b}/{a}", variables: { b: { enum: ["x"] } } },
      { url: "{toString}" },
    );
    expect(messagesOf(document)).toEqual([
      "#/servers/0/url: variable `a` of a server has no default",
      "#/servers/0/variables/b: variable `b` of a server has no default",
      "#/servers/1/url: variable `toString` of a server has no default",
    ]);
    expect(build(document).model.servers.map(({ url }) => url)).toEqual([undefined, undefined]);
  });

  it("has those values of its list that can stand in its place; the default always", () => {
    const document = documentWith({
      url: "{s}://{h}.example/{p}",
      variables: {
        s: { default: "https", enum: ["https", "ftp"] },
        h: { default: "a", enum: ["b", "a/b", "a?b", "a#b", "x@b", "a\\b", "a b", "a%2fb", ""] },
        p: { default: "v/1", enum: ["v/2", "..", "a/../b"] },
      },
    });
    const [server] = build(document).model.servers;
    expect(server?.variables.map((variable) => variable.enum)).toEqual([["https"], ["b", "a"], ["v/2", "v/1"]]);
    expect(messagesOf(document)).toHaveLength(1 + 8 + 2);
    expect(messagesOf(document)[1]).toBe(
      "#/servers/0/variables/h/enum: value `a/b` of variable `h` cannot stand in its place",
    );
  });
});

describe("the servers of an operation", () => {
  const servers = (name: string) => [{ url: `https://${name}.example` }];
  const operation = { responses: done };
  const document = documentOf(
    {
      "/a": { servers: servers("path"), get: { ...operation, servers: servers("own") }, put: operation },
      "/b": { get: operation, put: { ...operation, servers: [] } },
    },
    { servers: servers("document") },
  );

  it("are its own, else its path item's, else none: then the document's hold", () => {
    expect(build(document).model.operations.map((one) => one.servers.map(({ url }) => url))).toEqual([
      ["https://own.example"],
      ["https://path.example"],
      [],
      [],
    ]);
  });
});

it("webhooks, callbacks and links are told, each once", () => {
  const links = { self: { operationId: "x" } };
  const document = documentOf(
    {
      "/a": {
        get: { responses: { "200": { $ref: "#/components/responses/shared" } }, callbacks: { "on/done": {} } },
        put: { responses: { "200": { $ref: "#/components/responses/shared" } } },
      },
    },
    { webhooks: { paid: {} }, components: { responses: { shared: { description: "", links } } } },
  );
  expect(messagesOf(document)).toEqual([
    "#/webhooks/paid: webhook `paid` is in the types only",
    "#/paths/~1a/get/callbacks/on~1done: callback `on/done` is in the types only",
    "#/components/responses/shared/links/self: link `self` is in the types only",
  ]);
});
