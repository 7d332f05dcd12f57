import { describe, expect, it } from "vitest";
import { mend } from "../../generator/mend.js";
import type { Json } from "../../generator/model.js";
import { mended } from "./mended.js";

const responses = { "200": { description: "ok" } };
const get = "#/paths/~1{id}/get";
const nothing = (list: string, index: number) =>
  `spec-mended ${list}/${index}: entry ${index} of \`${list.split("/").at(-1)}\` is null: it is left out`;

describe("an entry that is null", () => {
  it("is left out of tags, servers, parameters and requirements", () => {
    const id = { name: "id", in: "path", required: true, schema: {} };
    const operation = {
      tags: [null, "pets", null],
      parameters: [null, id],
      security: [{ key: [null, "read"] }, null],
      responses,
    };
    const { document, findings } = mended({ servers: [null, { url: "/v1" }], paths: { "/{id}": { get: operation } } });
    expect(document).toMatchObject({
      servers: [{ url: "/v1" }],
      paths: { "/{id}": { get: { tags: ["pets"], parameters: [id], security: [{ key: ["read"] }] } } },
    });
    expect(findings).toEqual([
      nothing(`${get}/tags`, 0),
      nothing(`${get}/tags`, 2),
      nothing(`${get}/parameters`, 0),
      nothing(`${get}/security/0/key`, 0),
      nothing(`${get}/security`, 1),
      nothing("#/servers", 0),
    ]);
  });

  it("does not move the places of those behind it", () => {
    const queried = (name: string, more: Json) => ({ name, in: "query", schema: { type: more } });
    const written = {
      ...{ openapi: "3.1.0", info: { title: "t", version: "1" } },
      paths: {
        a: {
          GET: {
            responses,
            servers: [null, null, { url: "/v1", variables: { v: { default: "a", enum: [null, "a", 7] } } }],
            parameters: [null, queried("a", "Int"), null, null, { name: "b", in: "Query", type: "Text" }, {}, 7],
          },
        },
      },
    };
    const { document, diagnostics, locate } = mend(written, (pointer) => ({ pointer }));
    const at = "#/paths/a/GET";
    expect(diagnostics.slice(2).map(({ pointer, message }) => `${pointer}: ${message}`)).toEqual([
      `${at}/servers/0: entry 0 of \`servers\` is null: it is left out`,
      `${at}/servers/1: entry 1 of \`servers\` is null: it is left out`,
      `${at}/servers/2/variables/v/enum/0: entry 0 of \`enum\` is null: it is left out`,
      `${at}/servers/2/variables/v/enum/2: entry 2 of \`enum\` is a number: it is read as "7"`,
      `${at}/parameters/0: entry 0 of \`parameters\` is null: it is left out`,
      `${at}/parameters/1/schema/type: \`type\` is "Int": it is read as "integer"`,
      `${at}/parameters/2: entry 2 of \`parameters\` is null: it is left out`,
      `${at}/parameters/3: entry 3 of \`parameters\` is null: it is left out`,
      `${at}/parameters/4: a parameter has \`type\` and no \`schema\`: it is read as its own schema`,
      `${at}/parameters/4/in: \`in\` is "Query": it is read as "query"`,
      `${at}/parameters/4/type: \`type\` is "Text": it is read as "string"`,
      `${at}/parameters/6: entry 6 of \`parameters\` is a number; a Parameter Object belongs there`,
    ]);
    expect(document.paths).toMatchObject({
      "/a": { get: { parameters: [queried("a", "integer"), queried("b", "string"), {}, 7] } },
    });
    const now = "#/paths/~1a/get";
    for (const [pointer, was] of [
      [`${now}/parameters/0/schema/type`, `${at}/parameters/1/schema/type`],
      [`${now}/parameters/1/schema/type`, `${at}/parameters/4/type`],
      [`${now}/parameters/2`, `${at}/parameters/5`],
      [`${now}/servers/0/variables/v/enum/1`, `${at}/servers/2/variables/v/enum/2`],
      [`${now}/responses/200`, `${at}/responses/200`],
    ]) {
      expect(locate(pointer ?? "").pointer).toBe(was);
    }
  });
});
