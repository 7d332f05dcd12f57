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
    title: "Not an OpenAPI 3 document",
    cause: "The top level has no `openapi: 3.0.x`, `3.1.x` or `3.2.x`.",
    fix: "Convert the document to OpenAPI 3.1 first.",
  },
  "spec-shape": {
    title: "A value is not of the kind that belongs there",
    cause: "The specification asks for another kind of value, and what is there may mean anything.",
    fix: "Write at this place what the message asks for.",
  },
  "spec-mended": {
    title: "The document is not as the specification has it, and was read as it is meant",
    cause: "The specification, in the version of the document, does not have it this way.",
    fix: "Nothing for the client; correct the document, for other tools may read it in another way.",
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
    cause:
      "The document breaks a rule of redocly.yaml; without one that is meant for it, a rule that Redocly recommends.",
    fix: "Follow the rule, or turn it off in redocly.yaml; --no-lint leaves all of them out.",
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
    fix: "Nothing, if the server checks it.",
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
  "output-holds-document": {
    title: "The output folder would swallow the document",
    cause: "The output folder is replaced as a whole, and the document is in it or in its place.",
    fix: "Choose a folder of its own, e.g. --out client.",
  },
  "output-unwritable": {
    title: "The output folder cannot be written",
    cause: "The file system refused to create or replace the folder.",
    fix: "Check the rights on the folder and its parent, and the free space.",
  },
  "output-differs": {
    title: "The generated files are not what the document asks for",
    cause: "Files are missing, foreign or changed.",
    fix: "Generate it again, and commit the result.",
  },
  "tool-fault": {
    title: "specproof stopped where it should not have",
    cause: "It met something that it does not expect: a fault of specproof.",
    fix: "Nothing was changed. Report it with the document.",
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
  /** What is wrong, wherever it is: a report puts these together. The message, where that says no more. */
  readonly construct?: string;
  /** Replaces the catalogue's cause where more is known. */
  readonly cause?: string;
  /** Replaces the catalogue's fix where more is known. */
  readonly fix?: string;
}

/**
 * Thrown by a stage that cannot go on; carries everything found so far. What runs stages takes it: `run-job.ts`,
 * `compiler-worker.ts`, `cli.ts`; whoever else catches it throws it on.
 */
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

/** Whether it says that the client does not honour something of the document: these make the coverage report. */
export function isNotHonoured({ code }: Diagnostic): boolean {
  return code === "coverage-not-honoured" || code === "construct-unsupported";
}

/** What is not honoured, as an error: `--strict`. */
export function strictly(diagnostic: Diagnostic): Diagnostic {
  return isNotHonoured(diagnostic) ? { ...diagnostic, severity: "error" } : diagnostic;
}

/** Findings without those that say the same of the same place, as several ways through a document may lead there. */
export function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
}

/** Findings of one kind: never empty. */
export interface Group {
  readonly code: DiagnosticCode;
  readonly severity: Diagnostic["severity"];
  /** What all of them say. */
  readonly title: string;
  readonly members: readonly Diagnostic[];
}

/** Findings by code and construct, in the order of the first of each. */
export function groupsOf(diagnostics: readonly Diagnostic[]): readonly Group[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const { code, severity, construct, message, cause, fix } = diagnostic;
    const key = JSON.stringify([code, severity, construct ?? message, cause, fix]);
    const group = groups.get(key);
    if (group) group.push(diagnostic);
    else groups.set(key, [diagnostic]);
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (!first) return [];
    const title = members.length > 1 ? (first.construct ?? first.message) : first.message;
    return [{ code: first.code, severity: first.severity, title, members }];
  });
}

/** Text of others in a line for people: what a terminal obeys or does not show, and half a character, is its escape. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** For people: `file:line:column` and pointer; empty where nothing is known. */
export function formatPlace({ file, line, column, pointer }: Place): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return visible([place, pointer].filter(Boolean).join("  "));
}

/** For people: place, message, cause, fix. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  return formatGroup({ ...diagnostic, title: diagnostic.message, members: [diagnostic] });
}

/** How many places of a group are shown. */
export const placesShown = 3;

/** For people: what a group says, its first places, cause, fix. */
export function formatGroup({ code, severity, title, members }: Group): string {
  const [first] = members;
  const info: DiagnosticInfo = catalogue[code];
  const places = members.map((member) => {
    const place = formatPlace(member);
    return member.message === title ? place : [place, visible(member.message)].filter(Boolean).join("  ");
  });
  const shown = places.filter((place) => place !== "").slice(0, placesShown);
  const more = members.length - shown.length;
  return [
    `${severity} ${code}: ${visible(title)}${members.length > 1 ? ` (${members.length} times)` : ""}`,
    ...[...shown, ...(shown.length > 0 && more > 0 ? [`and ${more} more`] : [])].map(
      (place, index) => `  ${index === 0 ? "at" : "  "}     ${place}`,
    ),
    `  cause  ${visible(first?.cause ?? info.cause)}`,
    `  fix    ${visible(first?.fix ?? info.fix)}`,
  ].join("\n");
}
