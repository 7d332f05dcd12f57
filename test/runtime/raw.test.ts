import { describe, expect, it } from "vitest";
import { isHttpError, isNetworkError, isTimeoutError } from "../../generator/runtime/errors.js";
import { clientOf, errorOf, INPUT, outlast, TOKEN, tracesOf } from "./client.js";
import { type Client, type ClientOptions, exportCases } from "./export-cases.js";
import { answer, type Handler, json, octets, problem, reset, serve, silence, stall } from "./server.js";

const good = octets("good");
const params = { query: INPUT };

/** Asks as people who come from openapi-fetch do. */
const get = (client: Client, init: { readonly signal?: AbortSignal } = {}) =>
  client.raw.GET("/v2/cases/export", { params, parseAs: "text", ...init });

describe("client.raw", () => {
  it("sends with the token and the client's headers, and gives the data", async () => {
    await using server = await serve(good);
    const { data, error, response } = await get(clientOf(server, { headers: { "X-Site": "1" } }));
    expect([data, error, response.status]).toEqual(["good", undefined, 200]);
    const [request] = server.requests;
    expect(request?.target).toBe("/v2/cases/export?language=en-us&timezone=GMT%2B8");
    expect([request?.header("x-auth-token"), request?.header("x-site")]).toEqual([TOKEN, "1"]);
  });

  it("takes the token nowhere else where its middleware makes a request of its own", async () => {
    await using other = await serve(good);
    await using server = await serve(answer(302, { location: other.url }));
    const client = clientOf(server);
    client.raw.use({ onRequest: ({ request }) => new Request(request.url, { headers: request.headers }) });
    const file = await exportCases(client, INPUT);
    expect([await file.text(), (await get(client)).data]).toEqual(["good", "good"]);
    expect(server.requests.map((request) => request.header("x-auth-token"))).toEqual([TOKEN, TOKEN]);
    expect(other.requests.map((request) => request.header("x-auth-token"))).toEqual([undefined, undefined]);
  });

  it("keeps a path in the base URL", async () => {
    await using server = await serve(good);
    await get(clientOf({ url: `${server.url}/api/` }));
    expect(server.requests[0]?.target).toMatch(/^\/api\/v2\/cases\/export\?/);
  });

  it("gives the body of an error, and does not throw it", async () => {
    await using server = await serve(problem(403, "OSM.0003"));
    const { data, error } = await get(clientOf(server));
    expect(data).toBeUndefined();
    expect(error).toMatchObject({ error_code: "OSM.0003" });
  });

  it("sends without validation and defaults", async () => {
    await using server = await serve(good);
    const client = clientOf(server, { defaults: { status: 1, xLanguage: "zh-cn" } });
    await client.raw.GET("/v2/cases/export", {
      params: { query: { ...INPUT, language: "", status: 99 } },
      parseAs: "text",
    });
    expect(server.requests[0]?.target).toBe("/v2/cases/export?language=&timezone=GMT%2B8&status=99");
    expect(server.requests[0]?.header("x-language")).toBeUndefined();
  });

  it.each<readonly [string, Partial<ClientOptions>]>([
    ["no auth", { auth: undefined }],
    ["a provider that gives nothing", { auth: { token: () => undefined } }],
  ])("sends without a token where there is none: %s", async (_, options) => {
    await using server = await serve(good);
    await get(clientOf(server, options));
    expect(server.requests[0]?.header("x-auth-token")).toBeUndefined();
  });

  it.each<readonly [string, Handler]>([
    ["503", problem(503, "E")],
    ["a reset", reset],
  ])("is repeated after %s", async (_, handler) => {
    await using server = await serve(handler, handler, good);
    expect((await get(clientOf(server))).data).toBe("good");
    expect(server.requests).toHaveLength(3);
  });

  it("is repeated as often as the client says", async () => {
    await using server = await serve(problem(503, "E"));
    expect((await get(clientOf(server, { retry: 0 }))).response.status).toBe(503);
    expect(server.requests).toHaveLength(1);
  });

  it("rejects with a NetworkError where there is no answer", async () => {
    await using server = await serve(reset);
    const error = await errorOf(get(clientOf(server)));
    expect(isNetworkError(error)).toBe(true);
    expect(error).toHaveProperty("operationId", undefined);
    expect(error.message).toContain(`GET ${server.url}`);
    expect(error.message).not.toContain("language");
  });

  it("refreshes the token after 401, and shares it with the helpers", async () => {
    await using server = await serve(problem(401, "E"), good);
    const tokens = ["token-1", "token-2"];
    const token = () => tokens.shift();
    const client = clientOf(server, { auth: { token } });
    await get(client);
    await exportCases(client, INPUT);
    expect(server.requests.map((request) => request.header("x-auth-token"))).toEqual(["token-1", "token-2", "token-2"]);
  });

  it("gives an ApiError where a provider fails, and sends nothing", async () => {
    await using server = await serve(good);
    const cause = new Error("away");
    const error = await errorOf(get(clientOf(server, { auth: { token: () => Promise.reject(cause) } })));
    expect(error).toMatchObject({ name: "ApiError", cause });
    expect(server.requests).toHaveLength(0);
  });

  it("follows a redirect, and keeps the token from another origin", async () => {
    await using other = await serve(good);
    await using server = await serve(answer(302, { location: "/b" }), answer(307, { location: `${other.url}/c` }));
    expect((await get(clientOf(server))).data).toBe("good");
    expect(server.requests.map((request) => request.header("x-auth-token"))).toEqual([TOKEN, TOKEN]);
    expect(other.requests.map((request) => request.header("x-auth-token"))).toEqual([undefined]);
  });

  it("ends when the time of the client is up", async () => {
    await using server = await serve(silence);
    const error = await errorOf(get(clientOf(server, { timeout: 250 })));
    expect(isTimeoutError(error)).toBe(true);
    expect(error.message).toContain("250 ms");
    expect(server.requests).toHaveLength(1);
    expect(await server.requests[0]?.taken).toBe(false);
  });

  it("has all the time for its body", async () => {
    await using server = await serve(async (_, response) => {
      response.writeHead(200).write("begin, ");
      await outlast(400);
      response.end("end");
    });
    expect((await get(clientOf(server, { timeout: 250 }))).data).toBe("begin, end");
  });

  it("ends where a `fetch` does not listen", async () => {
    const fetch = () => new Promise<never>(() => {});
    expect(isTimeoutError(await errorOf(get(clientOf({ url: "http://127.0.0.1" }, { fetch, timeout: 30 }))))).toBe(
      true,
    );
  });

  it.each<readonly [string, Handler]>([
    ["before the head", silence],
    ["in the body", stall(200, { "content-type": "text/plain" }, "begin")],
  ])("ends when it is aborted %s", async (_, handler) => {
    await using server = await serve(handler);
    const controller = new AbortController();
    const reason = new Error("enough");
    const arrival = server.arrival();
    const call = get(clientOf(server), { signal: controller.signal });
    await arrival;
    controller.abort(reason);
    expect(await errorOf(call)).toBe(reason);
    expect(await server.requests[0]?.taken).toBe(false);
  });
});

it("client.raw shows no value of a header that it refuses", async () => {
  await using server = await serve(good);
  const client = clientOf(server, { headers: { "X-Site": "1", "X-Auth-Token": `${TOKEN}\r\nX-More: 1` } });
  const error = await errorOf(get(client));
  expect(error.name).toBe("TypeError");
  expect(tracesOf(error)).not.toContain(TOKEN);
  expect(server.requests).toHaveLength(0);
});

describe("middleware of client.raw", () => {
  it("sees the requests of helpers too, and answers without a body", async () => {
    await using server = await serve(json(200, { a: 1 }));
    const client = clientOf(server);
    const seen: unknown[] = [];
    client.raw.use({
      onRequest({ request, schemaPath }) {
        seen.push(schemaPath);
        request.headers.set("x-middleware", "1");
      },
      async onResponse({ response }) {
        seen.push(await response.clone().text());
      },
    });
    expect(await exportCases(client, INPUT).then((file) => file.text())).toBe('{"a":1}');
    expect(seen).toEqual(["/v2/cases/export", ""]);
    expect(server.requests[0]?.header("x-middleware")).toBe("1");
  });

  it.each<readonly [string, string, object]>([
    ["JSON", '{ "error_code": "E", "error_msg": "m" }', { code: "E", body: { error_code: "E", error_msg: "m" } }],
    ["a text", "no", { code: undefined, body: "no" }],
    ["nothing", "", { code: undefined, body: undefined }],
  ])("may answer a helper with an error in the place of the service: %s", async (_, body, expected) => {
    await using server = await serve(good);
    const client = clientOf(server);
    const headers = { "x-by": "middleware" };
    client.raw.use({ onRequest: () => new Response(body, { status: 400, headers }) });
    const error = await errorOf(exportCases(client, INPUT));
    expect(error).toMatchObject({ name: "HttpError", status: 400, ...expected });
    expect(isHttpError(error) && error.headers.get("x-by")).toBe("middleware");
    expect(server.requests).toHaveLength(0);
  });

  it.each(["a file", '{"a":1}', ""])(
    "may answer a helper with a file in the place of the service: %j",
    async (body) => {
      await using server = await serve(good);
      const client = clientOf(server);
      const headers = { "content-type": "application/octet-stream" };
      client.raw.use({ onRequest: () => new Response(body, { headers }) });
      expect(await exportCases(client, INPUT).then((file) => file.text())).toBe(body);
      expect(server.requests).toHaveLength(0);
    },
  );
});
