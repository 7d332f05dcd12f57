import { describe, expect, it } from "vitest";
import { makeBindings } from "../../generator/bindings.js";
import type { BindingsIndex, BindingsOperation } from "../../generator/bindings-index.js";
import { compareBindings } from "../../generator/compare-bindings.js";
import type { ApiModel } from "../../generator/model.js";
import { normalize } from "../../generator/normalize.js";
import type { JsonObject } from "../../generator/openapi.js";
import { readBindings } from "../../generator/read-bindings.js";
import { build, documentOf, documentWith, parameter } from "./document.js";
import { findingsOf } from "./load-folder.js";

const problem = {
  description: "No",
  content: { "application/problem+json": { schema: { type: "object" } }, "text/plain": {} },
};
const headers = {
  ETag: { required: true, schema: { type: "string" } },
  "Retry-After": { $ref: "#/components/headers/Wait" },
};
const document = documentOf(
  {
    "/x": {
      post: {
        operationId: "readX",
        parameters: [
          parameter("plain", { required: true }),
          parameter("odd \"name'`"),
          parameter("1", { in: "header" }),
          { $ref: "#/components/parameters/Shared" },
        ],
        requestBody: { $ref: "#/components/requestBodies/Shared" },
        responses: {
          "200": {
            description: "Yes",
            headers,
            content: { "text/csv; header=present": { schema: { type: "string" } } },
          },
          "204": { description: "Done" },
          "4XX": { $ref: "#/components/responses/Problem" },
          default: problem,
        },
      },
    },
  },
  {
    components: {
      parameters: { Shared: parameter("shared", { in: "cookie", required: true }) },
      headers: { Wait: { schema: { type: "integer" } } },
      responses: { Problem: { ...problem, headers } },
      requestBodies: { Shared: { content: { "application/json": { schema: { type: "object" } }, "text/plain": {} } } },
    },
  },
);

/** Also holds that openapi-typescript leaves the document as it is, which others still read: changing it would throw. */
function indexOf(source: JsonObject): BindingsIndex {
  return readBindings(makeBindings(normalize(freeze(source)), "spec.yaml").operations);
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

const { model } = build(document);
const index = indexOf(document);

describe("the index of the bindings", () => {
  const both = [
    { name: "ETag", optional: false },
    { name: "Retry-After", optional: true },
  ];

  it("has every parameter, status and media type, behind references too", () => {
    expect(index.get("readX")).toEqual({
      parameters: [
        { in: "query", name: "plain", optional: false },
        { in: "query", name: "odd \"name'`", optional: true },
        { in: "header", name: "1", optional: true },
        { in: "cookie", name: "shared", optional: false },
      ],
      responses: [
        { status: "200", mediaTypes: ["text/csv; header=present"], headers: both },
        { status: "204", mediaTypes: [], headers: [] },
        { status: "4XX", mediaTypes: ["application/problem+json", "text/plain"], headers: both },
        { status: "default", mediaTypes: ["application/problem+json", "text/plain"], headers: [] },
      ],
      requestMediaTypes: ["application/json", "text/plain"],
    });
  });

  it("is empty where no operation has an operationId", async () => {
    expect(indexOf(documentWith({ operationId: "" }))).toEqual(new Map());
  });
});

describe("the bindings against the model", () => {
  const compare = (change: Partial<BindingsOperation>, against: ApiModel = model): readonly string[] => {
    const operation = index.get("readX");
    if (!operation) throw new Error("it is gone");
    return compareBindings(against, new Map([["readX", { ...operation, ...change }]])).map(({ message }) =>
      message.replace("operation `readX`: ", ""),
    );
  };
  const { parameters = [], responses = [], requestMediaTypes = [] } = index.get("readX") ?? {};
  const [plain, ...others] = parameters;
  const [ok = { status: "", mediaTypes: [], headers: [] }, ...statuses] = responses;

  it("agree", () => {
    expect(compareBindings(model, index)).toEqual([]);
  });

  it.each<readonly [string, Partial<BindingsOperation>, string]>([
    ["a parameter is gone", { parameters: others }, "parameter `query plain` is only in the document"],
    [
      "a parameter came",
      { parameters: [...parameters, { in: "cookie", name: "c", optional: true }] },
      "parameter `cookie c` is only in the bindings",
    ],
    [
      "a parameter became optional",
      { parameters: [{ in: "query", name: "plain", optional: true }, ...others] },
      "parameter `query plain` is required in the document, optional in the bindings",
    ],
    ["a status is gone", { responses: statuses }, "response `200` is only in the document"],
    [
      "a status came",
      { responses: [...responses, { status: "201", mediaTypes: [], headers: [] }] },
      "response `201` is only in the bindings",
    ],
    [
      "a media type changed",
      { responses: [{ ...ok, mediaTypes: ["text/tsv"] }, ...statuses] },
      "response `200` is `text/csv; header=present` in the document, `text/tsv` in the bindings",
    ],
    [
      "a media type is gone",
      { responses: [{ ...ok, mediaTypes: [] }, ...statuses] },
      "response `200` is `text/csv; header=present` in the document, empty in the bindings",
    ],
    [
      "a header became required",
      {
        responses: [
          {
            ...ok,
            headers: [
              { name: "ETag", optional: false },
              { name: "Retry-After", optional: false },
            ],
          },
          ...statuses,
        ],
      },
      "header of 200 `Retry-After` is optional in the document, required in the bindings",
    ],
    [
      "a header is gone",
      { responses: [{ ...ok, headers: [{ name: "ETag", optional: false }] }, ...statuses] },
      "header of 200 `Retry-After` is only in the document",
    ],
    [
      "a media type of the body is gone",
      { requestMediaTypes: requestMediaTypes.slice(1) },
      "request body `application/json` is only in the document",
    ],
  ])("%s: one diagnostic", (_, change, message) => {
    expect([plain, ok]).not.toContain(undefined);
    expect(compare(change)).toEqual([message]);
  });

  it("an operation is gone: one diagnostic, at its place", () => {
    expect(compareBindings(model, new Map())).toEqual([
      {
        code: "bindings-differ",
        severity: "warning",
        message: "operation `readX`: it is absent from the bindings",
        pointer: "#/paths/~1x/post",
      },
    ]);
  });

  it("an operation without an operationId of its own is passed over", () => {
    const anonymous = model.operations.map((operation) => ({ ...operation, hasOperationId: false }));
    expect(compareBindings({ ...model, operations: anonymous }, new Map())).toEqual([]);
  });
});

describe("a document that openapi-typescript does not take", () => {
  it("is a diagnostic, without a stack", async () => {
    const schemas = { A: { type: "object", properties: 7, required: 8, allOf: 9 } };
    const source = { document: documentWith({}, { components: { schemas } }), aliases: {} };
    const findings = await findingsOf(Promise.resolve(source).then((one) => makeBindings(one, "spec.yaml")));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: "bindings-failed", severity: "error", file: "spec.yaml" });
    expect(findings[0]?.message).toMatch(/^openapi-typescript: [^\n]+$/);
  });
});

describe("a document of many parts", () => {
  it("may have types in one that another one declares", () => {
    const list = (name: string) => ({ type: "array", items: { $ref: `#/components/schemas/${name}` } });
    const others = Array.from({ length: 40 }, (_, index) => [`S${index}`, { type: "string" }] as const);
    const schemas = { A: list("Z"), ...Object.fromEntries(others), Z: list("A") };
    const { text } = makeBindings(normalize(documentWith({}, { components: { schemas } })), "spec.yaml");
    expect(text).toContain("type Recursive_A = Recursive_Z[];");
    expect(text).toContain("type Recursive_Z = Recursive_A[];");
    expect(text.match(/^ +S\d+: string;$/gm)).toHaveLength(40);
    expect(text.match(/^export interface components/gm)).toHaveLength(1);
  });
});

describe("a percent sign", () => {
  it("in a name is one in the bindings, in a reference what RFC 3986 says", async () => {
    const schemas = {
      "100%": {
        type: "object",
        description: "50 % of it",
        required: ["cpu%"],
        properties: { "cpu%": { type: "number" } },
      },
      "%zz": { type: "object", properties: { "a%20b": { $ref: "#/components/schemas/100%25" } } },
      B: { allOf: [{ $ref: "#/components/schemas/100%" }], required: ["cpu%"] },
    };
    const document = documentWith({ parameters: [parameter("%")] }, { components: { schemas } });
    const { text } = makeBindings(normalize(document), "spec.yaml");
    expect(text).toContain('"cpu%": number;');
    expect(text).toContain('"a%20b"?: components["schemas"]["100%"];');
    expect(text).toContain('"%"?: string;');
    expect(text).toContain("50 % of it");
    expect(text).not.toMatch(/[\ue000-\uf8ff]|\\u[EF]/);
  });
});
