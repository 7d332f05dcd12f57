/** The second stage: Redocly's rules, in this process, on the document that is loaded already. */
import { stripVTControlCharacters } from "node:util";
import type { Config, LocationObject, NormalizedProblem, Source } from "@redocly/openapi-core";
import type { Diagnostic } from "./diagnostics.js";
import type { LintSource } from "./document.js";
import { compare } from "./order.js";

/** Rules, and how much they weigh. */
export interface Rules {
  readonly config: Config;
  /** Not written for this document: what they find is told and stops nothing. */
  readonly isAdvice: boolean;
}

/** Every rule that the document breaks, in the order of the text; what the ignore file lists is left out. */
export async function lintSpec(
  { lint }: { readonly lint: LintSource },
  { config, isAdvice }: Rules,
): Promise<readonly Diagnostic[]> {
  const { document, resolver } = lint;
  const { lintDocument } = await import("@redocly/openapi-core");
  try {
    const problems = await lintDocument({ document, externalRefResolver: resolver, config });
    return problems
      .filter(({ ignored }) => !ignored)
      .map((problem) => diagnosticOf(problem, lint, isAdvice))
      .sort(byPlace);
  } catch (error) {
    // Some rules take for granted what another rule checks.
    const reason = error instanceof Error ? error.message : String(error);
    const message = `Redocly's rules cannot be run on this document: ${reason}`;
    const fix = "Correct what else is reported, or pass --no-lint.";
    return [
      { code: "lint", severity: isAdvice ? "warning" : "error", message, ...lint.place(whole(document.source)), fix },
    ];
  }
}

function whole(source: Source): LocationObject {
  return { source, pointer: "#/" };
}

function diagnosticOf(
  { ruleId, message, severity, location, suggest }: NormalizedProblem,
  lint: LintSource,
  isAdvice: boolean,
): Diagnostic {
  const [first] = location;
  return {
    code: "lint",
    severity: severity === "warn" || isAdvice ? "warning" : "error",
    message: `${ruleId}: ${stripVTControlCharacters(message)}`,
    construct: ruleId,
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
