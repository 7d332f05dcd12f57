/** Decoders of a body whose media type the contract leaves open: a range such as `image/*` (RFC 9110, 12.5.1). */
import { file, json, text } from "./decode.js";
import type { Decoder } from "./descriptor.js";

const within = ({ read }: Decoder): Decoder => ({
  accepts: (type, range = "") => range.startsWith("*") || type.startsWith(range.slice(0, -1)),
  read,
});

/** JSON, whatever its type: the contract gives it a schema that is neither text nor bytes. */
export const jsonRange: Decoder = /*@__PURE__*/ within(json);
/** Text, whatever its type. */
export const textRange: Decoder = /*@__PURE__*/ within(text);
/** A file of a range of types, beside other bodies. */
export const fileRange: Decoder = /*@__PURE__*/ within(file);
