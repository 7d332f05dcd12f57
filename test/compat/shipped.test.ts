/** The packages of documents that others publish to npm, under the compilers that `npm test` has no time for. */
import { testDocument } from "../corpus/real.js";
import { shipped } from "../golden/shipped.js";

const compilers = ["typescript", "typescript6"];

for (const [name, document] of Object.entries(shipped)) testDocument(name, { ...document, compilers });
