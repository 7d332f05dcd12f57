/** Decoders that check each item of a stream, where the call asks for it. */
import { checker, type SchemaLoader } from "./checked.js";
import type { Decoder, Incoming } from "./descriptor.js";
import { jsonEvents, type ServerSentEvent, textEvents } from "./event-stream.js";
import { jsonLines, jsonSequence } from "./json-lines.js";
import type { ApiStream } from "./stream.js";

const each =
  (decoder: Decoder, dataOf: (item: unknown) => unknown = (item) => item) =>
  (load: SchemaLoader): Decoder => ({
    accepts: decoder.accepts,
    async read(incoming) {
      // What decoders of items read.
      const stream = (await decoder.read(incoming)) as ApiStream<unknown>;
      const check = await checker(incoming, load);
      return check ? { ...stream, [Symbol.asyncIterator]: () => checked(stream, check, dataOf, incoming) } : stream;
    },
  });

function checked(
  stream: ApiStream<unknown>,
  check: (value: unknown, text: string) => void,
  dataOf: (item: unknown) => unknown,
  { time }: Incoming,
): AsyncIterator<unknown> {
  const items = stream[Symbol.asyncIterator]();
  return {
    async next() {
      const item = await items.next();
      try {
        if (!item.done) check(dataOf(item.value), JSON.stringify(dataOf(item.value)));
      } catch (error) {
        time.close(error);
        await stream.cancel();
        throw error;
      }
      return item;
    },
    async return() {
      await items.return?.();
      return { done: true, value: undefined };
    },
  };
}

const dataOfEvent = (item: unknown) => (item as ServerSentEvent<unknown>).data;

/** The data of events. */
export const checkedJsonEvents: (load: SchemaLoader) => Decoder = /*@__PURE__*/ each(jsonEvents, dataOfEvent);
/** The data of events that is text. */
export const checkedTextEvents: (load: SchemaLoader) => Decoder = /*@__PURE__*/ each(textEvents, dataOfEvent);
/** A value a line. */
export const checkedJsonLines: (load: SchemaLoader) => Decoder = /*@__PURE__*/ each(jsonLines);
/** A value behind each record separator. */
export const checkedJsonSequence: (load: SchemaLoader) => Decoder = /*@__PURE__*/ each(jsonSequence);
