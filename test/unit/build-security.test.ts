import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../generator/openapi.js";
import { build, documentWith, firstOperation, parameter } from "./document.js";

const header = { type: "apiKey", in: "header", name: "X-Key" };
const securitySchemes = {
  key: header,
  other: { ...header, name: "X-Other" },
  query: { ...header, in: "query" },
  digest: { type: "http", scheme: "digest" },
  tls: { type: "mutualTLS" },
};
const components = { securitySchemes };
const input = parameter("x-key", { in: "header", schema: { type: "string", maxLength: 3 } });

function messagesOf(document: JsonObject): readonly string[] {
  return build(document).diagnostics.map(({ code, message, pointer }) => `${code} ${pointer}: ${message}`);
}

const schemesOf = (schemes: JsonObject, operation: JsonObject = {}) =>
  build(documentWith(operation, { components: { securitySchemes: schemes } })).model.securitySchemes;

describe("the requirements in force", () => {
  const root = { security: [{ key: [] }] };

  it.each<readonly [string, JsonObject, JsonObject, readonly (readonly string[])[], readonly string[]]>([
    ["the document's", {}, root, [["key"]], []],
    ["the operation's own", { security: [{ other: [] }] }, root, [["other"]], ["x-key"]],
    ["none, said by the operation", { security: [] }, root, [], ["x-key"]],
    ["none at all", {}, {}, [], ["x-key"]],
    ["two schemes at once", { security: [{ key: [], other: [] }] }, {}, [["key", "other"]], []],
    ["one or the other", { security: [{ other: [] }, { key: [] }] }, {}, [["other"], ["key"]], []],
    ["one or none", { security: [{ key: [] }, {}] }, {}, [["key"], []], []],
    ["none or one: whoever has it sends it", { security: [{}, { key: [] }] }, {}, [["key"], []], []],
    ["a connection that says enough", { security: [{ tls: [] }] }, {}, [[]], ["x-key"]],
    ["a connection and a key", { security: [{ tls: [], key: [] }] }, {}, [["key"]], []],
    ["one that does not exist", { security: [{ lost: [] }] }, {}, [], ["x-key"]],
    ["one that cannot be met", { security: [{ digest: [] }, { other: [] }] }, {}, [["other"]], ["x-key"]],
    ["one of two that cannot be met at once", { security: [{ digest: [], key: [] }] }, {}, [], ["x-key"]],
    ["what is no list", { security: "key" }, root, [["key"]], []],
    ["what is no object", { security: [null, "key", { key: [] }] }, {}, [["key"]], []],
    ["a name that every object has", { security: [{ constructor: [] }] }, {}, [], ["x-key"]],
  ])("%s", (_, operation, rest, security, inputs) => {
    const found = firstOperation(documentWith({ parameters: [input], ...operation }, { components, ...rest }));
    expect(found.security).toEqual(security);
    expect(found.parameters.map(({ name }) => name)).toEqual(inputs);
  });

  it("tell schemes of one alternative that have one place, in whatever letters", () => {
    const schemes = {
      token: { type: "http", scheme: "bearer" },
      user: { type: "http", scheme: "basic" },
      own: { type: "apiKey", in: "header", name: "authorization" },
      query: { type: "apiKey", in: "query", name: "Authorization" },
    };
    const security = [{ token: [], query: [], user: [], own: [] }, { token: [] }, { user: [] }];
    const told = (other: string, name: string, header: string) =>
      `construct-unsupported #/paths/~1x/get/security/0/${name}: security schemes \`${other}\` and \`${name}\` of one alternative go into the same header \`${header}\`: only one of them is sent`;
    expect(messagesOf(documentWith({ security }, { components: { securitySchemes: schemes } }))).toEqual([
      told("token", "user", "Authorization"),
      told("user", "own", "authorization"),
    ]);
  });

  it("tell each alternative that is left out where it is written, once", () => {
    const document = documentWith(
      { security: [{ key: [] }, { "lost/one": [] }] },
      { security: [{ key: [], digest: [] }], components },
    );
    expect(messagesOf(document)).toEqual([
      "construct-unsupported #/security/0/digest: the alternative with security scheme `digest` is left out: http scheme `digest`",
      "construct-unsupported #/paths/~1x/get/security/1/lost~1one: the alternative with security scheme `lost/one` is left out: there is no such scheme",
      "construct-unsupported #/components/securitySchemes/digest: security scheme `digest` is left out: http scheme `digest`",
      "coverage-not-honoured #/components/securitySchemes/tls: security scheme `tls`: the connection has its certificate, the client sends nothing",
    ]);
  });
});

describe("a security scheme", () => {
  it.each<readonly [JsonObject, string]>([
    [{ type: "http" }, "http without `scheme`"],
    [{}, "it has no `type`"],
    [{ type: "apiKey", name: "k" }, "apiKey without `in`"],
    [{ type: "apiKey", in: "header" }, "apiKey without `name`"],
  ])("%j is left out, and what it lacks is told", (scheme, reason) => {
    expect(messagesOf(documentWith({}, { components: { securitySchemes: { it: scheme } } }))).toEqual([
      `construct-unsupported #/components/securitySchemes/it: security scheme \`it\` is left out: ${reason}`,
    ]);
  });

  it.each<readonly [JsonObject, string | undefined]>([
    [header, "apiKey header X-Key"],
    [{ ...header, in: "query", name: "api key" }, "apiKey query api key"],
    [{ ...header, in: "cookie", name: "sid" }, "apiKey cookie sid"],
    [{ type: "http", scheme: "Bearer" }, "bearer header Authorization"],
    [{ type: "http", scheme: "BASIC" }, "basic header Authorization"],
    [{ type: "oauth2", flows: {} }, "bearer header Authorization"],
    [{ type: "openIdConnect", openIdConnectUrl: "/" }, "bearer header Authorization"],
    [{ type: "http", scheme: "digest" }, undefined],
    [{ type: "http" }, undefined],
    [{ ...header, in: "body" }, undefined],
    [{ ...header, name: "" }, undefined],
    [{ ...header, name: "X Key" }, undefined],
    [{ ...header, name: "X-Key: a\r\nX-Evil" }, undefined],
    [{ ...header, in: "cookie", name: "a=b; c" }, undefined],
    [{ type: "mutualTLS" }, undefined],
    [{}, undefined],
    [{ $ref: "#/components/securitySchemes/nowhere" }, undefined],
  ])("%j is %s", (scheme, expected) => {
    const [found] = schemesOf({ it: scheme });
    expect(found && `${found.kind} ${found.in} ${found.parameter}`).toBe(expected);
    const told = messagesOf(documentWith({}, { components: { securitySchemes: { it: scheme } } }));
    expect(told).toHaveLength(expected === undefined || expected.includes("cookie") ? 1 : 0);
  });

  it("in a cookie is told: no browser sends it", () => {
    const document = documentWith({}, { components: { securitySchemes: { sid: { ...header, in: "cookie" } } } });
    expect(messagesOf(document)).toEqual([
      "coverage-not-honoured #/components/securitySchemes/sid: security scheme `sid` is sent outside of browsers only: they refuse the header",
    ]);
  });

  it("is found behind a reference", () => {
    const schemes = { it: { $ref: "#/components/securitySchemes/key" }, key: header };
    expect(schemesOf(schemes).map(({ name, parameter: wire }) => [name, wire])).toEqual([
      ["it", "X-Key"],
      ["key", "X-Key"],
    ]);
  });

  it("has the bounds of the parameter that it fills, else those of any text", () => {
    const integer = parameter("X-Other", { in: "header", schema: { type: "integer" } });
    const found = schemesOf(securitySchemes, {
      parameters: [input, integer],
      security: [{ key: [] }, { other: [] }],
    });
    expect(found.map(({ name, schema }) => [name, schema?.type, schema?.maxLength])).toEqual([
      ["key", "string", 3],
      ["other", "string", undefined],
      ["query", "string", undefined],
    ]);
  });
});

describe("a parameter that a scheme fills", () => {
  const fills = (scheme: JsonObject, name: string, location: string): boolean => {
    const document = documentWith(
      { parameters: [parameter(name, { in: location })], security: [{ it: [] }] },
      { components: { securitySchemes: { it: scheme } } },
    );
    return firstOperation(document).parameters.length === 0;
  };

  it.each<readonly [string, JsonObject, string, string, boolean]>([
    ["in a header, by a name in any case", header, "x-KEY", "header", true],
    ["in the query", { ...header, in: "query" }, "X-Key", "query", true],
    ["in the query, where another case is another name", { ...header, in: "query" }, "x-key", "query", false],
    ["in a cookie", { ...header, in: "cookie" }, "X-Key", "cookie", true],
    ["in a cookie, where another case is another name", { ...header, in: "cookie" }, "x-key", "cookie", false],
    ["in another place", { ...header, in: "query" }, "X-Key", "header", false],
    ["by a token", { type: "http", scheme: "bearer" }, "authorization", "query", false],
  ])("%s", (_, scheme, name, location, expected) => {
    expect(fills(scheme, name, location)).toBe(expected);
  });
});
