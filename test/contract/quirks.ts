import type { DeclaredParameter } from "./contract.js";
import type { Rules } from "./rules.js";

/** One way in which Prism's verdict differs from JSON Schema's about the value that the caller gave. */
export interface Quirk {
  readonly name: string;
  readonly reason: string;
  /** The value that Prism judges in the place of `value`; undefined: none. */
  readonly read?: (parameter: DeclaredParameter, value: unknown) => unknown;
  /** The rules that Prism reports in the place of `rules`, which `value`, as read, breaks. */
  readonly report?: (parameter: DeclaredParameter, value: unknown, rules: Rules) => Rules;
}

/**
 * Every known difference, in the order in which they act. Measured on prism-cli 5.14.2; a line that no case needs fails
 * the run, as does a difference that no line explains.
 */
export const quirks: readonly Quirk[] = [
  {
    name: "list-is-text-in-a-header",
    reason: "style simple joins items with commas, and a header that is text may hold commas",
    read: ({ in: location, schema }, value) =>
      location === "header" && Array.isArray(value) && schema.type !== "array" ? value.join(",") : value,
  },
  {
    name: "list-of-one",
    reason: "one key in a query is one value, or a list of one: the schema decides, not the sender",
    read({ in: location, schema }, value) {
      if (location !== "query") return value;
      if (schema.type === "array") return Array.isArray(value) ? value : [value];
      return Array.isArray(value) && value.length === 1 ? value[0] : value;
    },
  },
  {
    name: "all-is-text",
    reason: "a number or a boolean goes over the wire as text, which is what a string parameter asks for",
    read({ schema }, value) {
      if (schema.type === "string") return scalarAsText(value);
      return schema.items?.type === "string" && Array.isArray(value) ? value.map(scalarAsText) : value;
    },
  },
  {
    name: "empty-is-absent",
    reason: "Prism takes a parameter whose only value is the empty text for one that is not there",
    read: (_, value) =>
      value === "" || (Array.isArray(value) && value.length === 1 && value[0] === "") ? undefined : value,
  },
  {
    name: "text-is-a-number",
    reason: "Prism turns text that JavaScript reads as an integer into one (Ajv, coerceTypes)",
    read({ schema }, value) {
      if (schema.type !== "integer" || typeof value !== "string") return value;
      return Number.isInteger(Number(value)) ? Number(value) : value;
    },
  },
  {
    name: "fraction-stays-text",
    reason: "text that reads as a fraction is not turned into a number for an integer, so that no bound is looked at",
    report: ({ schema }, value, rules) =>
      schema.type === "integer" && Number.isFinite(value) && !Number.isInteger(value)
        ? without(rules, "minimum", "maximum")
        : rules,
  },
  {
    name: "infinity-is-an-integer",
    reason: "Ajv turns the text `Infinity` into a number and finds no remainder",
    report: ({ schema }, value, rules) =>
      schema.type === "integer" && value === Number.POSITIVE_INFINITY ? without(rules, "type") : rules,
  },
  {
    name: "credential-is-security-too",
    reason: "a missing credential breaks the security requirement, beside the header parameter of the same name",
    report: ({ key }, value, rules) => (key === undefined && value === undefined ? new Set([...rules, "401"]) : rules),
  },
];

/** Keys that the operation does not have never reach the wire; only the client can refuse them. */
export const unknownKeys: Pick<Quirk, "name" | "reason"> = {
  name: "unknown-key",
  reason: "a key that the operation does not have is not sent, and Prism accepts any further query parameter",
};

/** All that a tally counts. */
export const allQuirks: readonly Pick<Quirk, "name" | "reason">[] = [...quirks, unknownKeys];

function scalarAsText(value: unknown): unknown {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

function without(rules: Rules, ...names: readonly string[]): Rules {
  return new Set([...rules].filter((rule) => !names.includes(rule)));
}
