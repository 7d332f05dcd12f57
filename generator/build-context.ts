/** What every part of build-model works with. */
import type { SchemaReader } from "./build-schema.js";
import type { Place } from "./diagnostics.js";
import type { JsonObject } from "./openapi.js";

/** One document under way. */
export interface Context {
  readonly document: JsonObject;
  readonly locate: (pointer: string) => Place;
  /** Something may mean anything: it ends the run. */
  readonly wrong: (pointer: string, message: string, fix: string) => void;
  /** Something is left out that a caller would miss. `construct` is what the report puts together: the message without names. */
  readonly unsupported: (pointer: string, message: string, construct?: string) => void;
  /** A keyword is documented only. */
  readonly note: (pointer: string, message: string, construct?: string) => void;
  readonly schema: SchemaReader["read"];
}
