import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cell, markdown } from "../../generator/emit/markdown.js";

describe("a text in Markdown", () => {
  it.each([
    ["a & b < c", "a &amp; b &lt; c"],
    ["keys (`a=1&a=2`), `a<b>[c]`", "keys (`a=1&a=2`), `a<b>[c]`"],
    ["``a`b&`` and <i>", "``a`b&`` and &lt;i>"],
    ["one ` & two", "one \\` &amp; two"],
    ["`a\\` <b> `", "`a\\` &lt;b> \\`"],
    ["``` js & `x&y`", "\\`\\`\\` js &amp; `x&y`"],
    ["[x](y) \\", "\\[x\\](y) \\\\"],
    ["# no heading", "\\# no heading"],
  ])("%s", (text, expected) => {
    expect(markdown(text)).toBe(expected);
  });

  it("stays in its cell, code too", () => {
    expect(cell(markdown("a | b, `a|b`"))).toBe("a \\| b, `a\\|b`");
    // Some take a bar behind two backslashes for the end of the cell.
    expect(cell(markdown("`a\\|b`"))).toBe("\\`a\\\\\\|b\\`");
  });

  it("has no markup outside of code that it did not mean, whatever it says", () => {
    const part = fc.constantFrom("`", "``", "```", "\\", "|", "&", "<b>", "[a](b)", " ", "a", "\n");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        // As a reader goes: what is escaped, then code, from left to right (CommonMark 6.1).
        const rest = cell(markdown(parts.join(""))).replace(
          /\\[!-/:-@[-`{-~]|(`+)(?!`)(?:[^`]|(?!\1(?!`))`+)*?\1(?!`)/g,
          (found) => {
            expect(found).not.toMatch(/^`.*(?<!\\)\|/);
            return "";
          },
        );
        expect(rest).not.toMatch(/[`|<[\]]|&(?!amp;|lt;)/);
      }),
      { numRuns: 2000 },
    );
  });
});
