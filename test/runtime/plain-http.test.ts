import { describe, expect, it } from "vitest";
import { isApiError } from "../../generator/runtime/errors.js";
import { readText } from "./case-operations.js";
import { clientOf, errorOf, INPUT, TOKEN } from "./client.js";
import { type ClientOptions, exportCases } from "./export-cases.js";

/** What a client of an address sends, and where it does not, why. */
async function attempt(baseUrl: string, options: Partial<ClientOptions> = {}) {
  const sent: Request[] = [];
  const fetch = async (request: Request) => {
    sent.push(request);
    return new Response("good", { headers: { "content-type": "application/octet-stream" } });
  };
  const client = clientOf({ url: baseUrl }, { fetch, retry: 0, ...options });
  const error = await exportCases(client, INPUT).then(
    (file) => file.text().then(() => undefined),
    (reason: unknown) => reason,
  );
  return { tokens: sent.map(({ headers }) => headers.get("x-auth-token")), error, client, sent };
}

describe("a credential over plain http", () => {
  it.each([
    "http://osm.example",
    "http://10.0.0.1",
    "http://128.0.0.1",
    "http://localhost.example",
    "http://127.0.0.1.example",
    "http://127.example",
    "http://[::2]",
    "http://[::ffff:10.0.0.1]",
    "http://osm.example/127.0.0.1/",
  ])("is refused, and not shown: %s", async (baseUrl) => {
    const { tokens, error } = await attempt(baseUrl);
    expect(tokens).toEqual([]);
    expect(isApiError(error)).toBe(true);
    expect(error).toMatchObject({ name: "ApiError", operationId: "exportCases", message: "auth.token needs https" });
  });

  it.each([
    "https://osm.example",
    "http://localhost",
    "http://LOCALHOST:8080/v1",
    "http://127.0.0.1:8080",
    "http://127.1",
    "http://127.9.9.9",
    "http://[::1]:8080",
    "http://[0:0:0:0:0:0:0:1]",
  ])("is none, or stays here: %s", async (baseUrl) => {
    expect((await attempt(baseUrl)).tokens).toEqual([TOKEN]);
  });

  it("is sent where the client allows it", async () => {
    expect((await attempt("http://osm.example", { allowPlainHttp: true })).tokens).toEqual([TOKEN]);
  });

  it("is refused through `raw`, too, also at an address of the request's own", async () => {
    const { client, sent } = await attempt("https://osm.example");
    const raw = client.raw.GET("/v2/cases/export", { params: { query: INPUT }, baseUrl: "http://other.example" });
    expect((await errorOf(raw)).message).toBe("auth.token needs https");
    expect(sent).toHaveLength(1);
  });

  it("is refused where the option `headers` has it", async () => {
    const { client, sent } = await attempt("http://osm.example", { auth: {} });
    const options = { headers: { "x-auth-token": TOKEN }, validate: false };
    const error = await errorOf(exportCases(client, INPUT, options));
    expect(error.message).toBe("auth.token needs https");
    await expect(exportCases(client, INPUT, { validate: false })).resolves.toBeDefined();
    expect(sent.map(({ headers }) => headers.get("x-auth-token"))).toEqual([null]);
  });

  it("is refused where the option `headers` has it for an operation that asks for none", async () => {
    const { client, sent } = await attempt("http://osm.example");
    const error = await errorOf(readText(client, { headers: { "X-Auth-Token": TOKEN } }));
    expect([error.message, sent]).toEqual(["auth.token needs https", []]);
  });

  it("is not missed where none is needed", async () => {
    const sent: Request[] = [];
    const fetch = async (request: Request) => {
      sent.push(request);
      return new Response("a", { headers: { "content-type": "text/plain" } });
    };
    expect(await readText(clientOf({ url: "http://osm.example" }, { fetch }))).toBe("a");
    expect(sent[0]?.headers.has("x-auth-token")).toBe(false);
  });
});
