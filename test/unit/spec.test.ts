import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadSpec } from "../../generator/load.js";
import { type Row, rows, statuses } from "./spec-table.js";

type Node = { readonly [key: string]: unknown };

const repository = fileURLToPath(new URL("../../", import.meta.url));
const spec = await loadSpec("spec/openapi.yaml", { cwd: repository });
const paths = at(spec.document, "paths");
const operation = at(paths, "/v2/servicerequest/cases/export", "get");
const parameters = list(operation.parameters).map(follow);

test("one operation", () => {
  expect(spec.version).toBe("3.1");
  expect(Object.keys(paths)).toEqual(["/v2/servicerequest/cases/export"]);
  expect(Object.keys(at(paths, "/v2/servicerequest/cases/export"))).toEqual(["get"]);
  expect(operation.operationId).toBe("exportServiceTickets");
  expect(operation).not.toHaveProperty("requestBody");
});

describe("parameters", () => {
  test("are those of the table, in its order", () => {
    expect(parameters.map(({ name, in: place }) => [place, name])).toEqual(rows.map((row) => [row.in, row.name]));
  });

  test.each(rows)("$name: mandatory flag, type and bounds", (row) => {
    const parameter = parameterOf(row);
    const schema = follow(parameter.schema);
    expect(parameter.required ?? false).toBe(row.mandatory);
    expect(schema.type).toBe(row.type);
    expect(boundsOf(schema)).toEqual(keywordsOf(row));
    expect(schema.default).toBe(row.default);
  });

  test.each(rows)("$name: a description and an example", (row) => {
    const { description, example } = parameterOf(row);
    expect(description).toMatch(/\w{3,}.*\.$/s);
    expect(example).toBeDefined();
  });

  test("a list travels as repeated keys, and its items are strings of any length", () => {
    const sources = parameters.find(({ name }) => name === "tenant_source_id_list");
    expect(sources).toMatchObject({ style: "form", explode: true });
    expect(follow(sources?.schema).items).toEqual({ type: "string" });
  });

  test("the statuses have their values, names and texts", () => {
    const schema = at(spec.document, "components", "schemas", "ServiceTicketStatus");
    expect(schema.enum).toEqual(statuses.map(([value]) => value));
    expect(schema["x-enum-varnames"]).toEqual(statuses.map(([, name]) => name));
    expect(schema["x-enum-descriptions"]).toEqual(statuses.map(([, , english, chinese]) => `${english} (${chinese})`));
    expect(at(spec.document, "components", "parameters", "Status").schema).toEqual({
      $ref: "#/components/schemas/ServiceTicketStatus",
    });
  });
});

test("the token is a security scheme as well as a header", () => {
  expect(spec.document.security).toEqual([{ token: [] }]);
  expect(at(spec.document, "components", "securitySchemes", "token")).toMatchObject({
    type: "apiKey",
    in: "header",
    name: "X-Auth-Token",
  });
});

test("the host is a variable with the known hosts", () => {
  const [server] = list(spec.document.servers) as readonly Node[];
  const hosts = [
    "osm.eu-west-101.myhuaweicloud.eu",
    "osm.ap-southeast-3.myhuaweicloud.com",
    "osm.cn-south-1.myhuaweicloud.com",
  ];
  expect(server?.url).toBe("https://{host}");
  expect(at(server, "variables", "host")).toMatchObject({ default: hosts[0], enum: hosts });
});

describe("responses", () => {
  const responses = at(operation, "responses");
  const errors = ["400", "401", "403", "429", "500", "default"];

  test("are the documented ones", () => {
    expect(Object.keys(responses)).toEqual(["200", ...errors]);
  });

  test("200 is a file first, and an envelope of an error second", () => {
    const content = at(responses, "200", "content");
    expect(Object.keys(content)).toEqual(["application/octet-stream", "application/json"]);
    expect(at(content, "application/octet-stream")).not.toHaveProperty("x-error-envelope");
    expect(at(content, "application/json")).toMatchObject({
      "x-error-envelope": true,
      schema: { $ref: "#/components/schemas/ErrorEnvelope" },
    });
  });

  test.each(errors)("%s is an error", (status) => {
    const { content } = follow(responses[status]);
    expect(content).toMatchObject({ "application/json": { schema: { $ref: "#/components/schemas/ErrorEnvelope" } } });
  });

  test("the properties of an error have a meaning, and no length", () => {
    const schema = at(spec.document, "components", "schemas", "ErrorEnvelope");
    expect(schema.required).toEqual(["error_code", "error_msg"]);
    expect(Object.keys(at(schema, "properties"))).toEqual(["error_code", "error_msg", "request_id"]);
    expect(schema["x-error"]).toEqual({ code: "error_code", message: "error_msg", requestId: "request_id" });
    expect(JSON.stringify(schema)).not.toContain("maxLength");
  });

  test("every one has an example of its kind, every header too", () => {
    for (const status of Object.keys(responses)) {
      const { content, headers } = follow(responses[status]) as { content: Node; headers?: Node };
      for (const [type, media] of Object.entries(content)) {
        const examples = Object.values(at(media as Node, "examples")).map((example) => follow(example).value);
        expect(examples.length, `${status} ${type}`).toBeGreaterThan(0);
        const isError = type === "application/json";
        const errorLike = expect.objectContaining({ error_code: expect.any(String), error_msg: expect.any(String) });
        for (const example of examples) expect(example).toEqual(isError ? errorLike : expect.any(String));
      }
      for (const header of Object.values(headers ?? {})) expect(follow(header).example).toBeDefined();
    }
  });

  test("200 may name the file, 429 may say when to come back", () => {
    const disposition = follow(at(responses, "200", "headers")["Content-Disposition"]);
    expect(disposition).toMatchObject({ required: false, example: expect.stringContaining("filename*=UTF-8''%E5") });
    expect(follow(at(follow(responses["429"]), "headers")["Retry-After"])).toMatchObject({ required: false });
  });

  test("the file is a CSV with byte order mark, CRLF and Chinese", () => {
    const { csv } = at(responses, "200", "content", "application/octet-stream", "examples");
    const value = String(follow(csv).value);
    expect(value).toMatch(/^\uFEFF.*[\u4e00-\u9fff].*\r\n/);
    expect(value.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(value.endsWith("\r\n")).toBe(true);
  });
});

function parameterOf(row: Row): Node {
  const found = parameters.find(({ name, in: place }) => name === row.name && place === row.in);
  if (!found) throw new Error(`no parameter ${row.name}`);
  return found;
}

function boundsOf(schema: Node): Node {
  const bounds = ["minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems"];
  return Object.fromEntries(Object.entries(schema).filter(([key]) => bounds.includes(key)));
}

function keywordsOf({ type, bounds: [least, most] }: Row): Node {
  if (type === "string") return { minLength: least, maxLength: most };
  return type === "integer" ? { minimum: least, maximum: most } : { minItems: least, maxItems: most };
}

function follow(node: unknown): Node {
  const { $ref } = node as Node;
  if (typeof $ref !== "string") return node as Node;
  return follow(at(spec.document, ...$ref.slice(2).split("/")));
}

function at(node: unknown, ...keys: readonly string[]): Node {
  const found = keys.reduce<unknown>((parent, key) => (parent as Node)[key], node);
  if (typeof found !== "object" || found === null) throw new Error(`nothing at ${keys.join(" > ")}`);
  return found as Node;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error("no list");
  return value;
}
