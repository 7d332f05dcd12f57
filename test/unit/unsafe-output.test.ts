import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { generate } from "../../generator/pipeline.js";
import { folderOf } from "./load-folder.js";

// The encoder of comments, as if it had been forgotten.
vi.mock("../../generator/emit/comment.js", async (original) => ({
  ...(await original<typeof import("../../generator/emit/comment.js")>()),
  prose: (text: string | undefined) => text,
}));

const spec = (description: string) =>
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Notes", version: "1" },
    paths: {
      "/notes": { get: { operationId: "listNotes", description, responses: { 204: { description: "Done" } } } },
    },
  });

describe("a text that became code", () => {
  it("is found in the output: it is named, and what was there stays", async () => {
    const cwd = await folderOf({ "spec.json": spec("Harmless.") });
    const options = { spec: "spec.json", out: "out", lint: false, cwd };
    expect(await generate(options)).toMatchObject([{ outcome: "written" }]);
    const before = await readdir(cwd, { recursive: true });

    await writeFile(join(cwd, "spec.json"), spec("*/ globalThis.PWN = 1; /*"));
    const [result] = await generate(options);
    expect(result).toMatchObject({
      outcome: "failed",
      diagnostics: [{ code: "output-unsafe", severity: "error" }],
    });
    expect(result?.diagnostics[0]?.message).toMatch(
      /^src\/operations\/untagged\.ts:\d+ would hold an unknown statement or expression: `globalThis\.PWN = 1; /,
    );
    expect(await readdir(cwd, { recursive: true })).toEqual(before);
    expect(await generate({ ...options, check: true })).toMatchObject([{ outcome: "failed" }]);
  });
});
