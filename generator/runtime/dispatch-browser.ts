/** What takes the place of `dispatch.ts` in a bundle for a browser: a page makes few calls, and weighs what it loads. */
export { createRawClient as createTransport, throughRaw as dispatch } from "./transport.js";
