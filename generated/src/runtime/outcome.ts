import { redact } from "./credentials.js";
import type { ErrorShape, Operation, ResponseDescriptor } from "./descriptor.js";
import { DecodeError, HttpError, NetworkError } from "./errors.js";
import type { Plan } from "./internals.js";
import { KEPT, READ, TOLD } from "./limits.js";
import type { CallOptions } from "./options.js";
import { own } from "./own.js";
import type { Success } from "./types.js";

const property = (body: unknown, name = ""): string | undefined => {
  const value = own(body, name);
  return typeof value === "string" || typeof value === "number" ? `${value}` : undefined;
};

/** What an answer means by its contract: rejects where it does not keep to it. */
export async function outcome(
  operation: Operation,
  response: Response,
  plan: Plan,
  onProgress: CallOptions["onProgress"],
): Promise<Omit<Success, "ok">> {
  const { time, validate, idleTimeout } = plan;
  const { status, headers } = response;
  const about = `${plan.name}: ${status}`;
  const type = headers.get("content-type")?.toLowerCase().split(/[ ;]/)[0] ?? "";
  // OpenAPI, Responses Object: a status wins over its range, and that over `default`; so they are sorted.
  // A part that nobody asked for is not the whole.
  const names = status === 206 ? [status] : [status, `${`${status}`[0]}XX`, "default"];
  const described = operation.responses.find((each) => names.includes(each.status));
  const { texts, content = [], envelope, fails, error }: Partial<ResponseDescriptor> = described ?? {};

  // Before it is cut: half a credential is not found.
  const clean = (text: string) => redact(plan)(text).slice(0, KEPT);
  const reader = response.body?.getReader();
  const length = headers.get("content-length");
  const size = length && !headers.has("content-encoding") ? +length : undefined;
  let received = 0;
  let isGivenUp = false;
  const next = async (idle = 0) => {
    try {
      if (idle) time.start(idleTimeout ?? idle);
      const value = (await reader?.read())?.value;
      // A stream that the abort ended may look like one that is complete.
      time.signal.throwIfAborted();
      if (idle) time.stop();
      if (value) {
        received += value.length;
        return value;
      }
      // Whoever reads on must not take what came for the whole. To a page of another origin, a browser may show the length
      // and hide the encoding.
      if (isGivenUp || ((size ?? received) !== received && response.type !== "cors")) {
        throw new TypeError(`${received} of ${size} bytes`);
      }
    } catch (cause) {
      const error: unknown = time.signal.reason ?? new NetworkError(`${about} broke off`, operation, { cause });
      time.close(error);
      throw error;
    }
    time.close();
    return undefined;
  };
  const cancel = async () => {
    isGivenUp = true;
    time.close();
    // A stream that failed says so to its reader, not to who gives it up.
    await reader?.cancel().catch(() => {});
  };
  // The fetch of a user need not listen to signals.
  time.on(cancel);
  /** The beginning of a body that is no data. */
  const read = async () => {
    const decoder = new TextDecoder();
    let text = "";
    try {
      let chunk: Uint8Array | undefined;
      do {
        chunk = await next();
        text += decoder.decode(chunk, { stream: !!chunk });
      } while (chunk && text.length < READ);
    } catch {
      // The status says more than a text that may end in half a credential.
      text = "";
    }
    cancel();
    return text;
  };
  const parse = (text: string): unknown => {
    try {
      // Some writers escape what no other does; each slash, as forms of a credential have it.
      return JSON.parse(redact(plan)(JSON.stringify(JSON.parse(text)).replaceAll("/", "\\/")));
    } catch {
      // A proxy's page, or more than is kept: its text is what there is.
      return clean(text) || undefined;
    }
  };
  const failure = (value: unknown, shape?: ErrorShape) => {
    const code = property(value, shape?.code);
    const message = property(value, shape?.message);
    return new HttpError([about, code, message].join(" ").slice(0, TOLD).trim(), operation, {
      status,
      headers: new Headers([...headers].map(([name, value]): [string, string] => [name, clean(value)])),
      body: value,
      requestId: property(value, shape?.requestId),
      code,
    });
  };
  const check =
    envelope &&
    ((text: string) => {
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {}
      if (envelope.required.every((name) => own(value, name) !== undefined)) throw failure(parse(text), envelope);
    });
  // Without a cause: the message of a parser shows a piece of the body.
  const broken = (text: string) =>
    new DecodeError(`${about} breaks the contract`, operation, { status, text: clean(text) });

  if (!response.ok || fails) throw failure((texts?.includes(type) ? clean : parse)(await read()), error);
  const media =
    content.find((each) => each.type === type) ??
    content.find(({ decode, type: declared }) => decode.accepts(type, declared)) ??
    // What has no type, or may be an envelope of any type, is the first that there is.
    content[type && !envelope ? -1 : 0];
  if (!media && (!described || content.length)) throw broken(await read());
  const incoming = { response, onProgress, size, check, headers, next, type, time, validate, cancel, broken };
  const data = await (media ? media.decode.read(incoming) : cancel());
  return { status, mediaType: media?.type, data, response };
}
