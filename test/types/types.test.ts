import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { type UnpackedPackage, unpackedPackage } from "../support/package.js";
import { compile, compileSources } from "./compile.js";

const fixture = (name: string): Promise<string> => readFile(new URL(`fixtures/${name}`, import.meta.url), "utf8");
const expected = /^\s*\/\/ @ts-expect-error .*\n/gm;

let unpacked: UnpackedPackage;
beforeAll(async () => {
  unpacked = await unpackedPackage();
});

// Each resolution with each platform is a matter of test/compat.
describe.each([
  ["nodenext", "browser"],
  ["bundler", "node"],
] as const)("a consumer in %s resolution, for %s", (resolution, platform) => {
  it("compiles, and each of its wrong lines is an error", async () => {
    const files = { "consumer.ts": await fixture(`${platform}.ts`) };
    expect(await compile({ compiler: "typescript7", resolution, platform, unpacked, files })).toBe("");
  });
});

describe("the wrong lines", () => {
  it("are each wrong by themselves: without the comments there is one error a comment, on its line", async () => {
    const text = await fixture("browser.ts");
    // A line stays where it was, so that places can be compared.
    const bare = text.replaceAll(expected, "\n");
    const wrong = text.split("\n").flatMap((line, index) => (line.includes("@ts-expect-error") ? [index + 2] : []));
    expect(wrong.length).toBeGreaterThan(15);
    const files = { "consumer.ts": bare };
    const found = await compile({
      compiler: "typescript7",
      resolution: "nodenext",
      platform: "browser",
      unpacked,
      files,
    });
    const lines = [...found.matchAll(/^consumer\.ts\((\d+),/gm)].map(([, line]) => Number(line));
    expect(lines).toEqual(wrong);
  });
});

describe("the sources in the archive", () => {
  it("compile as strictly as a user's own", async () => {
    expect(await compileSources({ compiler: "typescript7", resolution: "nodenext", unpacked })).toBe("");
  });
});
