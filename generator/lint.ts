/** The second stage: Redocly's rules, in this process, on the document that is loaded already. */
import { stripVTControlCharacters } from "node:util";
import { type Config, lintDocument, type NormalizedProblem } from "@redocly/openapi-core";
import type { Diagnostic } from "./diagnostics.js";
import type { LintSource } from "./document.js";

/** Every rule of `config` that the document breaks, in the order of the text; what the ignore file lists is left out. */
export async function lintSpec(
  { lint }: { readonly lint: LintSource },
  config: Config,
): Promise<readonly Diagnostic[]> {
  const problems = await lintDocument({ document: lint.document, externalRefResolver: lint.resolver, config });
  return problems
    .filter(({ ignored }) => !ignored)
    .map((problem) => diagnosticOf(problem, lint))
    .sort(byPlace);
}

function diagnosticOf(
  { ruleId, message, severity, location, suggest }: NormalizedProblem,
  lint: LintSource,
): Diagnostic {
  const [first] = location;
  return {
    code: "lint",
    severity: severity === "warn" ? "warning" : "error",
    message: `${ruleId}: ${stripVTControlCharacters(message)}`,
    ...(first ? lint.place(first) : {}),
    ...(suggest.length > 0 ? { fix: `Did you mean ${suggest.join(", ")}?` } : {}),
  };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    compare(a.file ?? "", b.file ?? "") ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compare(a.message, b.message)
  );
}

/** By code units: the same order under every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
