import { describe, expect, it } from "vitest";
import { buildModel } from "../../generator/build-model.js";
import { assignNames } from "../../generator/names.js";

function named(paths: object, securitySchemes: object = {}) {
  const security = Object.keys(securitySchemes).map((name) => ({ [name]: [] }));
  const document = {
    openapi: "3.1.0",
    info: { title: "t", version: "1" },
    paths,
    security,
    components: { securitySchemes },
  };
  const { model } = buildModel(JSON.parse(JSON.stringify(document)), () => ({}));
  return { model, ...assignNames(model) };
}

describe("the names of a command", () => {
  it("are its function's and its inputs', in small letters of any alphabet", () => {
    const parameters = ["X-Time-Zone", "pageSize", "语言", "__proto__", "日期_from"].map((name) => ({
      name,
      in: "query",
      schema: {},
    }));
    const { model, names } = named({ "/a": { get: { operationId: "exportHTTPTickets", parameters, responses: {} } } });
    const [operation] = model.operations;
    if (!operation) throw new Error("no operation");
    const own = names.operation(operation);
    expect(own.command).toBe("export-http-tickets");
    expect(operation.parameters.map(own.flag)).toEqual(["x-time-zone", "page-size", "语言", "proto", "日期from"]);
  });

  it("give way to common flags, to each other, and to what turns a switch off; each is told", () => {
    const wanted = [
      ["help", {}],
      ["out", {}],
      ["quiet", { type: "boolean" }],
      ["noQuiet", { type: "string" }],
      ["no-fast", { type: "string" }],
      ["fast", { type: "boolean" }],
      ["aX_y", {}],
      ["aXy", {}],
    ].map(([name, schema]) => ({ name, in: "query", schema }));
    const { model, names, diagnostics } = named({
      "/a": { get: { operationId: "a", parameters: wanted, responses: {} } },
    });
    const [operation] = model.operations;
    if (!operation) throw new Error("no operation");
    const given = ["query-help", "query-out", "quiet", "query-no-quiet", "no-fast", "query-fast", "a-xy", "query-a-xy"];
    expect(operation.parameters.map(names.operation(operation).flag)).toEqual(given);
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toContain(
      "name-changed: the flag of parameter `out` in query is named `--query-out`, because `--out` is taken",
    );
    expect(diagnostics).toHaveLength(5);
  });

  it("are variables of the environment, none the same for two credentials", () => {
    const key = { type: "apiKey", in: "header" };
    const { model, names } = named(
      {},
      {
        token: { ...key, name: "a" },
        tokenFile: { ...key, name: "b" },
        "base-url": { ...key, name: "c" },
        密钥: { ...key, name: "d" },
        Token: { ...key, name: "e" },
      },
    );
    expect(model.securitySchemes.map(names.variable)).toEqual([
      "TOKEN",
      "TOKEN_FILE_2",
      "BASE_URL_2",
      "UNNAMED",
      "TOKEN_2",
    ]);
  });
});
