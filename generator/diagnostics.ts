/** Diagnostics: stable codes, each with a title, a cause and a fix; stages collect them, nobody throws them one at a time. */

/** What a code means, whatever the document. */
export interface DiagnosticInfo {
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
}

/** Every code there is. A code that is not in this catalogue does not compile. */
export const catalogue = {
  "spec-not-found": {
    title: "The document cannot be read",
    cause: "There is no readable file at this path.",
    fix: "Check the path, or the `root` of the entry in redocly.yaml.",
  },
  "spec-syntax": {
    title: "The document is not YAML or JSON",
    cause: "The text could not be parsed.",
    fix: "Correct the syntax at the place shown.",
  },
  "spec-version": {
    title: "Not an OpenAPI 3.0 or 3.1 document",
    cause: "The top level has no `openapi: 3.0.x` or `openapi: 3.1.x`.",
    fix: "Convert the document to OpenAPI 3.1 first.",
  },
  "ref-unresolved": {
    title: "A reference leads nowhere",
    cause: "The target of a `$ref` does not exist or cannot be read.",
    fix: "Correct the `$ref`, or add what it names.",
  },
  "ref-outside": {
    title: "A reference leaves the document's folder",
    cause: "A `$ref` names a file outside the folder of the document, or an address on a network.",
    fix: "Move the file below the document's folder, or allow its place with --allow-ref.",
  },
  lint: {
    title: "A Redocly rule is broken",
    cause: "The document breaks a rule that redocly.yaml turns on.",
    fix: "Follow the rule, or turn it off for this place in redocly.yaml.",
  },
  "config-invalid": {
    title: "redocly.yaml cannot be used",
    cause: "An entry of `apis` lacks what the command needs, or the file cannot be read.",
    fix: "Give the entry `root` and `x-specproof: { out, package, version }`, or pass flags.",
  },
  "construct-unsupported": {
    title: "A construct that the client does not honour",
    cause: "The document uses something that this version does not put on the wire or check.",
    fix: "Simplify the document at this place, or use `client.raw` for this operation.",
  },
  "coverage-not-honoured": {
    title: "A keyword that the client does not honour",
    cause: "The document uses a keyword that is documented in the types but neither sent nor checked.",
    fix: "Nothing, if the server checks it; --strict turns this into an error.",
  },
  "schema-read-as": {
    title: "A schema is not as the specification has it",
    cause:
      "It uses a word of another version, or something that cannot stand there; what is meant is clear, or is left open.",
    fix: "Nothing, if the types are right; else write the schema as its version of OpenAPI has it.",
  },
  "name-changed": {
    title: "A name was changed",
    cause: "Two things would have had the same name, or the name is reserved in TypeScript.",
    fix: "Rename one of them in the document, or live with the name shown.",
  },
  "bindings-differ": {
    title: "The bindings and the document disagree",
    cause: "openapi-typescript says something else about an operation than the document does.",
    fix: "Report it with the document; the helper follows the document.",
  },
  "bindings-failed": {
    title: "The bindings could not be made",
    cause: "openapi-typescript stopped at this document.",
    fix: "Simplify the schema at the place shown; report it with the document.",
  },
  "output-unsafe": {
    title: "The output would hold more than types, data and known functions",
    cause: "A text of the document would have become code: a fault of specproof or of openapi-typescript.",
    fix: "Nothing was written. Report it with the document; simplify the place that the text comes from.",
  },
  "output-foreign": {
    title: "The output folder holds files that are not ours",
    cause: "The folder has files, and no record says that this tool wrote them.",
    fix: "Choose another folder, or empty this one.",
  },
  "output-unwritable": {
    title: "The output folder cannot be written",
    cause: "The file system refused to create or replace the folder.",
    fix: "Check the rights on the folder and its parent, and the free space.",
  },
  "output-differs": {
    title: "The generated files are not what the document asks for",
    cause: "Files are missing, foreign or changed.",
    fix: "Run npm run generate and commit the result.",
  },
} as const satisfies Readonly<Record<string, DiagnosticInfo>>;

/** A stable code of the catalogue. */
export type DiagnosticCode = keyof typeof catalogue;

/** Where in the document: what is known of it. */
export interface Place {
  /** Path as the user would write it, relative to the working folder. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** JSON Pointer (RFC 6901) as a URI fragment, e.g. `#/paths/~1cases/get`. */
  readonly pointer?: string;
}

/** One finding. */
export interface Diagnostic extends Place {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning" | "info";
  /** What is wrong, here. */
  readonly message: string;
  /** Replaces the catalogue's cause where more is known. */
  readonly cause?: string;
  /** Replaces the catalogue's fix where more is known. */
  readonly fix?: string;
}

/** Thrown by a stage that cannot go on; carries everything found so far. Only `pipeline.ts` and the CLI catch it. */
export class StageError extends Error {
  override readonly name = "StageError";
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join("\n"));
    this.diagnostics = diagnostics;
  }
}

/** True if any finding stops the run. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

/** What is not honoured, as an error: `--strict`. */
export function strictly(diagnostic: Diagnostic): Diagnostic {
  const isNotHonoured = diagnostic.code === "coverage-not-honoured" || diagnostic.code === "construct-unsupported";
  return isNotHonoured ? { ...diagnostic, severity: "error" } : diagnostic;
}

/** For people: `file:line:column`, pointer, message, cause, fix. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { code, severity, message, file, line, column, pointer } = diagnostic;
  const info: DiagnosticInfo = catalogue[code];
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return [
    `${severity} ${code}: ${message}`,
    ...(place || pointer ? [`  at     ${[place, pointer].filter(Boolean).join("  ")}`] : []),
    `  cause  ${diagnostic.cause ?? info.cause}`,
    `  fix    ${diagnostic.fix ?? info.fix}`,
  ].join("\n");
}
