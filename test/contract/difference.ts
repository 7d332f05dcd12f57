import type { OperationModel } from "../../generator/model.js";
import type { Violation } from "../../generator/runtime/descriptor.js";
import type { PrismViolation } from "../support/proxy.js";
import type { ModelCase } from "./model-cases.js";
import { escaped } from "./model-values.js";
import { missingProperty, type Verdict, verdict } from "./verdict.js";

/** What one of the two says of a call, and the other does not. */
export interface Difference {
  readonly by: "client" | "Prism";
  /** `query limit`, `body/name/0`: names of parameters in lower case, as Prism tells them. */
  readonly place: string;
  readonly rule: string;
  readonly operation: OperationModel;
  readonly subject: ModelCase;
  readonly client: Verdict;
  readonly prism: Verdict;
}

/** The client's verdict, place by place; a credential has the place `security`. */
export function placedClientVerdict(
  violations: readonly Pick<Violation, "parameter" | "key" | "in" | "pointer" | "rule">[],
): Verdict {
  return verdict(
    violations.map(({ parameter, key, in: location, pointer, rule }) => {
      if (key.startsWith("auth.")) return ["security", rule];
      return [location === "body" ? `body${pointer}` : `${location} ${parameter.toLowerCase()}${pointer}`, rule];
    }),
  );
}

/** Prism's verdict, place by place; the place of what is missing, or too much, is in the message alone. */
export function placedPrismVerdict(violations: readonly PrismViolation[]): Verdict {
  return verdict(
    violations
      .filter(({ severity }) => severity === "Error")
      .map(({ location, code, message }) => {
        const [side, where, ...path] = location;
        if (side === "response") return ["response", String(code)];
        if (code === 401) return ["security", "required"];
        if (where === undefined) return ["body", String(code)];
        const name =
          missingProperty(message) ?? /must NOT have additional properties; found '(.*)'$/s.exec(message)?.[1];
        const whole = name === undefined ? path : [...path, escaped(name)];
        if (where === "body") return [["body", ...whole].join("/"), String(code)];
        return [`${where} ${whole.join("/")}`, String(code)];
      }),
  );
}

/** Every entry that only one of two verdicts has. */
export function differences(
  operation: OperationModel,
  subject: ModelCase,
  client: Verdict,
  prism: Verdict,
): readonly Difference[] {
  const only = (by: Difference["by"], own: Verdict, other: Verdict): readonly Difference[] =>
    own
      .filter((entry) => !other.includes(entry))
      .map((entry) => {
        const [, place = "", rule = ""] = /^(.*): ([^:]*)$/s.exec(entry) ?? [];
        return { by, place, rule, operation, subject, client, prism };
      });
  return [...only("client", client, prism), ...only("Prism", prism, client)];
}
