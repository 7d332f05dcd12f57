/** Documents that others publish to npm: each gives a package that compiles. */
import { testDocument } from "../corpus/real.js";
import { shipped } from "./shipped.js";

// The newest compiler is the fastest; `test:compat` has the others.
const compilers = ["typescript7"];

for (const [name, document] of Object.entries(shipped)) testDocument(name, { ...document, compilers });
