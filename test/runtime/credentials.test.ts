import { afterEach, describe, expect, it, vi } from "vitest";
import { isApiError, isHttpError } from "../../generator/runtime/errors.js";
import type { Credential } from "../../generator/runtime/options.js";
import { closeCase } from "./case-operations.js";
import { clientOf, errorOf, INPUT, outlast } from "./client.js";
import { type Client, exportCases } from "./export-cases.js";
import { answer, type Handler, octets, problem, serve, silence, type TestServer } from "./server.js";

const good = octets("good");
const tokensOf = ({ requests }: TestServer) => requests.map((request) => request.header("x-auth-token"));

/** A provider of `token-1`, `token-2`, …, which counts how often it is asked. */
function counting(give: (value: string) => unknown = (value) => value) {
  const provider = vi.fn(() => give(`token-${provider.mock.calls.length}`));
  return provider as typeof provider & (() => string);
}

/** Takes the tokens it is told, and refuses others. */
const taking =
  (...tokens: readonly string[]): Handler =>
  (request, response) => {
    const isGood = tokens.includes(`${request.headers["x-auth-token"]}`);
    (isGood ? good : problem(401, "OSM.0002"))(request, response);
  };

const getRaw = (client: Client, query: typeof INPUT) =>
  client.raw.GET("/v2/cases/export", { params: { query }, parseAs: "text" });

describe("a credential", () => {
  it.each<readonly [string, Credential]>([
    ["a string", "token-1"],
    ["a function", () => "token-1"],
    ["an async function", async () => "token-1"],
    ["a function that gives an object", () => ({ value: "token-1" })],
    ["an async function that gives an object", async () => ({ value: "token-1", expiresAt: "2100-01-01T00:00:00Z" })],
  ])("may be %s", async (_, token) => {
    await using server = await serve(good);
    await exportCases(clientOf(server, { auth: { token } }), INPUT);
    expect(tokensOf(server)).toEqual(["token-1"]);
  });

  it("is asked for once, and kept", async () => {
    await using server = await serve(good);
    const token = counting();
    const client = clientOf(server, { auth: { token } });
    for (let count = 0; count < 3; count++) await exportCases(client, INPUT);
    expect(tokensOf(server)).toEqual(["token-1", "token-1", "token-1"]);
    expect(token).toHaveBeenCalledTimes(1);
  });

  it("is not asked for before a call", async () => {
    await using server = await serve(good);
    const token = counting();
    clientOf(server, { auth: { token } });
    expect(token).not.toHaveBeenCalled();
  });

  it("is asked for once by calls in parallel", async () => {
    await using server = await serve(good);
    const token = counting(async (value) => value);
    const client = clientOf(server, { auth: { token } });
    await Promise.all(Array.from({ length: 20 }, () => exportCases(client, INPUT)));
    expect(tokensOf(server)).toEqual(Array(20).fill("token-1"));
    expect(token).toHaveBeenCalledTimes(1);
  });

  it("is each client's own", async () => {
    await using server = await serve(good);
    const token = counting();
    await exportCases(clientOf(server, { auth: { token } }), INPUT);
    await exportCases(clientOf(server, { auth: { token } }), INPUT);
    expect(tokensOf(server)).toEqual(["token-1", "token-2"]);
  });
});

describe("a credential that expires", () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const start = Date.UTC(2026, 10, 24, 8);
  const minutes = 60_000;

  it.each<readonly [string, number | string | Date]>([
    ["a number", start + 60 * minutes],
    ["a Date", new Date(start + 60 * minutes)],
    ["a text with microseconds, as IAM writes it", "2026-11-24T09:00:00.000000Z"],
    ["a text with a zone", "2026-11-24T17:00:00+08:00"],
  ])("is asked for anew shortly before: %s", async (_, expiresAt) => {
    vi.useFakeTimers({ toFake: ["Date"], now: start });
    await using server = await serve(good);
    const token = counting((value) => ({ value, expiresAt }));
    const client = clientOf(server, { auth: { token } });
    for (const minute of [0, 30, 58.9]) {
      vi.setSystemTime(start + minute * minutes);
      await exportCases(client, INPUT);
    }
    expect(token).toHaveBeenCalledTimes(1);
    vi.setSystemTime(start + 59.9 * minutes);
    await exportCases(client, INPUT);
    expect(new Set(tokensOf(server).slice(0, 3))).toEqual(new Set(["token-1"]));
    expect(tokensOf(server)[3]).not.toBe("token-1");
  });

  it("is asked for at each call where it has expired", async () => {
    await using server = await serve(good);
    const client = clientOf(server, { auth: { token: counting((value) => ({ value, expiresAt: 0 })) } });
    await exportCases(client, INPUT);
    await exportCases(client, INPUT);
    const [first, second] = tokensOf(server);
    expect(first).not.toBe(second);
  });

  it("has expired when it comes, and is asked for once an attempt", async () => {
    await using server = await serve(problem(503, "E"), good);
    const token = counting((value) => ({ value, expiresAt: 0 }));
    await exportCases(clientOf(server, { auth: { token } }), INPUT);
    expect(tokensOf(server)).toEqual(["token-1", "token-2"]);
    expect(token).toHaveBeenCalledTimes(2);
  });

  it.each(["soon", NaN])("is kept where %j, which is no date, is its end", async (expiresAt) => {
    await using server = await serve(good);
    const client = clientOf(server, { auth: { token: counting((value) => ({ value, expiresAt })) } });
    await exportCases(client, INPUT);
    await exportCases(client, INPUT);
    expect(tokensOf(server)).toEqual(["token-1", "token-1"]);
  });
});

describe("401", () => {
  it("makes a provider be asked once more", async () => {
    await using server = await serve(taking("token-2"));
    const token = counting();
    const client = clientOf(server, { auth: { token } });
    expect(await exportCases(client, INPUT).then((file) => file.text())).toBe("good");
    await exportCases(client, INPUT);
    expect(tokensOf(server)).toEqual(["token-1", "token-2", "token-2"]);
    expect(token).toHaveBeenCalledTimes(2);
  });

  it.each<readonly [string, () => Credential]>([
    ["other tokens", () => counting()],
    ["the same token", () => () => "token-1"],
    ["tokens with an end", () => counting((value) => ({ value, expiresAt: "2100-01-01" }))],
  ])("for ever is an HttpError after two requests: %s", async (_, provider) => {
    await using server = await serve(problem(401, "OSM.0002"));
    const error = await errorOf(exportCases(clientOf(server, { auth: { token: provider() } }), INPUT));
    expect(isHttpError(error) && [error.status, error.code]).toEqual([401, "OSM.0002"]);
    expect(server.requests).toHaveLength(2);
  });

  it("with a token that is fixed is an HttpError at once", async () => {
    await using server = await serve(problem(401, "OSM.0002"));
    const error = await errorOf(exportCases(clientOf(server), INPUT));
    expect(isHttpError(error) && error.status).toBe(401);
    expect(server.requests).toHaveLength(1);
  });

  it("of calls in parallel makes a provider be asked once", async () => {
    await using server = await serve(taking("token-2"));
    const token = counting(async (value) => value);
    const client = clientOf(server, { auth: { token } });
    const files = await Promise.all(Array.from({ length: 20 }, () => exportCases(client, INPUT)));
    expect(await Promise.all(files.map((file) => file.text()))).toEqual(Array(20).fill("good"));
    expect(token).toHaveBeenCalledTimes(2);
  });

  it.each([null, undefined])(
    "takes the credential out of the repeat where the provider then gives %s",
    async (none) => {
      await using server = await serve(problem(401, "E"), good, problem(401, "E"), good);
      for (const call of [exportCases, getRaw]) {
        const token = vi.fn<() => string | null | undefined>(() => none).mockReturnValueOnce("token-1");
        await call(clientOf(server, { auth: { token } }), INPUT);
        expect(token).toHaveBeenCalledTimes(2);
      }
      expect(tokensOf(server)).toEqual(["token-1", undefined, "token-1", undefined]);
    },
  );

  it("leaves what the option `headers` has in the place of nothing", async () => {
    await using server = await serve(problem(401, "E"), problem(503, "E"), good);
    const options = { auth: { token: () => null }, headers: { "X-Auth-Token": "mine" }, validate: false };
    await exportCases(clientOf(server, options), INPUT);
    expect(tokensOf(server)).toEqual(["mine", "mine", "mine"]);
  });

  it.each<readonly [string, (home: string) => readonly [Handler, ...Handler[]]]>([
    ["another origin", () => [problem(401, "E")]],
    ["another origin, after a redirect within it", () => [answer(302, { location: "/b" }), problem(401, "E")]],
    ["this one, by way of another", (home) => [answer(302, { location: `${home}/refusing` })]],
  ])("of %s, which no credential went to, renews none", async (_, handlersOf) => {
    let away = "";
    await using server = await serve((request, response) => {
      const isBack = request.url === "/refusing";
      (isBack ? problem(401, "E") : answer(302, { location: away }))(request, response);
    });
    await using other = await serve(...handlersOf(server.url));
    away = other.url;
    const token = counting();
    const error = await errorOf(exportCases(clientOf(server, { auth: { token } }), INPUT));
    expect(error).toMatchObject({ name: "HttpError", status: 401 });
    expect(token).toHaveBeenCalledTimes(1);
    expect([...tokensOf(server), ...tokensOf(other)].filter(Boolean)).toEqual(["token-1"]);
  });

  it("is no repeat: also without any, and for a POST", async () => {
    await using server = await serve(taking("token-2"), taking("token-2"), problem(401, "E"), answer(204));
    const client = clientOf(server, { auth: { token: counting() }, retry: 0 });
    await exportCases(client, INPUT);
    await closeCase(client, { caseId: "7" });
    expect(server.requests.map(({ method }) => method)).toEqual(["GET", "GET", "POST", "POST"]);
  });

  it("leaves the repeats as they are", async () => {
    const busy = problem(503, "E");
    await using server = await serve(busy, problem(401, "E"), busy, good);
    await exportCases(clientOf(server, { auth: { token: counting() } }), INPUT);
    expect(tokensOf(server)).toEqual(["token-1", "token-1", "token-2", "token-2"]);
  });
});

describe("a provider that is being asked", () => {
  /** A provider whose answers the test gives, in the order in which it was asked. */
  function answering() {
    const answers: ((token: string) => void)[] = [];
    const token = vi.fn(() => new Promise<string>((resolve) => answers.push(resolve)));
    return { token, give: (index: number, value: string) => answers[index]?.(value) };
  }

  it("is not asked once more where one of several callers is aborted", async () => {
    await using server = await serve(good);
    const { token, give } = answering();
    const client = clientOf(server, { auth: { token } });
    const controller = new AbortController();
    const aborted = errorOf(exportCases(client, INPUT, { signal: controller.signal }));
    const second = exportCases(client, INPUT);
    controller.abort(new Error("enough"));
    expect((await aborted).message).toBe("enough");
    const third = exportCases(client, INPUT);
    give(0, "token-1");
    await Promise.all([second, third]);
    expect(token).toHaveBeenCalledTimes(1);
    expect(tokensOf(server)).toEqual(["token-1", "token-1"]);
  });

  it("has answered, and what it gave is kept, where the caller is aborted later", async () => {
    await using server = await serve(silence, good);
    const token = counting();
    const client = clientOf(server, { auth: { token } });
    const controller = new AbortController();
    const arrival = server.arrival();
    const call = errorOf(exportCases(client, INPUT, { signal: controller.signal }));
    await arrival;
    controller.abort(new Error("enough"));
    await call;
    await exportCases(client, INPUT);
    expect(tokensOf(server)).toEqual(["token-1", "token-1"]);
  });

  it("is not asked once more where all callers are aborted: what it gives late is for who comes then", async () => {
    await using server = await serve(good);
    const { token, give } = answering();
    const client = clientOf(server, { auth: { token } });
    const controller = new AbortController();
    const calls = [1, 2].map(() => errorOf(exportCases(client, INPUT, { signal: controller.signal })));
    controller.abort(new Error("enough"));
    await Promise.all(calls);
    const call = exportCases(client, INPUT);
    give(0, "token-1");
    await call;
    expect(token).toHaveBeenCalledTimes(1);
    expect(tokensOf(server)).toEqual(["token-1"]);
  });
});

describe("a provider that never answers", () => {
  const hanging = (...rest: readonly string[]) => {
    const tokens = [...rest];
    return vi.fn(() => Promise.resolve(tokens.shift() ?? "")).mockImplementationOnce(() => new Promise(() => {}));
  };

  it("is asked anew by the call after one whose time is up", async () => {
    await using server = await serve(good);
    const token = hanging("token-2");
    const client = clientOf(server, { auth: { token } });
    expect((await errorOf(exportCases(client, INPUT, { timeout: 50 }))).name).toBe("TimeoutError");
    await exportCases(client, INPUT);
    await exportCases(client, INPUT);
    expect(tokensOf(server)).toEqual(["token-2", "token-2"]);
    expect(token).toHaveBeenCalledTimes(2);
  });

  it("is asked anew by the call after one whose signal says that its time is up, through `raw` too", async () => {
    await using server = await serve(good);
    const token = hanging("token-2");
    const client = clientOf(server, { auth: { token } });
    const signal = AbortSignal.timeout(50);
    const call = client.raw.GET("/v2/cases/export", { params: { query: INPUT }, signal, parseAs: "text" });
    expect((await errorOf(call)).name).toBe("TimeoutError");
    await exportCases(client, INPUT);
    expect(tokensOf(server)).toEqual(["token-2"]);
  });

  it("is asked anew while calls that came later still wait for it", async () => {
    await using server = await serve(good);
    const token = hanging("token-2");
    const client = clientOf(server, { auth: { token } });
    const controller = new AbortController();
    const first = errorOf(exportCases(client, INPUT, { timeout: 50 }));
    const second = errorOf(exportCases(client, INPUT, { signal: controller.signal }));
    expect((await first).name).toBe("TimeoutError");
    await exportCases(client, INPUT);
    controller.abort(new Error("enough"));
    expect((await second).message).toBe("enough");
    expect(tokensOf(server)).toEqual(["token-2"]);
  });

  it("and is asked anew takes no notice of what it gives late", async () => {
    await using server = await serve(good);
    let fail = (_: Error) => {};
    const token = vi
      .fn(async () => "token-2")
      .mockImplementationOnce(
        () =>
          new Promise((_, reject) => {
            fail = reject;
          }),
      );
    const client = clientOf(server, { auth: { token } });
    await errorOf(exportCases(client, INPUT, { timeout: 50 }));
    await exportCases(client, INPUT);
    fail(new Error("late"));
    await exportCases(client, INPUT);
    expect(token).toHaveBeenCalledTimes(2);
    expect(tokensOf(server)).toEqual(["token-2", "token-2"]);
  });

  it("is not asked by a call that is over", async () => {
    await using server = await serve(good);
    const controller = new AbortController();
    const token = vi.fn(async () => {
      controller.abort(new Error("enough"));
      // So that the request, too, would ask.
      return { value: "token-1", expiresAt: 0 };
    });
    const client = clientOf(server, { auth: { token } });
    expect((await errorOf(exportCases(client, INPUT, { signal: controller.signal }))).message).toBe("enough");
    await outlast(50);
    expect(token).toHaveBeenCalledTimes(1);
  });
});

describe("a provider that fails", () => {
  it.each<readonly [string, (cause: Error) => Credential]>([
    [
      "throws",
      (cause) => () => {
        throw cause;
      },
    ],
    ["rejects", (cause) => () => Promise.reject(cause)],
  ])("and %s gives an ApiError with its cause, and nothing is sent", async (_, provider) => {
    await using server = await serve(good);
    const cause = new Error("IAM is away");
    const error = await errorOf(exportCases(clientOf(server, { auth: { token: provider(cause) } }), INPUT));
    expect(isApiError(error)).toBe(true);
    expect(error).toMatchObject({ name: "ApiError", operationId: "exportCases" });
    expect(error.message).toContain("auth.token");
    expect(error.cause).toBe(cause);
    expect(server.requests).toHaveLength(0);
  });

  it("is asked again by the next call", async () => {
    await using server = await serve(good);
    const token = vi.fn<() => Promise<string>>(async () => "token-2").mockRejectedValueOnce(new Error("away"));
    const client = clientOf(server, { auth: { token } });
    await errorOf(exportCases(client, INPUT));
    await exportCases(client, INPUT);
    expect(tokensOf(server)).toEqual(["token-2"]);
  });

  it("when it is asked for a fresh token ends the call", async () => {
    await using server = await serve(problem(401, "E"));
    const cause = new Error("away");
    const token = vi
      .fn<() => Promise<string>>(async () => "token-1")
      .mockResolvedValueOnce("token-1")
      .mockRejectedValueOnce(cause);
    const error = await errorOf(exportCases(clientOf(server, { auth: { token } }), INPUT));
    expect(error.name).toBe("ApiError");
    expect(error.cause).toBe(cause);
    expect(server.requests).toHaveLength(1);
  });
});
