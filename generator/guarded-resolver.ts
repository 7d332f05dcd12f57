/** Reads files for Redocly, but only those that the document may refer to. */
import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { BaseResolver, type Document, isAbsoluteUrl, ResolveError, Source } from "@redocly/openapi-core";
import { JsonSource, looksLikeJson } from "./json-source.js";
import { childPointer } from "./place.js";

/** A reference that the document may not make; the message completes "`$ref` …". */
export class RefusedError extends Error {}

/** A parsed file that is not JSON data, and where. */
export class NotJsonError extends Error {
  readonly source: Source;
  readonly pointer: string;
  constructor(message: string, source: Source, pointer: string) {
    super(message);
    this.source = source;
    this.pointer = pointer;
  }
}

/** Where a node was written. */
export interface Origin {
  readonly source: Source;
  /** In Redocly's spelling: `#/` is the whole file. */
  readonly pointer: string;
}

/** What may be read. */
export interface Access {
  /** Absolute path of the document: it may lie anywhere. */
  readonly root: string;
  /** Absolute folders. */
  readonly folders: readonly string[];
  /** Prefixes of addresses. */
  readonly addresses: readonly URL[];
}

/** The document's own folder, and what the user allows besides. */
export function accessOf(root: string, allowRef: readonly string[], cwd: string): Access {
  return {
    root,
    folders: [dirname(root), ...allowRef.filter((place) => !isHttp(place)).map((place) => resolve(cwd, place))],
    addresses: allowRef.filter((place) => isHttp(place) && URL.canParse(place)).map((place) => new URL(place)),
  };
}

/**
 * Redocly's resolver with a rule: a reference stays inside the folders and addresses of `access`, symbolic links and
 * redirects included. Each file is read once; `again()` parses the same texts anew, because bundling changes nodes.
 */
export class GuardedResolver extends BaseResolver {
  readonly #access: Access;
  readonly #texts: Map<string, Promise<Source>>;
  #remembersAll = false;
  /** Where each object and array was written, of files parsed anew or in YAML; of an aliased one, the first place. */
  readonly origins = new Map<object, Origin>();
  /** Every file and address that could be read. */
  readonly sources = new Set<string>();

  constructor(access: Access, texts = new Map<string, Promise<Source>>()) {
    super();
    this.#access = access;
    this.#texts = texts;
  }

  again(): GuardedResolver {
    const resolver = new GuardedResolver(this.#access, this.#texts);
    resolver.#remembersAll = true;
    return resolver;
  }

  override resolveExternalRef(base: string | null, ref: string): string {
    try {
      return ref.startsWith("file:") ? fileURLToPath(ref) : super.resolveExternalRef(base, ref);
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
    if (target !== this.#access.root) await this.#demand(base, target);
    const document = await super.resolveDocument<T>(base, ref, isRoot);
    if (document instanceof Error) throw document;
    return document;
  }

  override loadExternalRef(absoluteRef: string): Promise<Source> {
    const known = this.#texts.get(absoluteRef);
    if (known) return known;
    const source = read(absoluteRef).then(
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
    const isJson = source instanceof JsonSource && (isRoot || /\.json$/i.test(source.absoluteRef));
    const parsed = isJson ? source.parse() : undefined;
    const document = parsed === undefined ? super.parseDocument(source, isRoot) : { source, parsed };
    // JSON has no alias, and no number that is none.
    if (parsed === undefined || this.#remembersAll) this.#remember(document);
    return document;
  }

  async #demand(base: string | null, target: string): Promise<void> {
    const refusal = isAbsoluteUrl(target)
      ? refuseAddress(target, this.#access)
      : await refusePath(base, target, this.#access);
    if (refusal) throw new ResolveError(new RefusedError(refusal));
  }

  #remember({ source, parsed }: Document): void {
    const open = new Set<unknown>();
    const visit = (node: unknown, pointer: string): void => {
      if (typeof node === "number" && !Number.isFinite(node)) {
        throw new NotJsonError(`${node} is not a number of JSON`, source, pointer);
      }
      if (typeof node !== "object" || node === null) return;
      if (open.has(node)) throw new NotJsonError("an alias stands for something that contains it", source, pointer);
      if (this.origins.has(node)) return;
      this.origins.set(node, { source, pointer });
      open.add(node);
      for (const [key, value] of Object.entries(node)) visit(value, childPointer(pointer, key));
      open.delete(node);
    };
    visit(parsed, "#/");
  }
}

function isHttp(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

function refuseAddress(target: string, { addresses }: Access): string | undefined {
  if (!URL.canParse(target)) return "is not an address";
  const { origin, pathname } = new URL(target);
  const allowed = addresses.some(
    (address) =>
      address.origin === origin &&
      (pathname === address.pathname || pathname.startsWith(`${address.pathname.replace(/\/$/, "")}/`)),
  );
  return allowed ? undefined : `leads to ${origin === "null" ? new URL(target).protocol : origin}`;
}

async function refusePath(base: string | null, target: string, { folders }: Access): Promise<string | undefined> {
  // A document on a network has no business on the disk, not even in an allowed folder.
  if (base !== null && isAbsoluteUrl(base)) return "leads from a network to the disk";
  const homes = folders.filter((folder) => isInside(target, folder));
  if (homes.length === 0) return "leads out of the document's folder";
  const real = await realpath(target).catch(() => undefined);
  if (real === undefined) return undefined;
  const realFolders = await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
  return realFolders.some((folder) => isInside(real, folder))
    ? undefined
    : "leads, by a symbolic link, out of the document's folder";
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

interface Content {
  readonly bytes: Uint8Array;
  readonly mimeType?: string;
}

async function read(absoluteRef: string): Promise<{ readonly text: string; readonly mimeType: string | undefined }> {
  const { bytes, mimeType } = isAbsoluteUrl(absoluteRef) ? await download(absoluteRef) : await readBytes(absoluteRef);
  try {
    // Windows' line ends are made one character, as Redocly does: its columns count on it.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\r\n", "\n");
    return { text, mimeType };
  } catch {
    throw new Error("it is not text in UTF-8");
  }
}

async function readBytes(path: string): Promise<Content> {
  try {
    if ((await stat(path)).isDirectory()) throw new Error("it is a folder");
    return { bytes: await readFile(path) };
  } catch (error) {
    throw new Error(reasonOf(error));
  }
}

async function download(address: string): Promise<Content> {
  // A redirect could lead where the user allowed nothing.
  const request = { redirect: "manual", signal: AbortSignal.timeout(30_000) } as const;
  const response = await fetch(address, request).catch((error: unknown) => {
    throw new Error(
      `the server cannot be reached: ${reasonOf(error instanceof Error ? (error.cause ?? error) : error)}`,
    );
  });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { bytes, mimeType: response.headers.get("content-type") ?? "" };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "it does not exist";
  if (code === "EACCES" || code === "EPERM") return "the system does not allow to read it";
  if (code === "ELOOP") return "its symbolic links run in a circle";
  return typeof code === "string" ? code : error.message;
}
