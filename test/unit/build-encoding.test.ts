import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import type { JsonObject } from "../../generator/openapi.js";
import { build, documentOf, done } from "./document.js";

const nested = { type: "object", properties: { k: { type: "string" } } };
const properties = { text: { type: "string" }, list: { type: "array", items: { type: "string" } }, nested };

/** What is told of the encodings of a form, each as `place: message`. */
function notesOf(encoding: JsonObject, mediaType = "multipart/form-data", more: JsonObject = {}, openapi = "3.1.0") {
  const schema: Json = { type: "object", properties, ...more };
  const requestBody = { content: { [mediaType]: { schema, encoding } } };
  const { diagnostics } = build(documentOf({ "/x": { post: { requestBody, responses: done } } }, { openapi }));
  return diagnostics.map(({ code, pointer, message }) => {
    expect(code).toBe("coverage-not-honoured");
    return `${pointer?.split("/encoding/")[1]}: ${message}`;
  });
}

const urlencoded = "application/x-www-form-urlencoded";

it("an encoding of no property is told, where the schema says which there are", () => {
  const told = ["typo: the encoding of `typo` is of no property of the schema"];
  for (const mediaType of ["multipart/form-data", urlencoded]) {
    expect(notesOf({ typo: {}, text: {} }, mediaType)).toEqual(told);
    expect(notesOf({ typo: {} }, mediaType, { additionalProperties: { type: "string" } })).toEqual([]);
    expect(notesOf({ typo: {} }, mediaType, { properties: {} })).toEqual([]);
    expect(notesOf({ part: {} }, mediaType, { allOf: [{ properties: { part: {} } }] })).toEqual([]);
  }
});

describe("a style of a part", () => {
  const told = (name: string) =>
    `${name}: the encoding of \`${name}\` has a style: items are parts of one name all the same, objects are JSON`;

  it("is told where it asks for anything but items that are parts of one name", () => {
    expect(
      notesOf({ list: { explode: false }, nested: { style: "deepObject" }, text: { allowReserved: true } }),
    ).toEqual(["list", "nested", "text"].map(told));
    expect(notesOf({ nested: { style: "form" } })).toEqual([told("nested")]);
    expect(notesOf({ list: { style: "form" }, text: { explode: true } })).toEqual([]);
  });

  it("is ignored in OpenAPI 3.0, as the specification asks, and honoured in a form that is text", () => {
    const encoding = { list: { explode: false }, nested: { style: "deepObject" } };
    expect(notesOf(encoding, "multipart/form-data", {}, "3.0.3")).toEqual([]);
    expect(notesOf(encoding, urlencoded)).toEqual([]);
  });
});

describe("a media type of a property", () => {
  const other = (name: string) =>
    `${name}/contentType: the encoding of \`${name}\` names another media type than JSON, as which it is sent`;

  it("that is not what its value is sent as is told", () => {
    const encoding = { nested: { contentType: "application/xml" }, text: { contentType: "application/xml" } };
    expect(notesOf(encoding)).toEqual([other("nested")]);
    expect(notesOf(encoding, urlencoded)).toEqual([other("nested")]);
    expect(notesOf({ nested: { contentType: "application/vnd.a+json" } })).toEqual([]);
    const rows = { type: "array", items: nested };
    expect(notesOf({ rows: { contentType: "text/csv" } }, urlencoded, { properties: { rows } })).toEqual([
      other("rows"),
    ]);
  });

  it("that is one of several is told: it is not checked", () => {
    const what = "names media types to choose from: which one a value has is not checked";
    for (const contentType of ["image/png, image/gif", "image/*"]) {
      expect(notesOf({ text: { contentType } })).toEqual([`text/contentType: the encoding of \`text\` ${what}`]);
      expect(notesOf({ text: { contentType } }, urlencoded)).toEqual([]);
    }
  });
});

it("a header of a part that a document describes is told, but for its media type", () => {
  const headers = {
    "X-Hash": { schema: { type: "string", maxLength: 8 } },
    "X-Json": { content: { "application/json": { schema: {} } } },
    "X-Needed": { required: true },
    "X-Free": { description: "d" },
    "content-type": { schema: { type: "string" } },
  };
  const what = "of a part is the caller's to give, with `part`; it is not checked";
  expect(notesOf({ text: { headers } })).toEqual(
    ["X-Hash", "X-Json", "X-Needed"].map((name) => `text/headers/${name}: header \`${name}\` ${what}`),
  );
});
