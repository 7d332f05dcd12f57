import { describe, expect, it } from "vitest";
import type { OpenApiVersion } from "../../generator/grammar.js";
import type { Json } from "../../generator/model.js";
import { survey } from "../../generator/survey.js";

/** `code pointer: message` of each finding. */
function found(part: { readonly [key: string]: Json }, version: OpenApiVersion = "3.1"): readonly string[] {
  const document = { openapi: `${version}.0`, info: { title: "t", version: "1" }, ...part };
  return survey(document, version, (pointer) => ({ pointer })).map(
    ({ code, pointer, message, fix }) => `${code} ${pointer}: ${message}${fix ? ` ${fix}` : ""}`,
  );
}

const schemas = (schema: Json) => ({ components: { schemas: { A: schema } } });
const at = "#/components/schemas/A";
const lost = (pointer: string, message: string) => `coverage-not-honoured ${pointer}: ${message}`;
const mended = (pointer: string, message: string) => `spec-mended ${pointer}: ${message}`;

it("says nothing of what is honoured, told, or somebody's own", () => {
  const operation = {
    tags: ["a"],
    externalDocs: { url: "u", typo: 1 },
    callbacks: { c: { "{$url}": { post: { typo: 1 } } } },
    responses: { "200": { description: "ok", links: { l: { typo: 1 } } }, "x-r": { typo: 1 } },
    "x-own": { $ref: 7 },
  };
  const paths = { "/a": { get: operation }, "x-p": { typo: 1 } };
  const schema = { properties: { typo: { xml: { typo: 1 } }, "x-typo": { type: "string" } }, example: { typo: 1 } };
  const info = { title: "t", version: "1", contact: { typo: 1 }, license: { name: "MIT" } };
  expect(
    found({ info, paths, webhooks: { w: { post: { typo: 1 } } }, ...schemas(schema), tags: [{ name: "a" }], "x-a": 1 }),
  ).toEqual([]);
});

describe("the names of an enumeration", () => {
  const named = { enum: [1], "x-enum-varnames": ["One"], "x-enum-descriptions": ["one"] };

  it("are those of constants where it is a component", () => {
    expect(found(schemas(named))).toEqual([]);
  });

  it("are told where it is no component, or no enumeration", () => {
    const fix = "Move the schema to `components/schemas`.";
    const parameters = [{ name: "q", in: "query", schema: named }];
    const place = "#/paths/~1a/get/parameters/0/schema";
    expect(found({ paths: { "/a": { get: { parameters } } } })).toEqual([
      lost(`${place}/x-enum-varnames`, `\`x-enum-varnames\` gives no constants: the schema is no component ${fix}`),
      lost(
        `${place}/x-enum-descriptions`,
        `\`x-enum-descriptions\` gives no constants: the schema is no component ${fix}`,
      ),
    ]);
    expect(found(schemas({ properties: { a: named } }))).toHaveLength(2);
    const lists = "that takes `enum` and `x-enum-varnames`, which are lists";
    const write = "Write lists, one entry for each value of `enum`.";
    expect(found(schemas({ "x-enum-varnames": ["One"], items: { enum: [1] } }))).toEqual([
      lost(`${at}/x-enum-varnames`, `\`x-enum-varnames\` gives no constants: ${lists} ${write}`),
    ]);
    expect(found(schemas({ enum: [1], "x-enum-descriptions": { 1: "one" } }))).toEqual([
      lost(`${at}/x-enum-descriptions`, `\`x-enum-descriptions\` gives no constants: ${lists} ${write}`),
    ]);
  });
});

it("what the properties of an error mean is told where the schema is no component", () => {
  const error = { properties: { a: {} }, "x-error": { code: "a" } };
  expect(found(schemas(error))).toEqual([]);
  const responses = { "400": { description: "d", content: { "a/b": { schema: error, "x-error-envelope": true } } } };
  const told = (pointer: string) =>
    lost(
      `${pointer}/x-error`,
      "`x-error` is not used: the schema is no component Move the schema to `components/schemas`.",
    );
  expect(found({ paths: { "/a": { get: { responses } } } })).toEqual([
    told("#/paths/~1a/get/responses/400/content/a~1b/schema"),
  ]);
  expect(found(schemas({ properties: { a: error } }))).toEqual([told(`${at}/properties/a`)]);
});

describe("a word that is no keyword", () => {
  it("is told in every object, with the keyword that may be meant", () => {
    const parameters = [{ name: "q", in: "query", requried: true, schema: { maxLenght: 1, min_items: 2 } }];
    const responses = { "200": { description: "ok", schema: {}, content: { "a/b": { schemas: {} } } } };
    expect(found({ paths: { "/a": { get: { parameters, responses }, fetch: {} } }, servers: [{ uri: "/" }] })).toEqual([
      lost(
        "#/paths/~1a/get/parameters/0/requried",
        "`requried` is no keyword of a Parameter Object Did you mean `required`? A keyword of your own starts with `x-`.",
      ),
      lost(
        "#/paths/~1a/get/parameters/0/schema/maxLenght",
        "`maxLenght` is no keyword of a Schema Object Did you mean `maxLength`? A keyword of your own starts with `x-`.",
      ),
      lost(
        "#/paths/~1a/get/parameters/0/schema/min_items",
        "`min_items` is no keyword of a Schema Object Did you mean `minItems`? A keyword of your own starts with `x-`.",
      ),
      lost("#/paths/~1a/get/responses/200/schema", "`schema` is no keyword of a Response Object"),
      lost(
        "#/paths/~1a/get/responses/200/content/a~1b/schemas",
        "`schemas` is no keyword of a Media Type Object Did you mean `schema`? A keyword of your own starts with `x-`.",
      ),
      lost("#/paths/~1a/fetch", "`fetch` is no keyword of a Path Item Object"),
      lost("#/servers/0/uri", "`uri` is no keyword of a Server Object"),
    ]);
  });

  it("is no name that the document gives", () => {
    expect(
      found(schemas({ properties: { maxLenght: {} }, $defs: { typo: {} }, patternProperties: { typo: {} } })),
    ).toEqual([]);
  });
});

describe("beside a reference", () => {
  it("counts nothing but what is for people, and nothing of a schema before OpenAPI 3.1", () => {
    const parameter = { $ref: "#/components/parameters/P", description: "d", required: true };
    const paths = { "/a": { get: { parameters: [parameter] } }, "/b": { $ref: "#/paths/~1a", put: {} } };
    const schema = { $ref: "#/x", nullable: true, description: "d", "x-a": 1, maxLength: 1 };
    const here = [
      lost("#/paths/~1a/get/parameters/0/required", "`required` counts for nothing beside `$ref`"),
      lost("#/paths/~1b/put", "`put` counts for nothing beside `$ref`"),
    ];
    expect(found({ paths, ...schemas(schema) }, "3.0")).toEqual([
      ...here,
      lost(`${at}/maxLength`, "`maxLength` counts for nothing beside `$ref`"),
    ]);
    expect(found({ paths, ...schemas({ $ref: "#/x", maxLength: 1 }) }, "3.1")).toEqual(here);
  });
});

describe("a keyword of another version is read as there", () => {
  it.each<readonly [OpenApiVersion, Json, string]>([
    ["3.1", { nullable: true }, "`nullable` of a Schema Object is of OpenAPI 3.0: it is read as there"],
    [
      "3.2",
      { exclusiveMinimum: true },
      "`exclusiveMinimum` of a Schema Object is in this form of OpenAPI 3.0: it is read as there",
    ],
    [
      "3.0",
      { exclusiveMaximum: 3 },
      "`exclusiveMaximum` of a Schema Object is in this form of OpenAPI 3.1: it is read as there",
    ],
    ["3.0", { type: "null" }, "`type` of a Schema Object is in this form of OpenAPI 3.1: it is read as there"],
    [
      "3.0",
      { type: ["string", "null"] },
      "`type` of a Schema Object is in this form of OpenAPI 3.1: it is read as there",
    ],
    ["3.0", { const: 1 }, "`const` of a Schema Object is of OpenAPI 3.1: it is read as there"],
  ])("in %s: %j", (version, schema, message) => {
    const [keyword] = Object.keys(schema as object);
    expect(found(schemas(schema), version)).toEqual([mended(`${at}/${keyword}`, message)]);
  });

  it("and is nothing to speak of in its own", () => {
    const old = { nullable: true, exclusiveMinimum: true, type: "string" };
    expect(found(schemas(old), "3.0")).toEqual([]);
    expect(found(schemas({ exclusiveMinimum: 1, type: ["string", "null"], const: "a" }), "3.1")).toEqual([]);
  });
});

describe("what is new in OpenAPI 3.2 is told, in any document", () => {
  it.each<OpenApiVersion>(["3.1", "3.2"])("%s", (version) => {
    const encoding = { a: { encoding: { b: {} } } };
    const content = { "multipart/mixed": { prefixEncoding: [{}], itemEncoding: {}, encoding } };
    const item = { query: { responses: {} }, additionalOperations: { COPY: {} }, post: { requestBody: { content } } };
    const place = "#/paths/~1a/post/requestBody/content/multipart~1mixed";
    const schema = { discriminator: { propertyName: "k", defaultMapping: "a" } };
    expect(found({ $self: "https://a.test/", paths: { "/a": item }, ...schemas(schema) }, version)).toEqual([
      lost("#/$self", "`$self`: references are resolved from where the file lies"),
      lost("#/paths/~1a/query", "an operation of method `query` gets no function"),
      lost("#/paths/~1a/additionalOperations", "`additionalOperations` get no functions"),
      lost(`${place}/prefixEncoding`, "`prefixEncoding`"),
      lost(`${place}/itemEncoding`, "`itemEncoding`"),
      lost(`${place}/encoding/a/encoding`, "`encoding` within an encoding"),
      lost(`${at}/discriminator/defaultMapping`, "`defaultMapping` of a discriminator"),
    ]);
  });
});

it("the schema of what a text holds is told: it is not checked", () => {
  const schema = { contentMediaType: "application/json", contentSchema: { required: ["a"] } };
  expect(found(schemas(schema))).toEqual([lost(`${at}/contentSchema`, "`contentSchema` is not checked")]);
});

it("a dialect is told where it is another", () => {
  const dialect = "https://json-schema.org/draft/2020-12/schema";
  expect(found({ jsonSchemaDialect: dialect, ...schemas({ $schema: dialect }) })).toEqual([]);
  const old = "http://json-schema.org/draft-04/schema#";
  expect(found({ jsonSchemaDialect: old, ...schemas({ $schema: old, $id: "https://a.test/" }) })).toEqual([
    lost("#/jsonSchemaDialect", "`jsonSchemaDialect`: schemas are read as JSON Schema 2020-12"),
    lost(`${at}/$schema`, "`$schema`: schemas are read as JSON Schema 2020-12"),
    lost(`${at}/$id`, "`$id` of a schema: references are resolved from where the file lies"),
  ]);
});
