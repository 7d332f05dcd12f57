/** What the bindings say of each operation: plain data between the reader and the comparison. */

/** A parameter in the bindings. */
export interface BindingsParameter {
  readonly in: string;
  readonly name: string;
  readonly optional: boolean;
}

/** A response in the bindings. */
export interface BindingsResponse {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  readonly mediaTypes: readonly string[];
  readonly headers: readonly BindingsHeader[];
}

/** A header of a response in the bindings. */
export interface BindingsHeader {
  readonly name: string;
  readonly optional: boolean;
}

/** An operation in the bindings. */
export interface BindingsOperation {
  readonly parameters: readonly BindingsParameter[];
  readonly responses: readonly BindingsResponse[];
  readonly requestMediaTypes: readonly string[];
}

/** By operationId. */
export type BindingsIndex = ReadonlyMap<string, BindingsOperation>;
