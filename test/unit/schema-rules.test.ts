import { beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import { type CheckedSchemas, checkedSchemas, type SchemaOptions } from "../support/schemas.js";

/** A value, and each rule that it breaks as `pointer rule`. */
type Case = readonly [value: unknown, ...broken: readonly string[]];
type Row = readonly [schema: Json, ...cases: readonly Case[]];

const text = { type: "string" };
const pet = (kind: Json, more: object): Json => ({
  type: "object",
  required: ["kind"],
  properties: { kind, ...more },
});

/** `if`, `then` and `else`, of which some may be missing. */
const conditional = (...schemas: readonly (Json | undefined)[]): Json =>
  Object.fromEntries(
    ["if", "then", "else"].flatMap((keyword, index) => {
      const schema = schemas[index];
      return schema === undefined ? [] : [[keyword, schema] as const];
    }),
  );

const vocabulary: readonly Row[] = [
  [true, [1], [null], [undefined]],
  [{}, [1], [[{}]]],
  [false, [1, " not"], [null, " not"]],
  [{ type: "string" }, ["a"], [1, " type"], [null, " type"], [["a"], " type"]],
  [{ type: "integer" }, [1], [1.0], [10n], [1.5, " type"], ["1", " type"], [NaN, " type"]],
  [{ type: "number", minimum: 2 }, [5n], [1n, " minimum"]],
  [{ type: ["number", "string"], enum: [5] }, [5n], [6n, " enum"]],
  [{ type: "number" }, [1.5], [Infinity, " type"], ["1", " type"]],
  [{ type: "boolean" }, [true], ["true", " type"], [0, " type"]],
  [{ type: "null" }, [null], [0, " type"], ["", " type"]],
  [{ type: "array" }, [[]], [{}, " type"], ["", " type"]],
  [{ type: "object" }, [{}], [[], " type"], [null, " type"], [new Date(0), " type"], [new Map(), " type"]],
  [{ type: ["string", "integer"] }, ["a"], [1], [1n], [1.5, " type"], [null, " type"]],
  [{ type: ["string", "null"] }, ["a"], [null], [1, " type"]],
  [{ type: ["string", "null"], enum: ["a", null] }, ["a"], [null], ["b", " enum"]],
  [{ type: ["string", "null"], enum: ["a"] }, ["a"], [null, " enum", " type"]],
  // Whoever lists null means it.
  [{ type: "string", enum: ["a", null] }, ["a"], [null], ["b", " enum"]],
  [{ type: "string", const: null }, [null], ["a", " const"]],
  [{ type: "string", enum: ["a", null], not: { type: "null" } }, ["a"], [null, " not"]],
  [{ type: ["object", "null"], not: { type: "null" } }, [{}], [null, " not"]],
  [{ type: ["string", "null"], allOf: [{ maxLength: 1 }] }, ["a"], [null], ["ab", " maxLength"], [1, " type"]],

  [{ enum: ["a", 1, null, true] }, ["a"], [1], [null], [true], ["1", " enum"], [false, " enum"]],
  [{ enum: [{ a: [1, { b: 2 }], c: 3 }, []] }, [{ c: 3, a: [1, { b: 2 }] }], [[]], [{ c: 3, a: [1] }, " enum"]],
  [{ type: "object", enum: [{ a: 1 }] }, [{ a: 1 }], [{ a: 1, b: undefined }], [{ a: 2 }, " enum"]],
  [{ enum: [JSON.parse('{"__proto__":1}')] }, [JSON.parse('{"__proto__":1}')], [{}, " enum"]],
  [{ type: "array", enum: [[1]], maxItems: 1 }, [[1]], [[1n]], [[2], " enum"]],
  [{ enum: [{ a: 1 }], minLength: 2, minItems: 2, minimum: 2 }, [{ a: 1 }], [1, " enum", " minimum"]],
  [{ type: "string", enum: ["a", { b: 1 }], minLength: 2 }, ["a", " minLength"], ["bc", " enum"]],
  [{ const: "a" }, ["a"], ["b", " const"]],
  [{ const: null }, [null], [0, " const"]],
  [{ const: { a: [1] } }, [{ a: [1n] }], [{ a: [2] }, " const"]],
  [{ type: "integer", const: 5 }, [5], [5n], [6, " const"]],

  [{ type: "number", minimum: 1, maximum: 2 }, [1], [2], [0.5, " minimum"], [2.5, " maximum"]],
  [{ type: "integer", maximum: 5 }, [5n], [6n, " maximum"], [5.5, " maximum", " type"]],
  [{ minimum: 1 }, [1], ["a"], [0, " minimum"], [0n, " minimum"]],
  [{ exclusiveMinimum: 1, exclusiveMaximum: 2 }, [1.5], ["a"], [1, " exclusiveMinimum"], [2n, " exclusiveMaximum"]],
  [{ type: "number", multipleOf: 0.1 }, [0.3], [1.1], [1e21], [0.35, " multipleOf"]],
  [{ type: "integer", multipleOf: 3 }, [9], [-9], [0], [9n], [10, " multipleOf"], [10n ** 30n, " multipleOf"]],
  [{ multipleOf: 1e-7 }, [3e-7], [0], ["a"], [1e-8, " multipleOf"]],

  [{ type: "string", minLength: 2, maxLength: 3 }, ["ab"], ["😀😀"], ["a", " minLength"], ["😀😀😀😀", " maxLength"]],
  [{ minLength: 2 }, [1], ["ab"], ["a", " minLength"]],
  [{ type: "string", pattern: "^a.c$" }, ["abc"], ["a😀c"], ["abd", " pattern"], [1, " type"]],
  [{ pattern: "b" }, ["abc"], [1], ["ac", " pattern"]],
  // Unanchored, and too slow for more than 2,048 characters.
  [{ pattern: "\\s+$" }, ["a "], ["a", " pattern"], ["a".repeat(2_049)]],

  [
    { type: "array", items: text, minItems: 1, maxItems: 2 },
    [["a"]],
    [[], " minItems"],
    [["a", 1, 2], " maxItems", "/1 type", "/2 type"],
  ],
  [{ items: text, minItems: 1 }, [["a"]], [{}], [[], " minItems"], [[1], "/0 type"]],
  [
    { type: "array", prefixItems: [text, { type: "integer" }], items: false },
    [["a"]],
    [["a", 1]],
    [[1, "a", 2], "/0 type", "/1 type", "/2 not"],
  ],
  [{ prefixItems: [text], items: { type: "boolean" } }, [["a", true]], ["a"], [["a", 1], "/1 type"]],
  [{ type: "array", uniqueItems: true }, [[1, "1", true]], [[{ a: 1, b: 2 }, 1, { b: 2, a: 1 }], "/2 uniqueItems"]],
  [{ uniqueItems: false }, [[1, 1]]],
  [{ type: "array", contains: text }, [[1, "a"]], [[1], " contains"], [[], " contains"]],
  [
    { contains: text, minContains: 2, maxContains: 3 },
    [["a", "b"]],
    [["a"], " minContains"],
    [["a", "b", "c", "d"], " maxContains"],
  ],
  [{ contains: text, minContains: 0 }, [[]]],

  [
    { type: "object", required: ["a", "toString"] },
    [{ a: 1, toString: 2 }],
    [{ a: undefined }, "/a required", "/toString required"],
  ],
  [{ required: ["a/b~c"] }, [1], [{}, "/a~1b~0c required"]],
  [
    { type: "object", properties: { a: text, b: { type: "integer" } } },
    [{ a: "x", c: 1 }],
    [{ a: undefined }],
    [{ a: null, b: "y" }, "/a type", "/b type"],
  ],
  [
    { type: "object", properties: { a: text }, additionalProperties: false },
    [{ a: "x" }],
    [{ b: undefined }],
    [{ "b/~": 1, toString: 2 }, "/b~1~0 additionalProperties", "/toString additionalProperties"],
  ],
  [
    { type: "object", additionalProperties: { type: "integer" } },
    [{ a: 1 }],
    [{ a: "b", constructor: "c" }, "/a type", "/constructor type"],
  ],
  [{ type: "object", additionalProperties: true }, [{ a: 1 }]],
  [
    JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}},"required":["__proto__"]}',
    ),
    [JSON.parse('{"__proto__":"a"}')],
    [{ constructor: 1 }, "/__proto__ required", "/constructor type"],
    [JSON.parse('{"__proto__":1}'), "/__proto__ type"],
  ],
  [
    {
      type: "object",
      properties: { xa: true },
      patternProperties: { "^x": text, "^y": { type: "integer" } },
      additionalProperties: false,
    },
    [{ xb: "a", y: 1 }],
    [{ xa: 1, y: "a", z: 1 }, "/xa type", "/y type", "/z additionalProperties"],
  ],
  [{ patternProperties: { "": { type: "integer" } } }, [{ a: 1 }], [1], [{ a: "b" }, "/a type"]],
  [{ type: "object", propertyNames: { maxLength: 2 } }, [{ ab: 1 }], [{ abc: 1 }, "/abc propertyNames"]],
  [
    { type: "object", minProperties: 1, maxProperties: 2 },
    [{ a: 1 }],
    [{ a: undefined }, " minProperties"],
    [{ a: 1, b: 2, c: 3 }, " maxProperties"],
  ],
  [{ minProperties: 1 }, [1], [{}, " minProperties"]],
  [{ type: "object", dependentRequired: { a: ["b"] } }, [{}], [{ a: 1, b: 2 }], [{ a: 1 }, "/b dependentRequired"]],
  [{ dependentSchemas: { a: { required: ["c"] } } }, [{ b: 1 }], [{ a: 1, c: 2 }], [{ a: 1 }, "/c required"]],

  [
    { allOf: [{ type: "object", properties: { a: text } }, { required: ["a", "b"] }] },
    [{ a: "x", b: 1 }],
    [{ a: 1 }, "/a type", "/b required"],
    [1, " type"],
  ],
  [{ anyOf: [text, { type: "integer", minimum: 5 }] }, ["a"], [5], [4, " anyOf"], [true, " anyOf"]],
  [{ oneOf: [{ multipleOf: 2 }, { multipleOf: 3 }] }, [2], [3], [6, " oneOf"], [7, " oneOf"]],
  // One of them is right about the value itself: what is wrong is deeper.
  [
    { anyOf: [text, { type: "object", properties: { a: text, b: text } }] },
    ["a"],
    [{ a: 1, b: 2 }, "/a type", "/b type"],
  ],
  [{ oneOf: [{ type: "array", items: text }, { type: "object" }] }, [[]], [["a", 1], "/1 type"], [1, " oneOf"]],
  [{ anyOf: [text, { type: "null" }] }, ["a"], [null], [1, " type"]],
  [{ oneOf: [{ type: "null" }, { type: "integer", minimum: 5 }] }, [null], [5], [4, " minimum"]],
  [{ oneOf: [{ type: "null" }, {}] }, [1], [null, " oneOf"]],
  [{ not: text }, [1], ["a", " not"]],
  [
    conditional({ required: ["a"] }, { required: ["b"] }, { required: ["c"] }),
    [{ a: 1, b: 2 }],
    [{ c: 1 }],
    [{ a: 1 }, "/b required"],
    [{}, "/c required"],
  ],
  [conditional(text, { minLength: 2 }), [1], ["ab"], ["a", " minLength"]],
  [conditional(undefined, false, false), [1]],
];

const formats: readonly Row[] = [
  [
    { type: "string", format: "date" },
    ["2024-02-29"],
    [new Date(0), " format"],
    ["2023-02-29", " format"],
    ["2024-2-29", " format"],
    ["", " format"],
    [1, " type"],
    [new Date(NaN), " format"],
  ],
  [
    { type: "string", format: "date-time" },
    ["2024-02-29T23:59:60Z"],
    ["2024-02-29t00:00:00.123456+05:30"],
    ["2024-02-29 00:00:00z"],
    [new Date(0)],
    ["2024-02-29T24:00:00Z", " format"],
    ["2024-02-29T00:00:00", " format"],
    ["2024-02-30T00:00:00Z", " format"],
  ],
  [{ type: "string", format: "time" }, ["23:59:59Z"], ["23:59:59", " format"]],
  [
    { type: "string", format: "byte" },
    ...["", "YQ==", "YQ", "YWI=", "YWJj", "Y+/j", "Y-_j", "YWJj\r\nYWJj\r\n"].map((text): Case => [text]),
    ...["YWJjY", "YQ=", "Y===", "YQ==YWJj", "a b!", "äöüß"].map((text): Case => [text, " format"]),
  ],
  [{ type: "string", format: "uuid" }, ["00000000-0000-4000-8000-00000000000A"], ["0000", " format"]],
  [
    { type: "string", format: "ipv4" },
    ["0.10.255.1"],
    ["0.10.256.1", " format"],
    ["1.2.3", " format"],
    ["1.2.3.4.", " format"],
    ["01.2.3.4", " format"],
  ],
  [
    { type: "string", format: "ipv6" },
    ["::"],
    ["1:2:3:4:5:6:1.2.3.4"],
    ["1::2::3", " format"],
    ["1.2.3.4", " format"],
    ["]/[", " format"],
  ],
  [
    { type: "string", format: "email" },
    ["a@b"],
    ['"a @ b"@c.d'],
    ["ü@ü.de"],
    ["a", " format"],
    ["a@", " format"],
    ["@b", " format"],
    ["a@b c", " format"],
  ],
  [
    { type: "string", format: "uri" },
    ["a:"],
    ["https://ü.de/?a#b"],
    ["urn:isbn:1"],
    ["/a", " format"],
    ["a b:c", " format"],
    ["http://a b", " format"],
  ],
  [
    { type: "string", format: "uri-template" },
    ["/a{/b*}{?c,d}"],
    ["/a{b", " format"],
    ["/a}b", " format"],
    ["/a b", " format"],
  ],
  [
    { type: "integer", format: "int32" },
    [2147483647],
    [-2147483648n],
    [2147483648, " format"],
    [-2147483649, " format"],
    [1.5, " type"],
  ],
  [
    { type: "integer", format: "int64" },
    [9007199254740993n],
    [9223372036854775807n],
    [9223372036854775808n, " format"],
    [1e19, " format"],
  ],
  // The document's number was read as 9007199254740992.
  [
    { type: "integer", format: "int64", enum: [5, Number("9007199254740993")] },
    [5],
    [5n],
    [9007199254740993n],
    [9007199254740992],
    [6n, " enum"],
    [9007199254740995n, " enum"],
    ["5", " enum", " type"],
  ],
  [{ type: "integer", const: 2 ** 60 }, [2n ** 60n], [2n ** 60n + 1n], [2n ** 59n, " const"]],
  [{ type: "integer", format: "int32", minimum: 0, maximum: 10 }, [10], [11, " maximum"]],
  [
    { type: "string", format: "date-time", maxLength: 20, enum: ["2024-02-29T00:00:00Z"] },
    ["2024-02-29T00:00:00Z"],
    ["2024-02-29T00:00:00.123Z", " enum", " maxLength"],
    // A Date is the text that it is sent as.
    [new Date(0), " enum", " maxLength"],
  ],
  [
    { type: "string", format: "date-time", pattern: "^19\\d\\d-.*Z$", minLength: 24 },
    [new Date(0)],
    [new Date(1e12), " pattern"],
    [new Date(NaN), " format"],
  ],
  [{ type: ["string", "integer"], minLength: 25 }, [5], [new Date(0), " minLength"]],
  [{ format: "uuid" }, [1], ["a", " format"]],
  [{ type: ["string", "null"], format: "date" }, [null], [new Date(0), " format"], ["a", " format"]],
  [{ type: ["string", "integer"], format: "date" }, [5], ["2024-01-01"], ["a", " format"], [true, " type"]],
  // Nothing is forbidden, or nothing that is checked.
  [{ type: "string", format: "password" }, ["?"], [1, " type"]],
  [{ type: "number", format: "double" }, [1e300]],
  [{ type: "string", format: "binary" }, ["?"], [new Blob([])], [new Uint8Array()]],
  [{ type: "string", contentMediaType: "image/png" }, [new Blob([])]],
  [{ type: "string", contentMediaType: "image/png", contentEncoding: "base64" }, ["AA=="], [new Blob([]), " type"]],
  [{ type: "string", format: "hostname" }, ["?"]],
  [{ type: "number", format: "int64" }, [1.5]],
];

const components: SchemaOptions["components"] = {
  Node: {
    type: "object",
    required: ["id"],
    properties: { id: text, kids: { type: "array", items: { $ref: "#/components/schemas/Node" } } },
  },
  Json: {
    oneOf: [
      ...["string", "number", "boolean", "null"].map((type) => ({ type })),
      { type: "array", items: { $ref: "#/components/schemas/Json" } },
      { type: "object", additionalProperties: { $ref: "#/components/schemas/Json" } },
    ],
  },
  A: { allOf: [{ $ref: "#/components/schemas/B" }, { type: "object", properties: { a: text } }] },
  B: { type: "object", properties: { back: { $ref: "#/components/schemas/A" } } },
  Alias: { $ref: "#/components/schemas/Alias2" },
  Alias2: { $ref: "#/components/schemas/Text" },
  Text: { type: "string", maxLength: 3, description: "short" },
  Loop: { $ref: "#/components/schemas/Loop2" },
  Loop2: { $ref: "#/components/schemas/Loop" },
  // Checking a value with itself has no end.
  Self: { allOf: [{ $ref: "#/components/schemas/Self" }, { required: ["a"] }] },
  Round: { anyOf: [{ $ref: "#/components/schemas/Round2" }, text] },
  Round2: { oneOf: [{ $ref: "#/components/schemas/Round" }, text] },
  Cat: pet({ type: "string", enum: ["cat", "tiger"] }, { lives: { type: "integer" } }),
  Dog: { allOf: [{ $ref: "#/components/schemas/Base" }, pet({ const: "dog" }, { bark: text })] },
  Base: { type: "object", required: ["kind", "name"], properties: { kind: text, name: text } },
  Bird: pet(text, { wings: { type: "integer" } }),
  "a/b ~c": { type: "object", required: ["x"] },
  Deep: { type: "object", properties: { inner: { type: "object", properties: { x: text } } } },
  Parent: { type: "object", properties: { kind: text }, oneOf: [{ $ref: "#/components/schemas/Child" }] },
  Child: { allOf: [{ $ref: "#/components/schemas/Parent" }, { type: "object", required: ["child"] }] },
  Never: false,
  MaybeNode: { $ref: "#/components/schemas/Node", nullable: true },
  Long: { $ref: "#/components/schemas/Alias", minLength: 2 },
  MaybeRound: { $ref: "#/components/schemas/MaybeRound2", nullable: true },
  MaybeRound2: { $ref: "#/components/schemas/MaybeRound", nullable: true },
};
const ref = (name: string, siblings: object = {}): Json => ({ $ref: `#/components/schemas/${name}`, ...siblings });
const pets = [ref("Cat"), ref("Dog"), ref("Bird")];
const references: readonly Row[] = [
  [
    ref("Node"),
    [{ id: "a", kids: [{ id: "b" }] }],
    [{ id: "a", kids: [{ kids: [{ id: 1 }] }] }, "/kids/0/id required", "/kids/0/kids/0/id type"],
  ],
  [ref("Json"), [{ a: [1, null, { b: "c" }] }], [{ a: [undefined] }, "/a/0 oneOf"]],
  [ref("A"), [{ a: "x", back: { a: "y", back: {} } }], [{ back: { a: 1 } }, "/back/a type"]],
  [{ type: "array", items: ref("Alias") }, [["abc"]], [["abcd"], "/0 maxLength"]],
  [ref("Loop"), [1]],
  [ref("Missing"), [1]],
  [ref("Never"), [1, " not"]],
  [ref("Self"), [{ a: 1 }], [{}, "/a required"]],
  [ref("Round"), ["a"], [1]],
  [{ properties: { a: ref("a~1b%20~0c") } }, [{ a: { x: 1 } }], [{ a: {} }, "/a/x required"]],
  [{ $ref: "#/components/schemas/Deep/properties/inner" }, [{ x: "a" }], [{ x: 1 }, "/x type"]],
  [ref("Text", { minLength: 2, description: "long" }), ["abc"], ["a", " minLength"], ["abcd", " maxLength"]],
  [{ properties: { a: ref("Text", { title: "no keyword" }) } }, [{ a: "abc" }], [{ a: "abcd" }, "/a maxLength"]],
  [{ properties: { a: { anyOf: [ref("Node"), { type: "null" }] } } }, [{ a: null }], [{ a: {} }, "/a/id required"]],
  [ref("Child"), [{ child: 1 }], [{ kind: 1 }, "/child required"]],
  [ref("Parent"), [{ child: 1 }], [{ kind: 1, child: 2 }, "/kind type"]],
];

const discriminators: readonly Row[] = [
  [
    { oneOf: pets, discriminator: { propertyName: "kind" } },
    [{ kind: "tiger", lives: 9 }],
    [{ kind: "dog", name: "Rex", bark: "w" }],
    [{ kind: "Bird", wings: 2 }],
    [{ kind: "cat", lives: "9" }, "/lives type"],
    [{ kind: "dog", bark: 1 }, "/bark type", "/name required"],
    // No name of any, but a bird by what it is.
    [{ kind: "owl", wings: 2 }],
    [{ kind: "owl", wings: "2" }, "/kind discriminator"],
    [{ kind: 5 }, "/kind discriminator"],
    [{}, "/kind discriminator"],
    [1, " oneOf"],
  ],
  [
    {
      anyOf: pets,
      discriminator: {
        propertyName: "kind",
        mapping: { puppy: "#/components/schemas/Dog", owl: "Bird", odd: "nowhere", constructor: "Bird" },
      },
    },
    [{ kind: "owl", wings: "2" }, "/wings type"],
    [{ kind: "puppy", name: "Rex" }, "/kind const"],
    [{ kind: "constructor", wings: "2" }, "/wings type"],
    [{ kind: "toString", wings: "2" }, "/kind discriminator"],
  ],
  // Two that one value names: it names none.
  [
    {
      oneOf: [pet({ const: "a" }, { x: text }), pet({ const: "a" }, { x: { type: "integer" } })],
      discriminator: { propertyName: "kind" },
    },
    [{ kind: "a", x: "b" }],
    [{ kind: "a", x: true }, " oneOf"],
  ],
];

/** OpenAPI 3.0. */
const dialect: readonly Row[] = [
  [{ type: "string", nullable: true }, ["a"], [null], [1, " type"]],
  [{ type: "string", nullable: true, enum: ["a"] }, ["a"], [null], ["b", " enum"]],
  [{ nullable: true, allOf: [ref("Node")] }, [null], [{ id: "a" }], [{}, "/id required"]],
  [{ nullable: true, allOf: [ref("Text")] }, [null], ["abc"], ["abcd", " maxLength"]],
  [{ nullable: true }, [null], [1]],
  [
    { type: "number", minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false },
    [2],
    [1, " exclusiveMinimum"],
    [3, " maximum"],
  ],
  // Beside a reference, `nullable` is taken at its word, and nothing else counts.
  [ref("Text", { nullable: true, minLength: 3 }), ["a"], [null], ["abcd", " maxLength"]],
  [ref("Node", { nullable: true }), [null], [{ id: "a" }], [{}, "/id required"]],
  [{ type: "array", items: ref("MaybeNode") }, [[null, { id: "a" }]], [[{}], "/0/id required"]],
  [{ type: "string", enum: ["a", null] }, ["a"], [null], ["b", " enum"]],
  // Sloppy, and clear.
  [{ type: "null" }, [null], [1, " type"]],
  [{ type: ["string", "null"] }, [null], [1, " type"]],
  [{ properties: { a: text } }, [{ a: "b" }], [1], [{ a: 1 }, "/a type"]],
];

const users: Json = {
  type: "object",
  required: ["id", "name", "password"],
  properties: { id: { type: "string", readOnly: true }, name: text, password: { type: "string", writeOnly: true } },
};
const shared = {
  User: users,
  Group: { type: "array", items: ref("User") },
  Id: { type: "string", readOnly: true },
  Stored: {
    type: "object",
    required: ["key", "text"],
    properties: {
      key: text,
      text,
      next: { allOf: [ref("Stored"), { properties: { key: { type: "string", readOnly: true } } }] },
    },
  },
  // Each holds the other: what is left out is left out all the way.
  Chain: { allOf: [ref("Stored"), { oneOf: [ref("Link"), { type: "object" }] }] },
  Link: { allOf: [ref("Chain"), { required: ["key", "link"] }] },
};
const sides = (left: string): readonly Row[] => [
  [
    ref("User"),
    [{ name: "a", id: "b", password: "c" }],
    [{}, ...["/id", "/name", "/password"].filter((one) => one !== left).map((one) => `${one} required`)],
  ],
  [
    { type: "array", items: ref("Group") },
    [[[{ name: "a", id: "b", password: "c" }]]],
    [[[{ [left === "/id" ? "password" : "id"]: "b" }]], "/0/0/name required"],
  ],
  // Left out, or right.
  [ref("User"), [{ name: "a", id: 1, password: 2 }, "/id type", "/password type"]],
  [
    { allOf: [{ required: ["id"] }, users] },
    [{ name: "a", id: "b", password: "c" }],
    [{ name: "a", [left === "/id" ? "password" : "id"]: "b" }],
  ],
  // What one part leaves out, another one does not ask for: it may be a schema that others refer to.
  [
    { allOf: [ref("Stored"), { properties: { key: { type: "string", readOnly: true } } }] },
    left === "/id" ? [{ text: "b" }] : [{ text: "b" }, "/key required"],
    [{ key: "a", text: "b" }],
    [{ key: "a", text: "b", next: { key: "a", text: "b" } }],
    [{ key: "a" }, "/text required"],
  ],
  [
    { allOf: [ref("Chain"), { properties: { key: { type: "string", readOnly: true } } }] },
    left === "/id" ? [{ text: "b" }] : [{ text: "b" }, "/key required"],
  ],
  [
    { type: "object", required: ["x"], properties: { x: { allOf: [ref("Id")], description: "A part says it" } } },
    left === "/id" ? [{}] : [{}, "/x required"],
  ],
  [{ type: "object", required: ["x"], properties: { x: ref("Id") } }, left === "/id" ? [{}] : [{}, "/x required"]],
];

describe.each<readonly [string, readonly Row[], SchemaOptions]>([
  ["the vocabulary", vocabulary, {}],
  ["formats", formats, {}],
  ["references", references, { components }],
  ["discriminators", discriminators, { components }],
  ["OpenAPI 3.0", dialect, { openapi: "3.0.3", components }],
  ["a request", sides("/id"), { components: shared }],
  ["a response", sides("/password"), { components: shared, direction: "response" }],
])("%s", (_, rows, options) => {
  let checked: CheckedSchemas;
  beforeAll(async () => {
    checked = await checkedSchemas(
      rows.map(([schema]) => schema),
      options,
    );
  });

  it.each(rows.map(([schema, ...cases], index) => ({ schema: JSON.stringify(schema), cases, index })))(
    "$schema",
    ({ cases, index }) => {
      for (const [value, ...broken] of cases) {
        const found = checked.check(index, value).map(({ pointer, rule }) => `${pointer} ${rule}`);
        expect({ value, broken: found.sort() }).toEqual({ value, broken });
      }
    },
  );
});

describe("a value that goes on without end", () => {
  it("is refused where a schema would follow it", async () => {
    const { check } = await checkedSchemas([ref("Node")], { components });
    const circle: { id: string; kids: unknown[] } = { id: "a", kids: [] };
    circle.kids.push(circle);
    expect(check(0, circle).map(({ rule }) => rule)).toEqual(["depth"]);
  });
});

describe("a property with a default", () => {
  const row = { type: "object", required: ["a", "b"], properties: { a: { type: "string", default: "x" }, b: text } };

  it("is not asked for in a request, and is in an answer", async () => {
    const missing = async (direction: "request" | "response") =>
      (await checkedSchemas([row], { direction })).check(0, {}).map(({ pointer, rule }) => `${pointer} ${rule}`);
    expect(await missing("request")).toEqual(["/b required"]);
    expect(await missing("response")).toEqual(["/a required", "/b required"]);
  });

  it("tells no schemas of a request apart: that several fit is no fault", async () => {
    const kind = (name: string) => ({
      ...row,
      required: ["a"],
      properties: { a: { ...text, default: "x" }, [name]: text },
    });
    const broken = async (direction: "request" | "response", value: Json) =>
      (await checkedSchemas([{ oneOf: [kind("b"), kind("c")] }], { direction }))
        .check(0, value)
        .map(({ pointer, rule }) => `${pointer} ${rule}`);
    expect(await broken("request", {})).toEqual([]);
    expect(await broken("request", { b: 1 })).toEqual([]);
    expect(await broken("request", { b: 1, c: 1 })).toEqual([" oneOf"]);
    expect(await broken("response", { a: "x" })).toEqual([" oneOf"]);
  });
});

const rounded = "an integer has more digits than a number of JavaScript: the last of them are not compared";

describe("what is not honoured", () => {
  it("is told once a place, with the reason", async () => {
    const schemas: readonly Json[] = [
      { type: "string", format: "hostname" },
      { type: "number", format: "int64" },
      { type: "string", pattern: "(a+)+$" },
      { type: "string", pattern: "[" },
      { pattern: "\\s+$" },
      { patternProperties: { "(a+)+$": {}, "^b": {} }, additionalProperties: false },
      ref("Missing"),
      { type: "object", properties: { a: null, b: 5 } },
      { discriminator: { propertyName: "a" }, type: "object" },
      ref("Self"),
      ref("Round"),
      ref("Text"),
      { type: "integer", enum: [2 ** 53], const: 2 ** 53 },
    ];
    const { notes } = await checkedSchemas(schemas, { components });
    const at = (index: number) => `#/paths/~1s${index}/get/parameters/0/content/application~1json/schema`;
    const slow = "it is not proven that no text makes it slow";
    expect(notes).toEqual([
      `${at(0)}/format: the format is not checked`,
      `${at(1)}/format: the format is one of another type, integer: it is not checked`,
      `${at(2)}/pattern: the pattern is not matched: ${slow}`,
      `${at(3)}/pattern: the pattern is not matched: it is no regular expression of ECMA-262 with the flag \`u\``,
      `${at(4)}/pattern: the pattern is matched with texts of up to 2048 UTF-16 code units: it is slow`,
      `${at(5)}/patternProperties/(a+)+$: the pattern is not matched: ${slow}`,
      `${at(5)}/patternProperties: \`patternProperties\` and \`additionalProperties\` are not checked`,
      `${at(6)}/$ref: the reference leads to no schema: any value is taken`,
      `${at(7)}/properties/a: it is no schema: any value is taken`,
      `${at(7)}/properties/b: it is no schema: any value is taken`,
      `${at(8)}/discriminator: \`discriminator\` is not followed: there is neither \`oneOf\` nor \`anyOf\``,
      "#/components/schemas/Self/allOf/0: it refers to the schema that it is part of: it is not checked",
      "#/components/schemas/Round/anyOf/0: it refers to the schema that it is part of: it is not checked",
      `${at(12)}/enum: ${rounded}`,
      `${at(12)}/const: ${rounded}`,
    ]);
  });
});
