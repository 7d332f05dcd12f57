/** Stage: says which file of the output folder is not what the document asks for, and why. */
import type { Diagnostic } from "./diagnostics.js";
import { DOCUMENT, MANIFEST, type Manifest } from "./manifest.js";
import type { OutputFolder } from "./output-folder.js";
import type { OutputFile } from "./print.js";

/** One diagnostic a file that differs; none when the folder is up to date. `shown` is the folder for messages. */
export function checkOutput(
  found: OutputFolder,
  shown: string,
  files: readonly OutputFile[],
  manifest: Manifest,
): readonly Diagnostic[] {
  const expected = new Map(files.map(({ path }) => [path, manifest.files[path]]));
  const paths = [...new Set([...expected.keys(), ...found.files.keys()])].filter((path) => path !== MANIFEST).sort();
  const differing = paths.filter((path) => expected.get(path) !== found.files.get(path));
  const diagnostics = differing.map((path): Diagnostic => {
    const { message, cause } = explain(path, expected.get(path), found, manifest);
    return {
      code: "output-differs",
      severity: "error",
      message: `${path} ${message}`,
      cause,
      file: `${shown}/${path}`,
    };
  });
  if (diagnostics.length > 0 || isSameRecord(found.manifest, manifest)) return diagnostics;
  // Every file is as it should be, so only a hand can have changed a record that is there.
  const cause = found.manifest ? BY_HAND : reasonOf(found, manifest);
  return [
    { code: "output-differs", severity: "error", message: `${MANIFEST} differs`, cause, file: `${shown}/${MANIFEST}` },
  ];
}

const BY_HAND = "It was edited by hand.";

function explain(
  path: string,
  expected: string | undefined,
  found: OutputFolder,
  manifest: Manifest,
): { readonly message: string; readonly cause: string } {
  const onDisk = found.files.get(path);
  const recorded = found.manifest && Object.hasOwn(found.manifest.files, path) ? found.manifest.files[path] : undefined;
  if (onDisk === undefined) {
    return recorded === undefined
      ? { message: "is not there", cause: reasonOf(found, manifest) }
      : { message: "is not there", cause: "It was removed by hand." };
  }
  if (recorded === undefined && expected === undefined) {
    return { message: "does not belong there", cause: "It was added by hand: the folder holds generated files only." };
  }
  if (found.manifest && onDisk !== recorded) return { message: "differs", cause: BY_HAND };
  return { message: expected === undefined ? "is no longer needed" : "differs", cause: reasonOf(found, manifest) };
}

function reasonOf({ manifest: before }: OutputFolder, manifest: Manifest): string {
  if (!before) return "The folder was never generated, or its record is missing or damaged.";
  if (before.files[DOCUMENT] !== manifest.files[DOCUMENT])
    return "The spec has changed since the folder was generated.";
  if (before.package !== manifest.package) return "The name or the version of the package has changed.";
  return "The toolkit has changed since the folder was generated.";
}

function isSameRecord(a: Manifest | undefined, b: Manifest): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
