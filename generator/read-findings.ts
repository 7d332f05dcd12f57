/** What went wrong while a file was read, as findings. */
import { type LocationObject, type ResolveError, YamlParseError } from "@redocly/openapi-core";
import type { Diagnostic, Place } from "./diagnostics.js";
import { NotJsonError, RefusedError } from "./guarded-resolver.js";

/** Turns a location of Redocly's into a place for people. */
export type ToPlace = (location: LocationObject) => Place;

/** A finding, if `error` says that a file is not YAML, or is YAML that is not JSON data. */
export function syntaxFinding(error: unknown, toPlace: ToPlace): Diagnostic | undefined {
  if (error instanceof NotJsonError) {
    const { source, pointer } = error;
    return {
      code: "spec-syntax",
      severity: "error",
      message: sentence(error.message),
      ...toPlace({ source, pointer, reportOnKey: true }),
    };
  }
  if (!(error instanceof YamlParseError)) return undefined;
  const { source, line, col, originalError } = error;
  // The parser's message names the file by its absolute path; its reason does not.
  const reason = "reason" in originalError ? String(originalError.reason) : error.message;
  const { file, ...where } = toPlace({ source, pointer: undefined, start: { line, col } });
  const known = Number.isInteger(line) && Number.isInteger(col) ? where : {};
  return { code: "spec-syntax", severity: "error", message: sentence(reason), ...(file ? { file } : {}), ...known };
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
