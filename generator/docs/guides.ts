/** Guides: chapters that somebody wrote by hand beside the document, for a person and not for a machine. */
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { getArray, getString, type JsonObject, operationNodes } from "../openapi.js";

/** One chapter. */
export interface Guide {
  readonly title: string;
  /** Markdown, without the title. */
  readonly text: string;
}

/** The Markdown files of the folder `guides` beside a document, in the order of their names; none where there is no folder. */
export async function readGuides(spec: string): Promise<readonly Guide[]> {
  const folder = join(dirname(spec), "guides");
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): readonly string[] => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith(".md")).toSorted();
  return Promise.all(files.map(async (name) => guideOf(name, await readFile(join(folder, name), "utf8"))));
}

/** A heading in the first line is the title, else the name of the file. */
function guideOf(file: string, markdown: string): Guide {
  const { title = basename(file, ".md"), text = "" } =
    /^\s*(?:# +(?<title>[^\r\n]*\S).*)?(?<text>[\s\S]*)$/.exec(markdown)?.groups ?? {};
  return { title, text: text.trim() };
}

/** A copy of the document with the guides as tags without operations, which Redoc shows as chapters, after all other tags. */
export function addGuides(document: JsonObject, guides: readonly Guide[]): JsonObject {
  if (guides.length === 0) return document;
  const declared = getArray(document, "tags");
  const names = new Set<unknown>(declared.map((tag) => getString(tag, "name")));
  // Redoc shows the tags that are declared before those that only an operation names.
  const used = new Set(operationNodes(document).flatMap(({ value }) => getArray(value, "tags").map(String)));
  const undeclared = [...used].filter((name) => !names.has(name)).map((name) => ({ name }));
  const chapters = guides.map(({ title, text }) => ({ name: title, "x-traitTag": true, description: text }));
  return { ...document, tags: [...declared, ...undeclared, ...chapters] };
}
