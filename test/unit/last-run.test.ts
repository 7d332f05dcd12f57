import { appendFile, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { recall, remember } from "../../generator/last-run.js";
import type { GenerateOptions } from "../../generator/options.js";
import { generate } from "../../generator/pipeline.js";
import type { GenerateResult } from "../../generator/run-job.js";
import { folderOf, head } from "./load-folder.js";

const spec = `${head}x-more: { $ref: "more/part.yaml" }\n`;
const files = { "spec.yaml": spec, "more/part.yaml": "a: 1\n", "redocly.yaml": "rules: { info-license: warn }\n" };

interface Ran {
  readonly cwd: string;
  readonly options: GenerateOptions;
  readonly records: URL;
  readonly results: readonly GenerateResult[];
}

/** Generates once, and remembers it as of a while after its files were written. */
async function ran(changes: Partial<GenerateOptions> = {}, started = Date.now() + 60_000): Promise<Ran> {
  const cwd = await folderOf(files);
  const records = pathToFileURL(`${join(cwd, "records")}/`);
  const options = { spec: "spec.yaml", out: "out", name: "noted", lint: false, cwd, ...changes };
  const results = await generate(options);
  await remember(options, results, started, records);
  return { cwd, options, records, results };
}

describe("a run like the last one", () => {
  it("ends as it did, with what it had to say, and is unchanged", async () => {
    const { options, records, results } = await ran({ lint: true });
    expect(results.map(({ outcome }) => outcome)).toEqual(["written"]);
    expect(results[0]?.diagnostics.length).toBeGreaterThan(0);
    const plain = JSON.parse(JSON.stringify(results));
    expect(await recall(options, records)).toEqual([{ ...plain[0], outcome: "unchanged" }]);
    expect(await recall({ ...options, check: true }, records)).toEqual([{ ...plain[0], outcome: "unchanged" }]);
  });

  it("is one though the time of a file has changed", async () => {
    const { cwd, options, records } = await ran();
    await utimes(join(cwd, "spec.yaml"), new Date(), new Date());
    expect(await recall(options, records)).toHaveLength(1);
  });

  it.each<readonly [string, (run: Ran) => Promise<unknown>]>([
    ["the document", ({ cwd }) => appendFile(join(cwd, "spec.yaml"), "# more\n")],
    ["a part of it", ({ cwd }) => appendFile(join(cwd, "more/part.yaml"), "b: 2\n")],
    ["the rules", ({ cwd }) => appendFile(join(cwd, "redocly.yaml"), "# more\n")],
    ["the exceptions to the rules", ({ cwd }) => writeFile(join(cwd, ".redocly.lint-ignore.yaml"), "{}\n")],
    ["a part that is gone", ({ cwd }) => rm(join(cwd, "more/part.yaml"))],
    ["an output file", ({ cwd }) => appendFile(join(cwd, "out/src/index.ts"), "\n")],
    ["an output file that is gone", ({ cwd }) => rm(join(cwd, "out/LICENSE"))],
    ["a file among the output", ({ cwd }) => writeFile(join(cwd, "out/mine.txt"), "")],
    ["the record of the output", ({ cwd }) => appendFile(join(cwd, "out/specproof.json"), "\n")],
    ["the output as a whole", ({ cwd }) => rm(join(cwd, "out"), { recursive: true })],
    [
      "the record of the run",
      async ({ cwd }) => {
        for (const name of await readdir(join(cwd, "records"))) await writeFile(join(cwd, "records", name), "{");
      },
    ],
  ])("is none after a change: %s", async (_, change) => {
    const run = await ran();
    expect(await recall(run.options, run.records)).toHaveLength(1);
    await change(run);
    expect(await recall(run.options, run.records)).toBeUndefined();
  });

  it.each<readonly [string, Partial<GenerateOptions>]>([
    ["another folder", { out: "other" }],
    ["another name", { name: "other" }],
    ["rules", { lint: true }],
    ["strictness", { strict: true }],
    ["more to read", { allowRef: ["/tmp"] }],
  ])("is none with other options: %s", async (_, changes) => {
    const { options, records } = await ran();
    expect(await recall({ ...options, ...changes }, records)).toBeUndefined();
  });

  it("is none with another toolkit", async () => {
    const { cwd, options, records } = await ran();
    const [name = ""] = await readdir(join(cwd, "records"));
    const record = join(cwd, "records", name);
    const run = JSON.parse(await readFile(record, "utf8"));
    await writeFile(record, JSON.stringify({ ...run, toolkit: run.toolkit.replace(/^./, "x") }));
    expect(await recall(options, records)).toBeUndefined();
  });

  it("is not kept where a file was written while it ran: what was read may be what was there before", async () => {
    const { options, records } = await ran({}, 0);
    expect(await recall(options, records)).toBeUndefined();
  });

  it("is not kept where it failed, where an address was read, or an example was missing", async () => {
    const { options, records, results } = await ran({}, 0);
    const [good] = results;
    if (!good) throw new Error("there is no result");
    const missing = { code: "ref-unresolved", severity: "warning", message: "" } as const;
    for (const bad of [
      { ...good, outcome: "failed" as const },
      { ...good, sources: ["https://example.com/a.yaml"] },
      { ...good, sources: ["my-plugin"] },
      { ...good, diagnostics: [missing] },
    ]) {
      await remember(options, [good, bad], Date.now() + 60_000, records);
      expect(await recall(options, records)).toBeUndefined();
    }
    await remember(options, [good], Date.now() + 60_000, records);
    expect(await recall(options, records)).toHaveLength(1);
  });
});
