import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { type UnpackedPackage, unpackedPackage } from "../support/package.js";
import { compile, compileSources, platforms, resolutions } from "../types/compile.js";

/** Each version of the compiler, by the folder of its package. */
const compilers = { "5.9": "typescript", "6.0": "typescript6", "7.0": "typescript7" } as const;

const versions = Object.keys(compilers) as (keyof typeof compilers)[];
const ways = Object.keys(resolutions) as (keyof typeof resolutions)[];
const places = Object.keys(platforms) as (keyof typeof platforms)[];

let unpacked: UnpackedPackage;
beforeAll(async () => {
  unpacked = await unpackedPackage();
});

describe.each(versions)("TypeScript %s", (version) => {
  const compiler = compilers[version];

  it("is that version", async () => {
    const manifest = await readFile(new URL(`../../node_modules/${compiler}/package.json`, import.meta.url), "utf8");
    expect((JSON.parse(manifest) as { version: string }).version).toSatisfy((found: string) =>
      found.startsWith(`${version}.`),
    );
  });

  for (const resolution of ways) {
    it.each(places)(`compiles a consumer for %s in ${resolution} resolution`, async (platform) => {
      const text = await readFile(new URL(`../types/fixtures/${platform}.ts`, import.meta.url), "utf8");
      expect(await compile({ compiler, resolution, platform, unpacked, files: { "consumer.ts": text } })).toBe("");
    });

    it(`compiles the package's own sources in ${resolution} resolution`, async () => {
      expect(await compileSources({ compiler, resolution, unpacked })).toBe("");
    });
  }
});
