import type { Operation, Parameter, Report, Violation } from "./descriptor.js";
import { isHeaderValue } from "./header-value.js";
import type { Plan } from "./internals.js";
import type { HeaderOptions } from "./options.js";
import { own } from "./own.js";

/** The parts of a request, serialized, and each rule that they break. */
export interface Prepared {
  readonly path: string;
  /** Without `?`. */
  readonly query: string;
  readonly headers: Headers;
  readonly violations: readonly Violation[];
}

/** A parameter, or what is checked and sent like one. */
type Slot = Pick<Parameter, "name" | "key" | "required"> &
  Partial<Pick<Parameter, "style" | "explode" | "schema">> & {
    readonly in: Violation["in"];
    readonly secret?: true;
  };

const entries = (headers: HeaderOptions | undefined): (readonly [string, string | undefined])[] =>
  headers instanceof Headers ? [...headers] : Object.entries(headers ?? {});

/**
 * Serializes an input, and checks it. What cannot be sent as it is meant (a header that `fetch` refuses, a path segment
 * that a URL would resolve) is a violation even without validation.
 */
export async function prepare(
  { operationId, parameters, path: template }: Operation,
  input: object,
  plan: Plan,
): Promise<Prepared> {
  const { defaults, validate } = plan;
  const violations: Violation[] = [];
  const query: string[] = [];
  const headers = new Headers({ accept: "*/*" });
  const keys = parameters.map(({ key }) => key);
  let path = template;

  const put = (slot: Slot, value: unknown) => {
    const { name, key, in: place, required, schema, style, secret } = slot;
    let isSound = true;
    const report: Report = (pointer, rule, limit, given) => {
      isSound = false;
      violations.push({
        parameter: name,
        key,
        in: place,
        pointer,
        rule,
        limit,
        value: secret ? "[redacted]" : given,
        message: `\`${key}${pointer}\` breaks the rule ${rule}: ${limit}`,
      });
    };
    if (value === undefined || value === null) {
      if (required && (validate || place === "path")) report("", "required", true, value);
      return;
    }
    if (place === "input") report("", "unknown", keys, value);
    if (validate) schema?.type(value, schema, "", report);
    // What is of the wrong type cannot be serialized.
    if (!isSound) return;
    const text = style ? style(slot, value) : `${value}`;
    if (place === "query") {
      if (text !== undefined) query.push(text);
    } else if (place === "path") {
      // A URL resolves dots.
      if (/^\.{0,2}$/.test(text ?? "")) report("", "path-segment", "neither empty nor dots", value);
      path = path.replace(`{${name}}`, () => text ?? "");
    } else if (text !== undefined) {
      if (isHeaderValue(text)) headers.set(name, text);
      else report("", "header-value", "ISO-8859-1", value);
    }
  };
  for (const key of validate ? Object.keys(input) : []) {
    if (!keys.includes(key)) put({ name: key, key, in: "input" }, own(input, key));
  }
  for (const parameter of parameters) {
    const given = own(input, parameter.key);
    put(parameter, given === undefined ? own(defaults, parameter.key) : given);
  }
  for (const [name, value] of plan.headers.flatMap(entries)) {
    put({ name, key: `headers.${name}`, in: "header", secret: true }, value);
  }
  for (const { scheme, get } of plan.credentials) {
    put({ ...scheme, key: `auth.${scheme.scheme}`, required: true, secret: true }, await get(operationId));
  }
  return { path, query: query.join("&"), headers, violations };
}
