/// <reference lib="esnext.disposable" preserve="true" />
import { textOf } from "./decode.js";
import type { Decoder, Incoming } from "./descriptor.js";

/**
 * Items of a body, as they arrive and no faster than they are taken. It is read once; a second loop is a TypeError.
 * Leaving the loop closes the connection; whoever does not read it calls `cancel`, or declares it with `await using`.
 * The time of the attempt ends where the stream is handed over; the call's signal goes on to end it, with its reason. A
 * loop throws NetworkError where the connection breaks off, and DecodeError for an item that is not what the contract says.
 */
export interface ApiStream<T> extends AsyncIterable<T>, AsyncDisposable {
  /** Closes the connection; a loop that waits for the next item ends. */
  cancel(): Promise<void>;
}

/** Makes items of a text that comes in pieces, of which the last may be empty; returns whether that was all. */
export type Parser = (piece: string, isLast: boolean) => Generator<unknown, boolean, undefined>;

/** What one item may take, in characters: one that does not end would fill the memory. */
const LONGEST = 2 ** 24;

/** Cuts a text that comes in pieces; what stands behind the last separator is a record of its own where it is the end. */
export function cutter(
  separator: string | RegExp,
  { broken }: Incoming,
): (piece: string, isLast: boolean, more?: string) => readonly string[] {
  let rest = "";
  return (piece, isLast, more = "") => {
    // What came before holds no separator: it is not searched again, however small the pieces are.
    const [first = "", ...others] = piece.split(separator);
    const records = [rest + first, ...others];
    rest = isLast ? "" : (records.pop() ?? "");
    if (rest.length + more.length > LONGEST) throw broken(more + rest);
    return records;
  };
}

/** The decoder of a body that is a sequence of items; `start` makes the parser of one stream. */
export const streamDecoder = (types: RegExp, start: (incoming: Incoming) => Parser): Decoder => ({
  accepts: (type) => types.test(type),
  async read(incoming) {
    // Only the envelope comes under any other type.
    if (incoming.check && !types.test(incoming.type)) throw incoming.broken(await textOf(incoming));
    incoming.time.stop();
    return open(incoming, start(incoming));
  },
});

function open({ next, cancel, time }: Incoming, parse: Parser): ApiStream<unknown> {
  let isUsed = false;
  let isGivenUp = false;
  const giveUp = () => {
    isUsed = isGivenUp = true;
    return cancel();
  };
  async function* items() {
    const decoder = new TextDecoder();
    try {
      for (let isOver = false; !isOver; ) {
        // It may wait for its next item as long as it likes.
        const chunk = await next(Infinity);
        isOver = yield* parse(decoder.decode(chunk, { stream: !!chunk }), !chunk);
      }
    } catch (error) {
      if (!isGivenUp) {
        time.close(error);
        throw error;
      }
    } finally {
      await cancel();
    }
  }
  return {
    [Symbol.asyncIterator]() {
      if (isUsed) throw new TypeError("The stream was read");
      isUsed = true;
      const iterator = items();
      return {
        next: () => iterator.next(),
        // At once: a generator that waits for the next item would end only after it.
        async return() {
          await giveUp();
          return iterator.return();
        },
      };
    },
    cancel: giveUp,
    [Symbol.asyncDispose]: giveUp,
  };
}
