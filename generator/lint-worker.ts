/** The thread that runs Redocly's rules over a large document, which it reads for itself: once, then it is done. */
import "./compile-cache.js";
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { loadProjectConfig } from "./config.js";
import { lintSpec } from "./lint.js";
import type { LintOrder } from "./lint-thread.js";
import { openSpec } from "./load.js";

// A schema is compiled for each example, and run for that one: to tidy up its code takes longer than it saves.
const redocly = createRequire(import.meta.url).resolve("@redocly/openapi-core");
const { CodeGen }: { readonly CodeGen: { readonly prototype: { optimize: () => void } } } = createRequire(redocly)(
  "@redocly/ajv/dist/compile/codegen/index.js",
);
CodeGen.prototype.optimize = () => {};

const { spec, cwd, allowRef }: LintOrder = workerData;
const [config, lint] = await Promise.all([loadProjectConfig(".", cwd), openSpec(spec, { cwd, allowRef })]);
parentPort?.postMessage(await lintSpec({ lint }, await config.rulesFor(spec)));
