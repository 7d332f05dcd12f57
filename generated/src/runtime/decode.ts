import type { Decoder, ErrorShape } from "./descriptor.js";
import { openFile } from "./file.js";

/** JSON of any name, `application/problem+json` too (RFC 6839, 3.1). */
export const json: Decoder = {
  accepts: (type) => /[/+]json$/.test(type),
  read: async ({ text }) => JSON.parse(await text()),
};

/** Text of any subtype, decoded as UTF-8. */
export const text: Decoder = {
  accepts: (type) => type.startsWith("text/"),
  read: ({ text }) => text(),
};

/** Any media type: what a service calls its files is seldom documented. */
export const file: Decoder = { accepts: () => true, read: openFile };

/** What an error says where the document does not tell (RFC 9457, 3.1). */
export const problem: ErrorShape = { required: [], code: "type", message: "detail" };
