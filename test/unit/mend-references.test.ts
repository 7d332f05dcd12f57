import { describe, expect, it } from "vitest";
import { mend } from "../../generator/mend.js";
import type { JsonObject } from "../../generator/openapi.js";

/** What becomes of a document, with the place of each finding. */
function mended(part: JsonObject) {
  const given = { openapi: "3.2.0", info: { title: "t", version: "1" }, paths: {}, ...part };
  const { document, diagnostics, locate } = mend(given, (pointer) => ({ pointer }));
  return {
    document,
    isSame: document === given,
    findings: diagnostics.map(({ pointer, message }) => `${pointer}: ${message}`),
    locate: (pointer: string) => locate(pointer).pointer,
  };
}

const page = { name: "page", in: "query", schema: { type: "int" } };
const get = (operation: JsonObject) => ({ "/a": { get: { responses: {}, ...operation } } });

it("what a reference leads to becomes a component, once, and keeps the place where it was written", () => {
  const reference = { $ref: "#/x-common/Page" };
  const { document, findings, locate } = mended({
    paths: get({ parameters: [reference, { $ref: "#/x-common/Alias" }] }),
    components: { parameters: { Page: { name: "other", in: "query", schema: {} } } },
    "x-common": { Page: page, Alias: reference },
  });
  const [first, second] = [{ $ref: "#/components/parameters/Page2" }, { $ref: "#/components/parameters/Alias" }];
  expect(document).toMatchObject({
    paths: get({ parameters: [first, second] }),
    components: {
      parameters: { Page: { name: "other" }, Page2: { ...page, schema: { type: "integer" } }, Alias: first },
    },
  });
  expect(findings).toEqual(['#/x-common/Page/schema/type: `type` is "int": it is read as "integer"']);
  expect(locate("#/components/parameters/Page2/schema")).toBe("#/x-common/Page/schema");
});

it("within a path its name is the way to it, and percent signs mean what they mean in references", () => {
  const paths = { "/50%": { get: { parameters: [page], responses: {} } }, ...get({}) };
  const reference = { $ref: "#/paths/~150%25/get/parameters/0" };
  const { document, locate } = mended({ paths: { ...paths, ...get({ parameters: [reference] }) } });
  const name = "#/components/parameters/paths~1~150%25~1get~1parameters~10";
  expect(document.paths).toMatchObject(get({ parameters: [{ $ref: name }] }));
  expect(Object.keys(Object(document.components).parameters)).toEqual(["paths//50%/get/parameters/0"]);
  expect(locate("#/components/parameters/paths~1~150%~1get~1parameters~10/schema")).toBe(
    "#/paths/~150%/get/parameters/0/schema",
  );
});

it.each<[why: string, document: JsonObject]>([
  ["it leads nowhere", { paths: get({ parameters: [{ $ref: "#/x-common/lost" }] }) }],
  ["it is the whole document", { paths: get({ parameters: [{ $ref: "#" }] }) }],
  [
    "a schema stands there",
    { paths: get({ "x-s": { $ref: "#/paths/~1a" } }), components: { schemas: { A: { $ref: "#/paths/x/schema" } } } },
  ],
  ["it is another path", { paths: { ...get({}), "/b": { $ref: "#/paths/~1a" } } }],
  [
    "nobody reads what it is for",
    {
      paths: get({ callbacks: { c: { $ref: "#/x-c" }, d: { "{$url}": { $ref: "#/x-d" } } } }),
      components: { callbacks: { c: { $ref: "#/x-c" } } },
      "x-c": {},
      "x-d": {},
    },
  ],
])("a reference stays: %s", (_, document) => {
  expect(mended(document)).toMatchObject({ isSame: true, findings: [] });
});

it("a name that looks encoded is decoded once", () => {
  const { document } = mended({
    paths: get({ parameters: [{ $ref: "#/x-common/%252e" }] }),
    "x-common": { "%2e": page },
  });
  expect(document.paths).toEqual(get({ parameters: [{ $ref: "#/components/parameters/%252e" }] }));
  expect(document.components).toMatchObject({ parameters: { "%2e": { name: "page" } } });
});

it("its name is never empty", () => {
  const { document } = mended({ paths: get({ parameters: [{ $ref: "#/x-common/" }] }), "x-common": { "": page } });
  expect(document.paths).toEqual(get({ parameters: [{ $ref: "#/components/parameters/empty" }] }));
});

it("a reference to a component has its percent signs encoded, once", () => {
  const parameters = { "50%": page, "a b": page };
  const references = ["50%", "50%25", "a%20b", "a b"].map((name) => ({ $ref: `#/components/parameters/${name}` }));
  const { document } = mended({ paths: get({ parameters: references }), components: { parameters } });
  const written = ["50%25", "50%25", "a b", "a b"].map((name) => ({ $ref: `#/components/parameters/${name}` }));
  expect(document.paths).toEqual(get({ parameters: written }));
});

it("what is for another kind of object is read as the one that belongs there", () => {
  const { document, findings } = mended({
    paths: get({ requestBody: { $ref: "#/components/responses/R" }, parameters: [{ $ref: "#/info/title" }] }),
    components: { responses: { R: { description: "d", content: {} } } },
  });
  expect(document).toMatchObject({
    paths: get({ requestBody: { $ref: "#/components/requestBodies/components~1responses~1R" } }),
    components: { requestBodies: { "components/responses/R": { content: {} } } },
  });
  expect(findings).toEqual(["#/info/title: `title` is a text; a Parameter Object belongs there"]);
});

it("what contains itself comes to an end", () => {
  const content = { "a/b": { $ref: "#/components/mediaTypes/M" } };
  const headers = { H: { $ref: "#/x-headers/H" } };
  const header = { content: { "c/d": { encoding: { part: { headers } } } } };
  const { document, findings } = mended({
    paths: get({ requestBody: { content } }),
    components: {
      mediaTypes: { M: { encoding: { part: { headers: { M: { content } } } } } },
      responses: { R: { headers } },
    },
    "x-headers": { H: header },
  });
  expect(document).toMatchObject({
    paths: get({ requestBody: { content: { "a/b": { encoding: { part: { headers: { M: { content } } } } } } } }),
    components: {
      headers: {
        H: { content: { "c/d": { encoding: { part: { headers: { H: { $ref: "#/components/headers/H" } } } } } } },
      },
    },
  });
  expect(findings).toEqual([]);
});

it("a schema is one by itself where the specification has one, and else a component; a mapping follows", () => {
  const schema = { $ref: "#/paths/~1a/get/parameters/0/schema" };
  const { document } = mended({
    paths: get({
      parameters: [
        page,
        { name: "b", in: "query", schema },
        { name: "c", in: "query", schema: { $ref: "#/definitions/Pet" } },
      ],
    }),
    definitions: {
      Pet: { discriminator: { propertyName: "kind", mapping: { c: "#/definitions/Cat", d: "Dog" } } },
      Cat: {},
    },
  });
  expect(document).toMatchObject({
    paths: get({ parameters: [{}, { schema }, { schema: { $ref: "#/components/schemas/Pet" } }] }),
    components: {
      schemas: { Pet: { discriminator: { mapping: { c: "#/components/schemas/Cat", d: "Dog" } } }, Cat: {} },
    },
  });
});

describe("a schema's reference to what is no schema", () => {
  const schemaOf = (reference: string, rest: JsonObject = {}) => {
    const { document, findings } = mended({
      paths: { ...get({ parameters: [page] }), "/b": { post: { responses: {} } } },
      components: {
        schemas: { A: { properties: { a: { $ref: reference, maxLength: 3 } } } },
        parameters: { P: { name: "x", in: "query", schema: { type: "string" } } },
        headers: { H: { content: { "a/b": { schema: { type: "string" } } } }, Both: { schema: {}, content: {} } },
        requestBodies: { B: { content: { "a/50%": { schema: { type: "integer" } } } } },
        responses: {
          R: { description: "d", content: { "a/b": { schema: { type: "integer" } } } },
          Alias: { $ref: "#/components/responses/R" },
          Two: { description: "d", content: { "a/b": { schema: {} }, "c/d": { schema: {} } } },
          None: { description: "d" },
        },
        examples: { E: { value: 1 } },
        callbacks: { C: { "{$url}": { post: { requestBody: { content: { "a/b": { schema: {} } } } } } } },
      },
      definitions: { D: {} },
      ...rest,
    });
    return { a: Object(document.components).schemas.A.properties.a, findings };
  };
  const place = "#/components/schemas/A/properties/a/$ref";

  it.each([
    ["responses/R", "a Response Object", "responses/R/content/a~1b/schema"],
    ["responses/Alias", "a Response Object", "responses/R/content/a~1b/schema"],
    ["responses/R/content/a~1b", "a Media Type Object", "responses/R/content/a~1b/schema"],
    ["parameters/P", "a Parameter Object", "parameters/P/schema"],
    ["headers/H", "a Header Object", "headers/H/content/a~1b/schema"],
    ["requestBodies/B", "a Request Body Object", "requestBodies/B/content/a~150%25/schema"],
  ])("is read as one to the only schema in there: %s", (written, name, meant) => {
    const { a, findings } = schemaOf(`#/components/${written}`);
    expect(a).toEqual({ $ref: `#/components/${meant}`, maxLength: 3 });
    const what = `\`$ref\` leads to ${name}, not to a schema`;
    expect(findings.filter((finding) => finding.startsWith(place))).toEqual([
      `${place}: ${what}: it is read as one to the schema that is in there`,
    ]);
  });

  it.each([
    ["#/components/responses/Two", "a Response Object, not to a schema"],
    ["#/components/responses/None", "a Response Object, not to a schema"],
    ["#/components", "a Components Object, not to a schema"],
    ["#/components/schemas", "no schema"],
    ["#/components/schemas/A/properties", "no schema"],
    ["#/components/examples/E", "no schema"],
    ["#/paths", "a Paths Object, not to a schema"],
    ["#/paths/~1b/post", "an Operation Object, not to a schema"],
    ["#/info/title", "no schema"],
    ["#/", "an OpenAPI Object, not to a schema"],
  ])("is left out, and told: %s", (reference, name) => {
    const told = [`${place}: \`$ref\` is left out: it leads to ${name}`];
    const found = schemaOf(reference);
    expect(found.a).toEqual({ maxLength: 3 });
    expect(found.findings.filter((finding) => finding.startsWith(place))).toEqual(told);
    // What stands beside a reference counts for nothing there.
    expect(schemaOf(reference, { openapi: "3.0.3" }).a).toEqual({});
  });

  it.each([
    "#/components/schemas/A/properties/a",
    "#/paths/~1a/get/parameters/0/schema",
    "#/components/callbacks/C/{$url}/post/requestBody/content/a~1b/schema",
    "#/components/schemas/A/x-inner",
  ])("is none where a schema may stand: %s", (reference) => {
    const { a, findings } = schemaOf(reference);
    expect(a).toEqual({ $ref: reference, maxLength: 3 });
    expect(findings.filter((finding) => finding.startsWith(place))).toEqual([]);
  });

  it("is none in a folder of somebody's own", () => {
    expect(schemaOf("#/definitions/D").a).toEqual({ $ref: "#/components/schemas/D", maxLength: 3 });
  });
});
