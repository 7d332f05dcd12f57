import { getLineColLocation, Source } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import { JsonSource } from "../../generator/json-source.js";
import { loadSpec } from "../../generator/load.js";
import { childPointer, pointerKeys } from "../../generator/place.js";
import { findingsOf, folderOf } from "./load-folder.js";

const text = String.raw`  {
  "plain": "a \"quoted\" , ] } text \\", "e\u0073caped\"": [ 1, -2.5e3 ,true,null, "\\\\" ],
  "empty": {}, "none": [], "": { "/~": [ [ ], [ { "deep" : { "er": 0 } } ] ] }
 ,"last":false }

`;

function pointersOf(value: unknown, pointer = "#/"): readonly string[] {
  if (typeof value !== "object" || value === null) return [pointer];
  return [pointer, ...Object.entries(value).flatMap(([key, item]) => pointersOf(item, childPointer(pointer, key)))];
}

describe("a text of JSON", () => {
  it.each([
    ["with line feeds", text],
    ["with carriage returns", text.replaceAll("\n", "\r\n")],
    ["in one line", JSON.stringify(JSON.parse(text))],
  ])("%s has each thing where the parser of YAML finds it", (_, body) => {
    const json = new JsonSource("spec.json", body);
    const yaml = new Source("spec.json", body);
    const pointers = pointersOf(json.parse());
    expect(pointers.length).toBeGreaterThan(15);
    for (const pointer of [...pointers, "#/plain/absent", "#/none/7", "#/absent"]) {
      for (const reportOnKey of [true, false]) {
        const [ours, theirs] = [json, yaml].map((source) => getLineColLocation({ source, pointer, reportOnKey }).start);
        expect({ pointer, start: ours }).toEqual({ pointer, start: theirs });
        const { line, col: column } = theirs ?? {};
        expect({ pointer, ...json.placeOf(pointerKeys(pointer), reportOnKey) }).toEqual({ pointer, line, column });
      }
    }
  });

  it.each([
    ["YAML", "{ a: 1 }"],
    ["a key twice", '{ "a": { "b": 1, "b": 2 } }'],
    ["a key twice, once escaped", '{ "b": 1, "\\u0062": 2 }'],
    ["a number without end", '{ "a": 1e999 }'],
    ["half of it", '{ "a": '],
  ])("is none: %s", (_, body) => {
    expect(new JsonSource("spec.json", body).parse()).toBeUndefined();
  });

  it("is the same document as it is in YAML", () => {
    expect(new JsonSource("spec.json", text).parse()).toEqual(JSON.parse(text));
  });

  it("with a key twice is told where", async () => {
    const spec = '{ "openapi": "3.1.0", "info": { "title": "A", "version": "1" },\n  "paths": {},\n  "paths": {} }';
    const cwd = await folderOf({ "spec.json": spec });
    expect(await findingsOf(loadSpec("spec.json", { cwd }))).toMatchObject([
      { code: "spec-syntax", file: "spec.json", line: 3, column: 4 },
    ]);
  });
});
