/** The toolkit as a library. */
export {
  catalogue,
  type Diagnostic,
  type DiagnosticCode,
  formatDiagnostic,
  type Place,
  StageError,
} from "./diagnostics.js";
export { buildReference, type DocsStage } from "./docs-pipeline.js";
export type { GenerateOptions, Job } from "./options.js";
export { generate } from "./pipeline.js";
export type { GenerateResult, Stage, StageListener } from "./run-job.js";
