/** Sequences of JSON values: JSON Lines, and JSON text sequences (RFC 7464). */

import { parseJson } from "./decode.js";
import type { Decoder, Incoming } from "./descriptor.js";
import { cutter, type Parser, streamDecoder } from "./stream.js";

const values =
  (separator: string, isWhole: (record: string) => boolean) =>
  (incoming: Incoming): Parser => {
    const cut = cutter(separator, incoming);
    return function* (piece, isLast) {
      for (const record of cut(piece, isLast)) {
        if (!/\S/.test(record)) continue;
        if (!isWhole(record)) throw incoming.broken(record);
        yield parseJson(record, incoming);
      }
      return isLast;
    };
  };

/** A value a line, under any of its names; empty lines are passed over, and the last line need not end. */
export const jsonLines: Decoder = /*@__PURE__*/ streamDecoder(
  /^application\/((x-)?(ndjson|jsonl|json-?lines)|stream\+json)$/,
  /*@__PURE__*/ values("\n", () => true),
);

/** A value behind each record separator; a number or a word that nothing ends was cut (RFC 7464, 2.4). */
export const jsonSequence: Decoder = /*@__PURE__*/ streamDecoder(
  /[/+]json-seq$/,
  /*@__PURE__*/ values("\u001e", (record) => /[\s"\]}]$/.test(record)),
);
