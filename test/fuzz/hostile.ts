/** What a hostile document writes wherever it can write a text. */
import fc from "fast-check";

/** Each would run, or break the module, where a text stands in code, in a comment, in a literal or in a name without its encoder. */
const payloads: readonly string[] = [
  "*/PWN;/*",
  "*/ } PWN; /*",
  "\n*/\nPWN\n/*",
  "`+(PWN)+`",
  "$" + "{PWN}",
  "`$" + "{PWN}`",
  '"+(PWN)+"',
  "'+(PWN)+'",
  '"];PWN;["',
  "'];PWN;['",
  '"});PWN;({"',
  "a: 1 }; PWN; type B = {",
  "\nPWN\n",
  "\rPWN\r",
  "\u2028PWN\u2028",
  "\u2029PWN//",
  "\\",
  '\\"+(PWN)+\\"',
  '"] = 1; PWN; //',
  "</script><script>PWN</script>",
  "<!--PWN-->",
  "<img src=x onerror=PWN>",
  "]|[x](javascript:PWN)",
  "\n```\nPWN",
  "{@link PWN}",
  "@ts-ignore",
  "@ts-nocheck",
  " @ts-expect-error",
  "@deprecated",
  "/// <reference path='x' />",
  "//# sourceMappingURL=x",
  "{[(PWN)]:1}",
  "$(touch PWN)",
].map((text) => text.replaceAll("PWN", "globalThis.PWN=1"));

/** Names that an object, a module, a file system or a promise has plans of its own for. */
const names: readonly string[] = [
  ..."__proto__ constructor prototype toString valueOf hasOwnProperty __defineGetter__ then default".split(" "),
  ..."class await eval arguments undefined NaN Infinity globalThis process require Object Record call form".split(" "),
  ..."createClient client input options body operations paths components Parameters bindings index node".split(" "),
  ..."../../../escaped ..\\..\\escaped /etc/passwd . .. ../ con NUL a:b runtime".split(" "),
  ..."1 0 -1 1e3 007 1_000 0x10 # #/ ~ ~1 ~0 % %2F %2e%2e {x} {} x[] x[y] $ref $ _ * ? &".split(" "),
  ...["", " ", "\0", "\t", "\u001b[2J", "\u007f", "\ufeff", "\u202e", "\u200b", "\u200d", "\ud83d", "\udc00", "😀"],
  ...["字", "İ", "ß", "ŉ", "é", "e\u0301", "\u0301", "ﬁ", "٣", "𝒳", "\u{10ffff}", "\u{1c89}", "\u{a7cb}"],
];

const atoms = fc.constantFrom(
  ...payloads,
  ...names,
  "*/",
  "`",
  "$" + "{",
  '"',
  "'",
  "\u2028",
  "</script>",
  "a",
  "b-c",
  "D",
);

const mixed = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...payloads) },
  { weight: 4, arbitrary: fc.constantFrom(...names) },
  { weight: 4, arbitrary: fc.array(atoms, { minLength: 2, maxLength: 4 }).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
);

/** Of 10 kB. */
const long = mixed.map((text) => (text || "x").repeat(Math.ceil(10_000 / (text.length || 1))).slice(0, 10_000));

/** Any text. Shrinks to a shorter one. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  { weight: 200, arbitrary: mixed },
  { weight: 1, arbitrary: long },
);
