import { describe, expect, it } from "vitest";
import type { ParameterModel } from "../../generator/model.js";
import type { JsonObject } from "../../generator/openapi.js";
import { build, documentOf, documentWith, done, firstOperation, parameter } from "./document.js";

function parametersOf(...parameters: readonly JsonObject[]): readonly ParameterModel[] {
  return firstOperation(documentOf({ "/{a}/{c}": { get: { parameters, responses: done } } })).parameters;
}

function messagesOf(document: JsonObject): readonly string[] {
  return build(document).diagnostics.map(({ message, pointer }) => `${pointer}: ${message}`);
}

describe("a parameter", () => {
  it.each([
    [{ in: "query" }, { style: "form", explode: true }],
    [
      { in: "query", explode: false },
      { style: "form", explode: false },
    ],
    [{ in: "header" }, { style: "simple", explode: false }],
    [
      { in: "header", explode: true },
      { style: "simple", explode: true },
    ],
    [
      { in: "path", required: true },
      { style: "simple", explode: false },
    ],
    [
      { in: "query", style: "form" },
      { style: "form", explode: true },
    ],
  ])("%j has the defaults of the specification", (fields, expected) => {
    expect(parametersOf(parameter("a", fields))[0]).toMatchObject(expected);
  });

  it("is required where it says so, and always in a path", () => {
    const required = parametersOf(
      parameter("a"),
      parameter("b", { required: true }),
      parameter("c", { in: "path" }),
      parameter("d", { required: "true" }),
    ).map((one) => one.required);
    expect(required).toEqual([false, true, true, false]);
  });

  it("takes its description and example from where they are", () => {
    const examples = [
      { example: 1, schema: { type: "integer", example: 2 } },
      { examples: { first: { value: 3 }, second: { value: 4 } } },
      { examples: { first: { $ref: "#/components/examples/shared" } } },
      { schema: { type: "integer", examples: [6, 7] } },
      { schema: { type: "array", items: { type: "integer", example: 8 } } },
      { schema: { type: "integer" } },
    ];
    const document = documentWith(
      { parameters: examples.map((fields, index) => parameter(`p${index}`, fields)) },
      { components: { examples: { shared: { value: 5 } } } },
    );
    expect(firstOperation(document).parameters.map(({ example }) => example)).toEqual([1, 3, 5, 6, 8, undefined]);
    const [own, schema] = parametersOf(
      parameter("a", { description: "own", schema: { description: "schema" } }),
      parameter("b", { schema: { description: "schema" } }),
    );
    expect([own?.description, schema?.description]).toEqual(["own", "schema"]);
  });

  it("of the operation replaces the path item's of the same name and location, in its place", () => {
    const document = documentOf({
      "/x": {
        parameters: [parameter("a"), parameter("b", { deprecated: true }), parameter("H", { in: "header" })],
        get: {
          parameters: [
            parameter("c"),
            parameter("b"),
            parameter("a", { in: "header" }),
            parameter("h", { in: "header" }),
          ],
          responses: done,
        },
      },
    });
    const found = firstOperation(document).parameters.map((one) => `${one.in} ${one.name} ${one.deprecated}`);
    expect(found).toEqual(["query a false", "query b false", "header h false", "query c false", "header a false"]);
  });

  it("without a name or a place is told", () => {
    const parameters = [{ in: "query" }, { name: "a" }, { name: "b", in: "body" }];
    const text = "a parameter without `name`, or whose `in` is not path, query, header or cookie";
    expect(messagesOf(documentWith({ parameters }))).toEqual(
      [0, 1, 2].map((index) => `#/paths/~1x/get/parameters/${index}: ${text}`),
    );
  });
});

describe("a schema", () => {
  const schemaOf = (schema: JsonObject, rest: JsonObject = {}) =>
    firstOperation(documentWith({ parameters: [parameter("a", { schema })] }, rest)).parameters[0]?.schema;

  it.each([
    [{ type: "integer" }, "integer", false],
    [{ type: "string", nullable: true }, "string", true],
    [{ type: ["string", "null"] }, "string", true],
    [{ type: ["null", "number"] }, "number", true],
    [{ type: ["null"] }, "null", true],
    [{ type: ["string", "integer"] }, undefined, false],
    [{ type: ["string", "integer", "null"] }, undefined, true],
    [{}, undefined, false],
    [{ type: "file" }, undefined, false],
  ])("%j", (schema, type, nullable) => {
    expect(schemaOf(schema)).toMatchObject({ type, nullable });
  });

  it("is found behind references, and a circle ends", () => {
    const schemas = {
      Alias: { $ref: "#/components/schemas/Real" },
      Real: { type: "string", maxLength: 3, description: "real" },
      Tree: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
      Circle: { $ref: "#/components/schemas/Circle" },
    };
    const ref = (name: string) => schemaOf({ $ref: `#/components/schemas/${name}` }, { components: { schemas } });
    expect(ref("Alias")).toMatchObject({ ref: "Real", type: "string", maxLength: 3, description: "real" });
    const tree = ref("Tree");
    expect(tree).toMatchObject({ ref: "Tree", type: "array" });
    expect(tree?.items).toBe(tree);
    expect(ref("Circle")).toMatchObject({ ref: undefined, type: undefined });
  });

  it("tells what of it is not honoured, once", () => {
    const schemas = { Shared: { type: "object", properties: { a: { type: "string", format: "hostname" } } } };
    const shared = { schema: { $ref: "#/components/schemas/Shared" } };
    const document = documentWith(
      { parameters: [parameter("a", shared), parameter("b", shared)] },
      { components: { schemas } },
    );
    expect(build(document).diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "info coverage-not-honoured",
    ]);
    expect(messagesOf(document)).toEqual([
      "#/components/schemas/Shared/properties/a/format: the format is not checked",
    ]);
  });
});

describe("a header of an answer", () => {
  it("is not read where it is a list of lists, be it of itself", () => {
    const schemas = { Tree: { type: "array", items: { $ref: "#/components/schemas/Tree" } } };
    const headers = {
      "X-Tree": { schema: { $ref: "#/components/schemas/Tree" } },
      "X-Rows": { schema: { type: "array", items: { type: "array", items: { type: "integer" } } } },
    };
    const responses = { "200": { description: "", headers } };
    expect(messagesOf(documentWith({ responses }, { components: { schemas } }))).toEqual(
      ["X-Tree", "X-Rows"].map((name) =>
        expect.stringMatching(`/headers/${name}: the schema of header .* which one type its text stands for$`),
      ),
    );
  });
});

describe("an operation", () => {
  it("takes summary and description of its path item where it has none", () => {
    const shared = { summary: "S", description: "D" };
    const get = { summary: "own", responses: done };
    expect(firstOperation(documentOf({ "/x": { ...shared, get } }))).toMatchObject({
      summary: "own",
      description: "D",
    });
  });

  it("stands once a method, in the specification's order, and not in webhooks or under a path without a slash", () => {
    const item = { patch: { responses: done }, get: { responses: done }, search: { responses: done } };
    const { model } = build(documentOf({ "/x": item, "x-extension": item }, { webhooks: { hook: item } }));
    expect(model.operations.map(({ operationId }) => operationId)).toEqual(["get /x", "patch /x"]);
    expect(model.operations.every(({ hasOperationId }) => !hasOperationId)).toBe(true);
  });

  it("has an envelope only where it can be told from other data", () => {
    const marked = (name: string) => ({ "x-error-envelope": true, schema: { $ref: `#/components/schemas/${name}` } });
    const content = { "application/json": marked("Told"), "text/json": marked("Vague"), "a/b": marked("Plain") };
    const schemas = {
      Told: { required: ["a"], "x-error": { code: "a" } },
      Vague: { "x-error": { code: "a" } },
      Plain: { required: ["a"] },
    };
    const document = documentWith({ responses: { "200": { content } } }, { components: { schemas } });
    expect(firstOperation(document).responses[0]?.content.map(({ envelope }) => envelope)).toEqual([
      true,
      false,
      false,
    ]);
    expect(messagesOf(document).filter((message) => message.includes("an error envelope"))).toHaveLength(2);
  });

  it("has the responses that the specification knows, with their media types", () => {
    const content = {
      "application/json": { schema: { $ref: "#/components/schemas/Problem" } },
      "text/csv; charset=utf-8": {},
      "application/problem+json": {},
      "application/octet-stream": {},
      "Image/PNG": {},
    };
    const responses = { "200": { content }, "4XX": {}, default: {}, "x-note": {}, "99": {}, "5xx": {} };
    const components = { schemas: { Problem: { required: ["a", 1], "x-error": { code: "a" } } } };
    const document = documentWith({ responses }, { components });
    const [first, ...rest] = firstOperation(document).responses;
    expect(
      first?.content.map(({ mediaType, kind, envelope, errorSchema }) => [mediaType, kind, envelope, errorSchema]),
    ).toEqual([
      ["application/json", "json", false, "Problem"],
      ["text/csv; charset=utf-8", "text", false, undefined],
      ["application/problem+json", "json", false, undefined],
      ["application/octet-stream", "binary", false, undefined],
      ["Image/PNG", "binary", false, undefined],
    ]);
    expect(rest.map(({ status }) => status)).toEqual(["4XX", "default", "5XX"]);
    expect(build(document).model.errorSchemas).toEqual([
      { name: "Problem", required: ["a"], code: "a", message: undefined, requestId: undefined },
    ]);
    expect(messagesOf(document)).toEqual([
      "#/paths/~1x/get/responses/99: a response for status `99`",
      "#/paths/~1x/get/responses/5xx: status `5xx` is read as `5XX`",
    ]);
  });
});

describe("the document", () => {
  it("gives enumerations with names", () => {
    const schemas = {
      Status: {
        type: "integer",
        enum: [0, 1, null],
        "x-enum-varnames": ["Zero", "One", "Null"],
        "x-enum-descriptions": ["nothing", "something", ""],
      },
      Nameless: { enum: [1], "x-enum-descriptions": ["one"] },
      Valueless: { "x-enum-varnames": ["One"] },
    };
    const { model, diagnostics } = build(documentOf({}, { components: { schemas } }));
    expect(diagnostics).toEqual([
      {
        code: "coverage-not-honoured",
        severity: "info",
        message: "a value that is neither a text nor a number gets no constant",
        pointer: "#/components/schemas/Status/enum/2",
      },
    ]);
    expect(model.enums).toEqual([
      {
        name: "Status",
        description: undefined,
        members: [
          { name: "Zero", value: 0, label: "nothing" },
          { name: "One", value: 1, label: "something" },
        ],
        place: { pointer: "#/components/schemas/Status" },
      },
    ]);
  });

  it.each([
    [
      ["Zero"],
      undefined,
      "x-enum-varnames",
      "the length of `x-enum-varnames` is 1, that of `enum` 2: each value needs its own",
    ],
    [
      ["Zero", "One", "Two"],
      ["a", "b"],
      "x-enum-varnames",
      "the length of `x-enum-varnames` is 3, that of `enum` 2: each value needs its own",
    ],
    [
      ["Zero", "One"],
      ["a"],
      "x-enum-descriptions",
      "the length of `x-enum-descriptions` is 1, that of `enum` 2: each value needs its own",
    ],
    [["Zero", 1], undefined, "x-enum-varnames/1", "entry 1 of `x-enum-varnames` is no text"],
    [["Zero", "One"], [null, "b"], "x-enum-descriptions/0", "entry 0 of `x-enum-descriptions` is no text"],
  ])("gives no name to the wrong value: %j, %j", (names, labels, keyword, message) => {
    const more = labels ? { "x-enum-descriptions": labels } : {};
    const schemas = { Status: { enum: [0, 1], "x-enum-varnames": names, ...more } };
    const { diagnostics } = build(documentOf({}, { components: { schemas } }));
    expect(diagnostics).toEqual([
      {
        code: "spec-shape",
        severity: "error",
        message,
        fix: expect.any(String),
        pointer: `#/components/schemas/Status/${keyword}`,
      },
    ]);
  });

  it("may be all but empty", () => {
    expect(build({ openapi: "3.1.0" })).toMatchObject({ model: { title: "API", operations: [] }, diagnostics: [] });
  });
});

describe("a body whose schema is not used", () => {
  const data = { type: "object", properties: { n: { type: "integer", xml: { attribute: true } } } };
  const content = (schema: JsonObject, ...mediaTypes: readonly string[]) => ({
    content: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema }])),
  });

  it("is told with its place, of a request and of an answer", () => {
    const shared = { Xml: { description: "", ...content({ $ref: "#/components/schemas/Data" }, "text/xml") } };
    const operation = {
      requestBody: content(data, "application/xml", "application/x-ndjson", "text/plain"),
      responses: { "200": { $ref: "#/components/responses/Xml" }, "400": { $ref: "#/components/responses/Xml" } },
    };
    const document = documentOf(
      { "/x": { post: operation } },
      { components: { responses: shared, schemas: { Data: data } } },
    );
    const text = "is not used: it is given as text, and not checked";
    expect([...new Set(messagesOf(document))]).toEqual([
      `#/paths/~1x/post/requestBody/content/application~1xml/schema: the schema of a body of \`application/xml\` ${text}`,
      "#/paths/~1x/post/requestBody/content/application~1x-ndjson/schema: the schema of a body of `application/x-ndjson` is not used: it is given as bytes, and not checked",
      `#/paths/~1x/post/requestBody/content/text~1plain/schema: the schema of a body of \`text/plain\` ${text}`,
      `#/components/responses/Xml/content/text~1xml/schema: the schema of a body of \`text/xml\` ${text}`,
    ]);
  });

  it("is none of text or bytes, or one that says nothing", () => {
    const requestBody = {
      content: {
        ...content({ type: "string", maxLength: 3 }, "text/plain", "application/xml").content,
        ...content({ type: "string", format: "binary" }, "image/png").content,
        ...content({}, "application/octet-stream").content,
        ...content(data, "application/json", "multipart/form-data", "application/x-www-form-urlencoded").content,
      },
    };
    expect(messagesOf(documentOf({ "/x": { post: { requestBody, responses: done } } }))).toEqual([]);
  });
});
