/** A document as `load` hands it over: plain data, and what turns a place in it into a line of a file. */
import type { BaseResolver, Document, LocationObject } from "@redocly/openapi-core";
import type { Diagnostic, Place } from "./diagnostics.js";
import type { OpenApiVersion } from "./grammar.js";
import type { Json } from "./model.js";

/** An object of JSON. */
export type JsonObject = { readonly [key: string]: Json };

/** What Redocly's linter needs: the document as written, with every file that it refers to. */
export interface LintSource {
  readonly document: Document;
  readonly resolver: BaseResolver;
  /** A place in any of the files, for people. */
  readonly place: (location: LocationObject) => Place;
}

/** A document that can be read, is OpenAPI 3, and whose references all lead somewhere. */
export interface LoadedSpec {
  /** Path for messages: relative to the working folder, with forward slashes. */
  readonly file: string;
  /** Absolute path. */
  readonly path: string;
  /** The minor version in `openapi`. */
  readonly version: OpenApiVersion;
  /** The one document: every `$ref` in it starts with `#`. */
  readonly document: JsonObject;
  /** True when references to other files were drawn in; else `document` is the file as parsed. */
  readonly bundled: boolean;
  /** Every file or address that was read, as in `file`, sorted. */
  readonly sources: readonly string[];
  /** What was noticed; no errors. */
  readonly diagnostics: readonly Diagnostic[];
  /** The place of a JSON Pointer (RFC 6901, as a URI fragment) into `document`: the file, line and pointer where it was written. */
  readonly locate: (pointer: string) => Place;
  readonly lint: LintSource;
}

/** What `load` may read, and where messages are relative to. */
export interface LoadOptions {
  /** Working folder; the process' own by default. */
  readonly cwd?: string | undefined;
  /** Origins (`https://example.com`) or folders, besides the document's own, that a `$ref` may lead to. */
  readonly allowRef?: readonly string[] | undefined;
}

/** An entry of `apis` in redocly.yaml with `x-specproof`: one document, one output folder, one package. */
export interface ProjectEntry {
  /** Key under `apis`. */
  readonly name: string;
  /** Absolute path of the document. */
  readonly root: string;
  /** Absolute path of the output folder. */
  readonly out: string;
  /** Name of the generated package. */
  readonly package: string;
  /** Version of the generated package. */
  readonly version: string;
}
