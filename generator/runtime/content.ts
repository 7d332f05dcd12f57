import type { Operation, Parameter } from "./descriptor.js";
import { own } from "./own.js";
import type { TypeCheck } from "./schema-descriptor.js";

/** An operation with a body of several media types. */
export interface OperationWithContents extends Operation {
  /** The body in each media type; the first one is meant where the input does not say. */
  readonly contents: readonly [Parameter, ...Parameter[]];
}

/** The media types of a range such as `image/*` (RFC 9110, 12.5.1). */
export type Matching<Range extends string> = Range extends `${infer Before}*${infer After}`
  ? `${Before}${string}${Matching<After>}`
  : Range;

/** Whether what is asked for is a media type, and this one or in this range; what stands behind `;` is its own matter. */
export const holds = (mediaType: string, asked: unknown): boolean => {
  const [before = "", after] = mediaType.toLowerCase().replace("*/*", "*").split("*");
  if (after === undefined) return mediaType === asked;
  const [essence = ""] = `${asked}`.toLowerCase().split(/ *;/, 1);
  if (!/^[^\s/*]+\/[^\s/*]+$/.test(essence)) return false;
  return essence.length > before.length + after.length && essence.startsWith(before) && essence.endsWith(after);
};

/** `enum` of media types, ranges among them. */
export const mediaTypeIn: TypeCheck = (value, { enum: mediaTypes = [] }, pointer, report) => {
  if (typeof value !== "string") report(pointer, "type", "string", value);
  else if (!mediaTypes.some((one) => holds(`${one}`, value))) report(pointer, "enum", mediaTypes, value);
};

/** The operation with the body whose media type the input `contentType` names. */
export const withContent = ({ contents, ...operation }: OperationWithContents, input: object = {}): Operation => {
  const asked = own(input, "contentType");
  // What names it wins over a range, and a longer range over a shorter one (RFC 9110, 12.5.1).
  const ranges = [...contents].sort((a, b) => (b.mediaType ?? "").length - (a.mediaType ?? "").length);
  const body =
    contents.find(({ mediaType }) => mediaType === asked) ??
    ranges.find(({ mediaType = "" }) => holds(mediaType, asked)) ??
    contents[0];
  return { ...operation, parameters: [...operation.parameters, body] };
};
