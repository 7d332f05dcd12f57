/** The stages from the document to its reference site. */
import { resolve } from "node:path";
import { buildModel } from "./build-model.js";
import { loadProjectConfig } from "./config.js";
import { type Diagnostic, hasErrors } from "./diagnostics.js";
import { buildDocs } from "./docs/build.js";
import { codeSamples } from "./docs/samples.js";
import { resolveJobs } from "./jobs.js";
import { loadSpec } from "./load.js";
import { assignNames } from "./names.js";
import type { GenerateOptions } from "./options.js";

/** Writes the reference of one document into `out`; `page` is the path of its first page, absent after an error. */
export async function buildReference(
  options: Pick<GenerateOptions, "spec" | "name" | "allowRef" | "cwd"> & { readonly out: string },
): Promise<{ readonly page: string | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  const config = await loadProjectConfig(".", options.cwd);
  const [job] = resolveJobs(options, config);
  if (!job) return { page: undefined, diagnostics: config.diagnostics };
  const spec = await loadSpec(job.spec, { cwd: options.cwd, allowRef: options.allowRef });
  if (hasErrors(spec.diagnostics)) return { page: undefined, diagnostics: spec.diagnostics };
  const built = buildModel(spec.document, spec.locate);
  const named = assignNames(built.model);
  const samples = codeSamples(built.model, named.names, job.package);
  const page = await buildDocs(spec.document, samples, resolve(options.cwd ?? "", options.out));
  return {
    page,
    diagnostics: [...config.diagnostics, ...spec.diagnostics, ...built.diagnostics, ...named.diagnostics],
  };
}
