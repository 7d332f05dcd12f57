import type { Operation, Parameter, SecurityScheme, Violation } from "./descriptor.js";
import { isHeader } from "./header-value.js";
import type { HeaderOptions } from "./options.js";
import { own } from "./own.js";

/** What a call says, before it is serialized. */
export interface Draft {
  readonly input: object;
  readonly defaults: object;
  /** Of the client, then of the call. */
  readonly headers: readonly (HeaderOptions | undefined)[];
  readonly credentials: readonly (readonly [SecurityScheme, unknown])[];
  readonly validate: boolean;
}

/** The parts of a request, serialized, and each rule that they break. */
export interface Prepared {
  readonly path: string;
  /** Without `?`. */
  readonly query: string;
  readonly headers: Headers;
  readonly violations: readonly Violation[];
}

type Subject = Pick<Violation, "parameter" | "key" | "in"> & { readonly secret?: boolean };

const entries = (headers: HeaderOptions | undefined): (readonly [string, string | undefined])[] =>
  headers instanceof Headers ? [...headers] : Object.entries(headers ?? {});

/**
 * Serializes an input, and checks it. What cannot be sent as it is meant (a header that `fetch` refuses, a path segment
 * that a URL would resolve) is a violation even without validation.
 */
export function prepare(operation: Operation, draft: Draft): Prepared {
  const { input, defaults, validate } = draft;
  const violations: Violation[] = [];
  const query: string[] = [];
  const headers = new Headers({ accept: "*/*" });
  let { path } = operation;

  const reporter =
    ({ secret, ...subject }: Subject) =>
    (pointer: string, rule: string, limit: unknown, value: unknown, text: string) => {
      violations.push({
        ...subject,
        pointer,
        rule,
        limit,
        value: secret ? "[redacted]" : value,
        message: `\`${subject.key}${pointer}\` ${text}.`,
      });
    };
  const setHeader = (subject: Subject, value: string) => {
    if (isHeader(subject.parameter, value)) headers.set(subject.parameter, value);
    else reporter(subject)("", "header-value", "ISO-8859-1", value, "holds what a header cannot carry");
  };
  /** Whether there is a value that can be serialized. */
  const check = (subject: Subject, { required, schema }: Pick<Parameter, "required" | "schema">, value: unknown) => {
    const report = reporter(subject);
    const before = violations.length;
    if (value === undefined || value === null) {
      if (required && (validate || subject.in === "path")) report("", "required", true, value, "is required");
      return false;
    }
    if (validate) schema.type(value, schema, "", report);
    return violations.slice(before).every(({ rule }) => rule !== "type");
  };

  if (validate) {
    const known = operation.parameters.map(({ key }) => key);
    for (const key of Object.keys(input).filter((name) => !known.includes(name))) {
      const report = reporter({ parameter: key, key, in: "input" });
      report("", "unknown", known, own(input, key), "is no input of this operation");
    }
  }
  for (const parameter of operation.parameters) {
    const { name, key } = parameter;
    const subject: Subject = { parameter: name, key, in: parameter.in };
    const given = own(input, key);
    const value = given === undefined ? own(defaults, key) : given;
    if (!check(subject, parameter, value)) continue;
    const text = parameter.style(parameter, value);
    if (parameter.in === "path") {
      if (text && !/^\.\.?$/.test(text)) path = path.replace(`{${name}}`, () => text);
      else reporter(subject)("", "path-segment", "not empty, `.` or `..`", value, "must be a segment of a path");
    } else if (text !== undefined) {
      if (parameter.in === "header") setHeader(subject, text);
      else query.push(text);
    }
  }
  for (const [name, value] of draft.headers.flatMap(entries)) {
    if (value !== undefined) setHeader({ parameter: name, key: `headers.${name}`, in: "header", secret: true }, value);
  }
  for (const [{ scheme, name, schema }, value] of draft.credentials) {
    const subject: Subject = { parameter: name, key: `auth.${scheme}`, in: "header", secret: true };
    if (check(subject, { required: true, schema }, value)) setHeader(subject, `${value}`);
  }
  return { path, query: query.join("&"), headers, violations };
}
