/** Reads files for Redocly, but only those that the document may refer to. */
import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Document } from "@redocly/openapi-core";
import { type Content, download, RefusedError, refuseAddress } from "./download.js";
import { JsonSource, looksLikeJson } from "./json-source.js";
import { noteOrigins, type Origin } from "./plain-data.js";
import { BaseResolver, isAbsoluteUrl, ResolveError, Source } from "./redocly.js";
import { textOf } from "./text.js";

/** What may be read. */
export interface Access {
  /** Absolute path of the document: it may lie anywhere. */
  readonly root: string;
  /** Absolute path of the document's own folder. */
  readonly home: string;
  /** Absolute folders that the user names. */
  readonly folders: readonly string[];
  /** Prefixes of addresses. */
  readonly addresses: readonly URL[];
}

/** As it was written, and as it is meant. */
interface ShortVersion {
  readonly written: unknown;
  readonly meant: string;
}

/** As many write it; without quotation marks, YAML makes a number of it. */
const shortVersions: ReadonlyMap<unknown, string> = new Map(
  ["3.0", "3.1", "3.2"].flatMap((minor) => [minor, Number(minor)].map((written) => [written, `${minor}.0`] as const)),
);

/** Done in the data itself: every library that is given it asks for its version. */
function completeVersion(parsed: unknown): ShortVersion | undefined {
  if (typeof parsed !== "object" || parsed === null || !("openapi" in parsed)) return undefined;
  const written = parsed.openapi;
  const meant = shortVersions.get(written);
  if (meant === undefined) return undefined;
  parsed.openapi = meant;
  return { written, meant };
}

/** The document's own folder, and what the user allows besides: folders, as paths or `file:`, and addresses. */
export function accessOf(root: string, allowRef: readonly string[], cwd: string): Access {
  const folders = allowRef.filter((place) => !isHttp(place)).map((place) => resolve(cwd, pathOf(place) ?? place));
  const addresses = allowRef.filter((place) => isHttp(place) && URL.canParse(place)).map((place) => new URL(place));
  return { root, home: dirname(root), folders, addresses };
}

/**
 * Redocly's resolver with a rule: a reference stays inside the folders and addresses of `access`, symbolic links and
 * redirects included. Each file is read once; `again()` parses the same texts anew, because bundling changes nodes.
 */
export class GuardedResolver extends BaseResolver {
  readonly #access: Access;
  readonly #texts: Map<string, Promise<Source>>;
  #remembersAll = false;
  #shortVersion: ShortVersion | undefined;
  /** Where each object and array was written, of files parsed anew or in YAML; of an aliased one, the first place. */
  readonly origins = new Map<object, Origin>();
  /** Every file and address that could be read. */
  readonly sources = new Set<string>();
  /** Files of JSON that had comments. */
  readonly commented = new Set<JsonSource>();

  constructor(access: Access, texts = new Map<string, Promise<Source>>()) {
    super();
    this.#access = access;
    this.#texts = texts;
  }

  /** The version of the document, where it is written in short: in the data it is whole. */
  get shortVersion(): ShortVersion | undefined {
    return this.#shortVersion;
  }

  again(): GuardedResolver {
    const resolver = new GuardedResolver(this.#access, this.#texts);
    resolver.#remembersAll = true;
    return resolver;
  }

  override resolveExternalRef(base: string | null, ref: string): string {
    try {
      if (isHttp(ref)) return new URL(ref).href;
      return pathOf(ref) ?? super.resolveExternalRef(base, ref);
    } catch {
      return ref;
    }
  }

  override async resolveDocument<T = unknown>(
    base: string | null,
    ref: string,
    isRoot?: boolean,
  ): Promise<Document<T>> {
    const target = this.resolveExternalRef(base, ref);
    if (target !== this.#access.root) await this.#demand(base, ref, target);
    const document = await super.resolveDocument<T>(base, ref, isRoot);
    if (document instanceof Error) throw document;
    return document;
  }

  override loadExternalRef(absoluteRef: string): Promise<Source> {
    const known = this.#texts.get(absoluteRef);
    if (known) return known;
    const source = this.#read(absoluteRef).then(
      ({ text, mimeType }) => {
        this.sources.add(absoluteRef);
        return looksLikeJson(text)
          ? new JsonSource(absoluteRef, text, mimeType)
          : new Source(absoluteRef, text, mimeType);
      },
      (error: unknown) => Promise.reject(new ResolveError(error instanceof Error ? error : new Error(String(error)))),
    );
    this.#texts.set(absoluteRef, source);
    return source;
  }

  override parseDocument(source: Source, isRoot?: boolean): Document {
    const isJson = source instanceof JsonSource && (isRoot || /\.(?:json|ya?ml)$/i.test(source.absoluteRef));
    const parsed = isJson ? source.parse() : undefined;
    if (isJson && source.comment) this.commented.add(source);
    const document = parsed === undefined ? super.parseDocument(source, isRoot) : { source, parsed };
    if (isRoot) this.#shortVersion ??= completeVersion(document.parsed);
    // JSON has no alias, and no number that is none.
    if (parsed === undefined || this.#remembersAll) noteOrigins(document.parsed, source, this.origins);
    return document;
  }

  async #demand(base: string | null, ref: string, target: string): Promise<void> {
    const refusal = isAbsoluteUrl(target)
      ? refuseAddress(target, this.#access.addresses)
      : await refusePath(base, ref, target, this.#access);
    if (refusal) throw new ResolveError(new RefusedError(refusal));
  }

  async #read(absoluteRef: string): Promise<{ readonly text: string; readonly mimeType: string | undefined }> {
    const { root, addresses } = this.#access;
    const { bytes, mimeType } = isAbsoluteUrl(absoluteRef)
      ? await download(absoluteRef, addresses)
      : await readBytes(absoluteRef, absoluteRef === root);
    return { text: textOf(bytes), mimeType };
  }
}

function isHttp(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

/** The path of a `file:` address of this machine; undefined for anything else. */
function pathOf(ref: string): string | undefined {
  return /^file:/i.test(ref) ? fileURLToPath(ref) : undefined;
}

async function refusePath(
  base: string | null,
  ref: string,
  target: string,
  { home, folders }: Access,
): Promise<string | undefined> {
  // A document on a network has no business on the disk, not even in an allowed folder.
  if (base !== null && isAbsoluteUrl(base)) return "leads from a network to the disk";
  const [scheme] = /^[a-z][a-z0-9+.-]+:/i.exec(ref) ?? [];
  const isFile = scheme?.toLowerCase() === "file:";
  if (scheme && !isFile) return `leads to ${scheme.toLowerCase()}`;
  // An address of this machine's disk is no part of a folder that may be anywhere.
  const homes = isFile ? folders : [home, ...folders];
  if (!homes.some((folder) => isInside(target, folder))) {
    return isFile ? "leads to file:" : "leads out of the document's folder";
  }
  const real = await realpath(target).catch(() => undefined);
  if (real === undefined) return undefined;
  const realHomes = await Promise.all(homes.map((folder) => realpath(folder).catch(() => folder)));
  return realHomes.some((folder) => isInside(real, folder))
    ? undefined
    : "leads, by a symbolic link, out of the document's folder";
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

async function readBytes(path: string, isRoot: boolean): Promise<Content> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new Error("it is a folder");
    // A pipe may be what the user names; a reference to one would wait for ever.
    if (!isRoot && !found.isFile()) throw new Error("it is no file");
    return { bytes: await readFile(path) };
  } catch (error) {
    throw new Error(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "it does not exist";
  if (code === "EACCES" || code === "EPERM") return "the system does not allow to read it";
  if (code === "ELOOP") return "its symbolic links run in a circle";
  return typeof code === "string" ? code : error.message;
}
