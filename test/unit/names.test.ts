import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../generator/diagnostics.js";
import { emitIndex } from "../../generator/emit/index-module.js";
import type { ApiModel, Json } from "../../generator/model.js";
import { assignNames, camelCase, kebabCase, type Names, pascalCase } from "../../generator/names.js";
import type { JsonObject } from "../../generator/openapi.js";
import { build, documentOf, documentWith, done, parameter } from "./document.js";

function named(document: JsonObject): {
  readonly model: ApiModel;
  readonly names: Names;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { model } = build(document);
  return { model, ...assignNames(model) };
}

/** Function names of operations with these ids, in this order. */
function functionsOf(ids: readonly string[], rest: JsonObject = {}): readonly string[] {
  const paths = ids.map((operationId, index) => [`/${index}`, { get: { operationId, responses: done } }]);
  const { model, names } = named(documentOf(Object.fromEntries(paths), rest));
  return model.operations.map((operation) => names.operation(operation).functionName);
}

/** Input keys of parameters, given as `in name`. */
function keysOf(...parameters: readonly string[]): readonly string[] {
  const list = parameters.map((text): Json => {
    const [location = "", name = ""] = text.split(/ (.*)/);
    return parameter(name, { in: location });
  });
  const { model, names } = named(documentWith({ parameters: list }));
  return model.operations.flatMap((operation) => operation.parameters.map(names.operation(operation).inputKey));
}

const enumSchema = (...members: readonly string[]): JsonObject => ({
  type: "integer",
  enum: members.map((_, index) => index),
  "x-enum-varnames": members,
});

describe("the spelling of a name", () => {
  it.each([
    // name, camelCase, PascalCase, kebab-case
    ["exportServiceTickets", "exportServiceTickets", "ExportServiceTickets", "export-service-tickets"],
    ["incident_id", "incidentId", "IncidentId", "incident-id"],
    ["X-Auth-Token", "xAuthToken", "XAuthToken", "x-auth-token"],
    ["repos/get-content", "reposGetContent", "ReposGetContent", "repos-get-content"],
    ["getURLPath", "getUrlPath", "GetUrlPath", "get-url-path"],
    ["HTTP", "http", "Http", "http"],
    ["ID2Name", "id2Name", "Id2Name", "id2-name"],
    ["filter[name]", "filterName", "FilterName", "filter-name"],
    ["2nd", "_2nd", "_2nd", "2nd"],
    ["__proto__", "proto", "Proto", "proto"],
    ["", "unnamed", "unnamed", "unnamed"],
    ["!?", "unnamed", "unnamed", "unnamed"],
    ["名前", "名前", "名前", "unnamed"],
    ["ÉcoleÀ", "écoleÀ", "ÉcoleÀ", "cole"],
    ["e\u0301cole", "école", "École", "cole"],
    ["../../etc/passwd", "etcPasswd", "EtcPasswd", "etc-passwd"],
    ["get /pets/{petId}", "getPetsPetId", "GetPetsPetId", "get-pets-pet-id"],
  ])("%j", (name, camel, pascal, kebab) => {
    expect([camelCase(name), pascalCase(name), kebabCase(name)]).toEqual([camel, pascal, kebab]);
  });
});

describe("the names of operations", () => {
  it("keep the document's order: the first one has the plain name", () => {
    expect(functionsOf(["getURL", "get-url", "GetUrl", "getUrl2"])).toEqual([
      "getUrl",
      "getUrl2",
      "getUrl3",
      "getUrl22",
    ]);
  });

  it.each(["delete", "await", "then", "undefined", "call", "createClient", "isApiError", "client", "string", "form"])(
    "%s is reserved",
    (name) => expect(functionsOf([name])).toEqual([`${name}2`]),
  );

  it("make way for a type that is there already", () => {
    const components = { schemas: { ReadInput: enumSchema("A"), WriteResult: enumSchema("B") } };
    expect(functionsOf(["read", "write", "list"], { components })).toEqual(["read2", "write2", "list"]);
  });

  it("differ in every export, and in every file, whatever clashes", () => {
    const ids = ["read", "read", "readOperation", "readInput", "read-input", "READ", "名", "名2", "!", "?"];
    const components = { schemas: { Read: enumSchema("A"), read: enumSchema("A"), ReadLabels: enumSchema("A") } };
    const paths = ids.map((operationId, index) => [`/${index}`, { get: { operationId, responses: done } }]);
    const { model, names } = named(documentOf(Object.fromEntries(paths), { components }));
    const operations = model.operations.map((operation) => names.operation(operation));
    const enums = model.enums.map(({ name }) => names.enum(name));
    const exported = [
      ...operations.flatMap(({ functionName, descriptor, input, result, failure }) => [
        functionName,
        descriptor,
        input,
        result,
        failure,
      ]),
      ...enums.flatMap(({ constant, labels }) => [constant, labels]),
    ];
    expect(new Set(exported).size).toBe(exported.length);
    // Some file systems know no case.
    const files = [...operations, ...enums].map(({ file }) => file.toLowerCase());
    expect(new Set(files).size).toBe(files.length);
  });

  it("are never a name that the package exports itself", () => {
    const { model, names } = named(documentOf({}));
    const { statements } = emitIndex(model, names) as { statements: readonly { namedExports: { name: string }[] }[] };
    const fixed = statements.flatMap(({ namedExports }) => namedExports.map(({ name }) => name));
    expect(fixed.length).toBeGreaterThan(20);
    const schemas = Object.fromEntries(fixed.map((name) => [name, enumSchema("A")]));
    const clashing = named(documentOf({}, { components: { schemas } }));
    const taken = fixed.map((name) => clashing.names.enum(name).constant).filter((name) => fixed.includes(name));
    expect(taken).toEqual([]);
  });

  it("are told with their place where they were changed", () => {
    const paths = { "/a": { get: { operationId: "delete", responses: done } } };
    const components = { schemas: { Error: enumSchema("A", "a b", "AB") } };
    expect(named(documentOf(paths, { components })).diagnostics).toEqual(
      [
        ["schema `Error` is named `Error2`, because `Error` is taken", "#/components/schemas/Error"],
        ["value `AB` of schema `Error` is named `AB2`, because `AB` is taken", "#/components/schemas/Error"],
        ["operation `delete` is named `delete2`, because `delete` is taken", "#/paths/~1a/get"],
      ].map(([message, pointer]) => ({ code: "name-changed", severity: "warning", message, pointer })),
    );
  });

  it("a name that nobody assigned is a fault", () => {
    const { names } = named(documentOf({}));
    expect(() => names.enum("Nothing")).toThrow("no stage assigned");
    expect(() => names.errorSchema("constructor")).toThrow("no stage assigned");
  });
});

describe("the keys of an input", () => {
  it.each<readonly [string, readonly string[], readonly string[]]>([
    ["plain", ["query incident_id", "header X-Language"], ["incidentId", "xLanguage"]],
    ["one name in two locations", ["query id", "header id", "query other"], ["queryId", "headerId", "other"]],
    ["two spellings in one location", ["query a-b", "query a_b"], ["queryAB", "queryAB2"]],
    ["a key that a prefix makes", ["query queryId", "query id", "header id"], ["queryId", "queryId2", "headerId"]],
    ["the body's", ["query body"], ["queryBody"]],
    ["what every object has", ["query constructor", "header toString"], ["queryConstructor", "headerToString"]],
    ["reserved words are free", ["query class", "query delete", "query client"], ["class", "delete", "client"]],
  ])("%s", (_, parameters, keys) => {
    expect(keysOf(...parameters)).toEqual(keys);
  });
});
