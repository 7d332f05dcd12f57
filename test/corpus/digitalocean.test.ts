import { isShared } from "./documents.js";
import { digitalOcean } from "./pins.js";
import { skipDocument, testDocument } from "./real.js";

(isShared ? testDocument : skipDocument)("digitalocean", digitalOcean);
