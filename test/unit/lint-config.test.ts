import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadProjectConfig } from "../../generator/config.js";
import { lintSpec } from "../../generator/lint.js";
import { loadSpec } from "../../generator/load.js";
import { folderOf, head } from "./load-folder.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const sound = "x-specproof: { out: out, package: a-client, version: 1.2.3 }";

async function entryWith(settings: string) {
  const cwd = await folderOf({ "redocly.yaml": `apis:\n  shop:\n    root: spec.yaml\n    ${settings}\n` });
  return loadProjectConfig("", cwd);
}

test("this repository has one entry and no findings", async () => {
  const { path, entries, diagnostics } = await loadProjectConfig(repository);
  expect(diagnostics).toEqual([]);
  expect(path).toBe(join(repository, "redocly.yaml"));
  expect(entries).toEqual([
    {
      name: "service-ticket-export",
      root: join(repository, "spec/openapi.yaml"),
      out: join(repository, "generated"),
      package: "service-ticket-export",
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    },
  ]);
});

test("without a file there are no entries, and Redocly's recommended rules", async () => {
  const cwd = await folderOf({ "spec.yaml": head });
  const { path, entries, diagnostics, rulesFor } = await loadProjectConfig("", cwd);
  expect({ path, entries, diagnostics }).toEqual({ path: undefined, entries: [], diagnostics: [] });
  const findings = await lintSpec(await loadSpec("spec.yaml", { cwd }), await rulesFor(join(cwd, "spec.yaml")));
  expect(findings.map(({ message, severity }) => [message.split(":")[0], severity])).toEqual([
    ["no-empty-servers", "warning"],
    ["info-license", "warning"],
  ]);
});

describe("the rules of redocly.yaml stop at a document that they are meant for", () => {
  const rules = "rules: { info-license: error }\n";
  const entries = "apis: { shop: { root: listed.yaml } }\n";
  test.each([
    ["an entry of apis", `${rules}${entries}`, "listed.yaml", [["info-license", "error"]]],
    [
      "no entry, where others have one",
      `${rules}${entries}`,
      "other.yaml",
      [
        ["no-empty-servers", "warning"],
        ["info-license", "warning"],
      ],
    ],
    ["any below the folder, where there are no entries", rules, "below/one.yaml", [["info-license", "error"]]],
    [
      "none outside of the folder",
      rules,
      "../outside.yaml",
      [
        ["no-empty-servers", "warning"],
        ["info-license", "warning"],
      ],
    ],
  ])("%s", async (_, config, file, expected) => {
    const documents = { "project/listed.yaml": head, "project/other.yaml": head, "project/below/one.yaml": head };
    const cwd = join(await folderOf({ "project/redocly.yaml": config, "outside.yaml": head, ...documents }), "project");
    const { rulesFor } = await loadProjectConfig("", cwd);
    const spec = await loadSpec(file, { cwd });
    const findings = await lintSpec(spec, await rulesFor(spec.path));
    expect(findings.map(({ construct, severity }) => [construct, severity])).toEqual(expected);
  });
});

test("a rule that fails on a document is told and, as advice, stops nothing", async () => {
  const broken = `${head}components: { schemas: { A: { allOf: { a: 1 } } } }\n`;
  const cwd = await folderOf({ "spec.yaml": broken });
  const spec = await loadSpec("spec.yaml", { cwd });
  const { rulesFor } = await loadProjectConfig("", cwd);
  expect(await lintSpec(spec, await rulesFor(spec.path))).toEqual([
    expect.objectContaining({ code: "lint", severity: "warning", file: "spec.yaml", pointer: "#" }),
  ]);
  const own = { config: (await rulesFor(spec.path)).config, isAdvice: false };
  expect(await lintSpec(spec, own)).toMatchObject([{ code: "lint", severity: "error" }]);
});

test("a file with another name is used when it is named, with paths that start in its folder", async () => {
  const cwd = await folderOf({ "config/mine.yaml": `apis:\n  shop:\n    root: ../spec.yaml\n    ${sound}\n` });
  const { entries, diagnostics } = await loadProjectConfig("config/mine.yaml", cwd);
  expect(diagnostics).toEqual([]);
  expect(entries).toEqual([
    { name: "shop", root: join(cwd, "spec.yaml"), out: join(cwd, "config/out"), package: "a-client", version: "1.2.3" },
  ]);
});

test("an entry of apis without x-specproof is Redocly's alone", async () => {
  const { entries, diagnostics } = await entryWith("rules: {}");
  expect({ entries, diagnostics }).toEqual({ entries: [], diagnostics: [] });
});

describe("an entry that cannot be used has its place", () => {
  test.each([
    ["x-specproof: true", ["`x-specproof` of entry `shop` is no object."]],
    ["x-specproof: { package: a, version: 1.0.0 }", ["Entry `shop` has no `out`: the path of a folder."]],
    [
      "x-specproof: { out: ., package: a, version: 1.0.0 }",
      ['`out` of entry `shop` is ".", not the path of a folder.'],
    ],
    [
      "x-specproof: { out: o, package: My Client, version: 1.0 }",
      [
        '`package` of entry `shop` is "My Client", not the name of an npm package.',
        "`version` of entry `shop` is 1, not a version such as 1.2.3.",
      ],
    ],
    [
      "x-specproof: { out: o, package: '@scope/a', version: 1.0.0-rc.1, pakage: b }",
      ["Entry `shop` has an unknown key `pakage`."],
    ],
  ])("%s", async (settings, messages) => {
    const { entries, diagnostics } = await entryWith(settings);
    expect(entries).toEqual([]);
    const place = { file: "redocly.yaml", line: 4, column: 5, pointer: "#/apis/shop/x-specproof" };
    expect(diagnostics).toEqual(
      messages.map((message) => ({ code: "config-invalid", severity: "error", message, ...place })),
    );
  });

  test("one of two with the same output folder", async () => {
    const entries = `  a:\n    root: a.yaml\n    ${sound}\n  b:\n    root: b.yaml\n    ${sound}\n`;
    const { entries: kept, diagnostics } = await loadProjectConfig(
      "",
      await folderOf({ "redocly.yaml": `apis:\n${entries}` }),
    );
    expect(kept.map(({ name }) => name)).toEqual(["a"]);
    expect(diagnostics).toEqual([
      expect.objectContaining({ code: "config-invalid", line: 7, pointer: "#/apis/b/x-specproof/out" }),
    ]);
  });
});

describe("a file that cannot be used", () => {
  test("is not YAML", async () => {
    const cwd = await folderOf({ "redocly.yaml": "extends:\n  - a\n b: c\n" });
    const { entries, diagnostics } = await loadProjectConfig("", cwd);
    expect(entries).toEqual([]);
    expect(diagnostics).toEqual([
      expect.objectContaining({ code: "config-invalid", severity: "error", file: "redocly.yaml", line: 3 }),
    ]);
    expect(JSON.stringify(diagnostics)).not.toContain(cwd);
  });

  test("does not exist", async () => {
    const cwd = await folderOf({});
    const { diagnostics } = await loadProjectConfig("missing.yaml", cwd);
    expect(diagnostics).toEqual([
      { code: "config-invalid", severity: "error", message: "There is no file missing.yaml.", file: "missing.yaml" },
    ]);
  });

  test.each(["", "# nothing\n", "- a list\n", "apis: [1]\n", "apis: { a: 1 }\n"])(
    "has no entries: %j",
    async (text) => {
      const { entries, rulesFor } = await loadProjectConfig("", await folderOf({ "redocly.yaml": text }));
      expect(entries).toEqual([]);
      expect(await rulesFor("spec.yaml")).toBeDefined();
    },
  );

  test("extends what does not exist", async () => {
    const { diagnostics } = await loadProjectConfig("", await folderOf({ "redocly.yaml": "extends:\n  - nothing\n" }));
    expect(diagnostics).toEqual([expect.objectContaining({ code: "config-invalid", severity: "error" })]);
  });

  test("names a rule that does not exist", async () => {
    const { diagnostics } = await loadProjectConfig(
      "",
      await folderOf({ "redocly.yaml": "rules:\n  no-such-rule: error\n" }),
    );
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: "config-invalid",
        severity: "warning",
        line: 2,
        pointer: "#/rules/no-such-rule",
      }),
    ]);
  });
});

test("the rules of an entry are added to those of the file", async () => {
  const rules =
    "apis:\n  shop:\n    root: ./spec.yaml\n    rules: { info-license: error }\nrules: { no-empty-servers: warn }\n";
  const cwd = await folderOf({ "redocly.yaml": rules, "spec.yaml": head });
  const { rulesFor } = await loadProjectConfig("", cwd);
  const findings = await lintSpec(await loadSpec("spec.yaml", { cwd }), await rulesFor(join(cwd, "spec.yaml")));
  expect(findings.map(({ construct, severity }) => [construct, severity])).toEqual([
    ["no-empty-servers", "warning"],
    ["info-license", "error"],
  ]);
});
