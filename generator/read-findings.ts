/** What went wrong while a file was read, as findings. */
import type { LocationObject, ResolveError } from "@redocly/openapi-core";
import type { Diagnostic, Place } from "./diagnostics.js";
import { RefusedError } from "./download.js";
import { pointerOfKey } from "./key-pointer.js";
import { flatten, NotJsonError, untagged } from "./plain-data.js";
import { YamlParseError } from "./redocly.js";
import { complexKey, secondDocument } from "./yaml-tree.js";

/** Turns a location of Redocly's into a place for people. */
export type ToPlace = (location: LocationObject) => Place;

/** What the parser of YAML says, how to say it, and what to do. */
interface Reason {
  readonly pattern: RegExp;
  readonly message?: (found: RegExpExecArray) => string;
  readonly cause?: string;
  readonly fix: string;
}

const twice: Reason = {
  pattern: /duplicated mapping key/,
  message: () => "The key stands twice in one object.",
  cause: "Which of the two is meant cannot be told.",
  fix: "Remove one of the two, or give it another name.",
};

const complex: Reason = {
  pattern: /complex keys/,
  message: () => "A key is a list or an object.",
  fix: "Write every key as text: a document is data of JSON.",
};

const several: Reason = {
  pattern: /single document/,
  message: () => "A second document begins here.",
  cause: "A file holds one document: which of them is meant cannot be told.",
  fix: "Give each document a file of its own.",
};

const reasons: readonly Reason[] = [
  {
    pattern: /maxDepth \((\d+)\)/,
    message: ([, depth]) => `It is nested more than ${depth} deep.`,
    cause: "Nothing that people write is that deep.",
    fix: flatten,
  },
  twice,
  {
    pattern: /unknown \w+ tag !<(?:tag:yaml\.org,2002:)?(.*)>/,
    message: ([, tag = ""]) => `The tag \`${tag.startsWith("!") ? tag : `!!${tag}`}\` is unknown.`,
    fix: untagged,
  },
  { pattern: /explicit tag/, fix: untagged },
  complex,
  several,
  {
    pattern: /null byte|non-printable/i,
    message: () => "It holds a character that YAML does not allow.",
    fix: "Remove it, or write it as an escape such as `\\u0000` between double quotes.",
  },
];

/** A finding, if `error` says that a file is not YAML, or is YAML that is not JSON data. */
export function syntaxFinding(error: unknown, toPlace: ToPlace): Diagnostic | undefined {
  if (error instanceof NotJsonError) {
    const { source, pointer, fix } = error;
    return {
      code: "spec-syntax",
      severity: "error",
      message: sentence(error.message),
      cause: "It is YAML, but not data of JSON that can be worked with.",
      ...toPlace({ source, pointer, reportOnKey: true }),
      ...(fix ? { fix } : {}),
    };
  }
  if (!(error instanceof YamlParseError)) return undefined;
  const { source, originalError } = error;
  // The parser's message names the file by its absolute path; its reason does not.
  const reason = "reason" in originalError ? String(originalError.reason) : error.message;
  const known = reasons.find(({ pattern }) => pattern.test(reason));
  const found = known?.pattern.exec(reason);
  const { line, col } =
    (known === complex ? complexKey(source) : known === several ? secondDocument(source.body) : undefined) ?? error;
  const { file, ...where } = toPlace({ source, pointer: undefined, start: { line, col } });
  return {
    code: "spec-syntax",
    severity: "error",
    message: known?.message && found ? known.message(found) : sentence(reason),
    ...(file ? { file } : {}),
    ...(Number.isInteger(line) && Number.isInteger(col) ? where : {}),
    // Nothing was parsed that a pointer could go down into; a key that stands twice may be found all the same.
    pointer: (known === twice ? pointerOfKey(source.body, line, col) : undefined) ?? "#",
    ...(known?.cause ? { cause: known.cause } : {}),
    ...(known ? { fix: known.fix } : {}),
  };
}

/** The finding for a reference at `place` whose target could not be had because of `error`. */
export function referenceFinding(ref: string, error: Error | undefined, place: Place, toPlace: ToPlace): Diagnostic {
  const reason = error && "originalError" in error ? (error as ResolveError).originalError : error;
  const syntax = syntaxFinding(error, toPlace) ?? syntaxFinding(reason, toPlace);
  if (syntax) return syntax;
  if (reason instanceof RefusedError) {
    return { code: "ref-outside", severity: "error", message: `\`${ref}\` ${reason.message}.`, ...place };
  }
  const message = reason ? `\`${ref}\` cannot be read: ${reason.message}.` : `\`${ref}\` names nothing.`;
  return { code: "ref-unresolved", severity: "error", message, ...place };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
