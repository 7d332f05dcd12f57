import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import { normalize } from "../../generator/normalize.js";
import { getObject, type JsonObject } from "../../generator/openapi.js";
import { documentOf } from "./document.js";

const json = (schema: Json): JsonObject => ({ content: { "application/json": { schema } } });
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** A document that sends and receives these components. */
function documentOfSchemas(
  schemas: JsonObject,
  sent: readonly string[] = [],
  received: readonly string[] = [],
): JsonObject {
  const operation = (name: string, index: number, isSent: boolean): [string, JsonObject] => {
    const responses = { "200": { description: "Done", ...(isSent ? {} : json(ref(name))) } };
    return [`/${isSent}/${index}`, { post: isSent ? { requestBody: json(ref(name)), responses } : { responses } }];
  };
  const paths = [
    ...sent.map((name, index) => operation(name, index, true)),
    ...received.map((name, index) => operation(name, index, false)),
  ];
  return documentOf(Object.fromEntries(paths), { components: { schemas } });
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

function schemasOf(document: JsonObject): JsonObject {
  return getObject(getObject(normalize(freeze(document)).document, "components"), "schemas") ?? {};
}

const secret = { type: "object", properties: { pin: { type: "string", writeOnly: true }, name: { type: "string" } } };
const name = { properties: { name: { type: "string" } } };

describe("the views of a schema", () => {
  it("are as many as are asked for and differ; the first has the name", () => {
    const keys = (...use: Parameters<typeof documentOfSchemas>) => Object.keys(schemasOf(documentOfSchemas(...use)));
    expect(keys({ A: secret })).toEqual(["A"]);
    expect(keys({ A: secret }, ["A"])).toEqual(["A"]);
    expect(keys({ A: secret }, ["A"], ["A"])).toEqual(["A", "AWrite"]);
    expect(keys({ A: secret, AWrite: {} }, ["A"], ["A"])).toEqual(["A", "AWrite2", "AWrite"]);
    expect(keys({ A: { type: "string" } }, ["A"], ["A"])).toEqual(["A"]);
    // What mentions one that has several has several itself; what is beside it has not.
    const schemas = { A: secret, B: { type: "array", items: ref("A") }, C: { type: "string" } };
    expect(keys(schemas, ["B", "C"], ["B", "C"])).toEqual(["A", "AWrite", "B", "BWrite", "C"]);
  });

  it("leave out what is only sent, and what is only received", () => {
    expect(schemasOf(documentOfSchemas({ A: secret }, ["A"], ["A"]))).toMatchObject({
      A: { type: "object", ...name },
      AWrite: { type: "object", properties: secret.properties },
    });
    expect(schemasOf(documentOfSchemas({ A: secret }, [], ["A"])).A).toEqual({ type: "object", ...name });
    expect(schemasOf(documentOfSchemas({ A: secret }, ["A"]))).toEqual({ A: secret });
  });
});

describe("a document without anything to put right", () => {
  it("stays as it is, schema by schema", () => {
    const schemas = {
      A: {
        type: "object",
        required: ["b"],
        properties: { b: ref("B"), c: { type: "array", items: { type: "string" } } },
      },
      B: { oneOf: [ref("A"), { type: "string", enum: ["x"] }], description: "One of two" },
      C: { allOf: [ref("A"), { type: "object", properties: { d: { type: "integer", maximum: 3 } } }] },
    };
    expect(normalize(freeze(documentOfSchemas(schemas, ["A"], ["A"])))).toEqual({
      document: documentOfSchemas(schemas, ["A"], ["A"]),
      aliases: {},
      findings: [],
    });
  });
});

describe("schemas that contain themselves", () => {
  it("through arrays get an alias, whose name is free", () => {
    const list = (item: string) => ({ type: "array", items: ref(item) });
    const { aliases, document } = normalize(
      documentOfSchemas({ "a b": list("a%20b"), "a.b": list("a.b"), C: list("a.b") }),
    );
    expect(aliases).toEqual({ Recursive_schema: "a b", Recursive_schema2: "a.b" });
    expect(getObject(document, "components")).toEqual({
      schemas: {
        "a b": { type: "array", items: { $ref: "#/Recursive_schema" } },
        "a.b": { type: "array", items: { $ref: "#/Recursive_schema2" } },
        C: list("a.b"),
      },
    });
  });

  it("through parts are cut, with a finding; through properties nothing happens", () => {
    const part = (other: string, own: string) => ({ allOf: [ref(other), { properties: { [own]: {} } }] });
    const schemas = { A: part("B", "a"), B: part("A", "b"), C: { properties: { c: ref("C") } } };
    const { document, findings, aliases } = normalize(documentOfSchemas(schemas));
    expect(getObject(document, "components")).toEqual({
      schemas: { A: part("B", "a"), B: { properties: { b: {} } }, C: schemas.C },
    });
    expect(findings).toEqual([
      {
        code: "spec-mended",
        severity: "warning",
        message: "this leads back to the schema that it is a part of; it is left out",
        pointer: "#/components/schemas/B/allOf/0",
      },
    ]);
    expect(aliases).toEqual({});
  });

  it("in a chain of thousands are found without a stack of thousands", () => {
    const length = 5_000;
    const schemas = Object.fromEntries(
      Array.from({ length }, (_, index) => [
        `S${index}`,
        { oneOf: [ref(`S${(index + 1) % length}`), { type: "string" }] },
      ]),
    );
    expect(normalize(documentOfSchemas(schemas)).findings.map(({ pointer }) => pointer)).toEqual([
      `#/components/schemas/S${length - 1}/oneOf/0`,
    ]);
  });
});

describe("schemas that many ways lead to", () => {
  it("are looked at once, not once a way", () => {
    const level = (index: number): [string, JsonObject] => [
      `S${index}`,
      { allOf: [ref(`S${index + 1}`), ref(`S${index + 1}`)], required: ["kind", "more"] },
    ];
    const levels = Array.from({ length: 40 }, (_, index) => level(index));
    const discriminator = { propertyName: "kind" };
    const last = { properties: { kind: { type: "string", readOnly: true } }, discriminator };
    const schemas = { ...Object.fromEntries(levels), S40: last, Any: { oneOf: [ref("S0")], discriminator } };
    expect(Object.keys(schemasOf(documentOfSchemas(schemas, ["Any"], ["Any"])))).toHaveLength(84);
  });
});

describe("a reference", () => {
  it("to what has no name gives it one", () => {
    const schemas = {
      A: { type: "object", properties: { b: { type: "array", items: { type: "string" } } } },
      "A/properties/b": { type: "string" },
      B: { $ref: "#/components/schemas/A/properties/b" },
      C: { $ref: "#/components/schemas/A/properties/b/items" },
      D: { $ref: "#/components/schemas/A~1properties~1b" },
    };
    expect(schemasOf(documentOfSchemas(schemas))).toEqual({
      ...schemas,
      B: ref("A~1properties~1b2"),
      C: ref("A~1properties~1b~1items"),
      "A/properties/b2": schemas.A.properties.b,
      "A/properties/b/items": { type: "string" },
    });
  });

  it("that leads nowhere is told", () => {
    const { findings, document } = normalize(documentOfSchemas({ A: { $ref: "#nowhere" } }));
    expect(findings).toMatchObject([
      { message: "this reference leads nowhere; anything is allowed", pointer: "#/components/schemas/A" },
    ]);
    expect(getObject(document, "components")).toEqual({ schemas: { A: {} } });
  });
});

describe("what is found several times", () => {
  it("is told once a place, though a schema has several views", () => {
    const nullable = { type: "string", nullable: true, enum: ["a"] };
    const odd = { type: "object", properties: { a: nullable, b: nullable, c: { type: "string", readOnly: true } } };
    const { findings } = normalize(documentOfSchemas({ Odd: odd }, ["Odd"], ["Odd"]));
    expect(findings.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      "spec-mended #/components/schemas/Odd/properties/a/nullable",
      "spec-mended #/components/schemas/Odd/properties/b/nullable",
    ]);
  });
});

describe("null", () => {
  it.each<readonly [schema: JsonObject, isNullable: boolean, message: RegExp]>([
    [{ type: "string", enum: ["a", null] }, true, /^`enum` has null, .* null is allowed$/],
    [{ type: "string", const: null }, true, /^`const` is null, .* null is allowed$/],
    [{ type: ["string", "null"], enum: ["a"] }, false, /^`type` has null, .* null is not allowed$/],
    [{ type: ["string", "null"], const: "a" }, false, /^`type` has null, .* null is not allowed$/],
  ])("%j: types say what the check does, and that is told", (schema, isNullable, message) => {
    const document = documentOfSchemas({ A: schema }, ["A"]);
    const { A } = schemasOf(document);
    expect(/"nullable":true|"type":"null"/.test(JSON.stringify(A))).toBe(isNullable);
    const { findings } = normalize(document);
    expect(findings).toMatchObject([{ code: "spec-mended", message: expect.stringMatching(message) }]);
  });
});
