import { describe, expect, it } from "vitest";
import { normalize } from "../../generator/normalize.js";
import type { JsonObject } from "../../generator/openapi.js";
import { documentOf, documentWith, done, parameter } from "./document.js";

const header = (name: string) => parameter(name, { in: "header" });
const components = { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } } };

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

/** Also holds that the given document stays as it is: changing it would throw. */
function pathsOf(document: JsonObject): unknown {
  return normalize(freeze(document)).document.paths;
}

describe("normalize", () => {
  it("leaves a document alone that needs nothing", () => {
    const document = documentWith({ parameters: [parameter("a"), { $ref: "#/components/parameters/lost" }] });
    expect(normalize(freeze(document)).document).toEqual(document);
  });

  it("takes out what the specification ignores and what a scheme fills", () => {
    const parameters = [
      header("Accept"),
      header("content-type"),
      header("AUTHORIZATION"),
      header("x-key"),
      header("b"),
    ];
    const security = [{ key: [] }];
    expect(pathsOf(documentWith({ parameters }, { components, security }))).toEqual(
      documentWith({ parameters: [header("b")] }).paths,
    );
    expect(pathsOf(documentWith({ parameters: [header("x-key")] }, { components }))).toEqual(
      documentWith({ parameters: [header("x-key")] }).paths,
    );
  });

  it("puts the headers of a response in place, so that they stay as optional as they are", () => {
    const headers = { "Retry-After": { $ref: "#/components/headers/Wait" } };
    const inPlace = { headers: { "Retry-After": { schema: { type: "integer" } } } };
    const shared = { headers: { Wait: { schema: { type: "integer" } } }, responses: { Busy: { headers } } };
    const document = documentWith({ responses: { "200": { headers } } }, { components: shared });
    expect(pathsOf(document)).toEqual(documentWith({ responses: { "200": inPlace } }).paths);
    expect(normalize(document).document.components).toMatchObject({ responses: { Busy: inPlace } });
  });

  it("moves what a path item shares to the operations that keep it", () => {
    const open = { operationId: "open", security: [], responses: done };
    const closed = { operationId: "closed", security: [{ key: [] }], responses: done };
    const item = { parameters: [header("X-Key"), parameter("a")], get: open, put: closed };
    expect(pathsOf(documentOf({ "/x": item }, { components }))).toEqual({
      "/x": {
        parameters: [parameter("a")],
        get: { ...open, parameters: [header("X-Key")] },
        put: closed,
      },
    });
  });

  it("leaves nothing that an operation replaces, in whatever case", () => {
    const item = {
      parameters: [header("H"), parameter("a")],
      get: { operationId: "a", parameters: [header("h")], responses: done },
      put: { operationId: "b", responses: done },
    };
    expect(pathsOf(documentOf({ "/x": item }))).toEqual({
      "/x": {
        parameters: [parameter("a")],
        get: { operationId: "a", parameters: [header("h")], responses: done },
        put: { operationId: "b", parameters: [header("H")], responses: done },
      },
    });
  });

  it("follows references to path items, and lets each operationId stand once", () => {
    const get = { operationId: "read", responses: done };
    const { operationId: _, ...anonymous } = get;
    const pathItems = { Shared: { get } };
    const ref = { $ref: "#/components/pathItems/Shared" };
    expect(
      normalize(freeze(documentOf({ "/a": ref, "/b": ref }, { components: { pathItems } }))).document,
    ).toMatchObject({
      paths: { "/a": { get }, "/b": { get: anonymous } },
      components: { pathItems: { Shared: { get: anonymous } } },
    });
  });

  it("has the operations of webhooks in place, with an operationId where it is free; an extension is no path", () => {
    const get = { operationId: "read", responses: done };
    const { operationId: _, ...anonymous } = get;
    const webhooks = {
      first: { get },
      second: { get: { ...get, operationId: "told" } },
      third: { get: { ...get, operationId: "told" } },
      fourth: { get: { ...get, operationId: "50%" } },
      fifth: { $ref: "#/webhooks/second" },
    };
    const { document } = normalize(freeze(documentOf({ "/x": { get }, "x-a": { get } }, { webhooks })));
    expect(document.paths).toEqual({ "/x": { get } });
    expect(document.webhooks).toEqual({
      first: { get: anonymous },
      second: { get: { ...get, operationId: "told" } },
      third: { get: anonymous },
      fourth: { get: anonymous },
      fifth: { get: anonymous },
    });
  });

  it("puts the schema of a parameter in JSON where schemas of parameters stand", () => {
    const schema = { type: "array", items: { $ref: "#/components/schemas/Item" } };
    const json = (name: string, media: JsonObject) => ({ name, in: "query", content: { "application/json": media } });
    const text = { name: "c", in: "query", content: { "text/plain": { schema } } };
    const parameters = { Shared: json("d", { schema }) };
    const rest = { components: { schemas: { Item: { type: "string" } }, parameters } };
    const document = documentWith({ parameters: [json("a", { schema }), json("b", {}), text] }, rest);
    const normalized = normalize(freeze(document)).document;
    expect(normalized.paths).toEqual(
      documentWith({ parameters: [parameter("a", { schema }), parameter("b", { schema: {} }), text] }).paths,
    );
    expect(normalized.components).toMatchObject({ parameters: { Shared: parameter("d", { schema }) } });
  });

  it("puts the target in the place of a component that only refers to it", () => {
    const parameters = { Alias: { $ref: "#/components/parameters/Real" }, Real: parameter("a") };
    const schemas = { Alias: { $ref: "#/components/schemas/Real" }, Real: { type: "string" } };
    const { document: normalized } = normalize(freeze(documentOf({}, { components: { parameters, schemas } })));
    expect(normalized.components).toEqual({ parameters: { Alias: parameter("a"), Real: parameter("a") }, schemas });
  });
});
