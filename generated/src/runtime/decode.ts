import type { Decoder, ErrorShape, Incoming } from "./descriptor.js";
import { openFile } from "./file.js";

/** The whole body, within the time of the attempt; rejects where it is the error envelope. */
export async function textOf(
  { next, check }: Incoming,
  decoder: Pick<TextDecoder, "decode"> = new TextDecoder(),
): Promise<string> {
  let text = "";
  let chunk = await next();
  while (chunk) {
    const following = await next();
    // A body of one piece, as most are, is decoded at once: a decoder that is to go on costs as much as the rest of this.
    text += decoder.decode(chunk, { stream: !!following });
    chunk = following;
  }
  check?.(text);
  return text;
}

/**
 * A value of JSON text; throws the DecodeError of the answer for any other. Undefined for a status that has no body, which a
 * range may stand for (RFC 9110, 15.3.5 and 15.3.6).
 */
export function parseJson(text: string, { broken, response }: Incoming): unknown {
  if (!text && /^20[45]$/.test(`${response.status}`)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw broken(text);
  }
}

/** JSON of any name, `application/problem+json` too (RFC 6839, 3.1). */
export const json: Decoder = {
  accepts: (type) => /[/+]json$/.test(type),
  read: async (incoming) => parseJson(await textOf(incoming), incoming),
};

const decoderOf = (contentType: string | null): Pick<TextDecoder, "decode"> => {
  try {
    const decoder = new TextDecoder(/;\s*charset="?([^\s;"]+)/i.exec(contentType ?? "")?.[1]);
    if (decoder.encoding === "utf-8") return decoder;
    // Always in pieces: at once, Node takes windows-1252 for ISO-8859-1.
    return {
      decode: (chunk, options) => decoder.decode(chunk, { stream: true }) + (options?.stream ? "" : decoder.decode()),
    };
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
  read: (incoming) => textOf(incoming, decoderOf(incoming.headers.get("content-type"))),
};

/** Any media type: what a service calls its files is seldom documented. */
export const file: Decoder = { accepts: () => true, read: openFile };

/** What an error says where the document does not tell (RFC 9457, 3.1). */
export const problem: ErrorShape = { required: [], code: "type", message: "detail" };
