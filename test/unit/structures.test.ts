import { StructureKind as theirs } from "ts-morph";
import { expect, it } from "vitest";
import { StructureKind } from "../../generator/structures.js";

it("the kinds of structures are ts-morph's own", () => {
  expect(theirs).toMatchObject(StructureKind);
});
