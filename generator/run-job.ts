/** The stages in their order, for one document. */
import { basename, isAbsolute, relative, resolve, sep } from "node:path";
import { buildModel } from "./build-model.js";
import { checkOutput } from "./check.js";
import { findMissing } from "./check-statements/finding.js";
import { checkStatements } from "./check-statements.js";
import { compareBindings } from "./compare-bindings.js";
import type { CompilerThread } from "./compiler-thread.js";
import type { ProjectConfig } from "./config.js";
import { coverageFile } from "./coverage.js";
import { type Diagnostic, distinct, hasErrors, StageError, strictly } from "./diagnostics.js";
import { line } from "./emit/comment.js";
import { emit } from "./emit/emit.js";
import { lintSpec } from "./lint.js";
import { type Linting, lintBeside } from "./lint-thread.js";
import { loadSpec } from "./load.js";
import { buildManifest, printManifest } from "./manifest.js";
import { mend } from "./mend.js";
import { assignNames } from "./names.js";
import type { GenerateOptions, Job } from "./options.js";
import { demandOwnFolder, readOutputFolder } from "./output-folder.js";
import { type Draft, draft, finish, type OutputFile, structuresOf } from "./print.js";
import { survey } from "./survey.js";
import { runtimeFiles, toolVersions } from "./toolkit.js";
import { writeOutput } from "./write.js";

export { loadProjectConfig } from "./config.js";
export { resolveJobs } from "./jobs.js";

/** The stages, as they are reported. */
export type Stage = "load" | "lint" | "model" | "emit" | "bindings" | "write";

/** Told before each stage. */
export type StageListener = (stage: Stage, job: Job) => void;

/** What became of one document. */
export interface GenerateResult {
  readonly job: Job;
  /** `differs` comes from `check` only; `failed` leaves the output folder as it was. */
  readonly outcome: "written" | "unchanged" | "differs" | "failed";
  readonly diagnostics: readonly Diagnostic[];
  /** How many files the package has. */
  readonly files: number;
  /** What was read for it, the configuration included: absolute paths, and whatever else there was. */
  readonly sources: readonly string[];
}

/** Takes one document through the stages; what is wrong with it is in the result. After the last one, the thread is stopped. */
export async function runJob(
  job: Job,
  options: GenerateOptions,
  config: ProjectConfig,
  thread: CompilerThread & { readonly isLast: boolean },
  listener: StageListener,
): Promise<GenerateResult> {
  const diagnostics: Diagnostic[] = [];
  const collect = (found: readonly Diagnostic[]): void => {
    diagnostics.push(...found);
    if (hasErrors(found)) throw new StageError([]);
  };
  const told = (): readonly Diagnostic[] => distinct(options.strict ? diagnostics.map(strictly) : diagnostics);
  const stage = async <T>(name: Stage, work: () => T | Promise<T>): Promise<T> => {
    listener(name, job);
    return work();
  };

  const shown = displayed(job.out, options.cwd);
  const reading = { cwd: options.cwd, allowRef: options.allowRef };
  let linting: Linting | undefined;
  try {
    await demandOwnFolder(job.out, shown, job.spec);
    if (options.lint !== false) linting = lintBeside(job.spec, reading);
    const spec = await stage("load", () => loadSpec(job.spec, reading));
    collect(spec.diagnostics);
    const { document, locate, diagnostics: mended } = mend(spec.document, spec.locate);
    collect(mended);
    const types = thread.makeTypes(document, spec.file);
    collect(survey(document, spec.version, locate));

    if (options.lint !== false && !linting) {
      collect(await stage("lint", async () => lintSpec(spec, await config.rulesFor(job.spec))));
    }

    const { model, names } = await stage("model", () => {
      const built = buildModel(document, locate);
      const named = assignNames(built.model);
      collect([...built.diagnostics, ...named.diagnostics]);
      return { model: built.model, names: named.names };
    });

    const drafts = await stage("emit", async () => {
      const info = { name: job.package, version: job.version, ...(await toolVersions()) };
      const toDraft = draft(headerFor(job));
      const made: Draft[] = [];
      // One by one: the structures of a file are gone when it is drafted.
      for (const file of emit(model, names, spec.document, info)) made.push(toDraft(file));
      return made;
    });
    const structures = drafts.flatMap(structuresOf);
    const writing = thread.writeStructures(structures);
    const finished = drafts.flatMap((file) => ("text" in file ? [file] : []));
    const checked = checkStatements(finished.filter(isModule));

    const files = await stage("bindings", async () => {
      const { findings, index, text } = await types;
      collect(findings.map(({ pointer, ...finding }) => ({ ...finding, ...locate(pointer) })));
      collect(compareBindings(model, index));
      if (linting) collect(await stage("lint", async () => linting?.findings ?? []));
      // Judged only here, so that all of it is told.
      if (hasErrors(told())) throw new StageError([]);
      const texts = await writing;
      // Its memory is free for what is left.
      if (thread.isLast) await thread.stop();
      const written = new Map(structures.map((structure, index) => [structure, texts[index] ?? ""]));
      const sheets = drafts.flatMap((file) => ("text" in file ? [] : [finish(file, written)]));
      const all = [...finished, ...sheets, ...(await runtimeFiles()), bindings(`${headerFor(job)}\n${text}`)];
      const modules = new Map(all.map((file) => [file.path, file]));
      for (const { diagnostics, imports } of [checked, checkStatements(sheets)]) {
        collect([...diagnostics, ...findMissing(modules, imports)]);
      }
      return [...all, coverageFile(diagnostics, spec.file)].sort((a, b) => (a.path < b.path ? -1 : 1));
    });

    return await stage("write", async (): Promise<GenerateResult> => {
      const manifest = buildManifest(`${job.package}@${job.version}`, files);
      const read = spec.sources.map((source) =>
        /^https?:/.test(source) ? source : resolve(options.cwd ?? "", source),
      );
      const base = { job, diagnostics: told(), files: files.length, sources: [...config.sources, ...read] };
      if (options.check) {
        const found = await readOutputFolder(job.out, shown);
        const differences = checkOutput(found, shown, files, manifest);
        const outcome = differences.length > 0 ? "differs" : "unchanged";
        return { ...base, outcome, diagnostics: [...base.diagnostics, ...differences] };
      }
      return { ...base, outcome: await writeOutput(job.out, shown, [...files, printManifest(manifest)]) };
    });
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return { job, outcome: "failed", diagnostics: [...told(), ...error.diagnostics], files: 0, sources: [] };
  } finally {
    await linting?.stop();
  }
}

/** They are checked where they are made. */
const bindings = (text: string): OutputFile => ({ path: "src/bindings.ts", text });

const isModule = ({ path }: OutputFile): boolean => path.endsWith(".ts");

/** No version, no date, no absolute path: the same bytes wherever and whenever they are made. */
function headerFor(job: Job): string {
  const below = relative(resolve(job.out, ".."), job.spec).split(sep).join("/");
  const shown = below.startsWith("../") || isAbsolute(below) ? basename(job.spec) : below;
  return `// @generated by specproof from ${line(shown)}. Do not edit; run npm run generate.`;
}

function displayed(path: string, cwd = ""): string {
  const below = relative(resolve(cwd), path).split(sep).join("/");
  return below === "" ? "." : below;
}
