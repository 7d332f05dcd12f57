import type { HttpError } from "./errors.js";

/** What `.result()` gives for a success. */
export interface Success<
  Status extends number = number,
  Data = unknown,
  MediaType extends string | undefined = string | undefined,
> {
  /** Tells it from a failure. */
  readonly ok: true;
  /** Of the answer. */
  readonly status: Status;
  /** As the contract names it: lower case, without parameters; undefined where it names none. */
  readonly mediaType: MediaType;
  /** What the call resolves with. */
  readonly data: Data;
  /** Its body has been, or is being, read. */
  readonly response: Response;
}

/** What `.result()` gives for an answer that is a failure. */
export interface Failure<Status extends number = number, Body = unknown> {
  /** Tells it from a success. */
  readonly ok: false;
  /** Of the answer: a success, too, where an error envelope came with it. */
  readonly status: Status;
  /** What the call rejects with. */
  readonly error: HttpError<Status, Body>;
}

/** What each property name of `Path` leads to, through members that may be absent and through unions. */
type Member<Data, Path extends readonly string[]> = Path extends readonly [
  infer Name,
  ...infer Rest extends readonly string[],
]
  ? Data extends unknown
    ? Name extends keyof Data
      ? Member<NonNullable<Data[Name]>, Rest>
      : never
    : never
  : Data;

/** An item of a page; `Path` leads to the array of items. */
export type ItemOf<Page, Path extends readonly string[]> =
  Member<NonNullable<Page>, Path> extends infer Items ? (Items extends readonly (infer Item)[] ? Item : never) : never;

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type ToNumber<Text extends string> = Text extends `${infer Value extends number}` ? Value : never;

/** The statuses of a range such as `"4XX"` (OpenAPI, Responses Object, Patterned Fields). */
export type StatusRange<Range extends "1XX" | "2XX" | "3XX" | "4XX" | "5XX"> = Range extends `${infer First}XX`
  ? ToNumber<`${First}${Digit}${Digit}`>
  : never;

/** What a `default` response stands for: 200 to 599 but for the statuses that the contract names. */
export type OtherStatus<Known extends number = never> = Exclude<StatusRange<"2XX" | "3XX" | "4XX" | "5XX">, Known>;

/** `Input` where each key of `K`, which the client's `defaults` fill, is optional; of a choice, each of its members. */
export type WithDefaults<Input, K extends PropertyKey> = Input extends unknown
  ? Omit<Input, K> & { readonly [Key in keyof Input as Key extends K ? Key : never]?: Input[Key] | undefined }
  : never;

/** `Data` where each member that `Exact` names may also be what that says: a Date for its text, a bigint for its digits. */
export type OrExact<Data, Exact> = {
  [Key in keyof Data]: Key extends keyof Exact ? Data[Key] | Exact[Key] : Data[Key];
};
