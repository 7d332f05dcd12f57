/** The stages that need ts-morph: it takes as long to load as a document of middling size to be read. */
export { emit } from "./emit/emit.js";
export { printer } from "./print.js";
export { readBindings } from "./read-bindings.js";
