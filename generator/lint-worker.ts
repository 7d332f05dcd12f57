/** The thread that runs Redocly's rules over a large document, which it reads for itself: once, then it is done. */
import "./short-run.js";
import { parentPort, workerData } from "node:worker_threads";
import { loadProjectConfig } from "./config.js";
import { lintSpec } from "./lint.js";
import type { LintOrder } from "./lint-thread.js";
import { loadSpec } from "./load.js";

const { spec, cwd, allowRef }: LintOrder = workerData;
const [config, loaded] = await Promise.all([loadProjectConfig(".", cwd), loadSpec(spec, { cwd, allowRef })]);
parentPort?.postMessage(await lintSpec(loaded, await config.rulesFor(spec)));
