/**
 * What a generated operation is: frozen data that says what the contract says, with each codec an imported value
 * (never a name that a switch reads), so that a bundle holds only the codecs that its operations use.
 */
import type { Deadline } from "./deadline.js";
import type { DecodeError } from "./errors.js";
import type { Progress, Validate } from "./options.js";
import type { Schema } from "./schema-descriptor.js";

/** Where a parameter travels (OpenAPI, Parameter Object, `in`). */
export type ParameterLocation = "path" | "query" | "header" | "cookie";

/** One broken rule of one value; nothing was sent. */
export interface Violation {
  /** Wire name of the parameter, e.g. `incident_id`; `body` for the body; for an unknown key, the key. */
  readonly parameter: string;
  /** Input key, e.g. `incidentId`; `auth.<scheme>` for a credential. */
  readonly key: string;
  /** Location of the parameter; `input` for a key that the operation does not have. */
  readonly in: ParameterLocation | "body" | "input";
  /** JSON Pointer into the value (RFC 6901): `""` is the value itself, `/3` its fourth item. */
  readonly pointer: string;
  /** The JSON Schema keyword that is broken, or `unknown`, `header-value`, `path-segment`. */
  readonly rule: string;
  /** What the keyword allows: a bound, a type, a list of values. */
  readonly limit: unknown;
  /** The value as given; `[redacted]` for a credential, for a value of the option `headers` and for that of an unknown key. */
  readonly value: unknown;
  /** One sentence for a person. */
  readonly message: string;
}

/** Tells one broken rule; `limit` is what the keyword allows. */
export type Report = (pointer: string, rule: string, limit: unknown, value: unknown) => void;

/** What `fetch` takes for a body; named through its options, since Node's types have no global name for it. */
export type Body = NonNullable<RequestInit["body"]>;

/** The parts of a request, as they are serialized. */
export interface Parts {
  path: string;
  /** Percent-encoded pieces, to be joined by `&`. */
  readonly query: string[];
  readonly headers: Headers;
  body?: Body;
  bodySerializer?: (body: Body) => Body;
  /** The body is a stream. */
  duplex?: "half";
}

/** How one property of a form is written (OpenAPI 3.1, 4.8.15). */
export interface Encoding {
  /** Media type of the part, or several to choose from; of a field of text, that of JSON. */
  readonly contentType?: string;
  /** How the text of a part encodes bytes; for `multipart` only. */
  readonly transferEncoding?: string;
  /** For `application/x-www-form-urlencoded` only. */
  readonly style?: Style;
  readonly explode?: boolean;
}

/** What a codec is told of the parameter or body that it writes. */
export interface Written {
  readonly name: string;
  readonly explode?: boolean;
  /** Of a body, as the document writes it. */
  readonly mediaType?: string;
  /** Of a form: by property. */
  readonly encoding?: Readonly<Record<string, Encoding>>;
}

/** Serializes one defined, non-null value (OpenAPI, Style Values) into its part, or reports why it cannot be sent. */
export type Style<Target = Parts> = (parameter: Written, value: unknown, report: Report, parts: Target) => void;

/** A parameter (OpenAPI, Parameter Object), or the body, which is checked and sent like one. */
export interface Parameter extends Written {
  /** Wire name; `body` for the body. */
  readonly name: string;
  /** Key in the flat input. */
  readonly key: string;
  readonly in: ParameterLocation | "body";
  readonly required?: true;
  /** `form`, `simple`, … from `style.ts`. */
  readonly style: Style;
  /** Where it is not the default of the style: true for `form`, false for any other (OpenAPI, Parameter Object). */
  readonly explode?: boolean;
  readonly schema: Schema;
}

/** What the properties of an error body mean (`x-error` on its schema). */
export interface ErrorShape {
  /** Property names that tell an envelope from other data, so an envelope has some: its code, else all that it must have. */
  readonly required: readonly string[];
  readonly code?: string;
  readonly message?: string;
  readonly requestId?: string;
}

/** A successful answer whose head has arrived, as a codec sees it. */
export interface Incoming {
  /** Content-Type in lower case, without parameters; `""` where there is none. */
  readonly type: string;
  readonly headers: Headers;
  /** Where it came from: to a page of another origin, a browser may hide headers. */
  readonly response: Pick<Response, "type" | "status">;
  /** Content-Length; undefined where it is missing or counts compressed bytes. */
  readonly size: number | undefined;
  /** The call's own listener: the default for every reading of a file. */
  readonly onProgress: ((progress: Progress) => void) | undefined;
  /**
   * The next bytes of the body; undefined at its end. Rejects where it breaks off, or is not as long as announced. Where it
   * is handed over, `idle` is how many milliseconds they may take if the call does not say.
   */
  readonly next: (idle?: number) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Gives up the connection. */
  readonly cancel: () => Promise<void>;
  /** `stop`: the rest of the body may take its time. `close`: the call is over, and why is for its hooks. */
  readonly time: Pick<Deadline, "stop" | "close">;
  /** Throws the error that a body is, where it is the envelope; absent where there is no envelope. */
  readonly check: ((text: string) => void) | undefined;
  /** The error of a body that is not of its kind; `text` is what is wrong. */
  readonly broken: (text: string) => DecodeError;
  /** What the call asks to be checked. */
  readonly validate: Validate;
}

/** A codec as a value: reads a body of one kind. */
export interface Decoder {
  /**
   * Whether it reads a body of this media type (lower case, no parameters), too, where the contract does not name it but
   * `declared`, which is undefined where there is to be no body.
   */
  readonly accepts: (type: string, declared: string | undefined) => boolean;
  /** Rejects with `broken` for a body that is not of its kind. */
  readonly read: (incoming: Incoming) => Promise<unknown>;
}

/** One media type of a successful response (OpenAPI, Media Type Object). */
export interface MediaType {
  /** Lower case, without parameters, e.g. `application/json`; absent where there is to be no body. */
  readonly type?: string;
  /** `json`, `file`, … from `decode.ts`. */
  readonly decode: Decoder;
}

/** A response (OpenAPI, Responses Object): `status` is a number, a range `"4XX"` or `"default"`. */
export interface ResponseDescriptor {
  readonly status: number | string;
  /** A failure even with a status that is a success: it stands for no success of its own. */
  readonly fails?: true;
  /** What its body means where it is a failure. */
  readonly error?: ErrorShape;
  /** Where it is a failure, the media types of its bodies that are text, though it may look like JSON. */
  readonly texts?: readonly string[];
  /** What its body means where it is an error in spite of its status (`x-error-envelope`). */
  readonly envelope?: ErrorShape;
  /** The bodies of a success: what names a type precisely stands before what would take it, too. */
  readonly content?: readonly MediaType[];
}

/** An operation (OpenAPI, Operation Object) with what a call of it needs. */
export interface Operation {
  readonly operationId: string;
  /** Upper case. */
  readonly method: string;
  /** Path template, e.g. `/v2/cases/{id}`. */
  readonly path: string;
  /** Its own server; a path is one of the client's host. */
  readonly server?: string;
  readonly parameters: readonly Parameter[];
  /** A failure whose body means what that of its range or of `default` means has no row of its own. */
  readonly responses: readonly ResponseDescriptor[];
  /** A success may be a file. */
  readonly isFile?: true;
  /** Alternatives of security schemes that are all needed: the first one that `auth` has is taken. Absent: the document's. */
  readonly security?: readonly (readonly string[])[];
}

/** A style that gives a request to send in the place of one that is built, and cannot be changed. */
export type Replacing = (...args: Parameters<Style<Parts | Request>>) => Promise<Request> | undefined;

/** A security scheme (OpenAPI, Security Scheme Object) with what puts its credential on a request. */
export interface SecurityScheme {
  /** The key in `auth`. */
  readonly key: string;
  readonly in: "header" | "query" | "cookie";
  /** Name of the header, of the key of the query, of the cookie. */
  readonly name: string;
  /**
   * `simple` for a header, else from `security.ts`: puts a credential into the parts of a request; and then, in the place
   * of its predecessor, on each request that is sent. Where nothing is given, the predecessor goes.
   */
  readonly style: Style<Parts | Request> | Replacing;
  /** Every text that shows the credential; itself where this is absent. */
  readonly secrets?: (value: unknown) => readonly string[];
  /** Bounds: those of the parameter of the same name, if the document has one. */
  readonly schema?: Schema;
}
