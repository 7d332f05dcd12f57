/** What the README of a package says of its operations is what the package has. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildModel } from "../../generator/build-model.js";
import { emitReadme } from "../../generator/emit/readme.js";
import { assignNames } from "../../generator/names.js";
import type { JsonObject } from "../../generator/openapi.js";
import type { Operation } from "../../generator/runtime/descriptor.js";
import { makePackages, type Packages, unchecked } from "./packages.js";

const fixtures = ["all-optional", "bodies", "pagination", "tags", "views"];

let packages: Packages;
beforeAll(async () => {
  packages = await makePackages(fixtures, unchecked);
});
afterAll(() => packages?.remove());

const readmeOf = async (name: string): Promise<string> => (await packages.files(name)).get("README.md") ?? "";

/** The sections of a README by function: its heading, and what stands below. */
function sectionsOf(readme: string): ReadonlyMap<string, string> {
  const parts = readme.split(/\n(?=##)/).map((text) => [/^#{3,4} `(\w+)\(/.exec(text)?.[1], text] as const);
  return new Map(parts.flatMap(([name, text]) => (name === undefined ? [] : [[name, text] as const])));
}

/** Function names of a package, with their descriptors. */
async function operationsOf(name: string): Promise<ReadonlyMap<string, Operation & { readonly contents?: object[] }>> {
  const { exports } = await packages.load(name);
  const descriptors = Object.entries(exports).filter(([own]) => own.endsWith("Operation"));
  return new Map(descriptors.map(([own, value]) => [own.slice(0, -"Operation".length), value as Operation]));
}

const textOf = (document: JsonObject): string => {
  const { model } = buildModel({ openapi: "3.1.0", ...document }, () => ({}));
  const readme = emitReadme(model, assignNames(model).names, "pets");
  return "text" in readme ? readme.text : "";
};
const responses = { "204": { description: "Done" } };

describe.each(fixtures)("the README of %s", (name) => {
  it("has a row for each input of each operation", async () => {
    const sections = sectionsOf(await readmeOf(name));
    const operations = await operationsOf(name);
    expect([...sections.keys()].sort()).toEqual([...operations.keys()].sort());
    for (const [own, { parameters, contents }] of operations) {
      const rows = [...(sections.get(own) ?? "").matchAll(/^\| `(.+?)` \|/gm)].map(([, key]) => key);
      const keys = parameters.map(({ key }) => key).concat(contents ? ["body"] : []);
      expect(rows, own).toEqual(keys);
    }
  });

  it("says where the whole input may be left out, as the signature does, and leaves it out", async () => {
    const files = await packages.files(name);
    const sources = [...files].flatMap(([path, text]) => (path.startsWith("src/operations/") ? [text] : [])).join("\n");
    const readme = await readmeOf(name);
    for (const [own, section] of sectionsOf(readme)) {
      const [, sign] = new RegExp(`function ${own}<[^(]*\\(\\s*client: [^\\n]*\\s*input(\\??):`).exec(sources) ?? [];
      expect(section, own).toContain(`\`${own}(client, input${sign ?? " is nowhere"}, options?)\``);
    }
    expect(readme).not.toContain("(client, {})");
  });
});

describe("the README of a package with several tags", () => {
  it("has the operations below their tags, each with the entry that has them", async () => {
    const readme = await readmeOf("tags");
    const tags = readme.split(/\n(?=###? )/).filter((text) => text.startsWith("### "));
    const facts = /^(### .*|`import .*|#### `\w+|Here, too: .*)/gm;
    expect(tags.flatMap((text) => text.match(facts))).toEqual([
      ...["### repos", '`import { … } from "tags/repos"`', "#### `reposGetContent", "#### `reposDeleteContent"],
      ...["### git", '`import { … } from "tags/git"`', "#### `gitListObjects", "Here, too: `reposDeleteContent`."],
      ...["### node", '`import { … } from "tags/node-2"`', "#### `listNodes"],
      ...["### \\../../Repos", '`import { … } from "tags/repos-2"`', "Here, too: `listNodes`."],
      ...["### 名前", '`import { … } from "tags/unnamed"`', "Here, too: `listNodes`."],
      ...["### Others", '`import { … } from "tags"`', "#### `plain"],
    ]);
    const entries = [...readme.matchAll(/from "tags(\/.*)?"`$/gm)].map(([, subpath = ""]) => `.${subpath}`);
    const manifest = JSON.parse((await packages.files("tags")).get("package.json") ?? "") as { exports: object };
    expect(Object.keys(manifest.exports)).toEqual(expect.arrayContaining(entries));
  });

  it("is a flat list where there is one tag, or none", async () => {
    expect(await readmeOf("all-optional")).toMatch(/^### `optional\(/m);
    expect(await readmeOf("all-optional")).not.toContain("import { … }");
  });
});

describe("the README of a terse document", () => {
  it("says what the package is once, and has no gap where a text is missing", () => {
    const paths = { "/pets": { get: { operationId: "listPets", responses } } };
    const terse = textOf({ info: { title: "Pets", version: "1" }, paths });
    expect(terse).toMatch(/^# pets\n\nTyped functions for Pets: /);
    expect(terse).toContain("### `listPets(client, input?, options?)`\n\n`GET /pets`\n\n## What to know");
    const blank = { summary: " ", title: "Pets", version: "1" };
    expect(textOf({ info: blank, paths })).toBe(terse);
  });

  it("has the summaries of one that is not", () => {
    const paths = { "/pets": { get: { operationId: "listPets", summary: "All pets", responses } } };
    const text = textOf({ info: { title: "Pets", summary: "A kennel.", version: "1" }, paths });
    expect(text).toMatch(/^# pets\n\nA kennel\.\n\nTyped functions for Pets: /);
    expect(text).toContain("options?)`\n\nAll pets\n\n`GET /pets`\n\n");
  });
});

describe("the input `contentType`", () => {
  it("has the media types that it may be, and the one that is meant without it", async () => {
    const sections = sectionsOf(await readmeOf("bodies"));
    expect(sections.get("sendChoice")).toContain(
      "| `contentType` | string | one of `application/json`, `text/plain`, `image/*` | Media type of the body; `application/json` where none is given. |",
    );
    expect(sections.get("sendImage")).toContain(
      "| `contentType` | string | one of `image/*` | Media type of the body. |",
    );
  });
});
