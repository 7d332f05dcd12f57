/**
 * The first stage: path in, one document of plain data out. Nothing after it reads a file or an address that the
 * document names.
 */
import { resolve } from "node:path";
import {
  bundleDocument,
  Config,
  type Document,
  getTypes,
  isAbsoluteUrl,
  type Location,
  type LocationObject,
  type NormalizedProblem,
  normalizeTypes,
  normalizeVisitors,
  type Oas3Visitor,
  type ResolveError,
  resolveDocument,
  type SpecVersion,
  walkDocument,
  YamlParseError,
} from "@redocly/openapi-core";
import { type Diagnostic, type Place, StageError } from "./diagnostics.js";
import type { JsonObject, LoadedSpec, LoadOptions } from "./document.js";
import { accessOf, GuardedResolver, NotJsonError, type Origin, RefusedError } from "./guarded-resolver.js";
import type { Json } from "./model.js";
import { childPointer, displayPath, placeOf, pointerKeys } from "./place.js";

/**
 * Reads the document at `path`; what it refers to in other files is drawn in (then it is bundled).
 * @throws StageError with every reason why the document cannot be used.
 */
export async function loadSpec(path: string, options: LoadOptions = {}): Promise<LoadedSpec> {
  if (isAbsoluteUrl(path)) throw new StageError([addressFinding(path)]);
  const cwd = resolve(options.cwd ?? "");
  const root = resolve(cwd, path);
  const file = displayPath(root, cwd);
  const place = (location: LocationObject): Place => placeOf(location, cwd);

  const resolver = new GuardedResolver(accessOf(root, options.allowRef ?? [], cwd));
  const document = await readRoot(resolver, root, file, place);
  const version = versionOf(document, file, place);
  const refs = await followRefs(document, version, resolver, place);
  if (refs.findings.some(({ severity }) => severity === "error")) throw new StageError(refs.findings);

  const bundle = refs.external ? await bundleOf(root, version, resolver.again(), place) : undefined;
  const parsed = (bundle?.document ?? document).parsed as JsonObject;
  return {
    file,
    path: root,
    version: version === "oas3_0" ? "3.0" : "3.1",
    document: parsed,
    bundled: bundle !== undefined,
    sources: [...resolver.sources].map((source) => displayPath(source, cwd)).sort(),
    diagnostics: [...refs.findings, ...(bundle?.findings ?? [])],
    locate: (pointer) => {
      const origin = bundle
        ? originOf(parsed, pointerKeys(pointer), bundle.origins)
        : { source: document.source, pointer: redoclyPointer(pointerKeys(pointer)) };
      return place({ ...(origin ?? { source: document.source, pointer: "#/" }), reportOnKey: true });
    },
    lint: { document, resolver, place },
  };
}

function addressFinding(file: string): Diagnostic {
  const message = `${file} is an address, not a file.`;
  return { code: "spec-not-found", severity: "error", message, file, fix: "Save the document to a file first." };
}

type ToPlace = (location: LocationObject) => Place;

async function readRoot(resolver: GuardedResolver, root: string, file: string, place: ToPlace): Promise<Document> {
  const document = await resolver.resolveDocument(null, root, true).catch((error: unknown) => {
    throw new StageError([
      syntaxFinding(error, place) ?? {
        code: "spec-not-found",
        severity: "error",
        message: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
        file,
      },
    ]);
  });
  if (document.parsed === undefined || document.parsed === null) {
    throw new StageError([{ code: "spec-syntax", severity: "error", message: `${file} is empty.`, file }]);
  }
  return document;
}

/** A finding, if `error` says that a file is not YAML, or YAML that is not JSON data. */
function syntaxFinding(error: unknown, place: ToPlace): Diagnostic | undefined {
  if (error instanceof NotJsonError) {
    return { code: "spec-syntax", severity: "error", message: sentence(error.message), ...place({ ...error }) };
  }
  if (!(error instanceof YamlParseError)) return undefined;
  const { source, line, col, originalError } = error;
  // The parser's message names the file by its absolute path; its reason does not.
  const reason = "reason" in originalError ? String(originalError.reason) : error.message;
  const { file, ...where } = place({ source, pointer: undefined, start: { line, col } });
  const known = Number.isInteger(line) && Number.isInteger(col) ? where : {};
  return { code: "spec-syntax", severity: "error", message: sentence(reason), ...(file ? { file } : {}), ...known };
}

function versionOf({ source, parsed }: Document, file: string, place: ToPlace): "oas3_0" | "oas3_1" {
  const fail = (message: string, key?: string, fix?: string): never => {
    const where = key ? place({ source, pointer: `#/${key}`, reportOnKey: true }) : { file };
    throw new StageError([{ code: "spec-version", severity: "error", message, ...where, ...(fix ? { fix } : {}) }]);
  };
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    return fail(`${file} holds no object at its top level.`);
  }
  const { openapi, swagger } = parsed as { readonly openapi?: unknown; readonly swagger?: unknown };
  if (typeof openapi === "number") {
    return fail(
      `\`openapi\` is the number ${openapi}.`,
      "openapi",
      `Write it as text with three parts: "${openapi}.0".`,
    );
  }
  if (typeof openapi === "string" && /^3\.0\.\d+(-.+)?$/.test(openapi)) return "oas3_0";
  if (typeof openapi === "string" && /^3\.1\.\d+(-.+)?$/.test(openapi)) return "oas3_1";
  if (openapi !== undefined) return fail(`\`openapi\` is ${JSON.stringify(openapi)}.`, "openapi");
  if (swagger !== undefined) return fail(`The document is Swagger ${swagger}.`, "swagger");
  return fail(`${file} has no \`openapi\` at its top level.`);
}

/** Finds references that lead nowhere or out, with Redocly's knowledge of where a `$ref` is one and where it is data. */
async function followRefs(
  document: Document,
  version: SpecVersion,
  resolver: GuardedResolver,
  place: ToPlace,
): Promise<{ readonly external: boolean; readonly findings: readonly Diagnostic[] }> {
  const circles = findCircles(document);
  if (circles.length > 0) {
    return {
      external: false,
      findings: circles.map((location) => ({
        code: "ref-unresolved",
        severity: "error",
        message: "This `$ref` leads back to itself.",
        ...place(location),
      })),
    };
  }
  const config = new Config({});
  const types = normalizeTypes(getTypes(version), config);
  const rootType = types.Root;
  if (rootType === undefined) throw new Error(`Redocly knows no root of ${version}`);

  const findings: Diagnostic[] = [];
  let external = false;
  const judge = (
    ref: string,
    error: Error | undefined,
    found: boolean,
    at: Location,
    severity: Diagnostic["severity"],
  ) => {
    if (!ref.startsWith("#")) external = true;
    if (!found) findings.push(refFinding(ref, error, place(at), severity, place));
  };
  const visitor: Oas3Visitor = {
    ref: {
      enter({ $ref }, { location, parent, key }, { node, error }) {
        // Redocly makes a reference of a discriminator's mapping, which is text in the file.
        const at = typeof parent?.[key] === "string" ? location : location.child("$ref");
        judge($ref, error, node !== undefined, at as Location, "error");
      },
    },
    Example: {
      enter({ externalValue, value }, { location, resolve: follow }) {
        if (externalValue === undefined || value !== undefined) return;
        const { node, error } = follow({ $ref: externalValue });
        // An example elsewhere is documentation: the client can do without it.
        judge(externalValue, error, node !== undefined, location.child("externalValue") as Location, "warning");
      },
    },
  };
  const refs = { rootDocument: document, rootType, externalRefResolver: resolver };
  const resolvedRefMap = await resolveDocument(refs).catch((error: unknown) => {
    if (!(error instanceof Error) || !error.message.startsWith("Self-referencing")) throw error;
    const message = "A `$ref` leads, through other files, back to itself.";
    throw new StageError([
      { code: "ref-unresolved", severity: "error", message, ...place({ source: document.source, pointer: "#/" }) },
    ]);
  });
  walkDocument({
    document,
    rootType,
    normalizedVisitors: normalizeVisitors([{ ruleId: "load", severity: "error", visitor }], types),
    resolvedRefMap,
    ctx: { problems: [], specVersion: version, config, visitorsData: {} },
  });
  return { external, findings: distinct(findings) };
}

function refFinding(
  ref: string,
  error: Error | undefined,
  place: Place,
  severity: Diagnostic["severity"],
  toPlace: ToPlace,
): Diagnostic {
  const reason = error && "originalError" in error ? (error as ResolveError).originalError : error;
  const syntax = syntaxFinding(error, toPlace) ?? syntaxFinding(reason, toPlace);
  if (syntax) return { ...syntax, severity };
  const quoted = `\`${ref}\``;
  if (reason instanceof RefusedError) {
    return { code: "ref-outside", severity, message: `${quoted} ${reason.message}.`, ...place };
  }
  const message = reason ? `${quoted} cannot be read: ${reason.message}.` : `${quoted} names nothing in the document.`;
  return { code: "ref-unresolved", severity, message, ...place };
}

/** References within a file that only lead to each other: Redocly does not come back from them. */
function findCircles({ source, parsed }: Document): readonly LocationObject[] {
  const circles: LocationObject[] = [];
  const visited = new Set<unknown>();
  const visit = (node: unknown, pointer: string): void => {
    if (typeof node !== "object" || node === null || visited.has(node)) return;
    visited.add(node);
    if (isCircle(node, parsed)) circles.push({ source, pointer: childPointer(pointer, "$ref") });
    for (const [key, value] of Object.entries(node)) visit(value, childPointer(pointer, key));
  };
  visit(parsed, "#/");
  return circles;
}

function isCircle(start: object, parsed: unknown): boolean {
  const passed = new Set<unknown>();
  let node: unknown = start;
  while (typeof node === "object" && node !== null && "$ref" in node) {
    const { $ref } = node;
    if (typeof $ref !== "string" || !$ref.startsWith("#/")) return false;
    if (passed.has(node)) return true;
    passed.add(node);
    node = pointerKeys($ref).reduce<unknown>(
      (parent, key) =>
        typeof parent === "object" && parent !== null ? (parent as Record<string, unknown>)[key] : undefined,
      parsed,
    );
  }
  return false;
}

interface Bundle {
  readonly document: Document;
  readonly origins: ReadonlyMap<object, Origin>;
  readonly findings: readonly Diagnostic[];
}

async function bundleOf(
  root: string,
  version: SpecVersion,
  resolver: GuardedResolver,
  place: ToPlace,
): Promise<Bundle> {
  const { bundle, problems } = await bundleDocument({
    document: await resolver.resolveDocument(null, root, true),
    config: new Config({}),
    types: getTypes(version),
    externalRefResolver: resolver,
  });
  // Errors were found before, with better places; what is left are schemas that had to be renamed.
  const renamed = problems.filter(({ severity }) => severity === "warn");
  return {
    document: bundle,
    origins: resolver.origins,
    findings: renamed.map((problem) => renameFinding(problem, place)),
  };
}

function renameFinding({ message, location: [location] }: NormalizedProblem, place: ToPlace): Diagnostic {
  return { code: "name-changed", severity: "warning", message, ...(location ? place(location) : {}) };
}

/** The place of the deepest node on the way to `keys` that is known to come from a file. */
function originOf(
  document: JsonObject,
  keys: readonly string[],
  origins: ReadonlyMap<object, Origin>,
): Origin | undefined {
  let node: Json | undefined = document;
  let origin = origins.get(document);
  for (const key of keys) {
    if (typeof node !== "object" || node === null) return origin;
    node = (node as { readonly [key: string]: Json })[key];
    const known: Origin | undefined = typeof node === "object" && node !== null ? origins.get(node) : undefined;
    origin = known ?? (origin && { source: origin.source, pointer: childPointer(origin.pointer, key) });
  }
  return origin;
}

function redoclyPointer(keys: readonly string[]): string {
  return keys.reduce<string>(childPointer, "#/");
}

function distinct(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
