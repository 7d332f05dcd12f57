import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { redact } from "../../generator/runtime/credentials.js";
import { observe } from "../../generator/runtime/observe.js";
import type { FetchOption } from "../../generator/runtime/options.js";
import { readCase, readText } from "./case-operations.js";
import { clientOf, errorOf, INPUT, TOKEN, tracesOf } from "./client.js";
import { type Client, type ExportCasesInput, exportCases } from "./export-cases.js";
import { answer, bytes, type Handler, json, octets, problem, serve, silence, type TestServer } from "./server.js";

const ECHO = { "x-echo": `token ${TOKEN}`, "set-cookie": `token=${TOKEN}`, "x-auth-token": TOKEN };
const echoing = (status: number): Handler =>
  json(
    status,
    {
      error_code: TOKEN,
      error_msg: `bad token ${TOKEN}, indeed ${TOKEN}`,
      request_id: TOKEN,
      request: { headers: [{ name: "X-Auth-Token", value: TOKEN }] },
    },
    ECHO,
  );
const page = `<p>${TOKEN}</p>`;
const HTML = { "content-type": "text/html", ...ECHO };
const JSON_TYPE = { "content-type": "application/json", ...ECHO };

const read = (client: Client) => readCase(client, { caseId: "7" }, { retry: 0 });
const get = (client: Client) => exportCases(client, INPUT, { retry: 0 });

/** As some writers of JSON have it: by its number, each character that is no letter. */
const escaped = TOKEN.replace(/\W/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

describe("a token that the service echoes", () => {
  it.each<readonly [string, string, Handler, (client: Client) => Promise<unknown>]>([
    ["HttpError", "in JSON", echoing(403), get],
    ["HttpError", "behind a success", echoing(200), get],
    ["HttpError", "in JSON without a description", echoing(500), read],
    ["HttpError", "in a page", answer(502, HTML, page), get],
    ["HttpError", "in JSON that is none", answer(500, JSON_TYPE, `{${page}`), get],
    [
      "HttpError",
      "in JSON by numbers",
      answer(403, JSON_TYPE, `{"error_msg":"bad ${escaped}","a":["${escaped}"]}`),
      get,
    ],
    ["HttpError", "in JSON that is only a text", json(500, TOKEN), get],
    ["HttpError", "after 64 KiB", answer(500, HTML, "a".repeat(70_000) + TOKEN), get],
    ["DecodeError", "in JSON that is none", answer(200, JSON_TYPE, `{${page}`), read],
    ["DecodeError", "in a page", answer(200, HTML, page), read],
    ["DecodeError", "where there is no description", json(201, { a: TOKEN }, ECHO), read],
    [
      "NetworkError",
      "in a body that is cut",
      bytes(
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 999\r\nx-echo: ${TOKEN}\r\n\r\n{"${TOKEN}`,
      ),
      read,
    ],
    [
      "NetworkError",
      "in a chunk that is none",
      bytes(
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\nzz ${TOKEN}\r\n`,
      ),
      read,
    ],
    ["NetworkError", "in redirects without end", answer(302, { location: `/?${TOKEN}`, ...ECHO }), get],
    ["NetworkError", "in a Location of another scheme", answer(302, { location: `ftp://${TOKEN}` }), get],
  ])("is not in the %s: %s", async (name, _, handler, call) => {
    await using server = await serve(handler);
    const error = await errorOf(call(clientOf(server)));
    expect(error.name).toBe(name);
    expect(server.requests[0]?.header("x-auth-token")).toBe(TOKEN);
    expect(tracesOf(error)).not.toContain(TOKEN);
  });

  it("is not in the error of a Location with a user name", async () => {
    // One that a URL takes as it is.
    const token = "a-token-without-a-slash";
    await using server = await serve(answer(302, { location: `http://user:${token}@127.0.0.1/` }));
    const error = await errorOf(get(clientOf(server, { auth: { token } })));
    expect(error.name).toBe("NetworkError");
    expect(tracesOf(error)).not.toContain(token);
  });

  it.each([
    ["a URL has it", encodeURIComponent(TOKEN)],
    ["a URL in lower case has it", encodeURIComponent(TOKEN).replace(/%../g, (code) => code.toLowerCase())],
    ["JSON with a backslash before each slash has it", TOKEN.replaceAll("/", "\\/")],
  ])("is found as %s", async (_, written) => {
    await using server = await serve(answer(502, HTML, `<p>${written}</p>`));
    expect(await errorOf(get(clientOf(server)))).toMatchObject({ body: "<p>[redacted]</p>" });
  });

  it("is found whole where another one, which was replaced, is its beginning", async () => {
    const tokens = ["a-token", "a-token-and-its-rest"];
    await using server = await serve(problem(401, "E"), answer(502, HTML, "<p>a-token-and-its-rest, a-token</p>"));
    const error = await errorOf(get(clientOf(server, { auth: { token: () => tokens.shift() } })));
    expect(error).toMatchObject({ body: "<p>[redacted], [redacted]</p>" });
  });

  it("is looked for by its own call, and kept no longer", async () => {
    await using server = await serve(problem(403, "E", "first-token-1, second-token-2"));
    const tokens = ["first-token-1", "second-token-2"];
    const client = clientOf(server, { auth: { token: () => ({ value: tokens.shift() ?? "", expiresAt: 0 }) } });
    expect((await errorOf(get(client))).message).toContain("[redacted], second-token-2");
    expect((await errorOf(get(client))).message).toContain("first-token-1, [redacted]");
  });

  it("is in the text of an error as [redacted]", async () => {
    await using server = await serve(echoing(403));
    const error = await errorOf(get(clientOf(server)));
    expect(error).toMatchObject({
      code: "[redacted]",
      requestId: "[redacted]",
      body: {
        error_msg: "bad token [redacted], indeed [redacted]",
        request: { headers: [{ name: "X-Auth-Token", value: "[redacted]" }] },
      },
    });
    expect(error.message).toContain("bad token [redacted]");
    expect(error).toHaveProperty("headers", expect.objectContaining({}));
    const { headers } = error as unknown as { headers: Headers };
    expect(headers.get("x-echo")).toBe("token [redacted]");
    expect(headers.get("set-cookie")).toBe("token=[redacted]");
  });

  it("is taken out where a provider gave it, after a refresh too", async () => {
    const tokens = ["first-token-1", "second-token-2"];
    await using server = await serve(echoing(401), (request, response) => {
      problem(403, "E", `${request.headers["x-auth-token"]}`)(request, response);
    });
    const error = await errorOf(get(clientOf(server, { auth: { token: () => tokens.shift() } })));
    expect(server.requests.map((request) => request.header("x-auth-token"))).toEqual([
      "first-token-1",
      "second-token-2",
    ]);
    expect(error.message).toMatch(/403 E \[redacted\]$/);
    expect(tracesOf(error)).not.toMatch(/first-token|second-token/);
  });

  it("stays in what is no error: the data is the service's", async () => {
    await using server = await serve(json(200, { token: TOKEN }));
    expect(await read(clientOf(server))).toEqual({ token: TOKEN });
  });

  it("is in no error where the option `headers` has it", async () => {
    await using server = await serve(echoing(403));
    const options = { headers: { "x-auth-token": TOKEN }, validate: false };
    const error = await errorOf(exportCases(clientOf(server, { auth: {} }), INPUT, options));
    expect(server.requests[0]?.header("x-auth-token")).toBe(TOKEN);
    expect(error.name).toBe("HttpError");
    expect(tracesOf(error)).not.toContain(TOKEN);
  });

  it("is not looked for where it is no secret, but a letter or two", async () => {
    await using server = await serve(problem(403, "E", "an error"));
    expect((await errorOf(get(clientOf(server, { auth: { token: "e" } })))).message).toContain("an error");
  });
});

describe("a token is not in the error", () => {
  it("of a call that takes too long", async () => {
    await using server = await serve(silence);
    const error = await errorOf(exportCases(clientOf(server), INPUT, { timeout: 50 }));
    expect(error.name).toBe("TimeoutError");
    expect(tracesOf(error)).not.toContain(TOKEN);
  });

  it.each([
    ["too long", TOKEN.repeat(300)],
    ["not sendable", `${TOKEN}\n`],
    ["not sendable, and too long", `${TOKEN}工`.repeat(300)],
  ])("of a call whose token is %s, whatever is validated", async (_, token) => {
    await using server = await serve(octets("a"));
    for (const given of [token, () => token]) {
      const client = clientOf(server, { auth: { token: given } });
      const error = await errorOf(exportCases(client, {} as ExportCasesInput));
      expect(error.name).toBe("ValidationError");
      expect(tracesOf(error)).not.toContain(TOKEN);
    }
    expect(server.requests).toHaveLength(0);
  });

  it("of a call that gives it as an input", async () => {
    await using server = await serve(octets("a"));
    const input: object = { ...INPUT, xAuthToken: TOKEN };
    const error = await errorOf(exportCases(clientOf(server), input as ExportCasesInput));
    expect(error).toMatchObject({ violations: [{ key: "xAuthToken", rule: "unknown", value: "[redacted]" }] });
    expect(tracesOf(error)).not.toContain(TOKEN);
  });

  it("of a call through `raw` whose token no header can carry", async () => {
    await using server = await serve(octets("a"));
    const client = clientOf(server, { auth: { token: `${TOKEN}\n` } });
    const error = await errorOf(client.raw.GET("/v2/cases/export", { params: { query: INPUT } }));
    expect(tracesOf(error)).not.toContain(TOKEN);
    expect(server.requests).toHaveLength(0);
  });

  it("of a provider that becomes unsendable on a refresh", async () => {
    await using server = await serve(problem(401, "E"));
    const tokens = [TOKEN, `${TOKEN}\r\nX-Evil: 1`];
    const error = await errorOf(get(clientOf(server, { auth: { token: () => tokens.shift() } })));
    expect(error.name).toBe("ApiError");
    expect(tracesOf(error)).not.toContain(TOKEN);
    expect(server.requests).toHaveLength(1);
  });
});

describe("nobody sees a token who prints", () => {
  const printed = (value: unknown) => tracesOf(value) + inspect(value, { showProxy: true });

  const clients = async (server: TestServer): Promise<readonly Client[]> => [
    clientOf(server),
    clientOf(server, { auth: { token: async () => ({ value: TOKEN, expiresAt: Date.now() + 1e9 }) } }),
  ];

  it("a client, before and after a call", async () => {
    await using server = await serve(octets("a"));
    for (const client of await clients(server)) {
      expect(printed(client)).not.toContain(TOKEN);
      await exportCases(client, INPUT);
      expect(printed(client)).not.toContain(TOKEN);
      expect(printed(client.raw)).not.toContain(TOKEN);
    }
  });

  it("a call, a file, or a result", async () => {
    await using server = await serve(octets("a"));
    const call = exportCases(clientOf(server), INPUT);
    expect(printed(call)).not.toContain(TOKEN);
    expect(printed(await call)).not.toContain(TOKEN);
    expect(printed(await call.result())).not.toContain(TOKEN);
  });

  it("a call that an operation without security makes", async () => {
    await using server = await serve(problem(400, "E", "no"));
    expect(printed(await errorOf(readText(clientOf(server))))).not.toContain(TOKEN);
  });
});

describe("a token is in no error", () => {
  it("where bytes that are no HTTP echo it, which Node's HTTPParserError, the cause, keeps as `data`", async () => {
    await using server = await serve(bytes(`${TOKEN}\r\n\r\n`));
    const error = await errorOf(exportCases(clientOf(server), INPUT, { retry: 0 }));
    expect(tracesOf(error)).not.toContain(TOKEN);
  });

  it.each(["request", "options", "response", "config"])(
    "where a fetch of one's own throws it as `%s`",
    async (name) => {
      const fails = async (request: Request) => {
        const cause = Object.assign(new TypeError("failed"), { [name]: { request } });
        throw Object.assign(new Error("failed", { cause }), { [name]: { headers: { "x-auth-token": TOKEN } } });
      };
      const client = clientOf({ url: "http://127.0.0.1" }, { fetch: fails, retry: 0 });
      const error = await errorOf(exportCases(client, INPUT));
      expect(error).toMatchObject({ name: "NetworkError", cause: { message: "failed" } });
      expect(tracesOf(error)).not.toContain(TOKEN);
    },
  );

  it("where the body is cut within it", async () => {
    const token = "k".repeat(4000);
    await using server = await serve(answer(500, {}, "a".repeat(65_536 - 3999) + token));
    const error = await errorOf(exportCases(clientOf(server, { auth: { token } }), INPUT, { retry: 0 }));
    expect(tracesOf(error)).not.toContain("k".repeat(100));
  });

  it("where another call has replaced it since", async () => {
    const tokens = ["first-token-1", "second-token-2"];
    let finish = () => {};
    await using server = await serve(
      (request, response) => {
        const echo = problem(403, "E", `${request.headers["x-auth-token"]}`);
        finish = () => echo(request, response);
      },
      problem(401, "E"),
      octets("a"),
    );
    const client = clientOf(server, { auth: { token: () => tokens.shift() } });
    const arrival = server.arrival();
    const call = exportCases(client, INPUT);
    await arrival;
    await exportCases(client, INPUT);
    finish();
    expect(tracesOf(await errorOf(call))).not.toContain("first-token");
  });

  it("where it is the name of a member", async () => {
    await using server = await serve(json(403, { error_code: "E", error_msg: "m", [TOKEN]: 1 }));
    expect(tracesOf(await errorOf(exportCases(clientOf(server), INPUT)))).not.toContain(TOKEN);
  });

  // Of so long a pattern, no RegExp could be made; and one of backslashes must not take for ever.
  it.each([5000, 20_000])("where it is of %i characters, of whatever kind", (length) => {
    for (const signs of ["aB3x", "aB3x+/=-", "\\"]) {
      const random = createHash("shake256", { outputLength: length }).update(signs).digest();
      const token = Array.from(random, (byte) => signs[byte % signs.length]).join("");
      const clean = redact({ secrets: [token] })(`${token} ${encodeURIComponent(token)}`);
      expect(clean.replaceAll("[redacted]", "").length).toBeLessThan(600);
    }
  });

  it("at a cost that does not grow with the number of texts that it may be in", async () => {
    const rows = { rows: Array.from({ length: 10_000 }, () => "a") };
    const isEnvelope = { ...rows, error_code: "E", error_msg: TOKEN };
    await using server = await serve(json(200, rows), json(403, isEnvelope));
    const client = clientOf(server, { retry: 0 });
    // What is made of a credential to look for it begins with this.
    const forms = vi.spyOn(String.prototype, "toWellFormed");
    try {
      expect(await (await exportCases(client, INPUT)).text()).toBe(JSON.stringify(rows));
      expect(tracesOf(await errorOf(exportCases(client, INPUT)))).not.toContain(TOKEN);
      expect(forms.mock.contexts.filter((text) => text === TOKEN).length).toBeLessThan(20);
    } finally {
      forms.mockRestore();
    }
  });

  it.each(["authorization", "proxy-authorization", "X-Auth-Token"])("in %s of the option `headers`", async (name) => {
    await using server = await serve(json(403, { error_code: "E", error_msg: `you sent ${TOKEN}` }));
    const told: object[] = [];
    const keep = (event: object) => told.push(event);
    const hooks = observe({ onRequest: keep, onResponse: keep, onError: keep });
    const value = name === "X-Auth-Token" ? TOKEN : `Bearer ${TOKEN}`;
    const client = clientOf(server, { auth: undefined, hooks });
    const error = await errorOf(readText(client, { headers: { [name]: value }, retry: 0 }));
    expect(error.name).toBe("HttpError");
    expect(tracesOf([error, told])).not.toContain(TOKEN);
  });

  it("where a text escapes it as JSON does", async () => {
    const token = 'first"second';
    await using server = await serve(answer(500, {}, `{"token":"first\\"second"`));
    const error = await errorOf(exportCases(clientOf(server, { auth: { token } }), INPUT));
    expect(tracesOf(error)).not.toContain("second");
  });

  it("where it holds what JSON escapes, and what it need not", async () => {
    const token = 'first"/second';
    await using server = await serve(json(500, { error_code: "E", error_msg: `bad ${token}` }));
    const error = await errorOf(exportCases(clientOf(server, { auth: { token }, retry: 0 }), INPUT));
    expect(tracesOf(error)).not.toContain("second");
  });

  it("where the body breaks off within it", async () => {
    const head = "HTTP/1.1 500 No\r\ncontent-length: 999\r\n\r\n";
    await using server = await serve(bytes(`${head}{"error_msg":"bad token ${TOKEN.slice(0, -1)}`));
    const error = await errorOf(exportCases(clientOf(server), INPUT));
    expect(error).toMatchObject({ name: "HttpError", status: 500 });
    expect(tracesOf(error)).not.toContain(TOKEN.slice(0, 9));
  });

  it("where the body is cut within it, in another piece of the body", async () => {
    const token = "k".repeat(400);
    await using server = await serve(answer(500, {}, "a".repeat(65_536 - 200) + token));
    // Node joins what arrives meanwhile.
    const inPieces: FetchOption = async (request, init) => {
      const response = await fetch(request, init);
      const pieces = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          for (let at = 0; at < chunk.length; at += 100) controller.enqueue(chunk.subarray(at, at + 100));
        },
      });
      return new Response(response.body?.pipeThrough(pieces) ?? null, response);
    };
    const client = clientOf(server, { auth: { token }, fetch: inPieces });
    const error = await errorOf(exportCases(client, INPUT, { retry: 0 }));
    expect(tracesOf(error)).not.toContain("k".repeat(100));
  });

  it.each([
    ["message", problem(400, "E", "a".repeat(20_000))],
    ["code", problem(400, "E".repeat(20_000))],
  ])("and no message is as long as the service likes: its %s", async (_, handler) => {
    await using server = await serve(handler);
    expect((await errorOf(exportCases(clientOf(server), INPUT))).message.length).toBeLessThan(2000);
  });
});
