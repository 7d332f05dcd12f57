import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDocs } from "../../generator/docs/build.js";
import { classicScript, readBundle } from "../../generator/docs/bundle.js";
import { decorate } from "../../generator/docs/decorate.js";
import { page } from "../../generator/docs/page.js";
import { getObject, type JsonObject } from "../../generator/openapi.js";
import { documentWith, flagship, hostileTexts, parameter, samplesOf } from "./documents.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "specproof-docs-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a built reference", () => {
  it("is a page, its script and the licences, the same bytes each time", async () => {
    const { document, samples } = await flagship();
    const before = structuredClone(document);
    const built = await buildDocs(document, samples, join(folder, "new/one"));
    await buildDocs(document, samples, join(folder, "two"));
    expect(built).toBe(join(folder, "new/one/index.html"));
    const names = (await readdir(join(folder, "new/one"))).sort();
    expect(names).toEqual(["index.html", "redoc.standalone.js", "redoc.standalone.js.LICENSE.txt"]);
    for (const name of names) {
      const [one, two] = await Promise.all(
        ["new/one", "two"].map((place) => readFile(join(folder, place, name), "utf8")),
      );
      expect(one === two, name).toBe(true);
    }
    expect(document).toEqual(before);
  });

  it("carries the licence of Redocly and of what is bundled with it", async () => {
    const { notices } = await readBundle();
    expect(notices).toMatch(
      /^Copyright \d+ Redocly Inc\.\n[\s\S]*Permission is hereby granted[\s\S]*Third-party software/,
    );
  });

  it("names no host of Redocly that a page would ask", async () => {
    const { script } = await readBundle();
    expect(script).not.toContain("cdn.redoc.ly");
    const { document, samples } = await flagship();
    const hosts = page(decorate(document, samples), "script.js").match(/https?:\/\/[\w.-]+/g) ?? [];
    expect(hosts.filter((host) => !/osm\.[\w-]+\.myhuaweicloud\.(eu|com)$/.test(host))).toEqual([]);
  });

  it("has a script that is no module, so that it loads from the disk", async () => {
    const { script } = await readBundle();
    expect(() => new Script(script)).not.toThrow();
    expect(script.startsWith('"use strict";\n')).toBe(true);
  });

  it("is not made from a bundle that has changed", () => {
    expect(() => classicScript("export{init};")).toThrow(/no longer has "export\{RedocStandalone/);
  });
});

describe.each(hostileTexts)("a page of a document that says %j", (text) => {
  const document = documentWith(
    { summary: text, description: text, parameters: [parameter(text, { description: text, example: text })] },
    { path: "/tickets", info: { title: text, version: text, description: text } },
  );

  it("holds it as data", () => {
    const html = page(decorate(document, samplesOf(document)), "script.js");
    const usual = page(documentWith({}), "script.js");
    expect(tagsOf(html)).toEqual(tagsOf(usual));
    const embedded = /<script type="application\/json" id="api">(.*?)<\/script>/s.exec(html)?.[1] ?? "";
    const whole = JSON.stringify(decorate(document, samplesOf(document)));
    const expected: unknown = JSON.parse(whole, (_, value: unknown) =>
      typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\ufffd") : value,
    );
    expect(JSON.parse(embedded)).toEqual(expected);
  });
});

describe("what is added to a document", () => {
  it("leaves the author's samples in place, but not one of the same label", () => {
    const own = (label: string): JsonObject => ({ lang: "python", label, source: label });
    const document = documentWith({ "x-codeSamples": [own("Python"), own("curl")] }, { path: "/tickets" });
    const operation = operationAt(decorate(document, samplesOf(document)), "/tickets");
    expect(operation?.["x-codeSamples"]).toMatchObject([
      { label: "service-ticket-export" },
      { label: "openapi-fetch" },
      { label: "curl", lang: "bash" },
      own("Python"),
    ]);
  });

  it("is each path's own where two paths share one item", () => {
    const item = { get: { responses: { "204": { description: "Nothing." } } } };
    const shared = { $ref: "#/components/pathItems/Shared" };
    const document = {
      ...documentWith({}),
      paths: { "/one": shared, "/two": shared },
      components: { pathItems: { Shared: item } },
    };
    const decorated = decorate(document, samplesOf(document));
    for (const path of ["/one", "/two"]) {
      expect(JSON.stringify(operationAt(decorated, path)?.["x-codeSamples"])).toContain(`example.com${path}`);
    }
  });

  it("says what the values of an enumeration mean", () => {
    const status: JsonObject = { type: "integer", enum: [17, 3], "x-enum-descriptions": ["waiting", "done"] };
    const schemas = { Status: status, Plain: { type: "string", enum: ["a"] } };
    const decorated = decorate(documentWith({}, { components: { schemas } }), []);
    expect(getObject(getObject(decorated, "components"), "schemas")).toEqual({
      Status: { ...status, "x-enumDescriptions": { 3: "done", 17: "waiting" } },
      Plain: schemas.Plain,
    });
  });
});

function operationAt(document: JsonObject, path: string): JsonObject | undefined {
  return getObject(getObject(getObject(document, "paths"), path), "get");
}

/** Start and end tags, without attributes. */
function tagsOf(html: string): readonly string[] {
  return html.match(/<[!/]?[\w-]+/g) ?? [];
}
