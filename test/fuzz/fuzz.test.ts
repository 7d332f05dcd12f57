import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openWorkshop, type Workshop } from "./batch.js";
import { tryDocuments } from "./property.js";

describe("a document with hostile texts", () => {
  it("gives a package that compiles and does nothing on import, or a diagnostic: 200 documents", async () => {
    const { written, refused } = await tryDocuments(200, 1);
    // What cannot be a client for its references is refused; else there would be little to see here.
    expect([...refused.keys()].filter((code) => code !== "ref-unresolved" && code !== "ref-outside")).toEqual([]);
    expect(written).toBeGreaterThan(160);
    // Where one fails, a smaller one is looked for.
  }, 240_000);
});

describe("the program that imports packages", () => {
  let workshop: Workshop;
  beforeAll(async () => {
    workshop = await openWorkshop();
  });
  afterAll(() => workshop?.remove());

  it.each([
    ["globalThis.PWN = 1;", ["globalThis.PWN was changed"]],
    ["Object.prototype.polluted = 1;", ["Object.prototype.polluted was changed"]],
    ["Array.prototype.map = () => [];", ["Array.prototype.map was changed"]],
    ["process.env.PWN = '1';", ["process.env.PWN was changed"]],
    ["globalThis.fetch = undefined;", ["globalThis.fetch was changed"]],
    ["setTimeout(() => {}, 10);", ["something goes on"]],
    ["throw new Error('no');", ["Error: no"]],
    ["export const table = {};", ["table is not frozen"]],
    ["console.log('hello');", ["something goes on"]],
    ["process.exit(3);", undefined],
    ["export const data = Object.freeze({});", []],
  ])("sees what %s does", async (text, problems) => {
    const folder = await mkdtemp(join(tmpdir(), "specproof-import-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    for (const name of ["good", "bad"]) {
      await mkdir(join(folder, name, "src"), { recursive: true });
      await writeFile(join(folder, name, "src/node.js"), "export {};");
      await writeFile(join(folder, name, "src/index.js"), name === "bad" ? text : "export {};");
    }
    const before = workshop.seconds();
    const told = await workshop.import(folder, ["good", "bad"]);
    // One that ends itself cannot tell what it took.
    expect(workshop.seconds() > before).toBe(!text.includes("exit"));
    expect(told.get("good")?.problems).toEqual([]);
    expect(told.get("bad")?.problems).toEqual(problems);
    const ofProcess = told.get("")?.problems;
    if (text.includes("hello")) expect(ofProcess).toEqual(["it printed hello\n"]);
    else expect(ofProcess).toEqual(text.includes("exit") ? ["the process ended with 3"] : []);
  });
});
