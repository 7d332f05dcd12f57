/** Values of `enum` and `const` that `type` forbids, as they are meant: YAML takes an unquoted 1 for a number, and true for a flag. */
import type { MendContext } from "./mend-context.js";
import type { Json } from "./model.js";

/** The values, each of the type where it plainly says one that is. `types` are those of the schema. */
export function mendValues(context: MendContext, types: Json | undefined, values: readonly Json[]): readonly Json[] {
  const named = [types ?? []].flat();
  const [type, ...others] = named.filter((one) => one !== "null");
  const isType = isOf.get(type);
  if (!isType || others.length > 0) return values;
  const mended = values.map((value) => (value === null || isType(value) ? value : (meantBy(value, isType) ?? value)));
  const changed = values.flatMap((before, index) => {
    const after = mended[index] ?? null;
    return after === before ? [] : [`${JSON.stringify(before)} is read as ${JSON.stringify(after)}`];
  });
  const [keyword] = context.path.slice(-1);
  if (changed.length > 0) {
    const more = changed.length > SHOWN ? ", and so on" : "";
    const what = `\`${keyword}\` has values of another type than \`${type}\``;
    context.sloppy(`${what}: ${changed.slice(0, SHOWN).join(", ")}${more}`, what);
  }
  if (!mended.some((value) => value === null || isType(value))) {
    context.leftOut(`\`${keyword}\` has no value of type \`${type}\`: no value is allowed`);
  }
  return changed.length > 0 ? mended : values;
}

/** So many values are told: an enumeration may have hundreds. */
const SHOWN = 3;

const isOf: ReadonlyMap<Json | undefined, (value: Json) => boolean> = new Map([
  ["string", (value) => typeof value === "string"],
  ["integer", (value) => Number.isInteger(value)],
  ["number", (value) => typeof value === "number"],
  ["boolean", (value) => typeof value === "boolean"],
  ["array", (value) => Array.isArray(value)],
  ["object", (value) => typeof value === "object" && !Array.isArray(value)],
]);

/** The text of a value, or the value that a text says; undefined where neither is of the type. */
function meantBy(value: Json, isType: (value: Json) => boolean): Json | undefined {
  return [textOf(value), saidBy(value)].find((one) => one !== undefined && isType(one));
}

function textOf(value: Json): string | undefined {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function saidBy(value: Json): number | boolean | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  const number = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  // Of a larger one, another number would be left.
  const isKept = Number.isFinite(number) && Number.isInteger(number) === Number.isSafeInteger(number);
  return isKept ? number : undefined;
}
