/** The API reference: code samples from the model, a page from the document, a server for the page. */
export { buildDocs } from "./build.js";
export { type CodeSample, codeSamples, type OperationSamples } from "./samples.js";
export { type DocsServer, serveDocs } from "./serve.js";
