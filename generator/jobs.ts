/** Which documents a command works on: one that is named, or every entry of redocly.yaml. */
import { basename, extname, resolve } from "node:path";
import type { ProjectConfig } from "./config.js";
import { StageError } from "./diagnostics.js";
import { type GenerateOptions, isPackageName, type Job } from "./options.js";

/** Flags win over the entry of redocly.yaml, which wins over what the document's name suggests. Throws `config-invalid`. */
export function resolveJobs(
  options: GenerateOptions,
  config: Pick<ProjectConfig, "entries" | "diagnostics">,
): readonly Job[] {
  const cwd = resolve(options.cwd ?? "");
  const wanted = options.spec === undefined ? undefined : resolve(cwd, options.spec);
  const errors = config.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new StageError(errors);
  const entries = config.entries.filter(({ root }) => wanted === undefined || root === wanted);
  if (wanted === undefined && entries.length === 0) {
    throw refusal(
      "there is no document to work on: redocly.yaml has no entry with `x-specproof`",
      "Name a document, or add `apis.<name>: { root, x-specproof: { out, package, version } }` to redocly.yaml.",
    );
  }
  if (entries.length > 1 && (options.out !== undefined || options.name !== undefined)) {
    throw refusal("`--out` and `--name` need one document, and redocly.yaml has several", "Name the document.");
  }
  const name = options.name ?? (wanted === undefined ? "" : packageName(wanted));
  if ((options.name !== undefined || entries.length === 0) && !isPackageName(name)) {
    throw refusal(
      `\`${name}\` cannot be the name of a package`,
      "Pass --name with lower-case letters, digits, hyphens, dots.",
    );
  }
  const out = options.out === undefined ? undefined : resolve(cwd, options.out);
  if (entries.length > 0) {
    return entries.map((entry) => ({
      spec: entry.root,
      out: out ?? entry.out,
      package: options.name ?? entry.package,
      version: entry.version,
    }));
  }
  if (wanted === undefined) return [];
  if (out === undefined) throw refusal("no output folder is given", "Pass --out dir.");
  return [{ spec: wanted, out, package: name, version: "0.0.0" }];
}

function packageName(spec: string): string {
  const base = basename(spec, extname(spec)).toLowerCase();
  return base.replace(/[^a-z0-9._-]+/g, "-").replace(/^[-._]+|[-._]+$/g, "");
}

function refusal(message: string, fix: string): StageError {
  return new StageError([{ code: "config-invalid", severity: "error", message, fix }]);
}
