/** Credentials of every kind: where they travel, when they are renewed, and where they never show. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorOf, tracesOf } from "../runtime/client.js";
import { answer, type Handler, json, reset, serve } from "../runtime/server.js";
import { makePackages, type Package, type Packages, unchecked } from "./packages.js";

let packages: Packages;
let loaded: Package;

beforeAll(async () => {
  packages = await makePackages(["security"], unchecked);
  loaded = await packages.load("security");
});
afterAll(() => packages?.remove());

const done = answer(204);
const to = (location: string): Handler => answer(302, { location });

const KEY = "k/e y+&=ä€";
const USER = { username: "jürgen", password: "pä:ß/word" };
const BASIC = `Basic ${Buffer.from("jürgen:pä:ß/word").toString("base64")}`;
const AUTH = { key: "key-1234", url: KEY, session: "s1/+=%2F", token: "token-1", oauth: "oauth-1", user: USER };
const PAIR = "api%20key=k%2Fe%20y%2B%26%3D%C3%A4%E2%82%AC";

interface Raw {
  readonly GET: (path: string, init?: object) => Promise<unknown>;
  readonly POST: (path: string, init?: object) => Promise<unknown>;
}

/** A server, and a client of it with every credential, unless told otherwise. */
async function open(handlers: readonly [Handler, ...Handler[]] = [done], options: Readonly<object> = {}) {
  const server = await serve(...handlers);
  const client = loaded.client({ baseUrl: server.url, auth: AUTH, retry: { minDelay: 1 }, ...options });
  return {
    ...server,
    raw: (client as { readonly raw: Raw }).raw,
    call: (operation: string, input?: object, callOptions?: object) =>
      loaded.call(client, operation, input, callOptions),
    /** What each request carries. */
    sent: () =>
      server.requests.map((request) => ({
        target: request.target,
        key: request.header("x-key"),
        authorization: request.header("authorization"),
        cookie: request.header("cookie"),
      })),
  };
}

const NOTHING = { key: undefined, authorization: undefined, cookie: undefined };

it("what the client cannot do is told, once", () => {
  const messages = packages.results.get("security")?.diagnostics.map(({ message }) => message) ?? [];
  expect(messages.filter((message) => message.includes("scheme"))).toEqual([
    "the alternative with security scheme `digest` is left out: http scheme `digest`",
    "the alternative with security scheme `lost` is left out: there is no such scheme",
    "the alternative with security scheme `digest` is left out: http scheme `digest`",
    "security scheme `session` is sent outside of browsers only: they refuse the header",
    "security scheme `digest` is left out: http scheme `digest`",
    "security scheme `tls`: the connection has its certificate, the client sends nothing",
  ]);
});

describe("a credential", () => {
  it.each([
    ["byHeader", { target: "/header", key: "key-1234" }],
    ["byToken", { target: "/bearer", authorization: "Bearer token-1" }],
    ["byOauth", { target: "/oauth", authorization: "Bearer oauth-1" }],
    ["byName", { target: "/basic", authorization: BASIC }],
    ["byUrl", { target: `/query?${PAIR}` }],
    ["byCookie", { target: "/cookie", cookie: "sid=s1/+=%2F" }],
    ["byAll", { target: `/all?${PAIR}`, key: "key-1234", authorization: BASIC, cookie: "sid=s1/+=%2F" }],
    ["byDigest", { target: "/digest" }],
    ["open", { target: "/open" }],
  ])("travels as its scheme says: %s", async (operation, expected) => {
    await using server = await open();
    await server.call(operation);
    expect(server.sent()).toEqual([{ ...NOTHING, ...expected }]);
  });

  it.each(["byHeader", "byToken", "byName", "byUrl", "byCookie", "byAll"])(
    "that is missing leaves its place as it is, without validation: %s",
    async (operation) => {
      await using server = await open([done], { auth: {} });
      await server.call(operation, {}, { validate: false, headers: { authorization: "Mine undefined" } });
      const [sent] = server.sent();
      expect(sent).toMatchObject({ ...NOTHING, authorization: "Mine undefined" });
      expect(sent?.target).not.toContain("?");
    },
  );

  it("of the query stands beside other keys, in the place of those of its name", async () => {
    await using server = await open();
    await server.call("byUrl", { q: "a b", any: { "api key": "evil", b: "1" }, apiKey: "another case" });
    await server.raw.GET("/query?api+key=evil&q=1&api%20key&%61pi key=evil");
    expect(server.sent().map(({ target }) => target)).toEqual([
      `/query?q=a%20b&b=1&API%20key=another%20case&${PAIR}`,
      `/query?q=1&${PAIR}`,
    ]);
  });

  it("in a cookie stands beside other cookies, in the place of those of its name", async () => {
    await using server = await open();
    await server.call("byCookie", { lang: "de" });
    await server.call("byCookie", {}, { headers: { cookie: "sid=evil; sid2=2;sid=worse" } });
    expect(server.sent().map(({ cookie }) => cookie)).toEqual(["lang=de; sid=s1/+=%2F", "sid2=2; sid=s1/+=%2F"]);
  });

  it("fills the parameter of its name, and has its bounds", async () => {
    const { parameters } = loaded.descriptor("byUrl");
    expect(parameters.map(({ name }) => name)).toEqual(["q", "any", "API key"]);
    await using server = await open([done], { auth: { url: "u".repeat(41) } });
    expect(await errorOf(server.call("byUrl"))).toMatchObject({
      violations: [{ key: "auth.url", in: "query", parameter: "api key", rule: "maxLength", value: "[redacted]" }],
    });
    expect(server.requests).toEqual([]);
  });

  it("is what the document asks for, of `client.raw`, with its body", async () => {
    await using server = await open();
    await server.raw.POST("/query", { body: { a: "ä" }, params: { query: { q: "1" } } });
    expect(server.sent().map(({ target }) => target)).toEqual([`/query?q=1&${PAIR}`]);
    expect(await server.requests[0]?.body).toBe('{"a":"ä"}');
    expect(server.requests[0]?.header("content-type")).toBe("application/json");
  });
});

describe("of alternatives", () => {
  it.each<readonly [string, string, object, object]>([
    ["the first that is there", "byEither", AUTH, { authorization: "Bearer token-1" }],
    ["the next one", "byEither", { key: "k", user: USER }, { key: "k", authorization: BASIC }],
    ["none of which half is there", "byEither", { key: "k" }, {}],
    ["none where none is needed", "byEither", {}, {}],
    ["the first, whole", "byMust", AUTH, { key: "key-1234", authorization: "Bearer token-1" }],
    ["the second", "byMust", { user: USER, key: "k" }, { authorization: BASIC }],
  ])("%s is taken", async (_, operation, auth, expected) => {
    await using server = await open([done], { auth });
    await server.call(operation);
    expect(server.sent()).toMatchObject([{ ...NOTHING, ...expected }]);
  });

  it.each([
    ["none is there", {}, ["auth.key required", "auth.token required"]],
    ["half of one is there", { token: "t" }, ["auth.key required"]],
    ["a provider gives nothing", { key: "k", token: () => null }, ["auth.token required"]],
  ])("the first is asked for where %s", async (_, auth, expected) => {
    await using server = await open([done], { auth });
    const error = await errorOf(server.call("byMust"));
    const { violations } = error as unknown as { violations: readonly { key: string; rule: string }[] };
    expect(violations.map(({ key, rule }) => `${key} ${rule}`)).toEqual(expected);
    expect(server.requests).toEqual([]);
  });
});

describe("what cannot be sent is refused before sending", () => {
  it.each<readonly [string, string, unknown, string]>([
    ["byName", "a colon in the user name", { username: "a:b", password: "secret-1" }, "/username user-password"],
    ["byName", "a control character", { username: "a", password: "secret-1\n" }, "/password user-password"],
    ["byName", "no password", { username: "a" }, "/password type"],
    ["byName", "a text", "secret-1:secret-1", "/username type,/password type"],
    ["byToken", "a token with a line break", "secret-1\n", " header-value"],
    ["byToken", "a token with an emoji", "secret-1😀", " header-value"],
    ["byCookie", "a cookie with a semicolon", "secret-1; admin=1", " cookie-value"],
    ["byCookie", "a cookie with a line break", "secret-1\r\nX-Evil: 1", " cookie-value"],
  ])("%s: %s", async (operation, _, secret, expected) => {
    const auth = { user: secret, token: secret, session: secret };
    await using server = await open([done], { auth });
    for (const validate of [true, false]) {
      const error = await errorOf(server.call(operation, {}, { validate }));
      const { violations } = error as unknown as { violations: readonly { pointer: string; rule: string }[] };
      expect(violations?.map(({ pointer, rule }) => `${pointer} ${rule}`).join()).toBe(expected);
      expect(tracesOf(error)).not.toContain("secret-1");
    }
    expect(server.requests).toEqual([]);
  });

  it("a key of the query can be any text", async () => {
    await using server = await open([done], { auth: { url: "a\nb\ud83d#?" } });
    await server.call("byUrl");
    expect(server.sent()[0]?.target).toBe("/query?api%20key=a%0Ab%EF%BF%BD%23%3F");
  });
});

describe("401", () => {
  const refusing = answer(401);

  it.each<readonly [string, string, unknown, unknown, readonly object[]]>([
    ["byHeader", "key", "one-1", "two-2", [{ key: "one-1" }, { key: "two-2" }]],
    ["byToken", "token", "one-1", "two-2", [{ authorization: "Bearer one-1" }, { authorization: "Bearer two-2" }]],
    ["byUrl", "url", "one-1", "two-2", [{ target: "/query?api%20key=one-1" }, { target: "/query?api%20key=two-2" }]],
    ["byCookie", "session", "one-1", "two-2", [{ cookie: "sid=one-1" }, { cookie: "sid=two-2" }]],
    [
      "byName",
      "user",
      { username: "a", password: "1" },
      { username: "a", password: "2" },
      [{ authorization: "Basic YTox" }, { authorization: "Basic YToy" }],
    ],
  ])("renews what a provider gave, once: %s", async (operation, scheme, first, second, expected) => {
    const values = [first, second, first];
    await using server = await open([refusing], { auth: { [scheme]: () => values.shift() } });
    expect(await errorOf(server.call(operation))).toMatchObject({ status: 401 });
    expect(server.sent()).toMatchObject(expected);
    expect(values).toHaveLength(1);
  });

  it.each<readonly [string, string, unknown, object]>([
    ["byHeader", "key", "one-1", { target: "/header", key: undefined }],
    ["byToken", "token", "one-1", { target: "/bearer", authorization: undefined }],
    ["byUrl", "url", "one-1", { target: "/query?q=1" }],
    ["byCookie", "session", "one-1", { target: "/cookie", cookie: "lang=de" }],
    ["byName", "user", { username: "a", password: "1" }, { target: "/basic", authorization: undefined }],
  ])("takes out what was refused where the provider has no other: %s", async (operation, scheme, first, expected) => {
    const values = [first];
    await using server = await open([refusing, done], { auth: { [scheme]: () => values.shift() }, validate: false });
    await server.call(operation, { q: 1, lang: "de" });
    expect(server.sent()[1]).toMatchObject(expected);
  });

  it("renews each of several, in calls in parallel once", async () => {
    let [users, keys] = [0, 0];
    const auth = {
      ...AUTH,
      user: async () => ({ value: { username: "a", password: `${++users}` } }),
      url: async () => `${++keys}`,
    };
    const taking: Handler = ({ url, headers }, response) => {
      response.writeHead(url?.endsWith("=2") && headers.authorization === "Basic YToy" ? 204 : 401).end();
    };
    await using server = await open([taking], { auth });
    await Promise.all(Array.from({ length: 10 }, () => server.call("byAll")));
    expect([users, keys, server.requests.length]).toEqual([2, 2, 20]);
  });

  it("repeats a POST with its body, and with one key", async () => {
    const keys = ["one-1", "two-2"];
    await using server = await open([refusing, done], { auth: { url: () => keys.shift() } });
    await server.raw.POST("/query", { body: { a: 1 } });
    expect(server.sent().map(({ target }) => target)).toEqual(["/query?api%20key=one-1", "/query?api%20key=two-2"]);
    expect(await Promise.all(server.requests.map(({ body }) => body))).toEqual(['{"a":1}', '{"a":1}']);
  });
});

describe("a redirect", () => {
  it("to another origin takes no credential along, wherever it travels", async () => {
    await using other = await serve(done);
    await using server = await open([to(`${other.url}/there`)]);
    for (const operation of ["byAll", "byToken", "byUrl", "byCookie"]) await server.call(operation);
    await server.raw.GET("/query");
    expect(server.requests).toHaveLength(5);
    for (const { target, rawHeaders } of other.requests) {
      expect(target).toBe("/there");
      expect(rawHeaders.join("\n").toLowerCase()).not.toMatch(/key-1234|api|authorization|cookie|k%2fe/);
    }
    expect(other.requests).toHaveLength(5);
  });

  it("within the origin keeps headers and cookies; the query is the service's", async () => {
    await using server = await open([to("/there?a=1"), done]);
    await server.call("byAll");
    expect(server.sent()[1]).toEqual({
      target: "/there?a=1",
      key: "key-1234",
      authorization: BASIC,
      cookie: "sid=s1/+=%2F",
    });
  });

  it("is followed anew when the call is repeated, with the key to the first origin only", async () => {
    await using other = await serve(answer(503), done);
    await using server = await open([to(`${other.url}/there`)]);
    await server.call("byUrl");
    expect(server.sent().map(({ target }) => target)).toEqual([`/query?${PAIR}`, `/query?${PAIR}`]);
    expect(other.requests.map(({ target }) => target)).toEqual(["/there", "/there"]);
  });
});

describe("no error shows a credential", () => {
  const shown = /k\/e y|k%2Fe|k\/e%20y|pä:ß|cMOkOsOfL3dvcmQ|anVlcmdlbjpww|anVyZ2Vu|key-1234|s1\/\+/;
  const echo: Handler = ({ url, headers }, response) => {
    const body = { url, headers, password: USER.password, decoded: decodeURIComponent(url ?? "") };
    json(403, body, { "x-echo": `${url} ${headers.authorization}` })({ url, headers } as never, response);
  };

  it("that the service echoes", async () => {
    await using server = await open([echo]);
    const error = await errorOf(server.call("byAll"));
    expect(error).toMatchObject({ status: 403, body: { password: "[redacted]", url: "/all?api%20key=[redacted]" } });
    expect(tracesOf(error)).not.toMatch(shown);
  });

  it.each<readonly [string, Handler]>([
    ["no connection", reset],
    ["redirects without end", to("?api%20key=k%2Fe")],
    ["a redirect to another scheme", to("ftp://a.example/?k%2Fe")],
  ])("after %s", async (_, handler) => {
    await using server = await open([handler], { retry: 0 });
    for (const call of [() => server.call("byUrl"), () => server.raw.GET("/query")]) {
      const error = await errorOf(call());
      expect(error.name).toBe("NetworkError");
      expect(tracesOf(error)).not.toMatch(shown);
    }
  });

  it.each<readonly [string, (url: string) => Error]>([
    ["in the message", (url) => new TypeError(`error sending request for url (${url}): refused`)],
    ["as a property", (path) => Object.assign(new Error("no connection"), { path, code: "ConnectionRefused" })],
    ["in the cause", (url) => new TypeError("fetch failed", { cause: new Error(`at ${url}`) })],
  ])("where a `fetch` shows its URL %s", async (_, failure) => {
    const fetch = async ({ url }: Request) => {
      throw failure(url);
    };
    await using server = await open([done], { fetch, retry: 0 });
    for (const call of [() => server.call("byUrl"), () => server.raw.GET("/query")]) {
      const error = await errorOf(call());
      expect(error).toMatchObject({ name: "NetworkError", cause: { message: expect.any(String) } });
      expect(tracesOf(error)).not.toMatch(shown);
    }
  });

  it("and the cause stays what it was where it shows none", async () => {
    const cause = new TypeError("no network");
    await using server = await open([done], { fetch: () => Promise.reject(cause), retry: 0 });
    expect((await errorOf(server.call("byUrl"))).cause).toBe(cause);
  });
});
