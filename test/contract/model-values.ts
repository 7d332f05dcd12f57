import type { PropertyModel, SchemaModel } from "../../generator/model.js";

/** A value for a place that a schema describes, and what is known of it. */
export interface Variant {
  readonly label: string;
  readonly value: unknown;
  /**
   * `accepted`, or the rule that it breaks at a place within the value (RFC 6901); `unknown` within a choice of schemas, where
   * only two validators together can tell.
   */
  readonly expected: "accepted" | "unknown" | { readonly pointer: string; readonly rule: string };
}

/** How far down the properties and items are varied: a schema may hold itself. */
const deepest = 3;

/** One value that a request may carry: an example, or no more than what is required. */
export function sample(schema: SchemaModel): unknown {
  const whole = merged(schema);
  const { example, type, more } = whole;
  if (example !== undefined) return example;
  if (more.const !== undefined) return more.const;
  if (whole.enum !== undefined) return whole.enum[0];
  if (more.isBinary) return new Blob(["bytes"], { type: "image/png" });
  const [choice] = more.oneOf ?? more.anyOf ?? [];
  if (choice !== undefined) return within(whole, choice, 0);
  switch (type ?? more.types?.[0]) {
    case "integer":
    case "number":
      return numberWithin(whole);
    case "boolean":
      return true;
    case "array":
      return Array.from({ length: whole.minItems ?? 0 }, (_, index) => itemAt(whole, index));
    case "object":
      return objectOf(whole);
    case "null":
      return null;
    case "string":
      return text(whole);
    default:
      return more.properties === undefined ? "any" : objectOf(whole);
  }
}

/** The sample, each bound from within and from one step outside, a value of another type, and the same of all that it holds. */
export function variants(schema: SchemaModel, depth = 0): readonly Variant[] {
  const whole = merged(schema);
  const base = sample(schema);
  const choices = whole.more.oneOf ?? whole.more.anyOf;
  const own: readonly Variant[] = [
    accepted("sample", base),
    ...(depth === 0 ? otherTypes(whole) : otherTypes(whole).slice(0, 1)),
  ];
  if (whole.more.isBinary) return own.slice(0, 1);
  if (contradicts(schema)) return own.map((variant) => ({ ...variant, expected: "unknown" }));
  if (choices !== undefined) {
    const inner = choices.flatMap((choice, index) => [
      { label: `choice ${index}`, value: within(whole, choice, index) },
      ...(depth < deepest ? variants(choice, depth + 1) : []),
    ]);
    return [...own, ...inner].map(({ label, value }) => ({ label, value, expected: "unknown" }));
  }
  return [
    ...own,
    ...bounds(whole),
    ...(depth < deepest ? [...properties(whole, base, depth), ...items(whole, depth)] : []),
  ];
}

/** A schema with its `allOf`: of each keyword that can stand only once the last one counts. */
export function merged(schema: SchemaModel): SchemaModel {
  const { allOf, ...more } = schema.more;
  if (allOf === undefined) return schema;
  return allOf.map(merged).reduce(both, { ...schema, more });
}

/** Whether the parts of a schema are of several types, so that no value has them all. */
function contradicts({ type, more: { allOf = [] } }: SchemaModel): boolean {
  const types = new Set([type, ...allOf.map((part) => merged(part).type)].filter((one) => one !== undefined));
  return types.size > 1;
}

function both(one: SchemaModel, other: SchemaModel): SchemaModel {
  const properties = [...(one.more.properties ?? []), ...(other.more.properties ?? [])];
  const required = [...new Set([...(one.more.required ?? []), ...(other.more.required ?? [])])];
  return {
    ...one,
    ...defined(other),
    more: {
      ...one.more,
      ...other.more,
      ...(properties.length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required } : {}),
    },
  };
}

function defined<T extends object>(object: T): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** What a client may write: a property that one part hides, the others hide, too. */
function writable({ more: { properties = [] } }: SchemaModel): readonly PropertyModel[] {
  const hidden = new Set(properties.filter(({ readOnly }) => readOnly).map(({ name }) => name));
  return properties.filter(({ name }, index) => {
    const first = properties.findIndex((other) => other.name === name);
    return !hidden.has(name) && first === index;
  });
}

function isHidden({ more: { properties = [] } }: SchemaModel, wanted: string): boolean {
  return properties.some(({ name, readOnly }) => name === wanted && readOnly);
}

/** By name: assigned, `__proto__` would be lost. */
function object(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries);
}

function objectOf(schema: SchemaModel): object {
  const known = writable(schema);
  const names = (schema.more.required ?? []).filter((name) => !isHidden(schema, name));
  const entries = names.map((name) => {
    const property = known.find((one) => one.name === name);
    return [name, property === undefined ? "any" : sample(property.schema)] as const;
  });
  return object(entries);
}

/** A value of one of several schemas, with what the whole asks for beside it and the name that tells which one it is. */
function within(whole: SchemaModel, choice: SchemaModel, index: number): unknown {
  const value = sample(choice);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const { propertyName = "", mapping = [] } = whole.more.discriminator ?? {};
  const name = mapping.find(([, place]) => place === index)?.[0];
  const { oneOf: _, anyOf: __, ...more } = whole.more;
  const beside = Object.entries(objectOf({ ...whole, more }));
  return object([...beside, ...Object.entries(value), ...(name === undefined ? [] : [[propertyName, name] as const])]);
}

function properties(schema: SchemaModel, base: unknown, depth: number): readonly Variant[] {
  if (typeof base !== "object" || base === null || Array.isArray(base)) return [];
  const entries = Object.entries(base);
  const found: Variant[] = writable(schema).flatMap(({ name, schema: inner }) =>
    variants(inner, depth + 1).map(({ label, value, expected }) => ({
      label: `${name}: ${label}`,
      value: object([...entries.filter(([key]) => key !== name), [name, value]]),
      expected:
        typeof expected === "string" ? expected : { ...expected, pointer: `/${escaped(name)}${expected.pointer}` },
    })),
  );
  for (const [missing] of entries.filter(([key]) => schema.more.required?.includes(key))) {
    const hasDefault = schema.more.properties?.some((property) => property.name === missing && property.hasDefault);
    found.push({
      label: `${missing}: ${hasDefault ? "its default is left to the service" : "missing"}`,
      value: object(entries.filter(([key]) => key !== missing)),
      expected: hasDefault ? "accepted" : { pointer: `/${escaped(missing)}`, rule: "required" },
    });
  }
  const { additionalProperties } = schema.more;
  if (additionalProperties?.more.isNever) {
    found.push({
      label: "an undeclared property",
      value: object([...entries, ["undeclared", 1]]),
      expected: { pointer: "/undeclared", rule: "additionalProperties" },
    });
  } else if (additionalProperties !== undefined) {
    for (const { label, value, expected } of variants(additionalProperties, depth + 1)) {
      const pointer = typeof expected === "string" ? "" : `/other${expected.pointer}`;
      found.push({
        label: `any other property: ${label}`,
        value: object([...entries, ["other", value]]),
        expected: typeof expected === "string" ? expected : { ...expected, pointer },
      });
    }
  }
  return found;
}

function items(schema: SchemaModel, depth: number): readonly Variant[] {
  const inner = schema.type === "array" ? schema.items : undefined;
  if (inner === undefined || inner.more.isNever || schema.more.prefixItems !== undefined) return [];
  const filler = Array.from({ length: Math.max(0, (schema.minItems ?? 0) - 1) }, () => sample(inner));
  const single = variants(inner, depth + 1).map(({ label, value, expected }) => ({
    label: `an item: ${label}`,
    value: [value, ...filler],
    expected: typeof expected === "string" ? expected : { ...expected, pointer: `/0${expected.pointer}` },
  }));
  if (!schema.more.uniqueItems) return single;
  const twice = {
    label: "an item twice",
    value: [sample(inner), sample(inner)],
    expected: { pointer: "/1", rule: "uniqueItems" },
  };
  return [...single, twice];
}

function itemAt({ items: rest, more: { prefixItems = [] } }: SchemaModel, index: number): unknown {
  const schema = prefixItems[index] ?? rest;
  return schema === undefined ? "any" : sample(schema);
}

function bounds(schema: SchemaModel): readonly Variant[] {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems, format } = schema;
  const { exclusiveMinimum, exclusiveMaximum, pattern, const: constant } = schema.more;
  const found: Variant[] = [];
  const inside = (label: string, value: unknown) => found.push(accepted(label, value));
  const outside = (rule: string, value: unknown) =>
    found.push({ label: `outside ${rule}`, value, expected: { pointer: "", rule } });
  const isFree = schema.enum === undefined && constant === undefined && pattern === undefined;
  if (isFree && minLength !== undefined) {
    inside("shortest", "a".repeat(minLength));
    if (minLength > 0) outside("minLength", "a".repeat(minLength - 1));
  }
  if (isFree && maxLength !== undefined) {
    inside("longest", "z".repeat(maxLength));
    outside("maxLength", "z".repeat(maxLength + 1));
  }
  if (minimum !== undefined) {
    inside("smallest", minimum);
    outside("minimum", minimum - 1);
  }
  if (maximum !== undefined) {
    inside("largest", maximum);
    outside("maximum", maximum + 1);
  }
  if (exclusiveMinimum !== undefined) outside("exclusiveMinimum", exclusiveMinimum);
  if (exclusiveMaximum !== undefined) outside("exclusiveMaximum", exclusiveMaximum);
  if (schema.type === "array") {
    const filled = (length: number) => Array.from({ length }, (_, index) => itemAt(schema, index));
    if (minItems !== undefined && minItems > 0) outside("minItems", filled(minItems - 1));
    if (maxItems !== undefined) inside("most items", filled(maxItems));
    if (maxItems !== undefined) outside("maxItems", filled(maxItems + 1));
    else if (schema.more.prefixItems === undefined && !schema.items?.more.isNever && !schema.more.uniqueItems) {
      inside("three items", filled(3));
    }
  }
  for (const value of schema.enum ?? []) inside(`named ${JSON.stringify(value)}`, value);
  if (schema.enum !== undefined && !schema.enum.includes("nobody's")) outside("enum", "nobody's");
  if (constant !== undefined) outside("const", "nobody's");
  if (pattern !== undefined && pattern.length === undefined) outside("pattern", "#!");
  if (format !== undefined && Object.hasOwn(formats, format)) outside("format", "nobody's");
  return found;
}

/** A value of each type that the schema does not allow. */
function otherTypes({ type, nullable, more }: SchemaModel): readonly Variant[] {
  if (type === undefined || more.isBinary) return [];
  const samples: readonly (readonly [string, unknown])[] = [
    ["string", "text"],
    ["number", 1.5],
    ["boolean", true],
    ["object", { a: "b" }],
    ["array", ["a", "b"]],
    ["null", null],
  ];
  return samples
    .filter(([other]) => other !== type && !(nullable && other === "null"))
    .map(([other, value]) => ({
      label: `of the type ${other}`,
      value,
      expected: type === "number" && other === "number" ? "accepted" : { pointer: "", rule: "type" },
    }));
}

function numberWithin({ minimum, maximum, more: { exclusiveMinimum, exclusiveMaximum } }: SchemaModel): number {
  if (minimum !== undefined) return minimum;
  if (exclusiveMinimum !== undefined) return exclusiveMinimum + 1;
  if (maximum !== undefined) return maximum;
  return exclusiveMaximum === undefined ? 7 : exclusiveMaximum - 1;
}

/** Formats that are checked, each with a text that has it. */
const formats: Readonly<Record<string, string>> = {
  date: "2024-02-29",
  "date-time": "2024-02-29T12:30:00Z",
  uuid: "123e4567-e89b-12d3-a456-426614174000",
  email: "a@b.example",
  uri: "https://a.example/",
};

function text({ minLength = 0, maxLength = 20, format, more: { pattern } }: SchemaModel): string {
  if (format !== undefined && Object.hasOwn(formats, format)) return formats[format] ?? "";
  const plain = "text".slice(0, maxLength).padEnd(minLength, "a");
  if (pattern === undefined) return plain;
  const regex = new RegExp(pattern.source, "u");
  return [plain, "AB", "a", "1"].find((value) => regex.test(value)) ?? plain;
}

function accepted(label: string, value: unknown): Variant {
  return { label, value, expected: "accepted" };
}

/** A name as a token of a JSON Pointer (RFC 6901, 3). */
export function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
