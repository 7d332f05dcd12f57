/**
 * Has the engine treat a process as the short run that it is. Imported before all else, in each thread of the command line.
 */
import module from "node:module";
import { setFlagsFromString } from "node:v8";

// What it compiled is kept for the next run: the compilers are ten megabytes each. Node has it from 22.1 on.
(module as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();

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
