/** The toolkit as a library. */
export {
  catalogue,
  type Diagnostic,
  type DiagnosticCode,
  formatDiagnostic,
  type Place,
  StageError,
} from "./diagnostics.js";
export { buildReference } from "./docs-pipeline.js";
export type { GenerateOptions, Job } from "./options.js";
export { type GenerateResult, generate, type Stage, type StageListener } from "./pipeline.js";
