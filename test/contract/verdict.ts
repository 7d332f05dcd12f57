import { isDeepStrictEqual } from "node:util";
import type { PrismViolation } from "../support/proxy.js";
import type { Case } from "./cases.js";
import type { DeclaredOperation, DeclaredParameter } from "./contract.js";
import { quirks, unknownKeys } from "./quirks.js";
import { brokenRules, type Rules } from "./rules.js";

/** `parameter: rule`, sorted: parameters by their wire names in lower case, as Prism tells headers. */
export type Verdict = readonly string[];

/** What the comparison of a case found. */
export interface Comparison {
  /** Names of the quirks that make the two verdicts differ; empty: they are equal. */
  readonly explainedBy: readonly string[];
  /** What nothing explains; empty: all is well. */
  readonly problems: readonly string[];
}

/** The client's verdict: of the violations in its ValidationError, none where it sent the request. */
export function clientVerdict(violations: readonly { readonly parameter: string; readonly rule: string }[]): Verdict {
  return verdict(violations.map(({ parameter, rule }) => [parameter.toLowerCase(), rule]));
}

/** The name that a message of Prism has and its location has not. */
export function missingProperty(message: string): string | undefined {
  return /must have required property '(.*)'$/s.exec(message)?.[1];
}

/** What the contract says of the parameters of a case. */
export function contractVerdict({ given }: Case): Verdict {
  return verdict([...given].flatMap(([parameter, value]) => pairs(parameter.name, brokenRules(parameter, value))));
}

/** Prism's verdict; only the message tells the name of a missing parameter. */
export function prismVerdict(operation: DeclaredOperation, violations: readonly PrismViolation[]): Verdict {
  return verdict(
    violations.map(({ location, code, message }) => {
      const credential = code === 401 ? operation.credential?.header : undefined;
      return [
        (location[2] ?? missingProperty(message) ?? credential ?? location.join("/")).toLowerCase(),
        String(code),
      ];
    }),
  );
}

/** Holds both verdicts against the contract, and Prism's against the contract as Prism reads it. */
export function compare(operation: DeclaredOperation, subject: Case, client: Verdict, prism: Verdict): Comparison {
  const judged = operation.parameters.map((parameter) => judge(parameter, subject.given.get(parameter)));
  const unknown = Object.keys(subject.unknown).map((key): [string, string] => [key, "unknown"]);
  const ours = verdict([...judged.flatMap(({ name, raw }) => pairs(name, raw)), ...unknown]);
  const theirs = verdict(judged.flatMap(({ name, read }) => pairs(name, read)));
  const explainedBy = new Set(judged.flatMap(({ raw, read, acted }) => (isDeepStrictEqual(raw, read) ? [] : acted)));
  if (unknown.length > 0) explainedBy.add(unknownKeys.name);
  return {
    explainedBy: [...explainedBy],
    problems: [
      ...(isDeepStrictEqual(client, ours) ? [] : [`the client says [${client}], the contract [${ours}]`]),
      ...(isDeepStrictEqual(prism, theirs) ? [] : [`Prism says [${prism}], expected [${theirs}] of it`]),
    ],
  };
}

/** The rules that a value breaks, those that Prism reports, and the quirks that made the difference. */
function judge(parameter: DeclaredParameter, value: unknown): Judgement {
  const acted: string[] = [];
  let read = value;
  for (const quirk of quirks) {
    const next = quirk.read === undefined || read === undefined ? read : quirk.read(parameter, read);
    if (!isDeepStrictEqual(next, read)) acted.push(quirk.name);
    read = next;
  }
  let rules = brokenRules(parameter, read);
  for (const quirk of quirks) {
    const next = quirk.report === undefined ? rules : quirk.report(parameter, read, rules);
    if (!isDeepStrictEqual(next, rules)) acted.push(quirk.name);
    rules = next;
  }
  return { name: parameter.name, raw: brokenRules(parameter, value), read: rules, acted };
}

interface Judgement {
  readonly name: string;
  readonly raw: Rules;
  readonly read: Rules;
  readonly acted: readonly string[];
}

function pairs(name: string, rules: Rules): readonly [string, string][] {
  return [...rules].map((rule) => [name.toLowerCase(), rule]);
}

/** `place: rule`, each once, sorted. */
export function verdict(entries: readonly (readonly [string, string])[]): Verdict {
  return [...new Set(entries.map(([place, rule]) => `${place}: ${rule}`))].sort();
}
