/** Reads redocly.yaml: Redocly's rules, and what `x-specproof` says about the outputs. */
import { stat } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Config, Document } from "@redocly/openapi-core";
import type { Diagnostic, Place } from "./diagnostics.js";
import type { ProjectEntry } from "./document.js";
import type { Rules } from "./lint.js";
import { isPackageName } from "./options.js";
import { childPointer, displayPath, placeOf } from "./place.js";
import { syntaxFinding, type ToPlace } from "./read-findings.js";
import { BaseResolver } from "./redocly.js";

/** What a project says: its rules and its entries, and what is wrong with them. */
export interface ProjectConfig {
  /** Absolute path of redocly.yaml; absent without one. */
  readonly path: string | undefined;
  /** Absolute paths of the files that it consists of, and the names of its plugins. */
  readonly sources: readonly string[];
  /** The entries of `apis` with a sound `x-specproof`, in the order of the file. */
  readonly entries: readonly ProjectEntry[];
  /** Errors belong to an entry, or to the whole file; the rest of it is still there. */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Rules for the document at this path: those of its entry of `apis`; where there are no entries at all, those of the
   * file for every document below its folder. For any other document they are what Redocly recommends, as advice.
   */
  readonly rulesFor: (path: string) => Promise<Rules>;
}

/**
 * Reads the configuration of a project. A project without one has Redocly's recommended rules and no entries.
 * @param place Folder with redocly.yaml in it, or path of a file like it; the working folder by default.
 */
export async function loadProjectConfig(place = "", cwd = ""): Promise<ProjectConfig> {
  const home = resolve(cwd);
  const asked = resolve(home, place);
  const askedFolder = (await kindOf(asked)) === "folder";
  const path = askedFolder ? resolve(asked, "redocly.yaml") : asked;
  const file = displayPath(path, home);
  if ((await kindOf(path)) !== "file") {
    const missing = { code: "config-invalid", severity: "error", message: `There is no file ${file}.`, file } as const;
    return projectOf(undefined, undefined, [], askedFolder ? [] : [missing]);
  }
  try {
    const { loadConfig } = await import("@redocly/openapi-core");
    const resolver = new BaseResolver();
    const config = await loadConfig({ configPath: path, externalRefResolver: resolver });
    const sources = [...resolver.getFiles(), ...(config.resolvedConfig.plugins ?? []).map(String)];
    const { entries, findings } = entriesOf(config, path, home);
    const own = [...(await ownFindings(config, home)), ...findings];
    return projectOf(path, config, entries, own, sources);
  } catch (error) {
    const finding = unusable(error, file, (location) => placeOf(location, home));
    return projectOf(path, undefined, [], [finding]);
  }
}

async function recommended(): Promise<Rules> {
  const { createConfig } = await import("@redocly/openapi-core");
  return { config: await createConfig({ extends: ["recommended"] }), isAdvice: true };
}

function projectOf(
  path: string | undefined,
  own: Config | undefined,
  entries: readonly ProjectEntry[],
  diagnostics: readonly Diagnostic[],
  sources: readonly string[] = [],
): ProjectConfig {
  const folder = path && dirname(path);
  const apis = Object.entries(own?.resolvedConfig.apis ?? {});
  const rulesFor = async (spec: string): Promise<Rules> => {
    if (own === undefined || folder === undefined) return recommended();
    const entry = apis.find(([, api]) => api.root !== undefined && resolve(folder, api.root) === resolve(spec));
    if (entry) return { config: own.forAlias(entry[0]), isAdvice: false };
    const isMeant = apis.length === 0 && !relative(folder, resolve(spec)).startsWith("..");
    return isMeant ? { config: own, isAdvice: false } : recommended();
  };
  return { path, sources, entries, diagnostics, rulesFor };
}

async function kindOf(path: string): Promise<"folder" | "file" | "nothing"> {
  return stat(path).then(
    (entry) => (entry.isDirectory() ? "folder" : "file"),
    () => "nothing",
  );
}

function unusable(error: unknown, file: string, toPlace: ToPlace): Diagnostic {
  const syntax = syntaxFinding(error, toPlace);
  if (syntax) return { ...syntax, code: "config-invalid", message: `${file} is not YAML: ${syntax.message}` };
  const text = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  const message = `${file} cannot be used: ${stripVTControlCharacters(text)}`;
  return { code: "config-invalid", severity: "error", message, file };
}

/** What Redocly says about the file itself, e.g. a rule that does not exist. */
async function ownFindings(config: Config, cwd: string): Promise<readonly Diagnostic[]> {
  const { lintConfig } = await import("@redocly/openapi-core");
  const problems = await lintConfig({ config, severity: "warn" });
  return problems.map(({ message, location: [location], severity }) => ({
    code: "config-invalid",
    severity: severity === "warn" ? "warning" : "error",
    message,
    ...(location ? placeOf(location, cwd) : {}),
    fix: "Correct the configuration at this place.",
  }));
}

function entriesOf(
  config: Config,
  path: string,
  cwd: string,
): { readonly entries: readonly ProjectEntry[]; readonly findings: readonly Diagnostic[] } {
  const findings: Diagnostic[] = [];
  const entries: ProjectEntry[] = [];
  const folder = dirname(path);
  for (const [name, api] of Object.entries(apisOf(config.document))) {
    const settings = isObject(api) ? api["x-specproof"] : undefined;
    if (!isObject(api) || settings === undefined) continue;
    const pointer = [name, "x-specproof"].reduce(childPointer, "#/apis");
    const problems = [
      ...problemsOf(settings, name),
      ...(typeof api.root === "string" && api.root !== "" ? [] : [`Entry \`${name}\` has no \`root\`.`]),
    ];
    if (problems.length > 0 || !isObject(settings)) {
      const where = placeInConfig(config, pointer, cwd);
      findings.push(
        ...problems.map((message) => ({ code: "config-invalid", severity: "error", message, ...where }) as const),
      );
      continue;
    }
    const out = resolve(folder, String(settings.out));
    const rival = entries.find((entry) => entry.out === out);
    if (rival) {
      const message = `Entries \`${rival.name}\` and \`${name}\` have the same output folder.`;
      const where = placeInConfig(config, `${pointer}/out`, cwd);
      findings.push({
        code: "config-invalid",
        severity: "error",
        message,
        ...where,
        fix: "Give each entry a folder of its own.",
      });
      continue;
    }
    entries.push({
      name,
      root: resolve(folder, String(api.root)),
      out,
      package: String(settings.package),
      version: String(settings.version),
    });
  }
  return { entries, findings };
}

interface Setting {
  readonly isSound: (text: string) => boolean;
  readonly what: string;
}

const settingsOf: Readonly<Record<"out" | "package" | "version", Setting>> = {
  out: { isSound: (text) => /^(?!\.?\/*$)[^\0]+$/.test(text), what: "the path of a folder" },
  package: { isSound: isPackageName, what: "the name of an npm package" },
  version: {
    isSound: (text) => /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.test(text),
    what: "a version such as 1.2.3",
  },
};

function problemsOf(settings: unknown, name: string): readonly string[] {
  if (!isObject(settings)) return [`\`x-specproof\` of entry \`${name}\` is no object.`];
  const unknown = Object.keys(settings).filter((key) => !(key in settingsOf));
  return [
    ...Object.entries(settingsOf)
      .filter(([key, { isSound }]) => typeof settings[key] !== "string" || !isSound(settings[key]))
      .map(([key, { what }]) =>
        key in settings
          ? `\`${key}\` of entry \`${name}\` is ${JSON.stringify(settings[key])}, not ${what}.`
          : `Entry \`${name}\` has no \`${key}\`: ${what}.`,
      ),
    ...unknown.map((key) => `Entry \`${name}\` has an unknown key \`${key}\`.`),
  ];
}

function apisOf(document: Document | undefined): Readonly<Record<string, unknown>> {
  return isObject(document?.parsed) && isObject(document.parsed.apis) ? document.parsed.apis : {};
}

function placeInConfig({ document }: Config, pointer: string, cwd: string): Place {
  return document ? placeOf({ source: document.source, pointer, reportOnKey: true }, cwd) : {};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
