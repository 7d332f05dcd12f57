/** A thousand documents, and what they cost. */
import { type Tally, tryDocuments } from "../property.js";

/**
 * Tries them. The seconds are those of the processor: a machine that is busy with something else takes longer, and proves
 * nothing.
 */
export async function tryThousand(seed: number): Promise<Tally & { readonly seconds: number }> {
  const before = process.cpuUsage();
  const tally = await tryDocuments(1_000, seed);
  const { user, system } = process.cpuUsage(before);
  return { ...tally, seconds: (user + system) / 1e6 };
}
