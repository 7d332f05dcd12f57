import type { Deadline } from "./deadline.js";
import type { ErrorShape, Incoming, MediaType, Operation, ResponseDescriptor } from "./descriptor.js";
import { DecodeError, HttpError, isHttpError, NetworkError } from "./errors.js";
import type { CallOptions } from "./options.js";
import { own } from "./own.js";
import { discard } from "./send.js";
import type { Failure, Success } from "./types.js";

/** An answer, and what is needed to understand it. */
export interface Exchange {
  readonly operation: Operation;
  readonly response: Response;
  readonly time: Deadline;
  /** Method and URL, for messages. */
  readonly target: string;
  /** Replaces the credentials that were sent. */
  readonly redact: (text: string) => string;
  readonly onProgress: CallOptions["onProgress"];
}

/** How much of a body an error keeps, in characters. */
const KEPT = 65_536;
/** How much of it a message keeps. */
const TOLD = 500;

/** RFC 9457, 3.1: what an error says where the document does not tell. */
const PROBLEM: ErrorShape = { required: [], code: "type", message: "detail" };

/** OpenAPI, Responses Object: a status wins over its range, and that over `default`. */
const responseFor = (responses: readonly ResponseDescriptor[], status: number) =>
  [status, `${Math.trunc(status / 100)}XX`, "default"]
    .map((name) => responses.find((response) => response.status === name))
    .find((response) => response !== undefined);

const inRange = (range: string, type: string) =>
  range === "*/*" || (range.endsWith("/*") && type.startsWith(range.slice(0, -1)));

/** The named type, then one that the codec reads as well (`application/problem+json` for JSON). */
const mediaFor = (content: readonly MediaType[], type: string) =>
  content.find((media) => media.type === type) ??
  content.find((media) => !type || inRange(media.type, type) || media.decode.accepts(type));

const property = (body: unknown, name: string | undefined): string | undefined => {
  const value = name && own(body, name);
  return typeof value === "string" || typeof value === "number" ? `${value}` : undefined;
};

/** The beginning of a body; of one that breaks off, what came. */
async function beginning({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (reader && text.length < KEPT) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // The status says more than the lost rest.
  }
  reader?.cancel().catch(() => {});
  return text.slice(0, KEPT);
}

/** What an answer means by its contract: rejects where it does not keep to it. */
export async function outcome(exchange: Exchange): Promise<Success | Failure> {
  const { operation, response, time, target, redact, onProgress } = exchange;
  const { operationId, responses } = operation;
  const { status } = response;
  const described = responseFor(responses, status);
  const content = described?.content ?? [];
  const type = (response.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const about = `${target}: ${status}`;

  const parse = (text: string): unknown =>
    JSON.parse(text, (_, value) => (typeof value === "string" ? redact(value) : value));
  const failure = (body: unknown, shape = PROBLEM) => {
    const code = property(body, shape.code);
    const message = property(body, shape.message) ?? property(body, "title");
    const told = [about, code, message?.slice(0, TOLD)].filter((part) => part !== undefined);
    return new HttpError(told.join(" "), {
      operationId,
      status,
      code,
      body,
      headers: new Headers([...response.headers].map(([name, value]): [string, string] => [name, redact(value)])),
      requestId: property(body, shape.requestId),
    });
  };
  const invalid = (why: string, text: string) =>
    new DecodeError(`${about} ${why}`, { operationId, status, text: redact(text.slice(0, KEPT)) });
  const failed = (error: HttpError): Failure => ({ ok: false, status, error, response });
  const envelopeOf = (body: unknown) =>
    content.find(
      ({ envelope, error }) =>
        envelope && error?.required.length && error.required.every((name) => own(body, name) !== undefined),
    );

  const candidates = content.filter(({ envelope }) => !envelope);
  const isOther = described?.status === "default" && responses.some((each) => /^2/.test(`${each.status}`));
  if (!response.ok || isOther || (content.length && !candidates.length)) {
    const text = await time.race(beginning(response));
    time.close();
    let body: unknown = redact(text) || undefined;
    try {
      if (/json/.test(type) || /^\s*[{[]/.test(text)) body = parse(text);
    } catch {
      // A proxy's page, or more than is kept: its text is what there is.
    }
    return failed(failure(body, (mediaFor(content, type) ?? content.find(({ error }) => error))?.error));
  }
  if (!described) throw invalid("is no status of the contract", await time.race(beginning(response)));
  const success = (data: unknown): Success => ({ ok: true, status, data, response });
  if (!candidates.length || status === 204 || operation.method === "HEAD") {
    discard(response);
    time.close();
    return success(undefined);
  }
  const media = mediaFor(candidates, type);
  if (!media) throw invalid(`is no ${type} by the contract`, await time.race(beginning(response)));

  const broken = (cause: unknown) => new NetworkError(`${about} broke off`, { operationId, cause });
  const incoming: Incoming = {
    response,
    time,
    envelope: candidates.length < content.length,
    onProgress,
    async text() {
      const text = await time.race(response.text()).catch((cause) => {
        throw time.signal.aborted ? cause : broken(cause);
      });
      time.close();
      return text;
    },
    check(text) {
      let body: unknown;
      try {
        body = parse(text);
      } catch {
        return;
      }
      const envelope = envelopeOf(body);
      if (envelope) throw failure(body, envelope.error);
    },
    invalid,
    broken,
  };
  try {
    return success(await media.decode.read(incoming));
  } catch (error) {
    if (isHttpError(error)) return failed(error);
    throw error;
  }
}
