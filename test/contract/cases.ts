import fc from "fast-check";
import type { DeclaredOperation, DeclaredParameter } from "./contract.js";
import { acceptedValues, rejectedValues } from "./values.js";

/** One call of an operation. */
export interface Case {
  readonly label: string;
  readonly given: ReadonlyMap<DeclaredParameter, unknown>;
  /** Input keys that the operation does not have. */
  readonly unknown: Readonly<Record<string, unknown>>;
}

/** A call with one thing wrong: `parameter` breaks at least `rule`. */
export interface RejectedCase extends Case {
  readonly parameter: string;
  readonly rule: string;
}

/** What is required, and nothing else. */
export function baseCase(operation: DeclaredOperation): Case {
  const required = operation.parameters.filter((parameter) => parameter.required);
  return { label: "only what is required", given: new Map(required.map((p) => [p, example(p)])), unknown: {} };
}

/** The base, each parameter with each kind of value that it allows, and all parameters at once. */
export function acceptedCases(operation: DeclaredOperation): readonly Case[] {
  const base = baseCase(operation);
  const all = new Map(operation.parameters.map((parameter) => [parameter, example(parameter)]));
  const single = operation.parameters.flatMap((parameter) => {
    const examples = parameter.examples.map((value) => ({ label: "example", value }));
    return [...acceptedValues(parameter.schema, parameter.in), ...examples].map(({ label, value }) =>
      withValue(base, parameter, value, label),
    );
  });
  return [base, { label: "everything", given: all, unknown: {} }, ...single];
}

/** Each parameter with each kind of value that it does not allow, or missing; and a key that does not exist. */
export function rejectedCases(operation: DeclaredOperation): readonly RejectedCase[] {
  const base = baseCase(operation);
  const single = operation.parameters.flatMap((parameter) => {
    // A credential is text by the types of every client; only its bounds and its presence are the caller's to get wrong.
    const values = rejectedValues(parameter.schema, parameter.in).filter(
      ({ rule }) => parameter.key !== undefined || rule !== "type",
    );
    const outside = values.map(({ label, value, rule }) => ({
      ...withValue(base, parameter, value, label),
      parameter: parameter.name,
      rule,
    }));
    return parameter.required ? [...outside, withoutValue(base, parameter)] : outside;
  });
  const unknown = { ...base, label: "a key that does not exist", unknown: { nonsense: "1" } };
  return [...single, { ...unknown, parameter: "nonsense", rule: "unknown" }];
}

/** Calls in which any number of parameters is left out, allowed or not allowed: a third each is valid, nearly so, and wild. */
export function anyCase(operation: DeclaredOperation): fc.Arbitrary<Case> {
  return fc.oneof(...[0, 1, 8].map((rejections) => caseWith(operation, rejections)));
}

/** `rejections`: the weight of a value that is not allowed, beside 10 for one that is and 10 for none. */
function caseWith(operation: DeclaredOperation, rejections: number): fc.Arbitrary<Case> {
  const choices = operation.parameters.map((parameter) => {
    const { required } = parameter;
    const absent = { weight: required ? Math.ceil(rejections / 4) : 10, arbitrary: fc.constant(undefined) };
    return fc
      .oneof(
        { weight: 10, arbitrary: allowedValue(parameter) },
        { weight: rejections, arbitrary: refusedValue(parameter) },
        absent,
      )
      .map((value) => [parameter, value] as const);
  });
  const unknown = fc.oneof(
    { weight: 20, arbitrary: fc.constant({}) },
    { weight: rejections, arbitrary: fc.constant({ nonsense: 1 }) },
  );
  return fc.tuple(fc.tuple(...choices), unknown).map(([pairs, keys]) => ({
    label: "generated",
    given: new Map(pairs.filter(([, value]) => value !== undefined)),
    unknown: keys,
  }));
}

function allowedValue({ schema, in: location }: DeclaredParameter): fc.Arbitrary<unknown> {
  const named = fc.constantFrom(...acceptedValues(schema, location).map(({ value }) => value));
  switch (schema.type) {
    case "string":
      return fc.oneof(named, text(location, schema.minLength ?? 0, schema.maxLength ?? 100));
    case "integer": {
      if (schema.enum !== undefined) return named;
      const { minimum: min = 0, maximum: max = 1000 } = schema;
      return fc.oneof(named, fc.integer({ min, max }));
    }
    case "array": {
      const { minItems: minLength = 0, maxItems: maxLength = 10 } = schema;
      return fc.oneof(named, fc.array(text(location, 0, 8), { minLength, maxLength }));
    }
    default:
      return named;
  }
}

function refusedValue({ schema, in: location, key }: DeclaredParameter): fc.Arbitrary<unknown> {
  const { minLength = 0, maxLength = 100, minimum = 0, maximum = 1000 } = schema;
  const values = rejectedValues(schema, location).filter(
    ({ rule }) => rule !== "header-value" && (key !== undefined || rule !== "type"),
  );
  // First a rule, then a value that breaks it: there are many more wrong types than bounds.
  const rules = [...new Set(values.map(({ rule }) => rule))];
  const listed = fc.oneof(
    ...rules.map((name) => fc.constantFrom(...values.filter(({ rule }) => rule === name).map(({ value }) => value))),
  );
  switch (schema.type) {
    case "string": {
      const long = text(location, maxLength + 1, maxLength + 1);
      return minLength === 0 ? fc.oneof(listed, long) : fc.oneof(listed, long, fc.constant(""));
    }
    case "integer": {
      const numbers = fc.integer({ min: minimum - 10, max: maximum + 10 });
      return fc.oneof(
        listed,
        fc.double({ min: minimum - 10, max: maximum + 10 }),
        numbers,
        fc.constantFrom("", " 5 ", "0x10"),
      );
    }
    default:
      return listed;
  }
}

/** In a query any code points but lone surrogates, which no UTF-8 carries; in a header ASCII without blanks at its ends. */
function text(location: "query" | "header", minLength: number, maxLength: number): fc.Arbitrary<string> {
  if (location === "header") {
    return fc.string({ unit: "grapheme-ascii", minLength, maxLength }).map((value) => value.replace(/^ | $/g, "x"));
  }
  const spicy = fc.constantFrom(..."+&=%#?;,/'\"() 中é😀");
  return fc.oneof(
    fc.string({ unit: "grapheme-ascii", minLength, maxLength }),
    fc.string({ unit: "binary", minLength, maxLength }),
    fc.string({ unit: spicy, minLength, maxLength }),
  );
}

function example(parameter: DeclaredParameter): unknown {
  const [first] = parameter.examples;
  if (first === undefined) throw new Error(`The contract has no example for ${parameter.name}`);
  return first;
}

function withValue(base: Case, parameter: DeclaredParameter, value: unknown, label: string): Case {
  return { ...base, label: `${parameter.name}: ${label}`, given: new Map(base.given).set(parameter, value) };
}

function withoutValue(base: Case, parameter: DeclaredParameter): RejectedCase {
  const given = new Map(base.given);
  given.delete(parameter);
  return { ...base, label: `${parameter.name}: missing`, given, parameter: parameter.name, rule: "required" };
}
