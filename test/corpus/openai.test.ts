import { isShared } from "./documents.js";
import { openai } from "./pins.js";
import { skipDocument, testDocument } from "./real.js";

(isShared ? testDocument : skipDocument)("openai", openai);
