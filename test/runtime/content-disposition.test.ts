import { describe, expect, it } from "vitest";
import { fileName } from "../../generator/runtime/content-disposition.js";
import { clientOf, INPUT } from "./client.js";
import { exportCases } from "./export-cases.js";
import { bytes, serve } from "./server.js";

/** A header as `fetch` gives it: a character for each byte. */
const raw = (text: string) => Buffer.from(text, "utf8").toString("latin1");

describe("the name in a Content-Disposition", () => {
  it.each<readonly [string, string | null, string | undefined]>([
    // RFC 6266
    ["no header", null, undefined],
    ["an empty header", "", undefined],
    ["a type alone", "attachment", undefined],
    ["a bare value", "attachment; filename=a.csv", "a.csv"],
    ["a quoted value", 'attachment; filename="a b; c.csv"', "a b; c.csv"],
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
    ["an extended value without quotes", `attachment; filename="a.csv"; filename*=b.csv`, "a.csv"],
    ["an extended value that is refused", `attachment; filename="a.csv"; filename*=UTF-8''..`, "a.csv"],
    ["a percent sign in a plain value", 'attachment; filename="100%25.csv"', "100%25.csv"],
    // What services send
    ["Chinese in UTF-8", raw('attachment; filename="工单 导出.xlsx"'), "工单 导出.xlsx"],
    ["bare Chinese in UTF-8", raw("attachment; filename=工单.xlsx"), "工单.xlsx"],
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
  ])("%s", (_, header, name) => {
    expect(fileName(header)).toBe(name);
  });

  it("takes no time over a header that is made to take some", () => {
    const header = `attachment; filename="${"\\".repeat(50_000)}`;
    const many = `attachment${"; a".repeat(50_000)}`;
    expect([fileName(header), fileName(many)]).toEqual([undefined, undefined]);
  });

  it("arrives over the wire as raw UTF-8", async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-disposition: attachment; filename="工单.csv"\r\n\r\n';
    await using server = await serve(bytes(Buffer.from(head, "utf8"), "a"));
    expect((await exportCases(clientOf(server), INPUT)).name).toBe("工单.csv");
  });

  it("is no device of Windows with a superscript", () => {
    expect(fileName("attachment; filename*=UTF-8''COM%C2%B9.txt")).toBeUndefined();
  });
});
