import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import { mended } from "./mended.js";

const schemaOf = (schema: Json) => {
  const { document, findings } = mended({ components: { schemas: { A: schema } } });
  const components = document.components as { readonly schemas: { readonly A: Json } };
  return { schema: components.schemas.A, findings };
};
const at = "#/components/schemas/A";
const respond = { "200": { description: "ok" } };

it("a sound document is the given one", () => {
  const schema = {
    type: ["string", "null"],
    enum: ["a", null],
    const: null,
    default: null,
    items: { $ref: `${at}/x` },
    properties: { $ref: { type: "string" }, required: true, null: false },
    required: ["a"],
    exclusiveMinimum: 3,
    example: [null, {}],
    "x-y": null,
  };
  const parameter = { name: "q", in: "query", schema: {}, example: null };
  const paths = { "/a": { get: { parameters: [parameter, { $ref: "#/x" }], responses: respond } }, "x-z": [] };
  expect(
    mended({ components: { schemas: { A: schema, B: true, C: { required: [] } } }, paths, "x-a": null }),
  ).toMatchObject({
    isSame: true,
    findings: [],
  });
});

describe("what says nothing is left out, or is empty where its name says something", () => {
  it.each<readonly [string, { readonly [key: string]: Json }, object, readonly string[]]>([
    ["no components", { components: null }, {}, ["#/components: `components` is null: it is left out"]],
    ["a list of nothing", { paths: [] }, {}, ["#/paths: `paths` is an empty list: it is left out"]],
    [
      "an object of nothing",
      { servers: {}, security: null },
      {},
      ["#/servers: `servers` is an empty object: it is left out", "#/security: `security` is null: it is left out"],
    ],
    [
      "a schema",
      { components: { schemas: { A: null, B: [] } } },
      { components: { schemas: { A: {}, B: {} } } },
      [
        "#/components/schemas/A: `A` is null: it is read as an empty object",
        "#/components/schemas/B: `B` is an empty list: it is read as an empty object",
      ],
    ],
    [
      "a media type, its schema, a header",
      {
        components: { responses: { R: { content: { "a/b": null, "c/d": { schema: null } }, headers: { H: null } } } },
      },
      { components: { responses: { R: { content: { "a/b": {}, "c/d": { schema: {} } }, headers: { H: {} } } } } },
      [
        "#/components/responses/R/content/a~1b: `a/b` is null: it is read as an empty object",
        "#/components/responses/R/content/c~1d/schema: `schema` is null: it is read as an empty object",
        "#/components/responses/R/headers/H: `H` is null: it is read as an empty object",
      ],
    ],
    [
      "a response, an operation, a path",
      { paths: { "/a": { get: { responses: { "200": null } }, put: null }, "/b": null } },
      { paths: { "/a": { get: { responses: { "200": {} } } }, "/b": {} } },
      [
        "#/paths/~1a/get/responses/200: `200` is null: it is read as an empty object",
        "#/paths/~1a/put: `put` is null: it is left out",
        "#/paths/~1b: `/b` is null: it is read as an empty object",
      ],
    ],
  ])("%s", (_, part, expected, findings) => {
    const { document, findings: found } = mended(part);
    expect(found).toEqual(findings.map((finding) => `spec-mended ${finding}`));
    const { openapi, info, ...rest } = document;
    expect({ ...("paths" in part ? {} : { paths: {} }), ...expected }).toEqual(rest);
    expect([openapi, info]).toEqual(["3.1.0", { title: "t", version: "1" }]);
  });
});

describe("a value of another kind is read as what it spells", () => {
  it.each<readonly [string, Json, Json, string]>([
    [
      "a number for a text",
      { description: 1.5 },
      { description: "1.5" },
      '`description` is a number: it is read as "1.5"',
    ],
    ["a text for a number", { maximum: "10" }, { maximum: 10 }, "`maximum` is a text: it is read as 10"],
    ["a text for a flag", { readOnly: "true" }, { readOnly: true }, "`readOnly` is a text: it is read as true"],
    ["a flag of YAML 1.1", { readOnly: "yes" }, { readOnly: true }, "`readOnly` is a text: it is read as true"],
    ["one in capitals", { nullable: "OFF" }, { nullable: false }, "`nullable` is a text: it is read as false"],
    ["one of Python", { uniqueItems: "True" }, { uniqueItems: true }, "`uniqueItems` is a text: it is read as true"],
    ["a number for a flag", { writeOnly: 0 }, { writeOnly: false }, "`writeOnly` is a number: it is read as false"],
    [
      "a flag of YAML 1.1 for a schema",
      { additionalProperties: "no" },
      { additionalProperties: false },
      "`additionalProperties` is a text: it is read as false",
    ],
    [
      "one for a list",
      { allOf: { type: "string" } },
      { allOf: [{ type: "string" }] },
      "`allOf` is an object: it is read as a list of one",
    ],
    [
      "a text for a schema that is a flag",
      { additionalProperties: "false" },
      { additionalProperties: false },
      "`additionalProperties` is a text: it is read as false",
    ],
    [
      "a text for a discriminator",
      { discriminator: "kind" },
      { discriminator: { propertyName: "kind" } },
      "`discriminator` is a text: it is read as `propertyName`",
    ],
    ["a bound", { exclusiveMinimum: "1" }, { exclusiveMinimum: 1 }, "`exclusiveMinimum` is a text: it is read as 1"],
    ["a type of nothing", { type: null }, { type: "null" }, '`type` is null: it is read as "null"'],
    ["a type in capitals", { type: "String" }, { type: "string" }, '`type` is "String": it is read as "string"'],
    ["a type of another language", { type: "int" }, { type: "integer" }, '`type` is "int": it is read as "integer"'],
    [
      "one name for a list",
      { required: "a" },
      { required: ["a"] },
      "`required` is a text: it is read as a list of one",
    ],
    ["nothing required", { required: false }, {}, "`required` of a schema is false: it is left out"],
    ["no value", { enum: [] }, {}, "`enum` is an empty list: it is left out"],
    ["no items", { items: [] }, {}, "`items` is a list: it is left out"],
  ])("%s", (_, schema, expected, message) => {
    const [keyword] = Object.keys(schema as object);
    expect(schemaOf(schema)).toEqual({ schema: expected, findings: [`spec-mended ${at}/${keyword}: ${message}`] });
  });

  it("a file", () => {
    expect(schemaOf({ type: "file" }).schema).toEqual({ type: "string", format: "binary" });
  });

  it("a type among others", () => {
    expect(schemaOf({ type: ["Integer", null] })).toEqual({
      schema: { type: ["integer", "null"] },
      findings: [
        `spec-mended ${at}/type/0: \`type\` is "Integer": it is read as "integer"`,
        `spec-mended ${at}/type/1: \`type\` is null: it is read as "null"`,
      ],
    });
  });

  it("schemas of a tuple, with their places", () => {
    expect(schemaOf({ type: "array", items: [{ type: "string" }, { type: "Integer" }] })).toEqual({
      schema: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }] },
      findings: [
        `spec-mended ${at}/items: \`items\` is a list: it is read as \`prefixItems\``,
        `spec-mended ${at}/items/1/type: \`type\` is "Integer": it is read as "integer"`,
      ],
    });
  });

  it("a requirement that stands without its list", () => {
    expect(mended({ security: { key: [] } }).document.security).toEqual([{ key: [] }]);
  });
});

describe("a keyword of which nothing can be made is left out", () => {
  it.each<readonly [string, Json, string]>([
    ["a type that is none", { type: "foo" }, '`type` is left out: "foo" is no type'],
    [
      "a bound that is none",
      { exclusiveMaximum: [] },
      "`exclusiveMaximum` is left out: it is an empty list, not a number",
    ],
    ["a length that is none", { maxLength: "many" }, "`maxLength` is left out: it is a text, not a number"],
    ["a flag that is none", { uniqueItems: 2 }, "`uniqueItems` is left out: it is a number, not true or false"],
    ["a text that is none", { readOnly: "maybe" }, "`readOnly` is left out: it is a text, not true or false"],
    ["values that are no list", { enum: "a" }, "`enum` is left out: it is a text, not a list"],
    [
      "a requirement that has no names",
      { required: true },
      "`required` of a schema is left out: it is true or false, not a list of properties",
    ],
  ])("%s", (_, schema, message) => {
    const [keyword] = Object.keys(schema as object);
    expect(schemaOf(schema)).toEqual({ schema: {}, findings: [`construct-unsupported ${at}/${keyword}: ${message}`] });
  });

  it("a type among others that is none: any of them goes", () => {
    expect(schemaOf({ type: ["string", 7] })).toEqual({
      schema: {},
      findings: [`construct-unsupported ${at}/type/1: \`type\` is left out: a number is no type`],
    });
  });
});

it("what may mean anything is an error, and all of it is told", () => {
  const { findings } = mended({
    info: "t",
    servers: [[]],
    paths: { "/a": { get: { parameters: { name: "q" }, responses: { "200": "ok" }, tags: [{}] } }, "/b": [1] },
    components: { parameters: { P: { name: {}, in: "query" } }, responses: { R: { $ref: 7 } }, schemas: 7 },
  });
  expect(findings).toEqual([
    "spec-shape #/info: `info` is a text; an Info Object belongs there",
    "spec-shape #/paths/~1a/get/parameters: `parameters` is an object; a list belongs there",
    "spec-shape #/paths/~1a/get/responses/200: `200` is a text; a Response Object belongs there",
    "spec-shape #/paths/~1a/get/tags/0: entry 0 of `tags` is an empty object; a text belongs there",
    "spec-shape #/paths/~1b: `/b` is a list; a Path Item Object belongs there",
    "spec-shape #/servers/0: entry 0 of `servers` is an empty list",
    "spec-shape #/components/parameters/P/name: `name` is an empty object; a text belongs there",
    "spec-shape #/components/responses/R/$ref: `$ref` is a number; a text belongs there",
    "spec-shape #/components/schemas: `schemas` is a number; an object belongs there",
  ]);
});

it("a summary that is no text is left out, and so is a description: they are for people", () => {
  const operation = { summary: { en: "List" }, description: ["a", "b"], responses: { "200": { description: {} } } };
  const { document, findings } = mended({ paths: { "/a": { get: operation } } });
  expect(document.paths).toEqual({ "/a": { get: { responses: { "200": {} } } } });
  const says = "a text belongs there: it is left out";
  expect(findings).toEqual([
    `construct-unsupported #/paths/~1a/get/summary: \`summary\` is an object; ${says}`,
    `construct-unsupported #/paths/~1a/get/description: \`description\` is a list; ${says}`,
    `construct-unsupported #/paths/~1a/get/responses/200/description: \`description\` is an empty object; ${says}`,
  ]);
});

it("of a schema that is not understood, less is checked", () => {
  const unsupported = (place: string, message: string) =>
    `construct-unsupported ${at}/${place}: ${message}: it is left out`;
  const schema = {
    properties: { a: "x", b: { $ref: 7, type: "Int" }, c: { properties: 7, description: [1] } },
    oneOf: [null, "x", { allOf: 7 }],
    not: 7,
    items: "x",
  };
  expect(schemaOf(schema)).toEqual({
    schema: { properties: { a: {}, b: { type: "integer" }, c: {} }, oneOf: [{}, {}, {}] },
    findings: [
      unsupported("properties/a", "`a` is a text; a Schema Object belongs there"),
      unsupported("properties/b/$ref", "`$ref` is a number; a text belongs there"),
      `spec-mended ${at}/properties/b/type: \`type\` is "Int": it is read as "integer"`,
      unsupported("properties/c/properties", "`properties` is a number; an object belongs there"),
      unsupported("properties/c/description", "`description` is a list; a text belongs there"),
      `spec-mended ${at}/oneOf/0: entry 0 of \`oneOf\` is null: it is read as an empty object`,
      unsupported("oneOf/1", "entry 1 of `oneOf` is a text; a Schema Object belongs there"),
      unsupported("oneOf/2/allOf", "`allOf` is a number; a list belongs there"),
      unsupported("not", "`not` is a number; a Schema Object belongs there"),
      unsupported("items", "`items` is a text; a Schema Object belongs there"),
    ],
  });
});

describe("paths", () => {
  const operation = { responses: respond };
  it("start with a slash", () => {
    const { document, findings } = mended({ paths: { a: { get: { ...operation, deprecated: "true" } }, "/b": {} } });
    expect(document.paths).toEqual({ "/a": { get: { ...operation, deprecated: true } }, "/b": {} });
    expect(findings).toEqual([
      "spec-mended #/paths/a: path `a` has no slash in front: it is read as `/a`",
      "spec-mended #/paths/a/get/deprecated: `deprecated` is a text: it is read as true",
    ]);
    expect(mended({ paths: { a: {}, "/a": {} } }).isSame).toBe(true);
  });

  it("have a parameter for each of their variables, of the path item or the operation", () => {
    const id = { name: "id", in: "path", required: true, schema: {} };
    const paths = {
      "/{id}/{x.y}": { parameters: [{ $ref: "#/components/parameters/Id" }], get: operation, put: { parameters: [] } },
      "/sound/{id}": { get: { parameters: [id] } },
    };
    const { document, findings } = mended({ paths, components: { parameters: { Id: id } } });
    const added = [{ name: "x.y", in: "path", required: true, schema: { type: "string" } }];
    expect(document.paths).toEqual({
      ...paths,
      "/{id}/{x.y}": {
        ...paths["/{id}/{x.y}"],
        get: { ...operation, parameters: added },
        put: { parameters: added },
      },
    });
    const what = "`{x.y}` of the path is no parameter: it is read as one, of any text";
    expect(findings).toEqual(["get", "put"].map((method) => `spec-mended #/paths/~1{id}~1{x.y}/${method}: ${what}`));
  });

  it("have methods in lower case", () => {
    const { document, findings } = mended({ paths: { "/a": { GET: { ...operation, summary: 7 } } } });
    expect(document.paths).toEqual({ "/a": { get: { ...operation, summary: "7" } } });
    expect(findings).toEqual([
      "spec-mended #/paths/~1a/GET: `GET` is read as `get`",
      'spec-mended #/paths/~1a/GET/summary: `summary` is a number: it is read as "7"',
    ]);
  });
});

describe("parameters", () => {
  const parameterOf = (parameter: Json) => {
    const { document, findings } = mended({ components: { parameters: { P: parameter } } });
    return { parameter: (document.components as { readonly parameters: { readonly P: Json } }).parameters.P, findings };
  };

  it("of OpenAPI 2 are their own schema", () => {
    const old = { name: "q", in: "query", required: true, type: "array", items: { type: "Int" }, description: "d" };
    expect(parameterOf({ ...old, collectionFormat: "csv" })).toEqual({
      parameter: {
        name: "q",
        in: "query",
        required: true,
        description: "d",
        collectionFormat: "csv",
        schema: { type: "array", items: { type: "integer" } },
      },
      findings: [
        "spec-mended #/components/parameters/P: a parameter has `type` and no `schema`: it is read as its own schema",
        'spec-mended #/components/parameters/P/items/type: `type` is "Int": it is read as "integer"',
      ],
    });
  });

  it("have a place in lower case, and flags", () => {
    const written = { name: "q", in: "Query", required: "yes", explode: "No", deprecated: 1, schema: {} };
    expect(parameterOf(written)).toEqual({
      parameter: { name: "q", in: "query", required: true, explode: false, deprecated: true, schema: {} },
      findings: [
        'spec-mended #/components/parameters/P/in: `in` is "Query": it is read as "query"',
        "spec-mended #/components/parameters/P/required: `required` is a text: it is read as true",
        "spec-mended #/components/parameters/P/explode: `explode` is a text: it is read as false",
        "spec-mended #/components/parameters/P/deprecated: `deprecated` is a number: it is read as true",
      ],
    });
    expect(parameterOf({ name: "q", in: "formData", schema: {} }).findings).toEqual([]);
  });

  it("fill the path wherever they are written, whatever the case of their place", () => {
    const id = { name: "id", in: "Path", required: "True", schema: {} };
    const { document, findings } = mended({ paths: { "/{id}": { get: { parameters: [id], responses: respond } } } });
    const parameters = [{ name: "id", in: "path", required: true, schema: {} }];
    expect(document.paths).toEqual({ "/{id}": { get: { parameters, responses: respond } } });
    const at = "#/paths/~1{id}/get/parameters/0";
    expect(findings).toEqual([
      `spec-mended ${at}/in: \`in\` is "Path": it is read as "path"`,
      `spec-mended ${at}/required: \`required\` is a text: it is read as true`,
    ]);
  });

  it("of a path are required", () => {
    const { parameter, findings } = parameterOf({ name: "id", in: "path", schema: {} });
    expect(parameter).toEqual({ name: "id", in: "path", schema: {}, required: true });
    expect(findings).toEqual([
      "spec-mended #/components/parameters/P: a parameter of the path is not `required`: it is read as if it were",
    ]);
  });
});

describe("references", () => {
  it("to an anchor lead to its schema", () => {
    const schemas = { A: { $ref: "#here" }, B: { $defs: { C: { $anchor: "here", type: "string" } } } };
    const { document, findings } = mended({ components: { schemas } });
    expect(findings).toEqual([]);
    expect(document.components).toEqual({ schemas: { ...schemas, A: { $ref: "#/components/schemas/B/$defs/C" } } });
  });

  it("to a media type are replaced by it", () => {
    const content = { "text/plain": { $ref: "#/components/mediaTypes/M" } };
    const components = { mediaTypes: { M: { schema: { type: "Text" } } }, requestBodies: { R: { content } } };
    expect(mended({ components }).document.components).toMatchObject({
      requestBodies: { R: { content: { "text/plain": { schema: { type: "string" } } } } },
    });
  });
});

it("a schema that is true or false is an object where openapi-typescript needs one", () => {
  expect(schemaOf({ allOf: [true, { type: "string" }], $defs: { a: false }, not: false })).toEqual({
    schema: { allOf: [{}, { type: "string" }], $defs: { a: { not: {} } }, not: false },
    findings: [],
  });
});

it("names that every object has are names like others", () => {
  const schemas = JSON.parse(
    '{ "__proto__": { "type": "Int", "properties": { "__proto__": null } }, "constructor": null }',
  );
  const { document } = mended({ components: { schemas } });
  const found = (document.components as { readonly schemas: object }).schemas;
  expect(JSON.stringify(found)).toBe('{"__proto__":{"type":"integer","properties":{"__proto__":{}}},"constructor":{}}');
  expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
});

describe("values of another type than the schema", () => {
  const read = (keyword: string, type: string, values: string) =>
    `spec-mended ${at}/${keyword}: \`${keyword}\` has values of another type than \`${type}\`: ${values}`;

  it.each<readonly [schema: { readonly [key: string]: Json }, mended: object, findings: readonly string[]]>([
    [
      { type: "string", enum: [1, 2.5, true, "3", null] },
      { enum: ["1", "2.5", "true", "3", null] },
      [read("enum", "string", '1 is read as "1", 2.5 is read as "2.5", true is read as "true"')],
    ],
    [
      { type: "integer", enum: ["1", "-2", 3, "4", "5"] },
      { enum: [1, -2, 3, 4, 5] },
      [read("enum", "integer", '"1" is read as 1, "-2" is read as -2, "4" is read as 4, and so on')],
    ],
    [{ type: "number", enum: ["1.5"] }, { enum: [1.5] }, [read("enum", "number", '"1.5" is read as 1.5')]],
    [
      { type: ["boolean", "null"], enum: ["true", "False"] },
      { enum: [true, false] },
      [read("enum", "boolean", '"true" is read as true, "False" is read as false')],
    ],
    [{ type: "string", const: 1 }, { const: "1" }, [read("const", "string", '1 is read as "1"')]],
    // By the type as it is read itself.
    [
      { type: "str", enum: [1] },
      { type: "string", enum: ["1"] },
      [`spec-mended ${at}/type: \`type\` is "str": it is read as "string"`, read("enum", "string", '1 is read as "1"')],
    ],
  ])("%j: are read as they are meant", (schema, expected, findings) => {
    expect(schemaOf(schema)).toEqual({ schema: { ...schema, ...expected }, findings });
  });

  it.each<readonly [schema: { readonly [key: string]: Json }, keyword: string, type: string]>([
    [{ type: "integer", enum: ["one", 1.5, "9007199254740993", "0x1"] }, "enum", "integer"],
    [{ type: "boolean", enum: [0, 1, "yes"] }, "enum", "boolean"],
    [{ type: "array", items: { type: "string" }, enum: ["a", "b"] }, "enum", "array"],
    [{ type: "object", const: "a" }, "const", "object"],
  ])("%j: allow no value, and that is told", (schema, keyword, type) => {
    const none = `construct-unsupported ${at}/${keyword}: \`${keyword}\` has no value of type \`${type}\`: no value is allowed`;
    expect(schemaOf(schema)).toEqual({ schema, findings: [none] });
  });

  it.each<{ readonly [key: string]: Json }>([
    { type: ["string", "integer"], enum: [1, "1", true] },
    { enum: [1, "a"] },
    { type: "integer", enum: [null] },
    { type: "integer", enum: [1, "a"] },
  ])("%j: are left where one may be meant, or another is there", (schema) => {
    expect(schemaOf(schema)).toEqual({ schema, findings: [] });
  });
});
