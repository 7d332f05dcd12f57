import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import { documentWith, flagship, hostileTexts, packageName, parameter, samplesOf, sourceOf } from "./documents.js";

const run = promisify(execFile);
const id = parameter("id", { in: "path", required: true, example: "a b" });

describe("the samples of the export operation", () => {
  it("call the helper with its required inputs and two more", async () => {
    expect(sourceOf((await flagship()).samples, packageName)).toBe(`import {
  createClient,
  exportServiceTickets,
  ServiceTicketStatus,
} from "service-ticket-export";
import { saveFile } from "service-ticket-export/node";

const { SERVICE_TICKET_EXPORT_TOKEN = "" } = process.env;
const client = createClient({
  baseUrl: "https://osm.eu-west-101.myhuaweicloud.eu",
  auth: { token: SERVICE_TICKET_EXPORT_TOKEN },
});

const file = await exportServiceTickets(client, {
  language: "zh-cn",
  timezone: "GMT+8",
  status: ServiceTicketStatus.Processing,
  offset: 0,
});
await saveFile(file, file.name ?? "download");
`);
  });

  it("call openapi-fetch with wire names", async () => {
    expect(
      sourceOf((await flagship()).samples, "openapi-fetch"),
    ).toBe(`import { createClient } from "service-ticket-export";

const { SERVICE_TICKET_EXPORT_TOKEN = "" } = process.env;
const client = createClient({
  baseUrl: "https://osm.eu-west-101.myhuaweicloud.eu",
  auth: { token: SERVICE_TICKET_EXPORT_TOKEN },
});

const { data, error, response } = await client.raw.GET(
  "/v2/servicerequest/cases/export",
  {
    params: {
      query: { language: "zh-cn", timezone: "GMT+8", status: 1, offset: 0 },
    },
    parseAs: "blob",
  },
);
if (data === undefined) {
  throw new Error(\`HTTP \${response.status}\`, { cause: error });
}
console.log(data.size);
`);
  });

  it("call curl with the wire's encoding", async () => {
    expect(sourceOf((await flagship()).samples, "curl")).toBe(`curl --fail-with-body --output download \\
  --header "X-Auth-Token: $SERVICE_TICKET_EXPORT_TOKEN" \\
  'https://osm.eu-west-101.myhuaweicloud.eu/v2/servicerequest/cases/export?language=zh-cn&timezone=GMT%2B8&status=1&offset=0'`);
  });
});

describe("what a sample shows", () => {
  it("of the optional parameters: no more than two, with an example, not deprecated, numbers before texts", () => {
    const samples = samplesOf(
      documentWith({
        parameters: [
          id,
          parameter("text", { example: "x" }),
          parameter("old", { schema: { type: "integer" }, example: 1, deprecated: true }),
          parameter("silent", { schema: { type: "integer" } }),
          parameter("size", { schema: { type: "integer" }, example: 2 }),
          parameter("sort", { schema: { type: "string", enum: ["up", "down"] }, example: "up" }),
        ],
      }),
    );
    expect(sourceOf(samples, "curl")).toContain("'https://api.example.com/tickets/a%20b?sort=up&size=2'");
  });

  it("a value within the bounds, where a required parameter has no example", () => {
    const bounded = (name: string, schema: { readonly [key: string]: Json }) =>
      parameter(name, { required: true, schema });
    const samples = samplesOf(
      documentWith({
        parameters: [
          id,
          bounded("short", { type: "string", maxLength: 2 }),
          bounded("long", { type: "string", minLength: 6 }),
          bounded("count", { type: "integer", minimum: 5 }),
          bounded("below", { type: "integer", maximum: -3 }),
          bounded("flag", { type: "boolean" }),
          bounded("list", { type: "array", items: { type: "integer", minimum: 7 } }),
          bounded("word", { type: "string", enum: ["one", "two"] }),
        ],
      }),
    );
    const url = new URL((sourceOf(samples, "curl").match(/'(http.*)'/) ?? [])[1] ?? "");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      short: "te",
      long: "textxx",
      count: "5",
      below: "-3",
      flag: "true",
      list: "7",
      word: "one",
    });
  });

  it("nothing of a list of itself, which has no end", () => {
    const components = { schemas: { Tree: { type: "array", items: { $ref: "#/components/schemas/Tree" } } } };
    const tree = parameter("tree", { required: true, schema: { $ref: "#/components/schemas/Tree" } });
    const [operation] = samplesOf(documentWith({ parameters: [id, tree] }, { components }));
    expect(operation?.samples.map(({ label }) => label) ?? []).toEqual([]);
  });

  it("arrays and headers as their style says", () => {
    const array = { schema: { type: "array", items: { type: "string" } }, required: true, example: ["a,b", "c"] };
    const samples = samplesOf(
      documentWith({
        parameters: [
          { ...id, example: ["x/y", "z"] },
          parameter("many", array),
          parameter("one", { ...array, explode: false }),
          parameter("X-List", { ...array, in: "header" }),
        ],
      }),
    );
    expect(sourceOf(samples, "curl")).toContain("--header 'X-List: a,b,c'");
    expect(sourceOf(samples, "curl")).toContain("/tickets/x%2Fy,z?many=a%2Cb&many=c&one=a%2Cb,c'");
    expect(sourceOf(samples, packageName)).toContain('many: ["a,b", "c"],');
    expect(sourceOf(samples, packageName)).toContain('xList: ["a,b", "c"],');
    expect(sourceOf(samples, "openapi-fetch")).toContain('header: { "X-List": ["a,b", "c"] },');
  });

  it("how the answer is read: JSON, text, or none", () => {
    const answering = (responses: { readonly [key: string]: Json }, method = "get") =>
      samplesOf(documentWith({ parameters: [id], responses }, { method }));
    const json = answering({ "200": { description: "", content: { "application/json": {} } } });
    expect(sourceOf(json, packageName)).toMatch(/^const data = await readTicket\([\s\S]*\nconsole\.log\(data\);\n$/m);
    const text = answering({ "200": { description: "", content: { "text/plain": {} } } });
    expect(sourceOf(text, "openapi-fetch")).toContain('parseAs: "text"');
    const none = answering({ "204": { description: "" } }, "delete");
    expect(sourceOf(none, packageName)).toMatch(/\nawait readTicket\(client, \{\n {2}id: "a b",\n\}\);\n$/);
    expect(sourceOf(none, "openapi-fetch")).toMatch(
      /const \{ error, response \} = await client\.raw\.DELETE\([\s\S]*!response\.ok/,
    );
    expect(sourceOf(none, "curl")).toContain("curl --fail-with-body --request DELETE \\\n");
  });

  it("a body of JSON with its example", () => {
    const content = {
      "application/merge-patch+json": { schema: { type: "object" }, example: { name: "it's", tags: ["a"] } },
    };
    const requestBody = { required: true, content };
    const samples = samplesOf(documentWith({ parameters: [id], requestBody }, { method: "patch" }));
    expect(sourceOf(samples, packageName)).toContain(`  id: "a b",\n  body: { name: "it's", tags: ["a"] },\n});`);
    expect(sourceOf(samples, "openapi-fetch")).toContain(`    body: { name: "it's", tags: ["a"] },\n  },\n);`);
    expect(sourceOf(samples, "curl")).toBe(`curl --fail-with-body --request PATCH \\
  --header 'Content-Type: application/merge-patch+json' \\
  --data-raw '{"name":"it'\\''s","tags":["a"]}' \\
  https://api.example.com/tickets/a%20b`);
  });

  it("no credential where none is needed, and no sample where an input does not fit a line", () => {
    expect(sourceOf(samplesOf(documentWith({ parameters: [id] })), packageName)).not.toContain("process.env");
    const body = { required: true, content: { "application/json": { schema: { type: "object" } } } };
    expect(samplesOf(documentWith({ parameters: [id], requestBody: body }, { method: "post" }))).toEqual([]);
    const object = parameter("filter", { required: true, schema: { type: "object" } });
    expect(samplesOf(documentWith({ parameters: [id, object] }))).toEqual([]);
  });
});

describe.each(hostileTexts)("a document that says %j", (text) => {
  const parameters = [
    { ...id, example: text },
    parameter(text, { required: true, example: text }),
    parameter("__proto__", { required: true, example: [text], schema: { type: "array", items: { type: "string" } } }),
  ];
  const example = JSON.parse(`{"__proto__":${JSON.stringify(text)}}`);
  const requestBody = { content: { "application/json": { example } } };
  const document = documentWith(
    { summary: text, description: text, parameters, requestBody },
    {
      method: "post",
      info: { title: text, version: text, description: text },
      servers: [{ url: `https://api.example.com/${text}` }],
    },
  );
  const samples = samplesOf(document);

  it("is data in the TypeScript samples", () => {
    for (const label of [packageName, "openapi-fetch"]) {
      const source = sourceOf(samples, label);
      const usual = sourceOf(samplesOf(documentWith({ parameters: [id] })), label);
      expect(shapeOf(source)).toEqual(shapeOf(usual));
      // In a literal the plain key would be the prototype; the helper's key is camelCase.
      if (label === "openapi-fetch") expect(source).toContain('["__proto__"]: [');
      expect(literalsOf(source).filter((literal) => literal === text).length).toBeGreaterThanOrEqual(3);
    }
  });

  it("is data in the shell", async () => {
    const folder = await mkdtemp(join(tmpdir(), "specproof-shell-"));
    try {
      const script = `curl() { printf '%s\\0' "$@"; }\n${sourceOf(samples, "curl")}`;
      const { stdout } = await run("sh", ["-c", script], { cwd: folder });
      const words = stdout.split("\0").slice(0, -1);
      expect(words.slice(0, 5)).toEqual([
        "--fail-with-body",
        "--request",
        "POST",
        "--header",
        "Content-Type: application/json",
      ]);
      expect(words.slice(5, -1)).toEqual(["--data-raw", JSON.stringify(example)]);
      const scalar = text.replace(/\p{Surrogate}/gu, "\ufffd");
      const query = (words.at(-1) ?? "").split("?").at(-1) ?? "";
      expect([...new URLSearchParams(query)]).toEqual([
        [scalar, scalar],
        ["__proto__", scalar],
      ]);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

it("a header in curl has no line breaks, and a strange header name meets no shell", async () => {
  const samples = samplesOf(
    documentWith(
      { parameters: [id, parameter("X-Note", { in: "header", required: true, example: "a\r\nX-Evil: 1" })] },
      {
        security: [{ "my-key": [] }],
        components: { securitySchemes: { "my-key": { type: "apiKey", in: "header", name: "X`touch-hacked`$HOME" } } },
      },
    ),
  );
  const script = `curl() { printf '%s\\0' "$@"; }\nSERVICE_TICKET_EXPORT_MY_KEY=secret\n${sourceOf(samples, "curl")}`;
  const { stdout } = await run("sh", ["-c", script]);
  expect(stdout.split("\0")).toContain("X-Note: a X-Evil: 1");
  expect(stdout.split("\0")).toContain("X`touch-hacked`$HOME: secret");
});

function parse(source: string): ts.SourceFile {
  const diagnostics = ts.transpileModule(source, { reportDiagnostics: true, fileName: "sample.ts" }).diagnostics;
  expect(diagnostics).toEqual([]);
  return ts.createSourceFile("sample.ts", source, ts.ScriptTarget.ES2022, true);
}

/** The kinds of its statements: text that became code would add or change some. */
function shapeOf(source: string): readonly string[] {
  return parse(source).statements.map(({ kind }) => ts.SyntaxKind[kind] ?? "");
}

/** Every string in it, as it is at run time; names of properties too. */
function literalsOf(source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) found.push(node.text);
    node.forEachChild(visit);
  };
  visit(parse(source));
  return found;
}

describe("a credential in a sample", () => {
  const secured = (scheme: { readonly [key: string]: Json }) =>
    samplesOf(
      documentWith(
        { parameters: [id] },
        { security: [{ "my-key": [] }], components: { securitySchemes: { "my-key": scheme } } },
      ),
    );
  const key = "SERVICE_TICKET_EXPORT_MY_KEY";
  const apiKey = (location: string, name: string) => ({ type: "apiKey", in: location, name });

  it.each([
    ["a header", apiKey("header", "X-Key"), `--header|X-Key: a b&"c"`, key],
    ["the query", apiKey("query", "api key"), `--url-query|api%20key=a b&"c"`, key],
    ["a cookie", apiKey("cookie", "s$d"), `--cookie|s$d=a b&"c"`, key],
    ["a token", { type: "oauth2", flows: {} }, `--header|Authorization: Bearer a b&"c"`, key],
    [
      "a name",
      { type: "http", scheme: "basic" },
      `--user|a b&"c":pass`,
      `{ username: ${key}_USERNAME, password: ${key}_PASSWORD }`,
    ],
  ])("travels as it does from the client: %s", async (_, scheme, words, value) => {
    const samples = secured(scheme);
    const variables = `${key}='a b&"c"' ${key}_USERNAME='a b&"c"' ${key}_PASSWORD=pass`;
    const script = `curl() { printf '%s|' "$@"; }\n${variables}\n${sourceOf(samples, "curl")}`;
    const { stdout } = await run("sh", ["-c", script]);
    expect(stdout).toContain(`|${words}|`);
    for (const label of [packageName, "openapi-fetch"]) {
      expect(sourceOf(samples, label)).toContain(`auth: { "my-key": ${value} },`);
      expect(sourceOf(samples, label)).toContain(
        value === key
          ? `const { ${key} = "" } = process.env;`
          : `const {\n  ${key}_USERNAME = "",\n  ${key}_PASSWORD = "",\n} = process.env;`,
      );
    }
  });
});

describe("the address in a sample", () => {
  const addressed = (servers: Json, own: Json) =>
    samplesOf(documentWith({ parameters: [id], servers: own }, { servers }));

  it("is the document's first, on the reader's own host where that is relative", () => {
    const source = sourceOf(addressed([{ url: "/v1/" }], []), packageName);
    expect(source).toContain('  baseUrl: "http://localhost/v1",');
    expect(sourceOf(addressed([{ url: "/" }], []), "curl")).toContain("http://localhost/tickets/");
    expect(sourceOf(addressed([], []), packageName)).toContain('  baseUrl: "http://localhost",');
  });

  it("is the operation's own, of which `client.raw` has to be told", () => {
    const samples = addressed(
      [{ url: "https://a.example" }],
      [{ url: "https://{b}.example/", variables: { b: { default: "own" } } }],
    );
    expect(sourceOf(samples, packageName)).toContain('  baseUrl: "https://a.example",');
    expect(sourceOf(samples, "openapi-fetch")).toMatch(/raw\.GET\([^)]*\{\n {4}baseUrl: "https:\/\/own\.example",/);
    expect(sourceOf(samples, "curl")).toContain("https://own.example/tickets/a%20b");
  });
});
