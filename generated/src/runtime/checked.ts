/** Decoders that check what they read, where the call asks for it: `validate: { responses: true }`. */
import { json, parseJson, text, textOf } from "./decode.js";
import type { Decoder, Incoming } from "./descriptor.js";
import { jsonRange, textRange } from "./media-range.js";
import type { Schema } from "./schema-descriptor.js";

/** Loads the module of a schema. */
export type SchemaLoader = () => Promise<{ readonly default: Schema }>;

/** What throws the DecodeError of a value that breaks the schema; undefined where nothing is to be checked. */
export async function checker(
  incoming: Incoming,
  load: SchemaLoader,
): Promise<((value: unknown, text: string) => void) | undefined> {
  const { validate } = incoming;
  if (typeof validate !== "object" || !validate.responses) return undefined;
  // Both are loaded by those only who check.
  const [{ default: schema }, { verify }] = await Promise.all([load(), import("./verify.js")]);
  return (value, text) => verify(value, schema, text, incoming);
}

const whole =
  ({ accepts }: Decoder) =>
  (load: SchemaLoader): Decoder => ({
    accepts,
    async read(incoming) {
      const text = await textOf(incoming);
      const value = parseJson(text, incoming);
      // Nothing is waited for where nothing is asked for.
      if (value !== undefined && typeof incoming.validate === "object") (await checker(incoming, load))?.(value, text);
      return value;
    },
  });

/** JSON of any name. */
export const checkedJson: (load: SchemaLoader) => Decoder = /*@__PURE__*/ whole(json);
/** JSON, whatever its type. */
export const checkedJsonRange: (load: SchemaLoader) => Decoder = /*@__PURE__*/ whole(jsonRange);

const plain =
  ({ accepts, read }: Decoder) =>
  (load: SchemaLoader): Decoder => ({
    accepts,
    async read(incoming) {
      // What decoders of text read.
      const value = (await read(incoming)) as string;
      (await checker(incoming, load))?.(value, value);
      return value;
    },
  });

/** Text. */
export const checkedText: (load: SchemaLoader) => Decoder = /*@__PURE__*/ plain(text);
/** Text, whatever its type. */
export const checkedTextRange: (load: SchemaLoader) => Decoder = /*@__PURE__*/ plain(textRange);
