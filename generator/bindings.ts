/** Stage: the bindings, by openapi-typescript (its only importer). Out goes text: its nodes belong to its own TypeScript. */
import { createRequire } from "node:module";
import type { GlobalContext, OpenAPI3, OpenAPITSOptions } from "openapi-typescript";
import type ts from "typescript";
import { withAliases } from "./bindings/aliases.js";
import { assemble, type Bindings, DECLARED, nameOf } from "./bindings/assembly.js";
import { withoutTags } from "./bindings/comments.js";
import { frameOf, partsOf } from "./bindings/parts.js";
import { withPercent } from "./bindings/percent.js";
import { shortcut } from "./bindings/pointers.js";
import { bindingsPrinter } from "./bindings/print.js";
import { typesOf } from "./bindings/types.js";
import { findUnsafeBinding, platformTypes } from "./check-bindings.js";
import { preload } from "./code-cache.js";
import { type DiagnosticCode, StageError } from "./diagnostics.js";
import type { Json } from "./model.js";
import type { Normalized } from "./normalize.js";
import { type JsonObject, resolve } from "./openapi.js";

/**
 * Fixed choices: `unknown` for free objects, a `default` does not make an input required, and never `enum`, whose
 * comments are not safe against the document.
 */
const options: OpenAPITSOptions = { emptyObjectsUnknown: true, defaultNonNullable: false, silent: true };

/** openapi-typescript's parts that make types, and its compiler. */
export interface Compilers {
  readonly ts: typeof import("typescript");
  readonly transformSchema: (document: OpenAPI3, context: GlobalContext) => ts.Node[];
  readonly astToString: (nodes: ts.Node[]) => string;
}

/**
 * Late, and in CommonJS: together they cost more than everything else for a small document, and as ES modules three
 * times as much, because Node then reads the compiler's nine megabytes twice and openapi-typescript brings a linter.
 */
export function loadCompilers(): Compilers {
  const require = createRequire(import.meta.url);
  preload(require.resolve("typescript"));
  const utilities = require("openapi-typescript/dist/lib/utils.cjs");
  const nodes = require("openapi-typescript/dist/lib/ts.cjs");
  if (!isChanged.has(utilities)) {
    utilities.createRef = shortcut(utilities.createRef);
    nodes.addJSDocComment = withoutTags(nodes.addJSDocComment);
  }
  isChanged.add(utilities);
  return {
    ts: require("typescript"),
    transformSchema: require("openapi-typescript/dist/transform/index.cjs"),
    ...nodes,
  };
}

/** What has our functions in it already: Node loads it once, and a toolkit that runs from its sources asks again. */
const isChanged = new WeakSet<object>();

/** What the bindings are made of. */
export type BindingsSource = Pick<Normalized, "document" | "aliases">;

/** Makes the bindings of a normalised document. Throws `bindings-failed`, `output-unsafe`. */
export function makeBindings({ document, aliases }: BindingsSource, file: string): Bindings {
  const { ts, astToString, transformSchema } = loadCompilers();
  try {
    return withPercent(document, (source, replace, restore) => {
      const byName = new Map(Object.entries(aliases).map(([alias, name]) => [replace(name), alias]));
      const context = contextOf(source, ts);
      const declared = new Set([...platformTypes, ...DECLARED, ...Object.keys(aliases)]);
      const nodesOf = (part: JsonObject): readonly ts.Node[] => {
        const made = transformSchema(part as unknown as OpenAPI3, { ...context, injectFooter: [] });
        const nodes = withAliases(ts, made, byName);
        for (const node of nodes) declared.add(nameOf(node));
        return nodes;
      };
      const printAll = (nodes: ts.Node[]): string => {
        const unsafe = findUnsafeBinding(ts, nodes, declared);
        if (unsafe === undefined) return astToString(nodes);
        const message = `The bindings would hold ${unsafe}.`;
        throw new StageError([{ code: "output-unsafe", severity: "error", message, file }]);
      };
      const assembly = assemble(ts, bindingsPrinter(ts, declared, printAll));
      for (const part of partsOf(source)) assembly.add(nodesOf(part));
      const { operations, text } = assembly.finish(nodesOf(frameOf(source)));
      return { operations: restore(operations), text: visible(disarmed(restore(text))) };
    });
  } catch (error) {
    if (error instanceof StageError) throw error;
    const code: DiagnosticCode = "bindings-failed";
    const reason = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
    throw new StageError([{ code, severity: "error", message: `openapi-typescript: ${reason}`, file }]);
  }
}

/** What openapi-typescript's own command line would give its parts. */
function contextOf(source: JsonObject, compiler: Compilers["ts"]): Omit<GlobalContext, "injectFooter"> {
  const types = typesOf(compiler);
  const resolved = new Map<string, Json | undefined>();
  return {
    ...switchedOff,
    ...options,
    // The schemas themselves say what these would.
    discriminators: { objects: {}, refsHandled: [] },
    transform: (schema: JsonObject) => types.get(schema.type)?.(schema),
    resolve: ($ref: string) => {
      if (!resolved.has($ref)) resolved.set($ref, resolve(source, { $ref }, $ref)?.value);
      return resolved.get($ref);
    },
  } as unknown as Omit<GlobalContext, "injectFooter">;
}

/** A comment that begins so is an order to the compiler: to ignore an error, or to expect one. */
function disarmed(text: string): string {
  if (!text.includes("@ts-")) return text;
  return text.replace(/^((?:[^\S\n\r\u2028\u2029]|[/*])*)@(?=ts-)/gm, "$1\\@");
}

/** Characters that nobody sees, or that turn a line around, as escapes: in a string they mean the same, in a comment they show. */
function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const INVISIBLE = /[^\P{Cc}\t\n]|[\p{Cs}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** The rest of its context, as its own command line leaves it. */
const switchedOff = {
  additionalProperties: false,
  alphabetize: false,
  arrayLength: false,
  conditionalEnums: false,
  dedupeEnums: false,
  enum: false,
  enumValues: false,
  excludeDeprecated: false,
  exportType: false,
  generatePathParams: false,
  immutable: false,
  makePathsEnum: false,
  pathParamsAsTypes: false,
  propertiesRequiredByDefault: false,
  readWriteMarkers: false,
  rootTypes: false,
};
