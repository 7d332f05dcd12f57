/**
 * Whether anything has changed since the last run. Nothing is parsed for it: the toolkit, the options and every file that
 * was read are compared by their content, and so is every file that was written.
 */
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "./code-cache.js";
import { fingerprint, MANIFEST } from "./manifest.js";
import type { GenerateOptions } from "./options.js";
import { readOutputFolder } from "./output-folder.js";
import type { GenerateResult } from "./run-job.js";

/** What a run was made from, and what came of it. Fingerprints; null for a file that is not there. */
interface Run {
  readonly toolkit: string;
  readonly inputs: Readonly<Record<string, string | null>>;
  readonly outputs: readonly { readonly result: GenerateResult; readonly manifest: string }[];
}

/** The results of the last run with these options, where one now would end the same; undefined where it might not. */
export async function recall(
  options: GenerateOptions,
  records: URL = cacheFolder,
): Promise<readonly GenerateResult[] | undefined> {
  try {
    const run: Run = JSON.parse(await readFile(recordOf(options, records), "utf8"));
    const isSame = await Promise.all([
      toolkitFingerprint().then((toolkit) => toolkit === run.toolkit),
      ...Object.entries(run.inputs).map(async ([path, before]) => before === (await fingerprintOf(path))),
      ...run.outputs.map(async ({ result, manifest }) => manifest === (await soundManifest(result))),
    ]);
    if (!isSame.every(Boolean)) return undefined;
    return run.outputs.map(({ result }) => ({ ...result, outcome: "unchanged" }));
  } catch {
    // There is no record, or none that can be read.
    return undefined;
  }
}

/** Keeps a run that ended well. `started`: when it did, in milliseconds; what was written since may not be what was read. */
export async function remember(
  options: GenerateOptions,
  results: readonly GenerateResult[],
  started: number,
  records: URL = cacheFolder,
): Promise<void> {
  const isDone = results.every(({ outcome }) => outcome === "written" || outcome === "unchanged");
  const read = results.flatMap(({ sources }) => sources);
  // What was not there may come; an address may answer something else; what is no file may be anything.
  const isMissing = results.some(({ diagnostics }) => diagnostics.some(({ code }) => code === "ref-unresolved"));
  if (!isDone || isMissing || !read.every((path) => isAbsolute(path))) return;
  try {
    const inputs: Record<string, string | null> = {};
    for (const path of [...new Set([...read, ...configFiles(options)])].sort()) {
      const changed = await stat(path).then(
        ({ mtimeMs, ctimeMs }) => Math.max(mtimeMs, ctimeMs),
        () => 0,
      );
      if (changed >= started) return;
      inputs[path] = await fingerprintOf(path);
    }
    // The folder holds what its record says: that is what the run has just seen to.
    const outputs = results.map(async (result) => ({ result, manifest: await recordedManifest(result) }));
    const run = { toolkit: await toolkitFingerprint(), inputs, outputs: await Promise.all(outputs) };
    const record = recordOf(options, records);
    await mkdir(dirname(record), { recursive: true });
    await writeFile(record, JSON.stringify(run));
  } catch {
    // The next run works, then, instead of remembering.
  }
}

function recordOf({ check: _, cwd = "", ...options }: GenerateOptions, records: URL): string {
  return fileURLToPath(new URL(`${fingerprint(JSON.stringify([resolve(cwd), options]))}.json`, records));
}

/** They count where they are not, too. */
function configFiles({ cwd = "" }: GenerateOptions): readonly string[] {
  return ["redocly.yaml", ".redocly.lint-ignore.yaml"].map((name) => resolve(cwd, name));
}

async function fingerprintOf(path: string): Promise<string | null> {
  return readFile(path).then(fingerprint, () => null);
}

/** Of the record in the output folder, where the folder holds what the record says and nothing else. */
async function soundManifest({ job }: GenerateResult): Promise<string | undefined> {
  const { files, manifest, manifestText } = await readOutputFolder(job.out, job.out);
  const recorded = Object.entries(manifest?.files ?? {});
  const isSound = recorded.length === files.size && recorded.every(([path, text]) => files.get(path) === text);
  return isSound && manifestText !== undefined ? fingerprint(manifestText) : undefined;
}

/** Of the record in the output folder, whatever else is there. */
async function recordedManifest({ job }: GenerateResult): Promise<string> {
  return fingerprint(await readFile(join(job.out, MANIFEST)));
}

/** Of the toolkit's own code, built or not. */
async function toolkitFingerprint(): Promise<string> {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const names = (await readdir(folder, { recursive: true })).filter((name) => /(?<!\.d)\.[jt]s$/.test(name)).sort();
  const paths = [...names.map((name) => join(folder, name)), join(folder, "../package.json")];
  const texts = await Promise.all(paths.map((path) => readFile(path)));
  return fingerprint(JSON.stringify([names, texts.map((text) => fingerprint(text))]));
}
