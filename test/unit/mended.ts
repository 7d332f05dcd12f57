import { expect } from "vitest";
import { mend } from "../../generator/mend.js";
import type { Json } from "../../generator/model.js";

/** What becomes of a part of a document, with `code pointer: message` of each finding. */
export function mended(part: { readonly [key: string]: Json }) {
  const given = { openapi: "3.1.0", info: { title: "t", version: "1" }, paths: {}, ...part };
  const before = JSON.stringify(given);
  const { document, diagnostics } = mend(given, (pointer) => ({ pointer }));
  expect(JSON.stringify(given)).toBe(before);
  return {
    document,
    isSame: document === given,
    findings: diagnostics.map(({ code, pointer, message }) => `${code} ${pointer}: ${message}`),
  };
}
