import { describe, expect, it } from "vitest";
import { isValidationError } from "../../generator/runtime/errors.js";
import { closeCase, readCase } from "./case-operations.js";
import { clientOf, errorOf, INPUT, TOKEN } from "./client.js";
import { createClient, exportCases } from "./export-cases.js";
import { answer, json, octets, serve } from "./server.js";

const PATH = "/v2/cases/export";
const good = octets("a,b\r\n");

/** The target of the one request that `input` gives. */
async function targetOf(input: object): Promise<string | undefined> {
  await using server = await serve(good);
  await exportCases(clientOf(server), { ...INPUT, ...input });
  expect(server.requests).toHaveLength(1);
  return server.requests[0]?.target;
}

describe("a query", () => {
  it.each([
    ["a plus, which is no blank", "GMT+8", "GMT%2B8"],
    ["a blank, which is no plus", "a b", "a%20b"],
    ["what encodeURIComponent leaves alone", "!'()*", "%21%27%28%29%2A"],
    ["what would end the value or the query", "a&b=c#d?e", "a%26b%3Dc%23d%3Fe"],
    ["a percent sign", "100%25", "100%2525"],
    ["Chinese", "工单", "%E5%B7%A5%E5%8D%95"],
    ["an emoji", "🎫", "%F0%9F%8E%AB"],
    ["half an emoji, which has no UTF-8", "a\ud83cb", "a%EF%BF%BDb"],
    ["unreserved characters", "aZ09-._~", "aZ09-._~"],
    ["line breaks", "a\r\nb", "a%0D%0Ab"],
  ])("carries %s", async (_, language, encoded) => {
    expect(await targetOf({ language })).toBe(`${PATH}?language=${encoded}&timezone=GMT%2B8`);
  });

  it.each<readonly [string, object, string]>([
    ["repeats the key for each item", { tags: ["a", "b,c", "d e"] }, "&tag_list=a&tag_list=b%2Cc&tag_list=d%20e"],
    ["has one key for one item", { tags: ["a"] }, "&tag_list=a"],
    ["leaves an empty array out", { tags: [] }, ""],
    ["leaves undefined and null out", { tags: undefined, status: null }, ""],
    ["sends zero", { status: 0 }, "&status=0"],
  ])("%s", async (_, input, rest) => {
    expect(await targetOf(input)).toBe(`${PATH}?language=en-us&timezone=GMT%2B8${rest}`);
  });

  it("joins the items of an array by commas where the contract says so", async () => {
    await using server = await serve(json(200, {}));
    const client = clientOf(server);
    await readCase(client, { caseId: "7", fields: ["a", "b,c"], score: -1.5, isOpen: false });
    await readCase(client, { caseId: "7" });
    expect(server.requests.map(({ target }) => target)).toEqual([
      "/v2/cases/7?fields=a,b%2Cc&score=-1.5&isOpen=false",
      "/v2/cases/7",
    ]);
  });
});

describe("a path", () => {
  it.each([
    ["a/b", "a%2Fb"],
    ["a b?c#d", "a%20b%3Fc%23d"],
    ["工单🎫", "%E5%B7%A5%E5%8D%95%F0%9F%8E%AB"],
    ["...", "..."],
    ["..a", "..a"],
    ["%2e%2e", "%252e%252e"],
    ["{case_id}", "%7Bcase_id%7D"],
    ["$&", "%24%26"],
    ["(1)*", "%281%29%2A"],
  ])("carries %s as one segment", async (caseId, segment) => {
    await using server = await serve(json(200, {}));
    await readCase(clientOf(server), { caseId });
    expect(server.requests.map(({ target }) => target)).toEqual([`/v2/cases/${segment}`]);
  });

  it.each([
    [".", true],
    ["..", true],
    ["", true],
    [".", false],
    ["..", false],
    ["", false],
  ])("refuses %j, which a URL would resolve (validate: %s)", async (caseId, validate) => {
    await using server = await serve(json(200, {}));
    const error = await errorOf(readCase(clientOf(server), { caseId }, { validate }));
    expect(isValidationError(error) && error.violations).toEqual([
      expect.objectContaining({ parameter: "case_id", key: "caseId", in: "path", pointer: "", rule: "path-segment" }),
    ]);
    expect(server.requests).toHaveLength(0);
  });

  it.each([undefined, null])("refuses %s even without validation", async (caseId) => {
    await using server = await serve(json(200, {}));
    const input = { caseId } as unknown as { caseId: string };
    const error = await errorOf(readCase(clientOf(server), input, { validate: false }));
    expect(isValidationError(error) && error.violations.map(({ rule }) => rule)).toEqual(["required"]);
    expect(server.requests).toHaveLength(0);
  });
});

describe("a base URL", () => {
  it.each([
    ["", ""],
    ["/", ""],
    ["/api/v9", "/api/v9"],
    ["/api/v9/", "/api/v9"],
    ["/a%20b", "/a%20b"],
  ])("ending in %j puts %j before the path", async (end, prefix) => {
    await using server = await serve(json(200, {}));
    const { url } = server;
    await readCase(clientOf({ url: url + end }), { caseId: "7" });
    expect(server.requests[0]?.target).toBe(`${prefix}/v2/cases/7`);
  });

  it.each([
    "",
    "/api",
    "osm.example.com",
    "ftp://osm.example.com",
    "file:///etc/passwd",
    "data:text/plain,a",
    "https://user:hunter2@osm.example.com",
    "https://osm.example.com/?k=hunter2",
    "https://osm.example.com/#hunter2",
  ])("%j is refused, and not shown", (baseUrl) => {
    const create = () => createClient({ baseUrl });
    expect(create).toThrow(TypeError);
    expect(create).not.toThrow(/hunter2|passwd/);
  });
});

describe("headers", () => {
  it("carry a parameter as plain text, and in ISO-8859-1", async () => {
    await using server = await serve(good);
    const client = clientOf(server);
    await exportCases(client, { ...INPUT, xLanguage: "GMT+8, a=b" });
    await exportCases(client, { ...INPUT, xLanguage: "caf\u00e9" });
    expect(server.requests.map((request) => request.header("x-language"))).toEqual(["GMT+8, a=b", "caf\u00e9"]);
  });

  it("accept everything, until the client or the call says otherwise", async () => {
    await using server = await serve(good);
    const accepting = (accept: string) => ({ headers: { accept } });
    await exportCases(clientOf(server), INPUT);
    await exportCases(clientOf(server, accepting("text/csv")), INPUT);
    await exportCases(clientOf(server, accepting("text/csv")), INPUT, accepting("application/json"));
    const sent = server.requests.map((request) => request.header("accept"));
    expect(sent).toEqual(["*/*", "text/csv", "application/json"]);
  });

  it("of the call win over the client's, those over a parameter, whatever their case", async () => {
    await using server = await serve(good);
    const client = clientOf(server, { headers: { "X-LANGUAGE": "client", "X-Site": "0" } });
    const input = { ...INPUT, xLanguage: "parameter" };
    await exportCases(clientOf(server), input);
    await exportCases(client, input);
    await exportCases(client, input, { headers: { "x-language": "call" } });
    const sent = server.requests.map((request) => [request.header("x-language"), request.header("x-site")]);
    expect(sent).toEqual([
      ["parameter", undefined],
      ["client", "0"],
      ["call", "0"],
    ]);
  });

  it("may be a Headers, and leave out what is undefined", async () => {
    await using server = await serve(good);
    const client = clientOf(server, { headers: new Headers({ "x-site": "1" }) });
    await exportCases(client, INPUT, { headers: { "x-site": undefined, "x-other": "2" } });
    await exportCases(client, INPUT, { headers: new Headers({ "x-site": "3" }) });
    expect(server.requests.map((request) => [request.header("x-site"), request.header("x-other")])).toEqual([
      ["1", "2"],
      ["3", undefined],
    ]);
  });

  it.each([
    ["a Map", new Map([["x-site", "1"]])],
    ["pairs", [["x-site", "1"]]],
    ["the Headers of another realm", { [Symbol.iterator]: () => new Headers({ "x-site": "1" }).entries() }],
  ])("may be %s", async (_, given: object) => {
    await using server = await serve(good);
    await exportCases(clientOf(server), INPUT, { headers: given as Headers });
    expect(server.requests[0]?.header("x-site")).toBe("1");
  });

  it("never replace the credential", async () => {
    await using server = await serve(good);
    const client = clientOf(server, { headers: { "x-auth-token": "client's" } });
    await exportCases(client, INPUT, { headers: { "X-Auth-Token": "call's" } });
    expect(server.requests.map((request) => request.header("x-auth-token"))).toEqual([TOKEN]);
  });

  it("are no more than those of a request without a body", async () => {
    await using server = await serve(good);
    await exportCases(clientOf(server), INPUT);
    const names = server.requests[0]?.rawHeaders.filter((_, index) => index % 2 === 0);
    expect(names?.map((name) => name.toLowerCase())).not.toContain("content-type");
  });
});

describe("defaults", () => {
  const defaults = { language: "zh-cn", timezone: "GMT+8", status: 1, xLanguage: "zh-cn" };

  it("fill what is not given, or is undefined", async () => {
    await using server = await serve(good);
    const client = clientOf(server, { defaults });
    await exportCases(client, {});
    await exportCases(client, { language: undefined, status: 2 });
    await exportCases(client, { language: "en-us", status: 0, xLanguage: "en-us" });
    expect(server.requests.map(({ target, header }) => [target, header("x-language")])).toEqual([
      [`${PATH}?language=zh-cn&timezone=GMT%2B8&status=1`, "zh-cn"],
      [`${PATH}?language=zh-cn&timezone=GMT%2B8&status=2`, "zh-cn"],
      [`${PATH}?language=en-us&timezone=GMT%2B8&status=0`, "en-us"],
    ]);
  });

  it("do not fill what is null: that is left out", async () => {
    await using server = await serve(good);
    const input = { status: null, xLanguage: null } as unknown as { status: number };
    await exportCases(clientOf(server, { defaults }), input);
    const [request] = server.requests;
    expect(request?.target).toBe(`${PATH}?language=zh-cn&timezone=GMT%2B8`);
    expect(request?.header("x-language")).toBeUndefined();
  });

  it("are not sent to an operation without that input", async () => {
    await using server = await serve(json(200, {}));
    await readCase(clientOf(server, { defaults }), { caseId: "7" });
    const [request] = server.requests;
    expect(request?.target).toBe("/v2/cases/7");
    expect(request?.header("x-language")).toBeUndefined();
  });

  it("are taken when the client is made", async () => {
    await using server = await serve(good);
    const changing = { ...defaults };
    const client = clientOf(server, { defaults: changing });
    changing.language = "later";
    await exportCases(client, {});
    expect(server.requests[0]?.target).toContain("language=zh-cn");
  });
});

describe("a call", () => {
  it("is sent once, however its promise is used", async () => {
    await using server = await serve(octets("a"));
    const call = exportCases(clientOf(server), INPUT);
    const [file, result, { data, response }] = await Promise.all([call, call.result(), call.withResponse()]);
    expect(result).toMatchObject({ ok: true, status: 200 });
    expect(result.ok && result.data).toBe(file);
    expect(data).toBe(file);
    expect(response.status).toBe(200);
    expect(server.requests).toHaveLength(1);
  });

  it("is sent though nobody waits for it", async () => {
    await using server = await serve(json(200, {}));
    const arrival = server.arrival();
    const call = readCase(clientOf(server), { caseId: "7" });
    await arrival;
    await call;
  });

  it("uses the method of the contract", async () => {
    await using server = await serve(answer(204));
    await closeCase(clientOf(server), { caseId: "7" });
    expect(server.requests).toMatchObject([{ method: "POST", target: "/v2/cases/7/close" }]);
    expect(server.requests[0]?.header("content-length")).toBe("0");
  });
});
