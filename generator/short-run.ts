/**
 * Has the engine treat the process as the short run that it is. For the command line alone, and before all else: whoever
 * uses the toolkit as a library has a process of another kind.
 */
import { setFlagsFromString } from "node:v8";

// Code is optimised when it has run ten times as long as by default: before, the optimiser takes a third of all
// processor time, and most of what it makes is not run any more.
const patience: Readonly<Record<string, string>> = {
  11: "--interrupt-budget=1000000",
  12: "--invocation-count-for-turbofan=30000",
  13: "--invocation-count-for-turbofan=30000",
};
const flag = patience[Number.parseInt(process.versions.v8, 10)];
// An engine that does not know a flag says so.
if (flag) setFlagsFromString(flag);
