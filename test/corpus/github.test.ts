import { isShared } from "./documents.js";
import { github } from "./pins.js";
import { skipDocument, testDocument } from "./real.js";

(isShared ? testDocument : skipDocument)("github", github);
