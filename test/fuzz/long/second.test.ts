import { expect, it } from "vitest";
import { tryThousand } from "./thousand.js";

// Two files of 1,000: one for each core.
it("a document with hostile texts gives a package that compiles and does nothing, or a diagnostic", async () => {
  const { written, seconds } = await tryThousand(2000);
  expect(written).toBeGreaterThan(800);
  expect(seconds).toBeLessThan(120);
});
