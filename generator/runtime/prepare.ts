import type { Operation, Parameter, Parts, Report, Violation } from "./descriptor.js";
import { ValidationError } from "./errors.js";
import type { Plan } from "./internals.js";
import type { HeaderOptions, ValidateOptions } from "./options.js";
import { own } from "./own.js";
import { isGiven, simple } from "./style.js";

/** A parameter, or what is checked and sent like one. */
type Slot = Pick<Parameter, "name" | "key" | "required"> &
  Partial<Pick<Parameter, "style" | "schema">> & {
    readonly in: Violation["in"];
    readonly secret?: true;
  };

/** Not only Headers of this realm: a Map, or any pairs. */
const entries = (headers: HeaderOptions = {}): (readonly [string, string | undefined])[] =>
  Symbol.iterator in headers ? [...headers] : Object.entries(headers);

/**
 * Serializes an input, and checks it. What cannot be sent as it is meant (a header that `fetch` refuses, a path segment
 * that a URL would resolve) is refused even without validation. Throws a ValidationError that lists all.
 */
export async function prepare(operation: Operation, input: object, plan: Plan): Promise<Parts> {
  const { parameters } = operation;
  const { requests: validate = plan.validate } = plan.validate as ValidateOptions;
  const violations: Violation[] = [];
  const parts: Parts = {
    headers: new Headers(),
    query: [],
    path: operation.path,
  };
  const keys: readonly string[] = parameters.map(({ key }) => key);

  /** What is being put: one closure for all, since each would cost as much as what it does. */
  let slot: Slot;
  let isMistyped: boolean;
  const report: Report = (pointer, rule, limit, given) => {
    // What is of the wrong type cannot be serialized.
    isMistyped ||= rule === "type";
    violations.push({
      parameter: slot.name,
      key: slot.key,
      in: slot.in,
      pointer,
      rule,
      limit,
      value: slot.secret ? "[redacted]" : given,
      message: `\`${slot.key}${pointer}\` breaks ${rule}: ${limit}`,
    });
  };
  const put = (next: Slot, value: unknown) => {
    slot = next;
    isMistyped = false;
    if (value === undefined || (value === null && slot.in !== "body")) {
      if (slot.required && (validate || slot.in === "path")) report("", "required", true, value);
    } else {
      if (validate) slot.schema?.type(value, slot.schema, "", report);
      if (!isMistyped) (slot.style ?? simple)(slot, value, report, parts);
    }
  };
  for (const key of validate ? Object.keys(input) : []) {
    if (isGiven(input[key as keyof typeof input]) && !keys.includes(key)) {
      slot = { name: key, key, in: "input" };
      // Who mistakes a key may have given a credential.
      report("", "unknown", keys, "[redacted]");
    }
  }
  for (const parameter of parameters) {
    const given = own(input, parameter.key);
    put(parameter, given === undefined ? own(plan.defaults, parameter.key) : given);
  }
  for (const [name, value] of plan.headers.flatMap(entries)) {
    put({ name, key: `headers.${name}`, in: "header", secret: true }, value);
  }
  for (const credential of plan.held) {
    const value = await credential.get(plan);
    put({ ...credential, key: `auth.${credential.key}`, required: true, secret: true }, value);
  }
  if (violations.length) {
    throw new ValidationError(`not sent: ${violations.map((one) => one.message).join("; ")}`, operation, {
      violations,
    });
  }
  return parts;
}
