import * as core from "@redocly/openapi-core";
import { expect, it } from "vitest";
import * as parts from "../../generator/redocly.js";

it("what reads files is Redocly's own, and the same for its rules", () => {
  for (const [name, part] of Object.entries(parts)) {
    expect(part, name).toBeTypeOf("function");
    expect(part, name).toBe(new Map<string, unknown>(Object.entries(core)).get(name));
  }
});
