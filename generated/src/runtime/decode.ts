import type { Decoder, ErrorShape } from "./descriptor.js";
import { openFile } from "./file.js";

/** JSON of any name, `application/problem+json` too (RFC 6839, 3.1). */
export const json: Decoder = {
  accepts: (type) => /[/+]json$/.test(type),
  read: async ({ text }) => JSON.parse(await text()),
};

const decoderOf = (contentType: string | null): TextDecoder => {
  try {
    return new TextDecoder(/;\s*charset="?([^\s;"]+)/i.exec(contentType ?? "")?.[1]);
  } catch {
    // A charset that nobody knows.
    return new TextDecoder();
  }
};

/**
 * Text, in the charset that Content-Type names, else in UTF-8. Bytes that are none of it become replacement characters, as
 * `fetch` has it.
 */
export const text: Decoder = {
  accepts: (type) => /^text\/|[/+](x-)?(xml|yaml)$/.test(type),
  async read({ headers, next, check, text }) {
    const decoder = decoderOf(headers.get("content-type"));
    if (decoder.encoding === "utf-8") return text();
    let all = "";
    let chunk: Uint8Array | undefined;
    do {
      chunk = await next();
      all += decoder.decode(chunk, { stream: !!chunk });
    } while (chunk);
    check?.(all);
    return all;
  },
};

/** Any media type: what a service calls its files is seldom documented. */
export const file: Decoder = { accepts: () => true, read: openFile };

/** What an error says where the document does not tell (RFC 9457, 3.1). */
export const problem: ErrorShape = { required: [], code: "type", message: "detail" };
