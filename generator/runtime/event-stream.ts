/** Server-sent events (WHATWG HTML, 9.2): one connection, read as a stream; nobody reconnects. */

import { parseJson } from "./decode.js";
import type { Decoder, Incoming } from "./descriptor.js";
import { cutter, type Parser, streamDecoder } from "./stream.js";

/** One event (WHATWG HTML, 9.2.6). */
export interface ServerSentEvent<Data> {
  /** `message` where the service does not say. */
  readonly event: string;
  readonly data: Data;
  /** The last id so far, for a header `Last-Event-ID`; `""` where there was none. */
  readonly id: string;
  /** How long the service last asked to wait before connecting again, in milliseconds. */
  readonly retry: number | undefined;
}

/** `end` is the data that ends the stream, whatever comes after. */
const events =
  (read: (data: string, incoming: Incoming) => unknown, end?: string) =>
  (incoming: Incoming): Parser => {
    const cut = cutter(/\r\n?|\n/, incoming);
    let isAfterReturn = false;
    let id = "";
    let retry: number | undefined;
    let event = "";
    let data: string | undefined;
    return function* (piece, isLast) {
      if (!piece) return isLast;
      // A carriage return ends its line at once: what is left of CR LF is no line of its own.
      const text = isAfterReturn ? piece.replace(/^\n/, "") : piece;
      isAfterReturn = piece.endsWith("\r");
      for (const line of cut(text, false, data)) {
        const [, name = "", value = ""] = /^([^:]*)(?:: ?)?(.*)$/s.exec(line) ?? [];
        if (line === "") {
          if (data !== undefined && data === end) return true;
          if (data !== undefined) yield { event: event || "message", data: read(data, incoming), id, retry };
          event = "";
          data = undefined;
        } else if (name === "data") data = data === undefined ? value : `${data}\n${value}`;
        else if (name === "event") event = value;
        else if (name === "id" && !value.includes("\0")) id = value;
        else if (name === "retry" && /^\d+$/.test(value)) retry = Number(value);
      }
      return isLast;
    };
  };

const EVENT_STREAM = /^text\/event-stream$/;

/**
 * Events whose `data` is JSON. `[DONE]`, which is none, ends the stream: so do the services that stream what a model of
 * language says.
 */
export const jsonEvents: Decoder = /*@__PURE__*/ streamDecoder(EVENT_STREAM, /*@__PURE__*/ events(parseJson, "[DONE]"));

/** Events whose `data` is text. */
export const textEvents: Decoder = /*@__PURE__*/ streamDecoder(
  EVENT_STREAM,
  /*@__PURE__*/ events((data) => data),
);
