import assert from "node:assert/strict";
import { describe, expect, it } from "vitest";
import { isApiError, isHttpError, isNetworkError } from "../../generator/runtime/errors.js";
import { observe } from "../../generator/runtime/observe.js";
import { redirectOf } from "../../generator/runtime/redirect.js";
import { closeCase, readText } from "./case-operations.js";
import { clientOf, errorOf, INPUT, TOKEN } from "./client.js";
import { exportCases } from "./export-cases.js";
import { answer, type Handler, octets, problem, serve } from "./server.js";

const FROM = "https://a.example/v2/cases?x=1";
const SECRET = "x-auth-token";

const redirect = (status: number, location?: string, method = "GET", from = FROM) => {
  const body = /^(GET|HEAD)$/.test(method) ? null : "a";
  const request = new Request(from, { method, body, headers: { [SECRET]: "t", "x-plain": "p" } });
  const headers = new Headers(location === undefined ? {} : { location });
  return redirectOf(request, { type: "default", status, headers }, [SECRET]);
};

/** The request that follows; fails where there is none. */
const followed = async (...args: Parameters<typeof redirect>): Promise<Request> => {
  const next = await redirect(...args);
  assert(next instanceof Request, `${next}`);
  return next;
};

describe("the method after a redirect", () => {
  it.each([
    [301, "POST", true],
    [301, "PUT", false],
    [301, "HEAD", false],
    [302, "POST", true],
    [302, "DELETE", false],
    [303, "POST", true],
    [303, "PUT", true],
    [303, "PATCH", true],
    [303, "DELETE", true],
    [303, "HEAD", false],
    [307, "POST", false],
    [307, "PUT", false],
    [308, "POST", false],
    [308, "DELETE", false],
  ])("%i of a %s is GET: %s", async (status, method, asGet) => {
    const next = await followed(status, "/b", method);
    expect(next.method).toBe(asGet ? "GET" : method);
    expect(await next.text()).toBe(asGet || method === "HEAD" ? "" : "a");
    expect(next.headers.has("content-type")).toBe(!asGet && method !== "HEAD");
    expect(next.headers.get("x-plain")).toBe("p");
  });
});

describe("where a redirect goes", () => {
  it.each<readonly [string, string, boolean]>([
    ["/b?c=d", "https://a.example/b?c=d", true],
    ["c", "https://a.example/v2/c", true],
    ["?y=2", "https://a.example/v2/cases?y=2", true],
    ["//b.example/c", "https://b.example/c", false],
    ["https://A.EXAMPLE:443/b", "https://a.example/b", true],
    ["https://a.example:8443/b", "https://a.example:8443/b", false],
    ["https://sub.a.example/b", "https://sub.a.example/b", false],
    ["https://a.example.b.example/", "https://a.example.b.example/", false],
  ])("%s is %s, of the same origin: %s", async (location, href, sameOrigin) => {
    const { url, headers } = await followed(302, location);
    expect(url).toBe(href);
    expect(headers.has(SECRET)).toBe(sameOrigin);
    expect(headers.get("x-plain")).toBe("p");
  });

  it("may be from http to https, which is another origin", async () => {
    const { headers } = await followed(302, "https://a.example/", "GET", "http://a.example/");
    expect(headers.has(SECRET)).toBe(false);
  });

  it.each([
    ["from https to http", "http://a.example/b"],
    ["to a script", "javascript:alert(1)"],
    ["to data", "data:text/csv,a"],
    ["to a file", "file:///etc/passwd"],
    ["to ftp", "ftp://a.example/b"],
  ])("is refused: %s", (_, location) => {
    expect(redirect(302, location)).toBeTypeOf("string");
  });

  it("is refused where the platform does not tell", () => {
    expect(redirectOf(new Request(FROM), { type: "opaqueredirect", status: 0, headers: new Headers() }, [])).toBeTypeOf(
      "string",
    );
  });
});

it.each<readonly [number, string | undefined]>([
  [200, "/b"],
  [201, "/b"],
  [300, "/b"],
  [304, "/b"],
  [305, "/b"],
  [400, "/b"],
  [302, undefined],
])("%i with Location %s is no redirect", (status, location) => {
  expect(redirect(status, location)).toBeUndefined();
});

const to = (location: string, status = 302): Handler => answer(status, { location });
const PRIVATE = ["x-auth-token", "authorization", "cookie", "proxy-authorization"];
const SECRETS = { authorization: "Bearer hunter2", cookie: "a=hunter2", "proxy-authorization": "Basic hunter2" };

describe("a redirect", () => {
  it("to the same origin is followed with the token", async () => {
    await using server = await serve(to("/other?y=2"), octets("good"));
    const file = await exportCases(clientOf(server), { ...INPUT, xLanguage: "en-us" }, { headers: SECRETS });
    expect(await file.text()).toBe("good");
    const [, last] = server.requests;
    expect(last).toMatchObject({ method: "GET", target: "/other?y=2" });
    expect(PRIVATE.map((name) => last?.header(name))).toEqual([TOKEN, ...Object.values(SECRETS)]);
    expect(last?.header("x-language")).toBe("en-us");
  });

  it.each([301, 302, 303, 307, 308])("%i to another origin is followed without anything private", async (status) => {
    await using other = await serve(octets("good"));
    await using server = await serve(to(`${other.url}/there`, status));
    const file = await exportCases(clientOf(server), { ...INPUT, xLanguage: "en-us" }, { headers: SECRETS });
    expect(await file.text()).toBe("good");
    const [request] = other.requests;
    expect(request).toMatchObject({ method: "GET", target: "/there" });
    expect(PRIVATE.filter((name) => request?.header(name) !== undefined)).toEqual([]);
    expect(request?.rawHeaders.join("\n")).not.toMatch(/hunter2|tkn/);
    expect([request?.header("accept"), request?.header("x-language")]).toEqual(["*/*", "en-us"]);
  });

  it("to another origin takes no token of the option `headers` along either", async () => {
    await using other = await serve(octets("good"));
    await using server = await serve(to(other.url));
    const client = clientOf(server, { auth: {}, validate: false, headers: { "X-Auth-Token": TOKEN } });
    await exportCases(client, INPUT);
    expect(server.requests[0]?.header("x-auth-token")).toBe(TOKEN);
    expect(other.requests[0]?.header("x-auth-token")).toBeUndefined();
  });

  it("to another origin takes none along that an operation without security was given, and no hook sees it", async () => {
    await using other = await serve(answer(200, { "content-type": "text/plain" }, "good"));
    await using server = await serve(to(other.url));
    const seen: (string | null)[] = [];
    const hooks = observe({ onRequest: ({ headers }) => seen.push(headers.get("x-auth-token")) });
    await readText(clientOf(server, { hooks, headers: { "X-Auth-Token": TOKEN } }));
    expect(server.requests[0]?.header("x-auth-token")).toBe(TOKEN);
    expect(other.requests[0]?.header("x-auth-token")).toBeUndefined();
    expect(seen).toEqual(["[redacted]", null]);
  });

  it("that comes back does not bring the token back", async () => {
    const steps: string[] = [];
    await using server = await serve((request, response) => to(steps[0] ?? "")(request, response), octets("good"));
    await using other = await serve(to(`${server.url}/back`));
    steps.push(`${other.url}/there`);
    await exportCases(clientOf(server), INPUT);
    expect(server.requests.map((request) => [request.target.split("?", 1)[0], request.header("x-auth-token")])).toEqual(
      [
        ["/v2/cases/export", TOKEN],
        ["/back", undefined],
      ],
    );
  });

  it("is followed anew, with the token, when the call is repeated", async () => {
    await using other = await serve(problem(503, "E"), octets("good"));
    await using server = await serve(to(other.url));
    await exportCases(clientOf(server), INPUT);
    expect(server.requests.map((request) => request.header("x-auth-token"))).toEqual([TOKEN, TOKEN]);
    expect(other.requests.map((request) => request.header("x-auth-token"))).toEqual([undefined, undefined]);
  });

  it("to an error is that error", async () => {
    await using server = await serve(to("/b"), problem(404, "OSM.1"));
    const error = await errorOf(exportCases(clientOf(server), INPUT));
    expect(isHttpError(error) && [error.status, error.code]).toEqual([404, "OSM.1"]);
  });

  it("in a circle ends as a NetworkError, and is not repeated", async () => {
    await using server = await serve(to("/a"));
    const error = await errorOf(exportCases(clientOf(server), INPUT));
    expect(isNetworkError(error)).toBe(true);
    expect(error).toMatchObject({ operationId: "exportCases" });
    expect(error.message).toContain("redirected");
    expect(server.requests.length).toBeGreaterThan(5);
    expect(server.requests.length).toBeLessThan(22);
  });

  it("may be the tenth", async () => {
    const hops = Array.from({ length: 10 }, (_, index) => to(`/${index}`));
    await using server = await serve(to("/first"), ...hops.slice(1), octets("good"));
    expect(await exportCases(clientOf(server), INPUT).then((file) => file.text())).toBe("good");
    expect(server.requests).toHaveLength(11);
  });

  it("is not followed for the eleventh time", async () => {
    const hops = Array.from({ length: 10 }, (_, index) => to(`/${index}`));
    await using server = await serve(to("/first"), ...hops, octets("good"));
    expect(isNetworkError(await errorOf(exportCases(clientOf(server), INPUT)))).toBe(true);
    expect(server.requests).toHaveLength(11);
  });

  it.each(["ftp://a.example/", "data:text/csv,a"])("to %s is a NetworkError, and not repeated", async (location) => {
    await using server = await serve(to(location));
    const error = await errorOf(exportCases(clientOf(server), INPUT));
    expect(isNetworkError(error)).toBe(true);
    expect(server.requests).toHaveLength(1);
  });

  it("to no URL is an error of ours, and not repeated", async () => {
    await using server = await serve(to("http://[a"));
    expect(isApiError(await errorOf(exportCases(clientOf(server), INPUT)))).toBe(true);
    expect(server.requests).toHaveLength(1);
  });

  it("without a Location is an HttpError", async () => {
    await using server = await serve(answer(302));
    expect(await errorOf(exportCases(clientOf(server), INPUT))).toMatchObject({ name: "HttpError", status: 302 });
  });

  it.each([
    [302, "GET"],
    [303, "GET"],
    [307, "POST"],
    [308, "POST"],
  ])("%i of a POST is followed as %s", async (status, method) => {
    await using server = await serve(to("/b", status), answer(204));
    await closeCase(clientOf(server), { caseId: "7" });
    expect(server.requests[1]).toMatchObject({ method, target: "/b" });
    expect(server.requests[1]?.header("x-auth-token")).toBe(TOKEN);
  });
});
