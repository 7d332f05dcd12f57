import type { ValueSchema } from "./contract.js";

/** A value with a name that tells what it tries. */
export interface NamedValue {
  readonly label: string;
  readonly value: unknown;
}

/** A value that breaks at least the keyword `rule`. */
export interface RejectedValue extends NamedValue {
  readonly rule: string;
}

/** What may be written where: a header carries Latin-1 without blanks at its ends, a query anything. */
type Location = "query" | "header";

const plainText = {
  query: "a b+c&d=e%2F#?'(*)!~ 中文 😀",
  header: "a b+c&d=e%2F#?'(*)!~ é",
} as const satisfies Record<Location, string>;

/** Length of the longest text where the schema has no bound: any will do. */
const unboundedLength = 20;

/** The smallest, the largest, each named and a plain value that `schema` allows. */
export function acceptedValues(schema: ValueSchema, location: Location): readonly NamedValue[] {
  if (schema.enum !== undefined) return schema.enum.map((value) => ({ label: `named ${value}`, value }));
  switch (schema.type) {
    case "string":
      return acceptedTexts(schema, location);
    case "integer":
      return [
        { label: "smallest", value: bound(schema, "minimum") },
        { label: "largest", value: bound(schema, "maximum") },
        { label: "plain", value: bound(schema, "minimum") + 1 },
      ];
    case "array": {
      const { minItems = 0 } = schema;
      const items = acceptedValues(schema.items ?? {}, location).map(({ value }) => value);
      return [
        { label: "smallest", value: fill(items, minItems) },
        { label: "largest", value: fill(items, bound(schema, "maxItems")) },
        { label: "one item", value: fill(items, 1) },
        { label: "a comma in an item", value: ["a,b", "c"] },
      ];
    }
    default:
      throw new Error(`No accepted values for the type ${schema.type}`);
  }
}

/** One step outside each bound of `schema`, and of each other type. */
export function rejectedValues(schema: ValueSchema, location: Location): readonly RejectedValue[] {
  return [...outsideBounds(schema, location), ...wrongTypes(schema)];
}

function acceptedTexts(schema: ValueSchema, location: Location): readonly NamedValue[] {
  const { minLength = 0, maxLength = unboundedLength } = schema;
  const texts = [
    { label: "smallest", value: "a".repeat(minLength) },
    { label: "largest", value: "z".repeat(maxLength) },
    { label: "plain", value: cutToFit(plainText[location], schema) },
  ];
  // JSON Schema counts code points: an emoji is one of them, and two of JavaScript's units.
  const wide = { label: "largest, of emoji", value: "😀".repeat(maxLength) };
  return location === "query" ? [...texts, wide] : texts;
}

function outsideBounds(schema: ValueSchema, location: Location): readonly RejectedValue[] {
  const { type, minLength = 0, maxLength, minimum, maximum, minItems = 0, maxItems, items } = schema;
  const found: RejectedValue[] = [];
  const add = (rule: string, label: string, value: unknown): number => found.push({ rule, label, value });
  if (type === "string") {
    if (minLength > 0) add("minLength", "one too short", "a".repeat(minLength - 1));
    if (maxLength !== undefined) add("maxLength", "one too long", "z".repeat(maxLength + 1));
    if (maxLength !== undefined && location === "query")
      add("maxLength", "one emoji too long", "😀".repeat(maxLength + 1));
    if (location === "header") {
      for (const value of ["中文", "😀", "a\r\nb", "a\u0000b", " a", "a "]) {
        add("header-value", `a header cannot carry ${JSON.stringify(value)}`, value);
      }
      if (maxLength !== undefined) add("header-value", "one too long, too", "中".repeat(maxLength + 1));
    }
  }
  if (type === "integer") {
    if (minimum !== undefined) add("minimum", "one too small", minimum - 1);
    if (maximum !== undefined) add("maximum", "one too large", maximum + 1);
  }
  if (type === "array") {
    const allowed = acceptedValues(items ?? {}, location).map(({ value }) => value);
    if (minItems > 0) add("minItems", "one item too few", fill(allowed, minItems - 1));
    if (maxItems !== undefined) add("maxItems", "one item too many", fill(allowed, maxItems + 1));
  }
  for (const value of schema.enum ?? []) {
    for (const next of typeof value === "number" ? [value - 1, value + 1] : []) {
      if (!schema.enum?.includes(next)) add("enum", `beside ${value}`, next);
    }
  }
  return found;
}

/** One value of each type that the wire can show, except of the type of `schema`. */
function wrongTypes(schema: ValueSchema): readonly RejectedValue[] {
  const samples: Readonly<Record<string, readonly unknown[]>> = {
    string: ["text", "5", "1e1"],
    integer: [7],
    number: [1.5, -2.5, 1000000.5, Number.NaN, Number.POSITIVE_INFINITY],
    boolean: [true],
    array: [["x", "y"], ["7"]],
  };
  const others = Object.entries(samples).filter(([type]) => type !== schema.type);
  const found = others.flatMap(([, values]) => values.map((value) => wrong(value)));
  const { items } = schema;
  if (items === undefined) return found;
  const inItems = wrongTypes(items).filter(({ value }) => !Array.isArray(value));
  return [...found, ...inItems.map(({ value }) => wrong([value]))];
}

function wrong(value: unknown): RejectedValue {
  return { rule: "type", label: `wrong type ${Array.isArray(value) ? JSON.stringify(value) : String(value)}`, value };
}

function bound(schema: ValueSchema, keyword: "minimum" | "maximum" | "maxItems"): number {
  const value = schema[keyword];
  if (value === undefined) throw new Error(`No cases for a schema of type ${schema.type} without ${keyword}`);
  return value;
}

/** `text`, cut to the largest length and filled up to the smallest, in code points. */
function cutToFit(text: string, { minLength = 0, maxLength = unboundedLength }: ValueSchema): string {
  const points = [...text].slice(0, maxLength).join("").trim();
  return points + "a".repeat(Math.max(0, minLength - [...points].length));
}

/** `count` items out of `values`, over and over again. */
function fill(values: readonly unknown[], count: number): readonly unknown[] {
  return Array.from({ length: count }, (_, index) => values[index % values.length]);
}
