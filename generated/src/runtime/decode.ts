import type { Decoder } from "./descriptor.js";
import { openFile } from "./file.js";

/** JSON of any name, `application/problem+json` too (RFC 6839, 3.1). */
export const json: Decoder = {
  accepts: (type) => /[/+]json$/.test(type),
  async read({ text, envelope, check, invalid }) {
    const body = await text();
    if (envelope) check(body);
    try {
      return JSON.parse(body);
    } catch {
      // Without a cause: the parser's message shows a piece of the body.
      throw invalid("is not JSON", body);
    }
  },
};

export const text: Decoder = {
  accepts: (type) => type.startsWith("text/"),
  read: (incoming) => incoming.text(),
};

/** Any media type: what a service calls its files is seldom documented. */
export const file: Decoder = { accepts: () => true, read: openFile };
