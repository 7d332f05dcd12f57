import { expect, it } from "vitest";
import { tryDocuments } from "../property.js";

// Two files of 1,000: one for each core.
it("a document with hostile texts gives a package that compiles and does nothing, or a diagnostic", async () => {
  const { written } = await tryDocuments(1_000, 1000);
  expect(written).toBeGreaterThan(800);
});
