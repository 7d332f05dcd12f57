import ts from "typescript";
import ts6 from "typescript6";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../generator/diagnostics.js";
import { emitIndex } from "../../generator/emit/index-module.js";
import type { ApiModel, Json, OperationModel } from "../../generator/model.js";
import { assignNames, type Names } from "../../generator/names.js";
import type { JsonObject } from "../../generator/openapi.js";
import { camelCase, kebabCase, pascalCase } from "../../generator/words.js";
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
    ["listURLs", "listUrls", "ListUrls", "list-urls"],
    ["getUserIDs", "getUserIds", "GetUserIds", "get-user-ids"],
    ["listIDsOfX", "listIdsOfX", "ListIdsOfX", "list-ids-of-x"],
    ["listAPIsOfCPUs", "listApisOfCpus", "ListApisOfCpus", "list-apis-of-cpus"],
    ["Floating IPs", "floatingIps", "FloatingIps", "floating-ips"],
    ["VPCs", "vpcs", "Vpcs", "vpcs"],
    ["URLs2", "urls2", "Urls2", "urls2"],
    ["IDs_of_名", "idsOf名", "IdsOf名", "ids-of"],
    ["IDIsValid", "idIsValid", "IdIsValid", "id-is-valid"],
    ["exportJSONAsText", "exportJsonAsText", "ExportJsonAsText", "export-json-as-text"],
    ["HTTPServers", "httpServers", "HttpServers", "http-servers"],
    ["parseURLSafe", "parseUrlSafe", "ParseUrlSafe", "parse-url-safe"],
    ["XMLHttpRequest", "xmlHttpRequest", "XmlHttpRequest", "xml-http-request"],
    ["status", "status", "Status", "status"],
    ["Reserved IPv6", "reservedIpv6", "ReservedIpv6", "reserved-ipv6"],
    ["listIPv4Or6", "listIpv4Or6", "ListIpv4Or6", "list-ipv4-or6"],
    ["OAuth", "oauth", "Oauth", "oauth"],
    ["getOAuth2Token", "getOauth2Token", "GetOauth2Token", "get-oauth2-token"],
    ["SSOAuthor", "ssoAuthor", "SsoAuthor", "sso-author"],
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
    const files = [...names.operationFiles, ...enums].map(({ file }) => file.toLowerCase());
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

  it("are names for every compiler, whatever this process takes for a letter", () => {
    const { ES2022 } = ts.ScriptTarget;
    const all = Array.from({ length: 0x11_0000 }, (_, code) => String.fromCodePoint(code));
    const letters = all
      .filter((letter) => /\p{ID_Continue}/u.test(letter))
      .flatMap((letter) => [letter, `a ${letter}b`]);
    const compilers = [
      {
        start: (code: number) => ts.isIdentifierStart(code, ES2022),
        part: (code: number) => ts.isIdentifierPart(code, ES2022),
      },
      {
        start: (code: number) => ts6.isIdentifierStart(code, ES2022),
        part: (code: number) => ts6.isIdentifierPart(code, ES2022),
      },
    ];
    const given = new Set(letters.flatMap((name) => [camelCase(name), pascalCase(name)]));
    expect(given.size).toBeGreaterThan(100_000);
    for (const { start, part } of compilers) {
      const isName = (name: string): boolean =>
        [...name].every((letter, index) => (index === 0 ? start : part)(letter.codePointAt(0) ?? 0));
      expect([...given].filter((name) => !isName(name))).toEqual([]);
    }
  });

  it("a name that nobody assigned is a fault", () => {
    const { names } = named(documentOf({}));
    expect(() => names.enum("Nothing")).toThrow("no stage assigned");
    expect(() => names.errorSchema("constructor")).toThrow("no stage assigned");
  });
});

describe("the files of operations", () => {
  /** `file subpath: functions (functions of other files)`, for operations with these tags, `a`, `b`, … */
  function filesOf(...tags: readonly (readonly string[])[]): readonly string[] {
    const paths = tags.map((list, index): [string, JsonObject] => {
      const operationId = String.fromCharCode(97 + index);
      return [`/${operationId}`, { get: { operationId, tags: list, responses: done } }];
    });
    const { names } = named(documentOf(Object.fromEntries(paths)));
    const list = (operations: readonly OperationModel[]) =>
      operations.map((operation) => names.operation(operation).functionName).join("");
    return names.operationFiles.map(
      ({ file, subpath, own, others }) => `${file} ${subpath}: ${list(own)} (${list(others)})`,
    );
  }

  it("are one for each tag; an operation lies in the first of its own", () => {
    expect(filesOf(["Pull requests"], ["git"], ["git", "Pull requests", "git"], [])).toEqual([
      "operations/pull-requests pull-requests: a (c)",
      "operations/git git: bc ()",
      "operations/untagged undefined: d ()",
    ]);
  });

  it("are no entries of the package where there is only one", () => {
    expect(filesOf(["git"], ["git"])).toEqual(["operations/git undefined: ab ()"]);
    expect(filesOf([], [])).toEqual(["operations/untagged undefined: ab ()"]);
    expect(filesOf([], ["untagged"])).toEqual([
      "operations/untagged undefined: a ()",
      "operations/untagged-2 untagged-2: b ()",
    ]);
  });

  it.each([
    ["node", "node-2"],
    ["package.json", "package-json"],
    ["CON", "con-2"],
    ["../../x", "x"],
    ["__proto__", "proto"],
    ["", "unnamed"],
    ["x".repeat(10_000), "x".repeat(100)],
  ])("a tag %j is the file %s", (tag, file) => {
    expect(filesOf([tag], ["other"])[0]).toBe(`operations/${file} ${file}: a ()`);
  });

  it("are told where a tag was changed", () => {
    const operation = (tag: string): JsonObject => ({ operationId: `of ${tag}`, tags: [tag], responses: done });
    const paths = { "/a": { get: operation("Git") }, "/b": { get: operation("git") } };
    expect(named(documentOf(paths)).diagnostics.map(({ message, pointer }) => [message, pointer])).toEqual([
      ["tag `git` is named `git-2`, because `git` is taken", "#/paths/~1b/get"],
      ["operation `of git` is named `ofGit2`, because `ofGit` is taken", "#/paths/~1b/get"],
    ]);
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
