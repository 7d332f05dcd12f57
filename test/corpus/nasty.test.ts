/** Every nasty document gives a client that compiles and behaves, or a diagnostic; the table says which, and why. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue, type DiagnosticCode } from "../../generator/diagnostics.js";
import { type Packages, packagesFrom } from "../golden/packages.js";
import { type Answer, serve } from "../golden/server.js";
import { isShared, nasty } from "./documents.js";

/** A call, the request line that it makes, and an answer that it takes for a success. */
interface Call {
  readonly name: string;
  readonly input?: object;
  readonly request: string;
  readonly answer: Answer;
  /** What the body holds, in this order. */
  readonly body: readonly string[];
}

interface Outcome {
  /** Codes of the errors; none where a client comes out. */
  readonly refused: readonly DiagnosticCode[];
  readonly reason: string;
  /** Every function of the client, called. */
  readonly calls?: readonly Call[];
}

const client = (reason: string, ...calls: readonly Call[]): Outcome => ({ refused: [], reason, calls });
const refused = (reason: string, ...codes: readonly DiagnosticCode[]): Outcome => ({ refused: codes, reason });
const call = (name: string, request: string, answer: Answer, input?: object, ...body: readonly string[]): Call => ({
  name,
  request,
  answer,
  body,
  ...(input ? { input } : {}),
});
const bare: Answer = { status: 200 };
const json = (body: unknown): Answer => ({ status: 200, type: "application/json", body: JSON.stringify(body) });

const outcomes: Readonly<Record<string, Outcome>> = {
  "01-comment-and-literal-injection": client(
    "each payload is inside an encoded literal or comment",
    call("opGlobalThisPwn4", "GET /x','a'+(globalThis.PWN=3)+'", json("*/")),
  ),
  "02-proto-names": client(
    "tables of names have no prototype, so that these names are names like others",
    call("constructor", "GET /x?__proto__=p&%24query_constructor=c", json({}), { proto: "p", queryConstructor: "c" }),
  ),
  "03-query-style-per-param": client(
    "each parameter is sent in its own style",
    call("search", "GET /search?ids=1,2&tags=a&tags=b&pipe=a%7Cb&space=a%20b&redirect=a/b&flag=true", bare, {
      ids: ["1", "2"],
      tags: ["a", "b"],
      pipe: ["a", "b"],
      space: ["a", "b"],
      redirect: "a/b",
      flag: true,
    }),
  ),
  "04-path-styles-and-dots": client(
    "each part of the path is sent in its own style",
    call(
      "weird",
      "GET /files/a%2Fb/v3/report;f=x;f=y/.tar",
      { status: 204 },
      {
        path: "a/b",
        ver: 3,
        f: ["x", "y"],
        ext: "tar",
      },
    ),
  ),
  "05-status-matrix": client(
    "an operation may have `default` only",
    call("orders", "GET /orders", { status: 204 }),
    call("onlyDefault", "GET /only-default", json({})),
  ),
  "06-discriminator": client("it is a matter of types", call("pets", "GET /pets", json({ kind: "cat", lives: 9 }))),
  "07-nullables": client("it is a matter of types", call("n", "GET /n", json({}))),
  "08-31-types": client("each type of 3.1 has one of TypeScript", call("t", "GET /t", json({ a: 1 }))),
  "09-readonly-writeonly": client(
    "what is sent lacks what only the server gives, and what has a default",
    call(
      "mk",
      "POST /u",
      { ...json({ id: "1", name: "n", role: "user" }), status: 201 },
      { body: { name: "n", password: "p" } },
      '{"name":"n","password":"p"}',
    ),
  ),
  "10-enum-hell": refused("`Code` has four values and two names: nobody can tell whose", "spec-shape"),
  "11-name-collisions": client(
    "a name that is taken is numbered, in the order of the document",
    call("getUser", "GET /a", bare),
    call("getUser2", "POST /a", bare),
    call("delete2", "GET /b", bare),
    call("options2", "PUT /b", bare),
  ),
  "12-recursion": refused("`Loop` is nothing but `Loop2`, and that nothing but `Loop`", "ref-unresolved"),
  "13-binary": client(
    "a media type without a schema is binary",
    call("dl", "GET /dl", { status: 200, type: "application/pdf", body: "%PDF" }),
  ),
  "14-multipart": client(
    "the caller picks the media type, and each property is written as its encoding says",
    call(
      "up",
      "POST /up",
      bare,
      { body: { files: [new Blob(["1"], { type: "image/png" }), new Blob(["2"])], meta: { n: 1 }, tags: ["a", "b"] } },
      ...['name="files"', "image/png", "1", 'name="files"', "2", 'name="meta"', "application/json", '{"n":1}'],
      ...['name="tags"', "application/json"],
    ),
    call(
      "up",
      "POST /up",
      bare,
      { contentType: "application/x-www-form-urlencoded", body: { a: ["1", "2"], o: { k: "v" } } },
      "a=1&a=2&o%5Bk%5D=v",
    ),
    call("up", "POST /up", bare, { contentType: "application/json", body: { x: 1 } }, '{"x":1}'),
  ),
  "15-sse-32": client(
    "it is read as OpenAPI 3.1, and told what is new and left out",
    call("ev", "GET /events", { status: 200, type: "application/jsonl", body: '{"n":1}\n' }),
  ),
  "16-numbers-dates-defaults": client("a body that is optional is left out", call("n", "POST /n", json({}))),
  "17-free-form-objects": client("it has schemas only"),
  "18-media-type-zoo": client(
    "the answer says which of its media types it has",
    call("m", "GET /m", { status: 200, type: "text/csv", body: "a,b" }),
  ),
  "19-multifile": client("what other files hold is drawn in", call("a", "GET /a/7", json({}), { id: "7" })),
  "20-remote-ref-ssrf": refused(
    "one reference leads to a network, one out of the folder",
    "ref-outside",
    "ref-outside",
  ),
  "21-security-and-cookies": client(
    "no credential is needed",
    call("s", "GET /s", bare),
    call("s", "GET /s", bare, { xIds: [1, 2] }),
  ),
  "22-servers-webhooks-links": client(
    "webhooks, callbacks and links are a matter of types",
    call("w", "POST /w", { status: 201 }),
  ),
  "23-enum-description-injection": client("it has schemas only"),
};

/** A text as a pattern of itself. */
const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

if (!isShared) console.log("skipped: there are no documents in ../shared");

describe.skipIf(!isShared)("the nasty documents", () => {
  let packages: Packages;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "specproof-nasty-"));
    packages = await packagesFrom(
      [...nasty].map(([name, spec]) => ({ name: `n${name}`, spec })),
      folder,
    );
  });
  afterAll(() => packages.remove());

  it("are those of the table", () => {
    expect([...nasty.keys()].sort()).toEqual(Object.keys(outcomes));
  });

  it("compile, all of them, under the strictest settings", () => {
    expect(packages.findings).toEqual([]);
  });

  describe.each(Object.entries(outcomes))("%s", (name, { refused, reason, calls }) => {
    const result = () => {
      const found = packages.results.get(`n${name}`);
      if (!found) throw new Error("there is no result");
      return found;
    };

    it(`${refused.length === 0 ? "gives a client" : "is refused"}: ${reason}`, () => {
      const errors = result().diagnostics.filter(({ severity }) => severity === "error");
      expect(errors.map(({ code }) => code)).toEqual(refused);
      expect(result().outcome).toBe(refused.length === 0 ? "written" : "failed");
      for (const error of errors) {
        const { cause, fix } = { ...catalogue[error.code], ...error };
        expect(error).toMatchObject({ file: expect.stringContaining(name) });
        expect(error).toMatchObject({ line: expect.any(Number), pointer: expect.stringMatching(/^#/) });
        expect(cause && fix).toBeTruthy();
      }
    });

    // What is refused has no client to call.
    if (calls === undefined) return;
    it("is imported without running a word of its text, and its calls arrive", async () => {
      const before = Object.keys(globalThis);
      const { exports, client: connect, call: send } = await packages.load(`n${name}`);
      for (const { name: operation, input, request, answer, body } of calls) {
        const { baseUrl, seen } = await serve(answer);
        const { ok } = await send(connect({ baseUrl }), operation, input, { baseUrl }).result();
        expect(ok).toBe(true);
        expect(seen.map(({ method, target }) => `${method} ${target}`)).toEqual([request]);
        expect(seen[0]?.body.toString()).toMatch(new RegExp(body.map(literally).join("[^]*")));
      }
      expect(Object.keys(exports).length).toBeGreaterThan(0);
      expect(Object.keys(globalThis)).toEqual(before);
    });
  });
});
