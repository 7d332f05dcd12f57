import { describe, expect, it, vi } from "vitest";
import { type HookEvent, type Hooks, observe } from "../../generator/runtime/observe.js";
import { readCase } from "./case-operations.js";
import { clientOf, errorOf, INPUT, TOKEN, tracesOf } from "./client.js";
import { type ExportCasesInput, exportCases } from "./export-cases.js";
import { answer, bytes, octets, problem, reset, serve } from "./server.js";
import { all, follow } from "./stream-operations.js";

type Told = HookEvent & Readonly<Record<string, unknown>> & { readonly hook: keyof Hooks };

/** Hooks that keep what they are told. */
function recording() {
  const told: Told[] = [];
  const keep = (hook: keyof Hooks) => (event: object) => {
    told.push({ hook, ...event } as Told);
  };
  const hooks: Hooks = {
    onRequest: keep("onRequest"),
    onResponse: keep("onResponse"),
    onRetry: keep("onRetry"),
    onError: keep("onError"),
  };
  const steps = () =>
    told.map(({ hook, attempt, status, reason, name }) => [hook, attempt, status ?? reason ?? name].join(" ").trim());
  return { told, hooks: observe(hooks), steps };
}

const get = (server: { readonly url: string }, options: Parameters<typeof clientOf>[1]) =>
  exportCases(clientOf(server, options), INPUT);

describe("hooks", () => {
  it("are told of a call that is good, with what it is and how long it took", async () => {
    await using server = await serve(octets("good"));
    const { told, hooks, steps } = recording();
    await (await get(server, { hooks })).text();
    expect(steps()).toEqual(["onRequest 1", "onResponse 1 200"]);
    for (const event of told) {
      expect(event).toMatchObject({ operationId: "exportCases", target: `GET ${server.url}/v2/cases/export` });
      expect(event.duration).toBeGreaterThanOrEqual(0);
      expect(event["url"]).toBe(
        `${server.url}/v2/cases/export?language=en-us&timezone=en-us`.replace(/en-us$/, "GMT%2B8"),
      );
    }
    expect(told[1]?.duration).toBeGreaterThan(told[0]?.duration ?? Infinity);
  });

  it.each<readonly [string, Parameters<typeof serve>, readonly string[]]>([
    [
      "a status that says later",
      [problem(503, "E"), octets("a")],
      ["onRequest 1", "onResponse 1 503", "onRetry 1 503", "onRequest 2", "onResponse 2 200"],
    ],
    [
      "a token that is renewed",
      [problem(401, "E"), octets("a")],
      ["onRequest 1", "onResponse 1 401", "onRetry 1 401", "onRequest 2", "onResponse 2 200"],
    ],
    [
      "a redirect, of the same attempt",
      [answer(302, { location: "/b" }), octets("a")],
      ["onRequest 1", "onResponse 1 302", "onRequest 1", "onResponse 1 200"],
    ],
    [
      "a redirect to a status that says later",
      [answer(302, { location: "/b" }), problem(503, "E"), octets("a")],
      [
        ...["onRequest 1", "onResponse 1 302", "onRequest 1", "onResponse 1 503", "onRetry 1 503"],
        ...["onRequest 2", "onResponse 2 200"],
      ],
    ],
    ["an error, once", [problem(403, "E")], ["onRequest 1", "onResponse 1 403", "onError 1 403"]],
    ["an envelope", [problem(200, "E")], ["onRequest 1", "onResponse 1 200", "onError 1 200"]],
  ])("are told of %s", async (_, handlers, wanted) => {
    await using server = await serve(...handlers);
    const { hooks, steps } = recording();
    await get(server, { hooks, auth: { token: () => TOKEN } }).catch(() => {});
    expect(steps()).toEqual(wanted);
  });

  it("are told why the network fails, and how long it waits", async () => {
    await using server = await serve(reset);
    const { told, hooks, steps } = recording();
    await errorOf(get(server, { hooks, retry: { limit: 1, minDelay: 1 } }));
    expect(told.find(({ hook }) => hook === "onRetry")).toMatchObject({
      reason: expect.stringContaining("fetch failed"),
      delay: expect.any(Number),
    });
    expect(steps().at(-1)).toBe("onError 2 NetworkError");
  });

  it("are told of what is refused before it is sent, and of an abort", async () => {
    const { told, hooks } = recording();
    const client = clientOf({ url: "http://127.0.0.1" }, { hooks });
    await errorOf(exportCases(client, {} as ExportCasesInput));
    await errorOf(exportCases(client, INPUT, { signal: AbortSignal.abort() }));
    expect(told).toMatchObject([
      { hook: "onError", attempt: 0, name: "ValidationError" },
      { hook: "onError", attempt: 0, name: "AbortError" },
    ]);
  });

  it("are told of an item of a stream that breaks the contract, once", async () => {
    await using server = await serve(answer(200, { "content-type": "application/x-ndjson" }, "1\n{\n"));
    const { hooks, steps } = recording();
    const error = await errorOf(follow(server, "lines", {}, { hooks }).then(all));
    expect([error.name, steps()]).toEqual(["DecodeError", ["onRequest 1", "onResponse 1 200", "onError 1 200"]]);
  });

  it("are told nothing of a stream that is left", async () => {
    await using server = await serve(answer(200, { "content-type": "application/x-ndjson" }, "1\n2\n"));
    const { hooks, steps } = recording();
    for await (const item of await follow(server, "lines", {}, { hooks })) if (item === 1) break;
    expect(steps()).toEqual(["onRequest 1", "onResponse 1 200"]);
  });

  const nothing: object = Object.create(null);
  const untellable = {
    get name() {
      throw new Error("of the getter");
    },
    toString() {
      throw new Error("of toString");
    },
  };
  it.each<readonly [string, unknown, string, string]>([
    ["a text", "enough", "Error", "enough"],
    ["a symbol", Symbol("enough"), "Error", "Symbol(enough)"],
    ["an object without a prototype", nothing, "Error", "object"],
    ["an object that throws when it is read", untellable, "Error", "object"],
    ["an object whose message is none", { name: 5, message: {}, code: [], status: "5" }, "Error", "[object Object]"],
  ])("leave the reason of an abort as it is: %s", async (_, reason, name, message) => {
    const { told, hooks } = recording();
    const signal = AbortSignal.abort(reason);
    const found = await exportCases(clientOf({ url: "http://127.0.0.1" }, { hooks }), INPUT, { signal }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(found).toBe(reason);
    expect(told.map((event) => [event.hook, event["name"], event["message"]])).toEqual([["onError", name, message]]);
  });

  it("leave what a fetch rejects with as it is, too", async () => {
    const { hooks, steps } = recording();
    const fetch = () => Promise.reject(Object.assign(new Error("a"), { cause: nothing }));
    const client = clientOf({ url: "http://127.0.0.1" }, { hooks, fetch, retry: { limit: 1, minDelay: 1 } });
    expect(await errorOf(exportCases(client, INPUT))).toMatchObject({ name: "NetworkError" });
    expect(steps()).toContain("onRetry 1 Error: a: object");
  });

  it("are told once where a file breaks off, though its call was good", async () => {
    await using server = await serve(bytes("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"));
    const { hooks, steps } = recording();
    const file = await get(server, { hooks });
    await errorOf(file.text());
    expect(steps()).toEqual(["onRequest 1", "onResponse 1 200", "onError 1 NetworkError"]);
  });

  it("are told of calls through `raw`", async () => {
    await using server = await serve(octets("a"));
    const { told, hooks } = recording();
    await clientOf(server, { hooks }).raw.GET("/v2/cases/export", { params: { query: INPUT }, parseAs: "text" });
    expect(told.map(({ hook, operationId }) => [hook, operationId])).toEqual([
      ["onRequest", undefined],
      ["onResponse", undefined],
    ]);
  });

  it("see no credential, wherever it is", async () => {
    const echo = { "x-echo": `token ${TOKEN}`, "x-auth-token": TOKEN, "set-cookie": "session=hunter2" };
    await using server = await serve(
      answer(302, { location: `/b?token=${encodeURIComponent(TOKEN)}&again=${TOKEN}`, ...echo }),
      problem(503, TOKEN, TOKEN, echo),
      problem(403, TOKEN, TOKEN, echo),
    );
    const { told, hooks, steps } = recording();
    const headers = { authorization: "Bearer hunter2", cookie: "a=hunter2" };
    await errorOf(get(server, { hooks, headers }));
    expect(steps().at(-1)).toBe("onError 2 403");
    const traces = told.map((event) => tracesOf(event) + [...((event["headers"] as Headers | undefined) ?? [])].join());
    expect(traces.join("\n")).not.toMatch(/hunter2/);
    expect(traces.join("\n")).not.toContain(TOKEN);
    expect(traces.join("\n")).not.toContain(encodeURIComponent(TOKEN));
    expect(traces.join("\n")).toContain("/b?token=[redacted]&again=[redacted]");
    const [first] = told as readonly { readonly headers?: Headers }[];
    expect(first?.headers?.get("x-auth-token")).toBe("[redacted]");
  });
});

describe("a hook breaks nothing", () => {
  const names = ["onRequest", "onResponse", "onRetry", "onError"] as const;
  const each = (hook: (event: object) => unknown): Hooks => Object.fromEntries(names.map((name) => [name, hook]));

  it.each<readonly [string, (event: object) => unknown]>([
    [
      "that throws",
      () => {
        throw new Error("hook");
      },
    ],
    ["that rejects", () => Promise.reject(new Error("hook"))],
    ["that never ends", () => new Promise(() => {})],
    [
      "that changes what it is told",
      (event) => {
        const { headers } = event as { headers?: Headers };
        for (const name of [...(headers?.keys() ?? [])]) headers?.delete(name);
        headers?.set("x-auth-token", "of the hook");
        for (const key of Object.keys(event)) Object.assign(event, { [key]: "of the hook" });
      },
    ],
  ])("%s", async (_, hook) => {
    await using server = await serve(problem(503, "E"), octets("good"), problem(403, "OSM.1"));
    const called = vi.fn(hook);
    const client = clientOf(server, { hooks: observe(each(called)) });
    expect(await (await exportCases(client, INPUT)).text()).toBe("good");
    expect(await errorOf(exportCases(client, INPUT))).toMatchObject({ name: "HttpError", status: 403, code: "OSM.1" });
    expect(server.requests.map((request) => request.header("x-auth-token"))).toEqual([TOKEN, TOKEN, TOKEN]);
    expect(called).toHaveBeenCalledTimes(8);
    // What rejects without a handler would fail the run.
    await new Promise(setImmediate);
  });

  it("that throws when it is looked for", async () => {
    await using server = await serve(problem(403, "E"));
    const hooks: Hooks = Object.defineProperty({}, "onRequest", {
      get() {
        throw new Error("of the getter");
      },
    });
    const error = await errorOf(readCase(clientOf(server, { hooks: observe(hooks) }), { caseId: "7" }));
    expect(error).toMatchObject({ name: "HttpError", status: 403 });
  });

  it("that is not there", async () => {
    await using server = await serve(problem(403, "E"));
    const error = await errorOf(readCase(clientOf(server, { hooks: observe({}) }), { caseId: "7" }));
    expect(error).toMatchObject({ name: "HttpError", status: 403 });
  });
});
