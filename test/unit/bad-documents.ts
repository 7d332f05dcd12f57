/** Documents that people have by mistake or by malice, and what is said of each. */

/** A document that is sound: most of the others are it with one thing wrong. */
export const good = [
  "openapi: 3.1.0",
  'info: { title: Notes, version: "1" }',
  "paths:",
  "  /notes:",
  "    get:",
  "      operationId: listNotes",
  '      responses: { "204": { description: Done } }',
  "",
].join("\n");

/** One document. */
export interface BadDocument {
  /** Undefined where there is none, null where there is a folder. */
  readonly content: string | Uint8Array | undefined | null;
  /** `.yaml`, if it is no other. */
  readonly extension?: ".json";
  /** Each finding: `code message`, and its place, without the name of the file. */
  readonly says: readonly (readonly [finding: string, place: string])[];
}

const bad = (content: BadDocument["content"], finding: string, place: string): BadDocument => ({
  content,
  says: [[finding, place]],
});
const json = (content: string, finding: string, place: string): BadDocument => ({
  ...bad(content, finding, place),
  extension: ".json",
});
const fine = (content: string | Uint8Array, ...says: BadDocument["says"]): BadDocument => ({ content, says });

const withLines = (...text: readonly string[]): string => `${good}${text.join("\n")}\n`;
const withSchema = (schema: string): string => withLines("components:", "  schemas:", `    A: ${schema}`);
const nested = (depth: number): string => withSchema(`${"{ items: ".repeat(depth)}{}${" }".repeat(depth)}`);
const reference = "10:16  #/components/schemas/A/$ref";
const referring = (target: string, finding: string): BadDocument =>
  bad(withSchema(`{ $ref: "${target}" }`), finding, reference);

/** Each line is ten times the one before it. */
const laughs = ["a", "b", "c", "d", "e", "f", "g", "h", "i"].map((name, index, names) => {
  const item = index === 0 ? "ha" : `*${names[index - 1]}`;
  return `x-${name}: &${name} [${Array.from({ length: 10 }, () => item).join(", ")}]`;
});

/** By name: those of which no client can be made. */
export const refused: Readonly<Record<string, BadDocument>> = {
  "no-file": bad(undefined, "spec-not-found docs/no-file.yaml cannot be read: it does not exist.", ""),
  "a-folder": bad(null, "spec-not-found docs/a-folder.yaml cannot be read: it is a folder.", ""),
  empty: bad("", "spec-syntax docs/empty.yaml is empty.", "1:1  #"),
  comments: bad("# nothing\n", "spec-syntax docs/comments.yaml is empty.", "1:1  #"),
  "no-yaml": bad("a: [1\nb: }\n", "spec-syntax Deficient indentation.", "2:1  #"),
  "no-json": json('{ "openapi": "3.1.0",, }', "spec-syntax Expected the node content, but found ','.", "1:22  #"),
  "no-text": bad(
    new Uint8Array([0x61, 0x0a, 0xe9, 0x0a]),
    "spec-syntax docs/no-text.yaml cannot be read: it is not text in UTF-8.",
    "2:1  #",
  ),
  "a-list": bad("- openapi\n", "spec-version docs/a-list.yaml holds no object at its top level.", "1:1  #"),
  "no-openapi": bad("name: x\n", "spec-version docs/no-openapi.yaml has no `openapi` at its top level.", "1:1  #"),
  "swagger-2": bad(
    good.replace("openapi: 3.1.0", 'swagger: "2.0"'),
    "spec-version The document is Swagger 2.0.",
    "1:1  #/swagger",
  ),
  "openapi-4": bad(good.replace("3.1.0", "4.0.0"), 'spec-version `openapi` is "4.0.0".', "1:1  #/openapi"),
  "a-number": bad(good.replace("3.1.0", "4.1"), "spec-version `openapi` is the number 4.1.", "1:1  #/openapi"),
  "wrong-kind": bad(
    good.replace("    get:", "    get: [1]\n    put:"),
    "spec-shape `get` is a list; an Operation Object belongs there",
    "5:5  #/paths/~1notes/get",
  ),
  "broken-ref": referring("#/components/schemas/Lost", "ref-unresolved `#/components/schemas/Lost` names nothing."),
  "broken-file": referring("lost.yaml#/A", "ref-unresolved `lost.yaml#/A` cannot be read: it does not exist."),
  "nothing-but-itself": referring(
    "#/components/schemas/A",
    "ref-unresolved `#/components/schemas/A` leads back to itself.",
  ),
  "parameters-in-a-circle": bad(
    withLines(
      ...["components:", "  parameters:", '    A: { $ref: "#/components/parameters/B" }'],
      '    B: { $ref: "#/components/parameters/A" }',
    ),
    "ref-unresolved `#/components/parameters/A` leads back to itself, by way of `#/components/parameters/B`.",
    "10:16  #/components/parameters/A/$ref",
  ),
  "alias-of-itself": bad(
    withLines("x-a: &a", "  b: *a"),
    "spec-syntax An alias stands for something that contains it.",
    "9:3  #/x-a/b",
  ),
  "billion-laughs": bad(
    withLines(...laughs),
    "spec-syntax With its aliases written out the document has more than 1000000 values.",
    "13:39  #/x-f/7",
  ),
  "deep-100": bad(nested(100), "spec-syntax It is nested more than 100 deep.", "10:874  #"),
  "deep-json": json(
    `{"openapi":"3.1.0","x":${"[".repeat(9999)}${"]".repeat(9999)}}`,
    "spec-syntax It is nested more than 100 deep.",
    "1:122  #",
  ),
  "key-twice": bad(withLines("info: {}"), "spec-syntax The key stands twice in one object.", "8:1  #/info"),
  "key-twice-json": json(
    '{"openapi": "3.1.0",\n "paths": {},\n "paths": {} }',
    "spec-syntax The key stands twice in one object.",
    "3:3  #",
  ),
  address: referring(
    "http://127.0.0.1:9/latest/meta-data/",
    "ref-outside `http://127.0.0.1:9/latest/meta-data/` leads to http://127.0.0.1:9.",
  ),
  "secure-address": referring(
    "https://example.com/a.yaml#/A",
    "ref-outside `https://example.com/a.yaml#/A` leads to https://example.com.",
  ),
  "file-address": referring("file:///etc/hostname", "ref-outside `file:///etc/hostname` leads to file:."),
  outside: referring(
    "../redocly.yaml#/apis",
    "ref-outside `../redocly.yaml#/apis` leads out of the document's folder.",
  ),
};

/** By name: those that mean something plain, so that a client is made of them. */
export const accepted: Readonly<Record<string, BadDocument>> = {
  "openapi-3-2": fine(good.replace("3.1.0", "3.2.0")),
  "openapi-3-1": fine(good.replace("3.1.0", "3.1"), [
    'spec-mended `openapi` is the number 3.1: it is read as "3.1.0"',
    "1:1  #/openapi",
  ]),
  bom: fine(Buffer.from(`\ufeff${good}`)),
  crlf: fine(good.replaceAll("\n", "\r\n")),
  "utf-16": fine(Buffer.from(`\ufeff${good}`, "utf16le")),
  "deep-40": fine(nested(40)),
  circle: fine(withSchema('{ properties: { a: { $ref: "#/components/schemas/A" } } }')),
  "part-of-itself": fine(withSchema('{ allOf: [{ $ref: "#/components/schemas/A" }] }'), [
    "spec-mended this leads back to the schema that it is a part of; it is left out",
    "10:18  #/components/schemas/A/allOf/0",
  ]),
  "one-id-twice": fine(withLines("  /others:", "    get:", "      operationId: listNotes", "      responses: {}"), [
    "name-changed operation `listNotes` is named `listNotes2`, because `listNotes` is taken",
    "9:5  #/paths/~1others/get",
  ]),
  "no-id": fine(good.replace("      operationId: listNotes\n", "")),
  nothing: fine(
    `${good.slice(0, good.indexOf("paths:"))}paths: null\ncomponents: null\n`,
    ["spec-mended `paths` is null: it is left out", "3:1  #/paths"],
    ["spec-mended `components` is null: it is left out", "4:1  #/components"],
  ),
};
