/** A parameter of a header (RFC 9110, 5.6.6): name, then a quoted string or a bare value. */
const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;

/** Text that arrived byte by byte: UTF-8 where it can be. */
const decode = (text: string, charset: string): string =>
  new TextDecoder(charset, { fatal: true }).decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));

const attempt = (work: () => string | undefined): string | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

/** RFC 8187, 3.2.1: `UTF-8'en'%e2%82%ac`. */
const extended = (value: string): string | undefined => {
  const [, charset, encoded] = /^(utf-8|iso-8859-1)'[^']*'(.*)$/i.exec(value) ?? [];
  if (!charset || encoded === undefined) return undefined;
  const bytes = encoded.replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return attempt(() => decode(bytes, charset));
};

/** Names that Windows gives to devices, whatever their extension. */
const DEVICE = /^(con|prn|aux|nul|(com|lpt)[\d\u00b9\u00b2\u00b3]) *(\.|$)/i;

/** The last segment of a path; undefined where it is no name for a file. */
const clean = (name: string | undefined): string | undefined => {
  const segment = name?.split(/[/\\]/).pop()?.trim();
  return !segment || /^\.+$|[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(segment) || DEVICE.test(segment)
    ? undefined
    : segment;
};

/** The file name that a Content-Disposition suggests (RFC 6266, 4.3): `filename*` wins where it can be read. */
export function fileName(header: string | null): string | undefined {
  let plain: string | undefined;
  let better: string | undefined;
  for (const [, name = "", quoted, bare = ""] of header?.matchAll(PARAMETER) ?? []) {
    const value = quoted?.replace(/\\(.)/g, "$1") ?? bare;
    if (/^filename$/i.test(name)) plain ??= attempt(() => decode(value, "utf-8")) ?? value;
    if (/^filename\*$/i.test(name)) better ??= extended(value);
  }
  return clean(better) ?? clean(plain);
}
