/**
 * The first stage: path in, one document of plain data out. Nothing after it reads a file or an address that the
 * document names.
 */
import { resolve } from "node:path";
import type { Document, LocationObject } from "@redocly/openapi-core";
import { bundleOf, type RedoclyVersion } from "./bundle.js";
import { type Diagnostic, hasErrors, type Place, StageError } from "./diagnostics.js";
import type { JsonObject, LintSource, LoadedSpec, LoadOptions } from "./document.js";
import type { OpenApiVersion } from "./grammar.js";
import { accessOf, GuardedResolver } from "./guarded-resolver.js";
import type { Json } from "./model.js";
import { childPointer, displayPath, lazyPlace, placeOf, pointerKeys } from "./place.js";
import type { Origin } from "./plain-data.js";
import { syntaxFinding, type ToPlace } from "./read-findings.js";
import { isAbsoluteUrl, ResolveError, type Source } from "./redocly.js";
import { checkReferences } from "./references.js";
import { NotTextError } from "./text.js";

/**
 * Reads the document at `path`; what it refers to in other files is drawn in (then it is bundled).
 * @throws StageError with every reason why the document cannot be used.
 */
export async function loadSpec(path: string, options: LoadOptions = {}): Promise<LoadedSpec> {
  const cwd = resolve(options.cwd ?? "");
  const root = resolve(cwd, path);
  const file = displayPath(root, cwd);
  const lint = await openSpec(path, options);
  const { document, resolver, place } = lint;
  const version = versionOf(document, file, place);
  const references = await checkReferences(document, version, resolver, place);
  if (hasErrors(references.findings)) throw new StageError(references.findings);

  const bundle = references.external ? await bundleOf(root, version, resolver.again(), references, place) : undefined;
  const parsed = (bundle?.document ?? document).parsed as JsonObject;
  return {
    file,
    path: root,
    version: versionNames[version],
    document: parsed,
    bundled: bundle !== undefined,
    sources: [...resolver.sources].map((source) => displayPath(source, cwd)).sort(),
    diagnostics: [
      ...commentFindings(resolver, place),
      ...versionFindings(resolver, document.source, place),
      ...references.findings,
      ...(bundle?.findings ?? []),
    ],
    locate: (pointer) =>
      lazyPlace(() => {
        const keys = pointerKeys(pointer);
        const written = { source: document.source, pointer: keys.reduce<string>(childPointer, "#/") };
        const origin = bundle ? originOf(parsed, keys, bundle.origins) : written;
        return place({ ...(origin ?? written), reportOnKey: true });
      }),
    lint,
  };
}

/** Reads the document alone, as Redocly's rules take it: whether it is one, they do not ask. */
export async function openSpec(path: string, options: LoadOptions = {}): Promise<OpenSpec> {
  if (isAbsoluteUrl(path)) throw new StageError([addressFinding(path)]);
  const cwd = resolve(options.cwd ?? "");
  const root = resolve(cwd, path);
  const place = (location: LocationObject): Place => placeOf(location, cwd);
  const resolver = new GuardedResolver(accessOf(root, options.allowRef ?? [], cwd));
  return { document: await readRoot(resolver, root, displayPath(root, cwd), place), resolver, place };
}

/** What a document is read with. */
interface OpenSpec extends LintSource {
  readonly resolver: GuardedResolver;
}

function addressFinding(file: string): Diagnostic {
  const message = `${file} is an address, not a file.`;
  return { code: "spec-not-found", severity: "error", message, file, fix: "Save the document to a file first." };
}

async function readRoot(resolver: GuardedResolver, root: string, file: string, toPlace: ToPlace): Promise<Document> {
  const document = await resolver.resolveDocument(null, root, true).catch((error: unknown) => {
    throw new StageError([syntaxFinding(error, toPlace) ?? unreadable(error, file)]);
  });
  if (document.parsed === undefined || document.parsed === null) {
    const cause = "It holds nothing but, perhaps, comments.";
    const fix = "Name the file that holds the document.";
    throw new StageError([
      { code: "spec-syntax", severity: "error", message: `${file} is empty.`, cause, fix, file, ...top },
    ]);
  }
  return document;
}

function commentFindings({ commented }: GuardedResolver, toPlace: ToPlace): readonly Diagnostic[] {
  return [...commented].map((source) => {
    const { line = 1, column: col = 1 } = source.comment ?? {};
    const where = toPlace({ source, pointer: undefined, start: { line, col } });
    const message = "JSON has no comments: they are left out";
    return { code: "spec-mended", severity: "warning", message, ...where, pointer: "#" };
  });
}

function versionFindings({ shortVersion }: GuardedResolver, source: Source, toPlace: ToPlace): readonly Diagnostic[] {
  if (!shortVersion) return [];
  const { written, meant } = shortVersion;
  const shown = typeof written === "number" ? `the number ${written}` : JSON.stringify(written);
  const message = `\`openapi\` is ${shown}: it is read as "${meant}"`;
  const where = toPlace({ source, pointer: "#/openapi", reportOnKey: true });
  return [{ code: "spec-mended", severity: "warning", message, ...where }];
}

function unreadable(error: unknown, file: string): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  const finding = { severity: "error", message: `${file} cannot be read: ${reason}.`, file } as const;
  const original = error instanceof ResolveError ? error.originalError : error;
  if (!(original instanceof NotTextError)) return { ...finding, code: "spec-not-found" };
  const cause = "It has bytes that are no character of UTF-8, nor does a mark say that it is UTF-16.";
  const fix = "Save it as UTF-8; if it is no text at all, name another file.";
  return { ...finding, code: "spec-syntax", cause, fix, ...top, line: original.line };
}

/** The place of what is wrong with a file as a whole. */
const top = { line: 1, column: 1, pointer: "#" } as const;

const versionNames: Readonly<Record<RedoclyVersion, OpenApiVersion>> = { oas3_0: "3.0", oas3_1: "3.1", oas3_2: "3.2" };

function versionOf({ source, parsed }: Document, file: string, toPlace: ToPlace): RedoclyVersion {
  const fail = (message: string, key?: string, fix?: string): never => {
    const where = key ? toPlace({ source, pointer: `#/${key}`, reportOnKey: true }) : { file, ...top };
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
  const minor = typeof openapi === "string" ? /^3\.([012])\.\d+(-.+)?$/.exec(openapi)?.[1] : undefined;
  if (minor !== undefined) return `oas3_${minor as "0" | "1" | "2"}`;
  if (openapi !== undefined) return fail(`\`openapi\` is ${JSON.stringify(openapi)}.`, "openapi");
  if (swagger !== undefined) return fail(`The document is Swagger ${swagger}.`, "swagger");
  return fail(`${file} has no \`openapi\` at its top level.`);
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
