/**
 * How fast: `npm run bench [part …] [--runs n]` prints a table. `alone` is openapi-typescript's own command line on the
 * same document in the same run; of the rows of a package, the bare bindings with openapi-fetch.
 */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { flagshipRows, githubRows, growthRows } from "./generate.js";
import { packageRows } from "./package.js";
import { type Part, type Row, table } from "./row.js";
import { transferRows } from "./transfer.js";

const parts: Readonly<Record<string, { readonly measure: Part; readonly corpus: boolean }>> = {
  github: { measure: githubRows, corpus: true },
  flagship: { measure: flagshipRows, corpus: false },
  growth: { measure: growthRows, corpus: false },
  package: { measure: packageRows, corpus: true },
  transfer: { measure: transferRows, corpus: false },
};

const { values, positionals } = parseArgs({
  options: { runs: { type: "string", default: "5" } },
  allowPositionals: true,
});
const repeats = Number(values.runs);
const wanted = positionals.length > 0 ? positionals : Object.keys(parts);
const hasCorpus = existsSync(fileURLToPath(new URL("../../../shared/corpus/github.json", import.meta.url)));

const home = await mkdtemp(join(tmpdir(), "specproof-bench-"));
try {
  const rows: Row[] = [];
  for (const name of wanted) {
    const part = parts[name];
    if (!part) throw new Error(`there is no part ${name}: ${Object.keys(parts).join(", ")}`);
    if (part.corpus && !hasCorpus) {
      console.error(`${name}: left out, ../shared/corpus/github.json is not there`);
      continue;
    }
    const folder = join(home, name);
    await mkdir(folder);
    rows.push(...(await part.measure({ folder, repeats })));
  }
  const [processor] = cpus();
  console.log(`Node ${process.version}, ${cpus().length} x ${processor?.model ?? "unknown"}; median of ${repeats}\n`);
  console.log(table(rows));
} finally {
  await rm(home, { recursive: true, force: true });
}
