import { fileURLToPath } from "node:url";
import { type Prism, startPrism } from "../support/prism.js";
import { type RecordingProxy, startProxy } from "../support/proxy.js";
import { type DeclaredOperation, readContract } from "./contract.js";
import { Coverage } from "./coverage.js";
import { allQuirks } from "./quirks.js";
import type { Subject } from "./subject.js";
import { Tally } from "./tally.js";

/** What all checks, and all mutants, share: the contract, one Prism that serves it, and proxies in front of it. */
export interface Bench extends AsyncDisposable {
  readonly operations: readonly DeclaredOperation[];
  readonly prism: Prism;
  /** Each carries one call at a time, so that what it recorded is of that call. */
  readonly lanes: readonly RecordingProxy[];
}

/** One pass of the suite over one client. */
export interface Run {
  readonly subject: Subject;
  readonly bench: Bench;
  readonly coverage: Coverage;
  readonly tally: Tally;
}

const specFile = fileURLToPath(new URL("../../spec/openapi.yaml", import.meta.url));

export async function openBench(): Promise<Bench> {
  const operations = await readContract(specFile);
  const prism = await startPrism(specFile);
  const lanes = await Promise.all(Array.from({ length: 4 }, () => startProxy(prism.url)));
  return {
    operations,
    prism,
    lanes,
    async [Symbol.asyncDispose]() {
      await Promise.all([...lanes, prism].map((part) => part.stop()));
    },
  };
}

export function openRun(bench: Bench, subject: Subject): Run {
  return { subject, bench, coverage: new Coverage(bench.operations), tally: new Tally(allQuirks) };
}

/** Spreads `items` over the lanes. After a failure no lane starts another item, and none is busy when it is thrown. */
export async function inLanes<Item>(
  { lanes }: Pick<Bench, "lanes">,
  items: readonly Item[],
  work: (item: Item, lane: RecordingProxy) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let failed = false;
  const results = await Promise.allSettled(
    lanes.map(async (lane) => {
      for (const item of queue) {
        if (failed) return;
        try {
          await work(item, lane);
        } catch (error) {
          failed = true;
          lane.take();
          throw error;
        }
      }
    }),
  );
  const failure = results.find((result) => result.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}
