import { describe, expect, it } from "vitest";
import { buildModel } from "../../generator/build-model.js";
import { credentialVariables, ownFlags } from "../../generator/command-names.js";
import { codeSamples } from "../../generator/docs/samples.js";
import { assignNames } from "../../generator/names.js";
import { optionsOf } from "../../generator/runtime/cli-arguments.js";
import type { CliCommand } from "../../generator/runtime/cli-program.js";
import { jsonContent, textFlag } from "../../generator/runtime/cli-readers.js";
import { simple } from "../../generator/runtime/style.js";

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

/** A command without an input, and one with all that brings a flag. */
const bare: CliCommand = {
  name: "bare",
  operation: { operationId: "bare", method: "GET", path: "/a", parameters: [], responses: [] },
  security: [],
  flags: [],
};
const whole: CliCommand = {
  ...bare,
  operation: {
    ...bare.operation,
    parameters: [{ name: "Content-Type", key: "contentType", in: "header", style: simple, schema: { type: () => {} } }],
  },
  body: { contents: [{ mediaType: "application/json", read: jsonContent, fields: [{ name: "a", read: textFlag }] }] },
  items: async function* () {},
};

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

  it("leave to a command the flags of its own, which are those that the command line knows", () => {
    const text = { schema: { type: "object", properties: { a: { type: "string" } } } };
    const known = Object.keys(optionsOf(whole));
    const parameters = known.map((name) => ({ name, in: "query", schema: { type: "string" } }));
    const { model, names } = named({
      "/a": { get: { operationId: "bare", responses: {} } },
      "/b": {
        post: {
          operationId: "whole",
          "x-pagination": { style: "link", items: "" },
          parameters,
          requestBody: { content: { "application/json": text, "application/x-www-form-urlencoded": text } },
          responses: { 200: { description: "", content: { "application/json": { schema: { type: "array" } } } } },
        },
      },
    });
    const [first, second] = model.operations;
    if (!first || !second) throw new Error("no operation");
    expect([...ownFlags(first)].sort()).toEqual(Object.keys(optionsOf(bare)).sort());
    expect([...ownFlags(second)].sort()).toEqual(known.sort());
    expect(second.parameters.map(names.operation(second).flag).sort()).toEqual(known.map((name) => `query-${name}`));
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

  it.each([
    ["museum", "MuseumPlaceholderAuth", "MUSEUM_MUSEUM_PLACEHOLDER_AUTH"],
    ["@zoo/2-pets", "user.name", "_2_PETS_USER_NAME"],
  ])("are those that a sample of %s reads: of the package, then of the credential", (packageName, scheme, name) => {
    const { model, names } = named(
      { "/a": { get: { operationId: "a", responses: {} } } },
      { [scheme]: { type: "http", scheme: "basic" } },
    );
    const [basic] = model.securitySchemes;
    if (!basic) throw new Error("no scheme");
    const variables = credentialVariables(packageName, basic, names.variable(basic));
    expect(variables).toEqual({ user: `${name}_USERNAME`, secret: `${name}_PASSWORD` });
    const [{ samples = [] } = {}] = codeSamples(model, names, packageName);
    expect(samples).toHaveLength(3);
    for (const { source } of samples) {
      expect(new Set(source.match(/\b[A-Z\d_]+_(?:USERNAME|PASSWORD)\b/g))).toEqual(new Set(Object.values(variables)));
    }
  });
});
