import { expect, it } from "vitest";
import { tryDocuments } from "../property.js";

// Two files of 1,000, one for each of two cores: both together are to take less than two minutes, of which this leaves some
// for their start, and for waiting.
it("a document with hostile texts gives a package that compiles and does nothing, or a diagnostic", async () => {
  const { written, seconds } = await tryDocuments(1_000, 1000);
  expect(written).toBeGreaterThan(800);
  expect(seconds).toBeLessThan(100);
});
