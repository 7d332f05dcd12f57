/** The pipeline as a whole: every document that is asked for goes through the stages, one after the other. */
import { startCompiler } from "./compiler-thread.js";
import type { GenerateOptions } from "./options.js";
import type { GenerateResult, StageListener } from "./run-job.js";

/**
 * Generates every package that the options ask for; what is wrong with a document is in its diagnostics.
 * @throws StageError where redocly.yaml and the options do not say what to generate.
 */
export async function generate(
  options: GenerateOptions = {},
  listener: StageListener = () => {},
): Promise<readonly GenerateResult[]> {
  const thread = startCompiler();
  try {
    // Their libraries are loaded while the thread loads its compilers.
    const { loadProjectConfig, resolveJobs, runJob } = await import("./run-job.js");
    const config = await loadProjectConfig(".", options.cwd);
    const jobs = resolveJobs(options, config);
    const results: GenerateResult[] = [];
    for (const [index, job] of jobs.entries()) {
      const isLast = index === jobs.length - 1;
      const result = await runJob(job, options, config, { ...thread, isLast }, listener);
      // What is wrong with redocly.yaml itself, and stops nothing, is told once.
      const warnings = results.length === 0 ? config.diagnostics : [];
      results.push({ ...result, diagnostics: [...warnings, ...result.diagnostics] });
    }
    return results;
  } finally {
    await thread.stop();
  }
}
