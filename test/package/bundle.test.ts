import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { type UnpackedPackage, unpackedPackage } from "../support/package.js";

/** What one operation weighs in a browser, openapi-fetch included: a byte more is to be a decision. */
const limit = 8_192;

let unpacked: UnpackedPackage;
beforeAll(async () => {
  unpacked = await unpackedPackage();
});

interface Bundle {
  readonly text: string;
  readonly gzipped: number;
  /** Files that left code in the bundle, from the package's folder. */
  readonly files: readonly string[];
}

async function bundle(code: string, conditions: readonly string[] = []): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: unpacked.project },
    absWorkingDir: unpacked.project,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    conditions: [...conditions],
    target: "es2022",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const [output] = Object.values(metafile.outputs);
  const files = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const text = outputFiles[0]?.text ?? "";
  return { text, gzipped: gzipSync(text, { level: 9 }).length, files: files.map(([path]) => path) };
}

describe("a bundle for a browser", () => {
  it(`of one operation takes at most ${limit} bytes`, async () => {
    const { gzipped, files, text } = await bundle(
      'export { createClient, exportServiceTickets } from "service-ticket-export";',
    );
    console.log(`one operation, minified and gzipped: ${gzipped} bytes (${text.length} before gzip)`);
    expect(files.some((path) => path.includes("openapi-fetch"))).toBe(true);
    expect(files.some((path) => path.includes("operations/service-tickets"))).toBe(true);
    expect(gzipped).toBeLessThanOrEqual(limit);
  });

  it("knows the way along redirects only where it can be gone: in a worker, which asks for what pages have, too", async () => {
    const code = 'export { createClient } from "service-ticket-export";';
    const pages = await bundle(code);
    const workers = await bundle(code, ["workerd", "worker"]);
    const knows = ({ files }: Bundle) => files.some((path) => /runtime\/redirect\.js$/.test(path));
    expect([pages, workers].map(knows)).toEqual([false, true]);
  });

  it("asks for nothing of Node", async () => {
    // For a browser, esbuild refuses an import of Node's modules.
    const { files } = await bundle('export * from "service-ticket-export";');
    expect(files.filter((path) => /node\.js$/.test(path))).toEqual([]);
    await expect(bundle('export * from "service-ticket-export/node";')).rejects.toThrow("node:fs");
  });

  it("of an error guard has no operation in it", async () => {
    const { files, gzipped } = await bundle('export { isHttpError } from "service-ticket-export";');
    expect(files.filter((path) => /operations|openapi-fetch|client/.test(path))).toEqual([]);
    expect(gzipped).toBeLessThan(1_000);
  });

  it("of nothing that is used is empty", async () => {
    const { text } = await bundle('import "service-ticket-export";');
    expect(text.length).toBe(0);
  });
});
