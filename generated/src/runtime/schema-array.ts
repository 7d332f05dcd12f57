/** The checks of arrays that `array` in `schema.ts` leaves out. Each lets any other value pass. */
import type { Report } from "./descriptor.js";
import { canonical } from "./json-value.js";
import type { Schema, TypeCheck } from "./schema-descriptor.js";
import { fits } from "./schema-fit.js";
import { within } from "./schema-value.js";

const checkItem = (item: unknown, schema: Schema | undefined, place: string, report: Report) =>
  schema?.type(item, schema, place, report);

/** `minItems` and `maxItems`. */
export const itemCounts: TypeCheck = /*@__PURE__*/ within("Items", (value) =>
  Array.isArray(value) ? value.length : NaN,
);

/** `prefixItems`, and the items after those. */
export const tuple: TypeCheck = (value, { prefixItems = [], otherItems }, pointer, report) => {
  if (!Array.isArray(value)) return;
  for (const [index, item] of value.entries()) {
    checkItem(item, prefixItems[index] ?? otherItems, `${pointer}/${index}`, report);
  }
};

/** `uniqueItems`: what stands there for the second time is told. */
export const uniqueItems: TypeCheck = (value, _, pointer, report) => {
  if (!Array.isArray(value)) return;
  const seen = new Set<string>();
  for (const [index, item] of value.entries()) {
    const text = canonical(item);
    if (seen.has(text)) report(`${pointer}/${index}`, "uniqueItems", true, item);
    seen.add(text);
  }
};

/** `contains`, `minContains`, `maxContains`. */
export const containsItem: TypeCheck = (value, schema, pointer, report) => {
  if (!Array.isArray(value)) return;
  const { contains, minContains = 1, maxContains = Infinity } = schema;
  const found = value.filter((item) => !contains || fits(contains, item, pointer, report)).length;
  if (found < minContains) {
    report(pointer, schema.minContains === undefined ? "contains" : "minContains", minContains, value);
  }
  if (found > maxContains) report(pointer, "maxContains", maxContains, value);
};
