import { isShared } from "./documents.js";
import { museum } from "./pins.js";
import { skipDocument, testDocument } from "./real.js";

(isShared ? testDocument : skipDocument)("museum", museum);
