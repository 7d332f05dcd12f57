/** Stage: the bindings, by openapi-typescript (its only importer). Out goes text: its nodes belong to its own TypeScript. */
import type { GlobalContext, OpenAPI3, OpenAPITSOptions } from "openapi-typescript";
import { findUnsafeBinding } from "./check-bindings.js";
import { type DiagnosticCode, StageError } from "./diagnostics.js";
import type { JsonObject } from "./openapi.js";

/** What openapi-typescript makes of a document. */
export interface Bindings {
  /** The whole module: `paths`, `components`, `operations`, … */
  readonly text: string;
  /** For reading: the `operations` interface, and of `components` what an operation refers to whole. */
  readonly operations: string;
}

/**
 * Fixed choices: `unknown` for free objects, a `default` does not make an input required, and never `enum`, whose
 * comments are not safe against the document.
 */
const options: OpenAPITSOptions = { emptyObjectsUnknown: true, defaultNonNullable: false, silent: true };

/** Makes the bindings of a normalised document without external references. Throws `bindings-failed`, `output-unsafe`. */
export async function makeBindings(document: JsonObject, file: string): Promise<Bindings> {
  // Loaded late: it brings the compiler, which costs more than everything else for a small document.
  const { default: ts } = await import("typescript");
  const { astToString, resolveRef, scanDiscriminators, transformSchema } = await import("openapi-typescript");
  const schema = structuredClone(document) as unknown as OpenAPI3;
  try {
    const nodes = transformSchema(schema, {
      ...switchedOff,
      ...options,
      injectFooter: [],
      discriminators: scanDiscriminators(schema, options),
      resolve: ($ref: string) => resolveRef(schema, $ref, { silent: true }),
    } as unknown as GlobalContext);
    const unsafe = findUnsafeBinding(ts, nodes);
    if (unsafe !== undefined) {
      const message = `The bindings would hold ${unsafe}.`;
      throw new StageError([{ code: "output-unsafe", severity: "error", message, file }]);
    }
    const read = nodes.flatMap((node) => {
      if (nameOf(node) === "operations") return [node];
      if (nameOf(node) !== "components" || !ts.isInterfaceDeclaration(node)) return [];
      const members = node.members.filter((member) => referredTo.has(nameOf(member) ?? ""));
      return [ts.factory.createInterfaceDeclaration(undefined, "components", undefined, undefined, members)];
    });
    return { text: disarmed(astToString(nodes)), operations: astToString(read) };
  } catch (error) {
    if (error instanceof StageError) throw error;
    const code: DiagnosticCode = "bindings-failed";
    const reason = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
    throw new StageError([{ code, severity: "error", message: `openapi-typescript: ${reason}`, file }]);
  }
}

/** A comment that begins so is an order to the compiler: to ignore an error, or to expect one. */
function disarmed(text: string): string {
  return text.replace(/^(\s*\/\*\*\s*)@(?=ts-)/gm, "$1\\@");
}

const referredTo: ReadonlySet<string> = new Set(["responses", "requestBodies"]);

function nameOf(node: object): string | undefined {
  const name = "name" in node ? node.name : undefined;
  return typeof name === "object" && name !== null && "text" in name ? String(name.text) : undefined;
}

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
