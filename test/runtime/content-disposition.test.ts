import { parse } from "content-disposition";
import { describe, expect, it } from "vitest";
import { fileName } from "../../generator/runtime/content-disposition.js";
import { clientOf, INPUT } from "./client.js";
import { exportCases } from "./export-cases.js";
import { names } from "./file-names.js";
import { bytes, serve } from "./server.js";

describe("the name in a Content-Disposition", () => {
  it.each(names)("%s", (_, header, name) => {
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

/** Where the name is not the one that the library `content-disposition` reads, cleaned by the same rules. */
const differences: Readonly<Record<string, string>> = {
  "an extended value that is refused": "the plain one is better than none",
  "an extended value in ISO-8859-1": "RFC 8187, 3.2.1 leaves UTF-8 alone; the plain one stands in",
  "Chinese in UTF-8": "services write UTF-8 as it is",
  "bare Chinese in UTF-8": "services write UTF-8 as it is",
  "Arabic in UTF-8": "services write UTF-8 as it is",
  "an emoji in UTF-8": "services write UTF-8 as it is",
};

describe("beside the library content-disposition", () => {
  const headers = names.flatMap(([what, header]) => (header === null ? [] : [[what, header] as const]));

  it("is compared over forty headers and more", () => {
    expect(headers.length).toBeGreaterThanOrEqual(40);
  });

  it.each(headers)("%s", (what, header) => {
    const { filename = "" } = parse(header).parameters;
    const theirs = fileName(`attachment; filename*=UTF-8''${encodeURIComponent(filename.toWellFormed())}`);
    expect(fileName(header) === theirs, `${fileName(header)} and ${theirs}`).toBe(!Object.hasOwn(differences, what));
  });
});
