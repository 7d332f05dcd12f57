import { once } from "node:events";
import { symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { loadSpec } from "../../generator/load.js";
import { resolve, valueAt } from "../../generator/openapi.js";
import { findingsOf, folderOf, head } from "./load-folder.js";

const schema = (ref: string): string => `${head}components: { schemas: { A: { $ref: "${ref}" } } }\n`;
const text = "type: string\n";

describe("a reference that leads nowhere has its place", () => {
  test.each([
    ["#/components/schemas/Nope", "`#/components/schemas/Nope` names nothing."],
    ["#anchor", "`#anchor` names nothing."],
    ["missing.yaml#/x", "`missing.yaml#/x` cannot be read: it does not exist."],
    ["sub", "`sub` cannot be read: it is a folder."],
    ["sub/text.yaml#/Nope", "`sub/text.yaml#/Nope` names nothing."],
  ])("%s", async (ref, message) => {
    const cwd = await folderOf({ "spec.yaml": schema(ref), "sub/text.yaml": text });
    const place = { file: "spec.yaml", line: 4, column: 37, pointer: "#/components/schemas/A/$ref" };
    expect(await findingsOf(loadSpec("spec.yaml", { cwd }))).toEqual([
      { code: "ref-unresolved", severity: "error", message, ...place },
    ]);
  });

  test("in another file", async () => {
    const cwd = await folderOf({ "spec.yaml": schema("a.yaml"), "a.yaml": 'items: { $ref: "b.yaml" }\n' });
    expect(await findingsOf(loadSpec("spec.yaml", { cwd }))).toEqual([
      expect.objectContaining({ code: "ref-unresolved", file: "a.yaml", line: 1, pointer: "#/items/$ref" }),
    ]);
  });

  test("all of them at once", async () => {
    const schemas = 'A: { $ref: "#/x" }, B: { $ref: "y.yaml" }, C: { $ref: "../z.yaml" }';
    const cwd = await folderOf({ "spec.yaml": `${head}components: { schemas: { ${schemas} } }\n` });
    const findings = await findingsOf(loadSpec("spec.yaml", { cwd }));
    expect(findings.map(({ code }) => code)).toEqual(["ref-unresolved", "ref-unresolved", "ref-outside"]);
  });

  test("a broken file is told once, at its own line", async () => {
    const schemas = 'A: { $ref: "b.yaml#/A" }, B: { $ref: "b.yaml#/B" }';
    const cwd = await folderOf({
      "spec.yaml": `${head}components: { schemas: { ${schemas} } }\n`,
      "b.yaml": "a: 1\n b: 2\n",
    });
    expect(await findingsOf(loadSpec("spec.yaml", { cwd }))).toEqual([
      expect.objectContaining({ code: "spec-syntax", file: "b.yaml", line: 2 }),
    ]);
  });

  describe("and is told alone where sound ones lead to it", () => {
    const told = async (files: Readonly<Record<string, string>>) => {
      const findings = await findingsOf(loadSpec("spec.yaml", { cwd: await folderOf(files) }));
      return findings.map(({ file, line, pointer, message }) => `${file}:${line} ${pointer}: ${message}`);
    };
    const answers = (...references: readonly string[]): string => {
      const written = references.map((ref, index) => `"${200 + index}": { $ref: "${ref}" }`).join(", ");
      return `paths: { /a: { get: { responses: { ${written} } } } }\n`;
    };
    const start = 'openapi: 3.1.0\ninfo: { title: Test, version: "1" }\n';

    test("in the document", async () => {
      const responses = '{ R: { $ref: "nosuch.yaml" }, Alias: { $ref: "#/components/responses/R" } }';
      const paths = answers("#/components/responses/R", "#/components/responses/Alias", "#/components/responses/R");
      expect(await told({ "spec.yaml": `${start}${paths}components: { responses: ${responses} }\n` })).toEqual([
        "spec.yaml:4 #/components/responses/R/$ref: `nosuch.yaml` cannot be read: it does not exist.",
      ]);
    });

    test("where only they lead to it", async () => {
      const own = 'x-a: { b~c: { $ref: "#/x-nosuch" } }\n';
      expect(await told({ "spec.yaml": `${start}${answers("#/x-a/b~0c", "#/x-a/b~0c")}${own}` })).toEqual([
        "spec.yaml:4 #/x-a/b~0c/$ref: `#/x-nosuch` names nothing.",
      ]);
    });

    test("in another file", async () => {
      const files = {
        "sub/hop.yaml": '{ A: { $ref: "../../out/s.yaml" } }\n',
        "hop.yaml": '$ref: "sub/hop.yaml#/A"\n',
      };
      expect(await told({ "spec.yaml": `${start}${answers("sub/hop.yaml#/A", "hop.yaml")}`, ...files })).toEqual([
        "sub/hop.yaml:1 #/A/$ref: `../../out/s.yaml` leads out of the document's folder.",
      ]);
    });
  });

  test("a circle of references, within the file and through others", async () => {
    const circle = '{ A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } }';
    const cwd = await folderOf({
      "circle.yaml": `${head}components: { schemas: ${circle} }\n`,
      "files.yaml": schema("a.yaml"),
      "a.yaml": "$ref: b.yaml\n",
      "b.yaml": "$ref: a.yaml\n",
    });
    const within = await findingsOf(loadSpec("circle.yaml", { cwd }));
    expect(within.map(({ code, pointer, message }) => [code, pointer, message])).toEqual([
      [
        "ref-unresolved",
        "#/components/schemas/A/$ref",
        "`#/components/schemas/A` leads back to itself, by way of `#/components/schemas/B`.",
      ],
    ]);
    expect(await findingsOf(loadSpec("files.yaml", { cwd }))).toEqual([
      {
        ...{ code: "ref-unresolved", severity: "error", file: "a.yaml", line: 1, column: 7, pointer: "#/$ref" },
        message: "`a.yaml` leads back to itself, by way of `b.yaml`.",
      },
    ]);
  });

  test("circles through parts of files, each once, and a file that is one alone", async () => {
    const refs = ["more/a.yaml#/A~1B", "more/a.yaml#/C", "alone.yaml", "sound.yaml"].map((ref) => `{ $ref: "${ref}" }`);
    const cwd = await folderOf({
      "spec.yaml": `${head}components: { schemas: { S: { oneOf: [${refs.join(", ")}] } } }\n`,
      "more/a.yaml": 'A/B: { $ref: "../b.yaml#/x/0" }\nC: { $ref: "#/A~1B" }\n',
      "b.yaml": 'x: [{ $ref: "more/a.yaml#/C" }]\n',
      "alone.yaml": "$ref: alone.yaml\n",
      "sound.yaml": "type: string\n",
    });
    const findings = await findingsOf(loadSpec("spec.yaml", { cwd }));
    expect(findings.map(({ file, line, pointer, message }) => [`${file}:${line} ${pointer}`, message])).toEqual([
      [
        "more/a.yaml:1 #/A~1B/$ref",
        "`more/a.yaml#/A~1B` leads back to itself, by way of `b.yaml#/x/0`, `more/a.yaml#/C`.",
      ],
      ["alone.yaml:1 #/$ref", "`alone.yaml` leads back to itself."],
    ]);
  });

  test("each circle once, also where something leads into it", async () => {
    const ref = (name: string) => `{ $ref: "#/components/schemas/${name}" }`;
    const schemas = `{ In: ${ref("A")}, A: ${ref("B")}, B: ${ref("A")}, Self: ${ref("Self")}, Sound: { type: string } }`;
    const cwd = await folderOf({ "spec.yaml": `${head}components: { schemas: ${schemas} }\n` });
    expect((await findingsOf(loadSpec("spec.yaml", { cwd }))).map(({ message }) => message)).toEqual([
      "`#/components/schemas/A` leads back to itself, by way of `#/components/schemas/B`.",
      "`#/components/schemas/Self` leads back to itself.",
    ]);
  });

  test("a schema that contains itself is no circle", async () => {
    const schemas = '{ A: { type: object, properties: { a: { $ref: "#/components/schemas/A" } } } }';
    const cwd = await folderOf({ "spec.yaml": `${head}components: { schemas: ${schemas} }\n` });
    expect((await loadSpec("spec.yaml", { cwd })).bundled).toBe(false);
  });
});

describe("a reference to the whole document", () => {
  const answer = (ref: string): string =>
    `openapi: 3.1.0\ninfo: { title: Test, version: "1" }\npaths: { /a: { get: { responses: { "200": { $ref: "${ref}" } } } } }\n`;

  test.each([
    ["", "An empty `$ref`"],
    ["#", "`#`"],
    ["#/", "`#/`"],
    ["spec.yaml", "`spec.yaml`"],
  ])("is refused where another object belongs: %j", async (ref, subject) => {
    const cwd = await folderOf({ "spec.yaml": answer(ref) });
    expect(await findingsOf(loadSpec("spec.yaml", { cwd }))).toEqual([
      {
        code: "ref-unresolved",
        severity: "error",
        message: `${subject} leads to the whole document, which cannot stand here.`,
        cause: "A reference leads to its file as a whole where no pointer into it follows.",
        fix: "Write the pointer to what is meant, such as `#/components/responses/NotFound`.",
        file: "spec.yaml",
        line: 3,
        column: 51,
        pointer: "#/paths/~1a/get/responses/200/$ref",
      },
    ]);
  });

  test.each(["", "#", "#/"])("is a schema that says nothing: %j", async (ref) => {
    const cwd = await folderOf({ "spec.yaml": schema(ref) });
    expect((await loadSpec("spec.yaml", { cwd })).diagnostics).toEqual([]);
  });
});

describe("data that looks like a reference", () => {
  const media = (more: string): string =>
    `${head}components: { responses: { R: { description: d, content: { a/b: ${more} } } } }\n`;
  const loaded = async (more: string, files: Readonly<Record<string, string>> = {}) => {
    const { document, diagnostics } = await loadSpec("spec.yaml", {
      cwd: await folderOf({ "spec.yaml": media(more), "text.yaml": text, ...files }),
    });
    const { responses } = document.components as { readonly responses: { readonly R: { readonly content: object } } };
    return { media: Reflect.get(responses.R.content, "a/b"), findings: diagnostics };
  };

  test.each([
    ["nothing there", { example: { $ref: "#/definitions/Foo" } }],
    ["the whole document", { example: { $ref: "", more: 1 } }],
    ["itself", { schema: { title: "t", example: { $ref: "#/components/responses/R/content/a~1b/schema" } } }],
    ["in an extension", { "x-a": { $ref: "#" }, "x-b": [{ c: { $ref: "#/nope" } }] }],
  ])("is data, whether or not anything is drawn in: %s", async (_, data) => {
    const written = JSON.stringify(data).slice(1, -1);
    expect(await loaded(`{ ${written} }`)).toEqual({ media: data, findings: [] });
    const drawn = { media: { encoding: { p: { headers: { H: { $ref: "#/components/headers/text" } } } }, ...data } };
    const outer = "encoding: { p: { headers: { H: { $ref: text.yaml } } } }";
    expect(await loaded(`{ ${outer}, ${written} }`)).toEqual({ ...drawn, findings: [] });
  });

  test("may be drawn in from a file, and is told where it cannot be", async () => {
    expect(await loaded("{ example: { $ref: text.yaml } }")).toEqual({
      media: { example: { type: "string" } },
      findings: [],
    });
    const example = { $ref: "http://127.0.0.1:9/x" };
    const { media, findings } = await loaded(`{ example: ${JSON.stringify(example)} }`);
    expect(media).toEqual({ example });
    expect(findings).toEqual([
      expect.objectContaining({
        code: "ref-outside",
        severity: "warning",
        message: "`http://127.0.0.1:9/x` leads to http://127.0.0.1:9. It is taken as data.",
        line: 4,
        pointer: "#/components/responses/R/content/a~1b/example/$ref",
      }),
    ]);
  });
});

test("a callback that is the path with the callback is drawn in once", async () => {
  const item = 'post: { responses: {}, callbacks: { again: { "{$request.body#/50%}": { $ref: a.yaml } } } }\n';
  const cwd = await folderOf({ "spec.yaml": head.replace("{}", '{ "/50%": { $ref: a.yaml } }'), "a.yaml": item });
  const { document } = await loadSpec("spec.yaml", { cwd });
  const post = { $ref: "#/paths/~150%25/post" };
  expect(document.paths).toEqual({
    "/50%": { post: { responses: {}, callbacks: { again: { "{$request.body#/50%}": { post } } } } },
  });
});

describe("a reference out of the document's folder is refused", () => {
  test.each([
    "../secret.yaml",
    "sub/../../secret.yaml",
    "/etc/hosts",
    "file:///etc/hosts",
    "data:text/plain,x",
    "//example.com/x.yaml",
    "http://127.0.0.1:9/x.yaml",
    "https://example.com/x.yaml",
  ])("%s", async (ref) => {
    const cwd = await folderOf({ "here/spec.yaml": schema(ref), "secret.yaml": text, "here/sub/x.yaml": text });
    const place = { file: "here/spec.yaml", line: 4, pointer: "#/components/schemas/A/$ref" };
    expect(await findingsOf(loadSpec("here/spec.yaml", { cwd }))).toEqual([
      expect.objectContaining({ code: "ref-outside", severity: "error", ...place }),
    ]);
  });

  test("a symbolic link to a file, and to a folder", async () => {
    const schemas = 'A: { $ref: "link.yaml" }, B: { $ref: "folder/secret.yaml" }';
    const cwd = await folderOf({
      "here/spec.yaml": `${head}components: { schemas: { ${schemas} } }\n`,
      "there/secret.yaml": text,
    });
    await symlink(join(cwd, "there/secret.yaml"), join(cwd, "here/link.yaml"));
    await symlink(join(cwd, "there"), join(cwd, "here/folder"));
    const findings = await findingsOf(loadSpec("here/spec.yaml", { cwd }));
    expect(findings.map(({ code }) => code)).toEqual(["ref-outside", "ref-outside"]);
  });

  test("a mapping of a discriminator", async () => {
    const one =
      '{ oneOf: [{ type: object }], discriminator: { propertyName: t, mapping: { b: "http://127.0.0.1:9/x" } } }';
    const cwd = await folderOf({ "spec.yaml": `${head}components: { schemas: { A: ${one} } }\n` });
    expect(await findingsOf(loadSpec("spec.yaml", { cwd }))).toEqual([
      expect.objectContaining({ code: "ref-outside", pointer: "#/components/schemas/A/discriminator/mapping/b" }),
    ]);
  });

  test("but data that looks like one is data", async () => {
    const example = '{ E: { value: { $ref: "http://127.0.0.1:9/x" } } }';
    const cwd = await folderOf({ "spec.yaml": `${head}components: { examples: ${example} }\n` });
    expect((await loadSpec("spec.yaml", { cwd })).bundled).toBe(false);
  });

  test("unless the folder is allowed", async () => {
    const cwd = await folderOf({ "here/spec.yaml": schema("../there/text.yaml"), "there/text.yaml": text });
    const spec = await loadSpec("here/spec.yaml", { cwd, allowRef: ["there"] });
    expect(spec.document.components).toEqual({
      schemas: { A: { $ref: "#/components/schemas/text" }, text: { type: "string" } },
    });
    expect(spec.sources).toEqual(["here/spec.yaml", "there/text.yaml"]);
    const url = pathToFileURL(join(cwd, "there/text.yaml")).href;
    const other = await folderOf({ "spec.yaml": schema(url) });
    expect((await loadSpec("spec.yaml", { cwd: other, allowRef: [join(cwd, "there")] })).bundled).toBe(true);
  });
});

describe("an address", () => {
  const files: Readonly<Record<string, string>> = {
    "/open/a.yaml": 'type: object\nproperties: { b: { $ref: "b.yaml" } }\n',
    "/open/b.yaml": text,
    "/open/away.yaml": 'items: { $ref: "../closed/c.yaml" }\n',
    "/closed/c.yaml": text,
  };

  async function serve(
    more: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly url: string; readonly asked: readonly string[] }> {
    const asked: string[] = [];
    const server: Server = createServer(({ url = "" }, response) => {
      asked.push(url);
      const body = files[url] ?? more[url];
      if (url === "/open/redirect.yaml") response.writeHead(302, { Location: "/closed/c.yaml" }).end();
      else response.writeHead(body === undefined ? 404 : 200, { "Content-Type": "application/yaml" }).end(body);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
  }

  test("is never asked without leave", async () => {
    const { url, asked } = await serve();
    const cwd = await folderOf({ "spec.yaml": schema(`${url}/open/a.yaml`) });
    expect((await findingsOf(loadSpec("spec.yaml", { cwd })))[0]?.code).toBe("ref-outside");
    const foreign = ["https://example.com", `${url.replace("http:", "https:")}`];
    expect((await findingsOf(loadSpec("spec.yaml", { cwd, allowRef: foreign })))[0]?.code).toBe("ref-outside");
    expect(asked).toEqual([]);
  });

  test("is read once when its origin is allowed, with what it refers to", async () => {
    const { url, asked } = await serve();
    const cwd = await folderOf({ "spec.yaml": schema(`${url}/open/a.yaml`) });
    const { document, locate, sources } = await loadSpec("spec.yaml", { cwd, allowRef: [url] });
    expect(document.components).toMatchObject({ schemas: { a: { type: "object" }, b: { type: "string" } } });
    expect(sources).toEqual([`${url}/open/a.yaml`, `${url}/open/b.yaml`, "spec.yaml"]);
    expect(locate("#/components/schemas/b/type")).toMatchObject({ file: `${url}/open/b.yaml`, line: 1 });
    expect(asked).toEqual(["/open/a.yaml", "/open/b.yaml"]);
  });

  test("does not reach the disk, not even the document's own folder", async () => {
    const cwd = await folderOf({ "own.yaml": text });
    const own = pathToFileURL(join(cwd, "own.yaml")).href;
    const { url } = await serve({ "/open/local.yaml": `items: { $ref: "${own}" }\n` });
    await writeFile(join(cwd, "spec.yaml"), schema(`${url}/open/local.yaml`));
    expect(await findingsOf(loadSpec("spec.yaml", { cwd, allowRef: [url] }))).toEqual([
      expect.objectContaining({ code: "ref-outside", file: `${url}/open/local.yaml`, pointer: "#/items/$ref" }),
    ]);
  });

  test.each([
    ["away.yaml", "ref-outside"],
    ["redirect.yaml", "ref-outside"],
    ["missing.yaml", "ref-unresolved"],
  ])("leads no further than is allowed: %s", async (name, code) => {
    const { url, asked } = await serve();
    const cwd = await folderOf({ "spec.yaml": schema(`${url}/open/${name}`) });
    const [finding] = await findingsOf(loadSpec("spec.yaml", { cwd, allowRef: [`${url}/open/`] }));
    expect(finding?.code).toBe(code);
    expect(asked).toEqual([`/open/${name}`]);
  });
});

describe("an example elsewhere", () => {
  test("is drawn in from the folder, and left out with a warning otherwise", async () => {
    const examples =
      'Near: { externalValue: near.json }, Far: { summary: Far, externalValue: "http://127.0.0.1:9/far.json" }';
    const cwd = await folderOf({
      "spec.yaml": `${head}components: { examples: { ${examples} } }\n`,
      "near.json": '{ "near": true }',
    });
    const { document, diagnostics, bundled, lint } = await loadSpec("spec.yaml", { cwd });
    expect(bundled).toBe(true);
    expect(document.components).toEqual({ examples: { Near: { value: { near: true } }, Far: { summary: "Far" } } });
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: "ref-outside",
        severity: "warning",
        pointer: "#/components/examples/Far/externalValue",
      }),
    ]);
    // The linter sees the document as written.
    expect(JSON.stringify(lint.document.parsed)).toContain("far.json");
  });
});

test("what is drawn in is found under its name, whatever that is written with", async () => {
  const names = ["a/b", "c~d", "e%f", "g%2Fh", "i j"];
  const pointers = ["a~1b", "c~0d", "e%25f", "g%252Fh", "i%20j"];
  const schemas = pointers.map((pointer, index) => [`S${index}`, { $ref: `a.yaml#/${pointer}` }]);
  const one = { oneOf: [{}], discriminator: { propertyName: "p", mapping: { x: "a.yaml#/a~1b" } } };
  const cwd = await folderOf({
    "spec.yaml": `${head}components: { schemas: ${JSON.stringify({ one, ...Object.fromEntries(schemas) })} }\n`,
    "a.yaml": JSON.stringify(Object.fromEntries(names.map((title) => [title, { title }]))),
  });
  const { document } = await loadSpec("spec.yaml", { cwd });
  const found = names.map((_, index) => valueAt(document, `#/components/schemas/S${index}`));
  expect(found.map((schema) => resolve(document, schema, "")?.value)).toEqual(names.map((title) => ({ title })));
  const mapped = valueAt(document, "#/components/schemas/one/discriminator/mapping/x");
  expect(valueAt(document, String(mapped))).toEqual({ title: "a/b" });
});

test("bundling leaves what is written to the linter, and tells of a schema it had to rename", async () => {
  const files = {
    "spec.yaml": `${head}components: { schemas: { A: { $ref: "a.yaml#/Thing" }, Thing: { type: string } } }\n`,
    "a.yaml": "Thing: { type: object, properties: { own: { $ref: '#/Other' } } }\nOther: { type: integer }\n",
  };
  const cwd = await folderOf(files);
  const { document, lint, diagnostics } = await loadSpec("spec.yaml", { cwd });
  expect(document.components).toMatchObject({ schemas: { Other: { type: "integer" }, Thing: { type: "string" } } });
  expect(JSON.stringify(document)).not.toContain("a.yaml");
  expect(JSON.stringify(lint.document.parsed)).toContain("a.yaml#/Thing");
  expect(diagnostics.map(({ code }) => code)).toEqual(["name-changed"]);
});

test("data that looks like a reference stays, below an empty key, too, where other files are drawn in", async () => {
  const at = "#/components/responses/R/content/a~1b/schema";
  const schema = { properties: { "": { title: "t", example: { $ref: `${at}/properties` } } } };
  const responses = JSON.stringify({ R: { description: "d", content: { "a/b": { schema } } } });
  const cwd = await folderOf({
    "spec.yaml": `${head}components: { responses: ${responses}, schemas: { A: { $ref: a.yaml } } }\n`,
    "a.yaml": "type: string\n",
  });
  const { bundled, document } = await loadSpec("spec.yaml", { cwd });
  expect(bundled).toBe(true);
  expect(document.components).toMatchObject({ responses: { R: { content: { "a/b": { schema } } } } });
});
