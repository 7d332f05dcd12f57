import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadSpec } from "../../generator/load.js";
import { type Prism, startPrism } from "../support/prism.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const target = "/v2/servicerequest/cases/export?language=zh-cn&timezone=GMT%2B8";
let prism: Prism;

beforeAll(async () => {
  prism = await startPrism(`${repository}spec/openapi.yaml`);
});
afterAll(() => prism?.stop());

function get(headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(prism.url + target, { headers });
}

test.each([undefined, "*/*", "application/octet-stream"])(
  "the mock serves the CSV byte for byte: Accept %s",
  async (accept) => {
    const response = await get({ "X-Auth-Token": "t", ...(accept ? { Accept: accept } : {}) });
    const { document } = await loadSpec("spec/openapi.yaml", { cwd: repository });
    const { components } = document as { components: { examples: { "service-tickets": { value: string } } } };
    expect(response.status).toBe(200);
    expect(response.headers.get("sl-violations")).toBeNull();
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("content-disposition")).toContain("filename*=UTF-8''");
    expect(Buffer.from(await response.arrayBuffer())).toEqual(
      Buffer.from(components.examples["service-tickets"].value),
    );
  },
);

test("the mock serves the envelope with 200", async () => {
  const response = await get({ "X-Auth-Token": "t", Accept: "application/json" });
  expect(response.status).toBe(200);
  expect(response.headers.get("sl-violations")).toBeNull();
  expect(await response.json()).toMatchObject({ error_code: "OSM.01010001" });
});

test.each([400, 401, 403, 429, 500])("the mock serves %d when asked", async (status) => {
  const response = await get({ "X-Auth-Token": "t", Prefer: `code=${status}` });
  expect(response.status).toBe(status);
  expect(response.headers.get("retry-after")).toBe(status === 429 ? "1" : null);
  expect(await response.json()).toMatchObject({ error_code: expect.any(String), error_msg: expect.any(String) });
});

test("the mock wants a token", async () => {
  const response = await get({});
  expect(response.status).toBe(401);
  expect(response.headers.get("sl-violations")).toContain("x-auth-token");
});
