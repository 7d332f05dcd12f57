/** The stages from the document to its reference site. */
import { resolve } from "node:path";
import { buildModel } from "./build-model.js";
import { loadProjectConfig } from "./config.js";
import { type Diagnostic, hasErrors } from "./diagnostics.js";
import { buildDocs } from "./docs/build.js";
import { addGuides, readGuides } from "./docs/guides.js";
import { codeSamples } from "./docs/samples.js";
import { resolveJobs } from "./jobs.js";
import { loadSpec } from "./load.js";
import { mend } from "./mend.js";
import { assignNames } from "./names.js";
import type { GenerateOptions, Job } from "./options.js";

/** The stages, as they are reported. */
export type DocsStage = "load" | "model" | "samples" | "page";

/**
 * Writes the reference of one document into `out`; `page` is the path of its first page, absent after an error. The
 * listener is told before each stage.
 */
export async function buildReference(
  options: Pick<GenerateOptions, "spec" | "name" | "allowRef" | "cwd"> & { readonly out: string },
  listener: (stage: DocsStage, job: Job) => void = () => {},
): Promise<{ readonly page: string | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  const config = await loadProjectConfig(".", options.cwd);
  const [job] = resolveJobs(options, config);
  if (!job) return { page: undefined, diagnostics: config.diagnostics };
  listener("load", job);
  const spec = await loadSpec(job.spec, { cwd: options.cwd, allowRef: options.allowRef });
  const { document, locate, diagnostics: mended } = mend(spec.document, spec.locate);
  const loaded = [...spec.diagnostics, ...mended];
  if (hasErrors(loaded)) return { page: undefined, diagnostics: loaded };
  listener("model", job);
  const built = buildModel(document, locate);
  const named = assignNames(built.model);
  listener("samples", job);
  const samples = [...codeSamples(built.model, named.names, job.package)];
  listener("page", job);
  const whole = addGuides(document, await readGuides(job.spec));
  const page = await buildDocs(whole, samples, resolve(options.cwd ?? "", options.out));
  return {
    page,
    diagnostics: [...config.diagnostics, ...loaded, ...built.diagnostics, ...named.diagnostics],
  };
}
