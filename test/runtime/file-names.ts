/** Headers, and the name for a file that each of them suggests. */

/** A header as `fetch` gives it: a character for each byte. */
const raw = (text: string) => Buffer.from(text, "utf8").toString("latin1");

/** What is special about it, the header, the name. */
export const names: readonly (readonly [string, string | null, string | undefined])[] = [
  // RFC 6266
  ["no header", null, undefined],
  ["an empty header", "", undefined],
  ["a type alone", "attachment", undefined],
  ["a bare value", "attachment; filename=a.csv", "a.csv"],
  ["a quoted value", 'attachment; filename="a b; c.csv"', "a b; c.csv"],
  [
    "a bare value with blanks",
    "attachment; filename=Service Tickets 2026-11-29.xlsx",
    "Service Tickets 2026-11-29.xlsx",
  ],
  ["a bare value with blanks before another one", "attachment; filename= a b.csv ; size=5", "a b.csv"],
  ["a value without a blank before it", "attachment;filename=a.csv", "a.csv"],
  ["blanks about the sign", 'attachment ; filename = "a.csv"', "a.csv"],
  ["a name in capitals", 'ATTACHMENT; FILENAME="A.csv"', "A.csv"],
  ["the type inline", 'inline; filename="a.csv"', "a.csv"],
  ["an escaped quote", 'attachment; filename="a\\"b.csv"', 'a"b.csv'],
  ["another parameter before it", 'attachment; size=5; filename="a.csv"', "a.csv"],
  ["a name within another parameter", 'attachment; x="; filename=b.csv"; filename=a.csv', "a.csv"],
  ["the first of two names", "attachment; filename=a.csv; filename=b.csv", "a.csv"],
  ["an empty value", 'attachment; filename=""', undefined],
  ["blanks alone", 'attachment; filename="   "', undefined],
  ["blanks at its ends", 'attachment; filename=" a.csv "', "a.csv"],
  ["a parameter that only ends so", "attachment; notfilename=a.csv", undefined],
  // RFC 8187
  ["an extended value", "attachment; filename*=UTF-8''%E5%B7%A5%E5%8D%95.xlsx", "工单.xlsx"],
  ["an extended value with a language", "attachment; filename*=utf-8'zh-CN'%E5%B7%A5.xlsx", "工.xlsx"],
  ["an extended value after a plain one", `attachment; filename="a.csv"; filename*=UTF-8''%E2%82%AC.csv`, "€.csv"],
  ["an extended value before a plain one", `attachment; filename*=UTF-8''%E2%82%AC.csv; filename="a.csv"`, "€.csv"],
  ["an extended value that is no UTF-8", `attachment; filename="a.csv"; filename*=UTF-8''%E5%B7`, "a.csv"],
  ["an extended value of no charset", `attachment; filename="a.csv"; filename*=klingon''b.csv`, "a.csv"],
  ["an extended value in ISO-8859-1", `attachment; filename="a.csv"; filename*=iso-8859-1'en'caf%E9.csv`, "a.csv"],
  ["an extended value with a blank", "attachment; filename*=UTF-8''b c.csv", "b c.csv"],
  ["extended Korean", "attachment; filename*=UTF-8''%ED%8B%B0%EC%BC%93.csv", "티켓.csv"],
  ["extended Japanese, decomposed", "attachment; filename*=UTF-8''%E3%82%AB%E3%82%99.csv", "カ\u3099.csv"],
  ["an extended value without quotes", `attachment; filename="a.csv"; filename*=b.csv`, "a.csv"],
  ["an extended value that is refused", `attachment; filename="a.csv"; filename*=UTF-8''..`, "a.csv"],
  ["a percent sign in a plain value", 'attachment; filename="100%25.csv"', "100%25.csv"],
  // What services send
  ["Chinese in UTF-8", raw('attachment; filename="工单 导出.xlsx"'), "工单 导出.xlsx"],
  ["bare Chinese in UTF-8", raw("attachment; filename=工单.xlsx"), "工单.xlsx"],
  ["Arabic in UTF-8", raw('attachment; filename="تذاكر.csv"'), "تذاكر.csv"],
  ["an emoji in UTF-8", raw('attachment; filename="🎫.csv"'), "🎫.csv"],
  ["ISO-8859-1", 'attachment; filename="caf\u00e9.csv"', "café.csv"],
  // What must not become a path
  ["a path", 'attachment; filename="/etc/passwd"', "passwd"],
  ["a path upwards", 'attachment; filename="../../a.csv"', "a.csv"],
  ["a path of Windows", 'attachment; filename="C:\\\\temp\\\\a.csv"', "a.csv"],
  ["an encoded path", "attachment; filename*=UTF-8''..%2F..%2Fa.csv", "a.csv"],
  ["an encoded path of Windows", "attachment; filename*=UTF-8''..%5Ca.csv", "a.csv"],
  ["a folder", 'attachment; filename="a/"', undefined],
  ["a dot", "attachment; filename=.", undefined],
  ["two dots", "attachment; filename=..", undefined],
  ["two dots at the end of a path", 'attachment; filename="a/.."', undefined],
  ["a hidden file", "attachment; filename=.bashrc", ".bashrc"],
  // Control characters and overrides of direction
  ["a line break", "attachment; filename*=UTF-8''a%0D%0Ab.csv", undefined],
  ["NUL", "attachment; filename*=UTF-8''a.csv%00.exe", undefined],
  ["an escape sequence", "attachment; filename*=UTF-8''%1B%5B31ma.csv", undefined],
  ["a control of C1", "attachment; filename*=UTF-8''a%C2%85b.csv", undefined],
  ["an override of direction", "attachment; filename*=UTF-8''a%E2%80%AEvsc.exe", undefined],
  ["an isolate of direction", "attachment; filename*=UTF-8''a%E2%81%A6vsc.exe", undefined],
  ["a raw override of direction", raw('attachment; filename="a\u202evsc.exe"'), undefined],
  // Devices of Windows
  ...["con", "CON.txt", "prn.csv", "aux", "NUL.tar.gz", "com1", "COM9.csv", "lpt0.txt", "con .txt"].map(
    (name) => [`the device ${name}`, `attachment; filename="${name}"`, undefined] as const,
  ),
  ...["console.csv", "com10.csv", "auxiliary", "a.con", "null", "com.csv"].map(
    (name) => [`no device: ${name}`, `attachment; filename="${name}"`, name] as const,
  ),
  // What is no header of this kind
  ["a quote that does not end", 'attachment; filename="a.csv', undefined],
  ["an object's own names", "attachment; constructor=a; __proto__=b", undefined],
];
