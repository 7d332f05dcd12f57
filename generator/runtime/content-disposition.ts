import { NO_NAME } from "#platform";
import { percent } from "./percent.js";

/** A parameter of a header (RFC 9110, 5.6.6): name, then a quoted string or a bare value, which many services write blanks in. */
const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/g;

/** Percent-encoded UTF-8; undefined where it is something else. */
const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** The last segment of a path; undefined where it is no name for a file. */
const clean = (name: string | undefined): string | undefined => {
  const segment = name?.split(/[/\\]/).pop()?.trim();
  return segment && !NO_NAME.test(segment) ? segment : undefined;
};

/** The file name that a Content-Disposition suggests (RFC 6266, 4.3): `filename*` wins where it can be read. */
export function fileName(header: string | null): string | undefined {
  // Of two parameters of a name, the first counts.
  const parameters = new Map(
    [...(header ?? "").matchAll(PARAMETER)]
      .reverse()
      .map(([, name, quoted, bare]) => [name?.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? bare]),
  );
  // RFC 8187, 3.2.1: `UTF-8'en'%e2%82%ac`.
  const [, extended = ""] = /^utf-8'[^']*'(.*)/i.exec(parameters.get("filename*") ?? "") ?? [];
  const plain = parameters.get("filename") ?? "";
  // Some services write UTF-8 as it is: `fetch` shows its bytes as Latin-1.
  return clean(decode(extended)) ?? clean(decode(percent(plain, /[%\x80-\xff]/g)) ?? plain);
}
