import type { Operation, Parameter } from "./descriptor.js";
import { own } from "./own.js";

/** An operation with a body of several media types. */
export interface OperationWithContents extends Operation {
  /** The body in each media type; the first one is meant where the input does not say. */
  readonly contents: readonly [Parameter, ...Parameter[]];
}

/** The media types of a range such as `image/*` (RFC 9110, 12.5.1). */
export type Matching<Range extends string> = Range extends `${infer Before}*${infer After}`
  ? `${Before}${string}${Matching<After>}`
  : Range;

/** Whether a media type is the one asked for, or a range that it is in. */
const holds = (mediaType = "", asked: unknown): boolean =>
  mediaType === asked ||
  (typeof asked === "string" && /\*$/.test(mediaType) && asked.startsWith(mediaType.replace(/(\*\/)?\*$/, "")));

/** The operation with the body whose media type the input `contentType` names. */
export const withContent = ({ contents, ...operation }: OperationWithContents, input: object = {}): Operation => {
  const asked = own(input, "contentType");
  const body = contents.find(({ mediaType }) => holds(mediaType, asked)) ?? contents[0];
  return { ...operation, parameters: [...operation.parameters, body] };
};
