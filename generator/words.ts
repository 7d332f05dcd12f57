/** Names from the words of other names, the same on every platform; and the first of them that is free. */

/** Takes the first free name of: the wanted one, then numbered from 2. */
export function take(
  taken: Set<string>,
  wanted: string,
  numbered: (base: string, index: number) => string = (base, index) => `${base}${index}`,
  accept: (name: string) => boolean = () => true,
): string {
  let name = wanted;
  for (let index = 2; taken.has(name) || !accept(name); index += 1) name = numbered(wanted, index);
  taken.add(name);
  return name;
}

/** Throws for what no stage assigned. */
export function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("a name was asked for that no stage assigned");
  return value;
}

/** Alphabets that Unicode has long filled: whether a character beyond is a letter depends on who is asked, and how old he is. */
const alphabets: readonly string[] = [
  // Latin; marks, Greek, Cyrillic; Armenian; Hebrew; Arabic
  ..."\\0-\\u024f \\u0300-\\u052f \\u0531-\\u0588 \\u05d0-\\u05ea \\u0620-\\u06ff".split(" "),
  // From Devanagari to Ethiopic, without two newcomers; Khmer; more of Latin and Greek
  ..."\\u0900-\\u0c5b \\u0c5d-\\u0cdb \\u0cdd-\\u139f \\u1780-\\u17ff \\u1e00-\\u1fff".split(" "),
  // Kana and Jamo; Chinese characters; Hangul
  ..."\\u3041-\\u318e \\u3400-\\u4dbf \\u4e00-\\u9fef \\uac00-\\ud7a3".split(" "),
];
const STRANGE = new RegExp(`[^${alphabets.join("")}]`, "gu");

/** Words of a name: `X-Auth-Token` and `repos/get-content` and `getURLPath` split alike on every platform. */
function words(name: string): readonly string[] {
  return PLAIN.test(name) ? plainWords(name) : anyWords(name);
}

const PLAIN = /^[ -~]*$/;

/** As `anyWords` has them, at a fifth of its cost: nearly every name is of ASCII alone. */
function plainWords(name: string): readonly string[] {
  return name
    .replace(ACRONYMS, asOneWord)
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== "");
}

function anyWords(name: string): readonly string[] {
  return name
    .normalize("NFC")
    .replace(STRANGE, " ")
    .replace(ACRONYMS, asOneWord)
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[^\p{ID_Continue}]+|_+/u)
    .filter((word) => word !== "");
}

/**
 * Acronyms with small letters of their own: `IPv6`, `OAuth`, and those with a plural `s`. Before a capital, an `s` behind A, I
 * or U may be a word's (`IDIsValid`, `JSONAsText`), unless what stands before it is an acronym that everybody knows.
 */
const ACRONYMS = new RegExp(
  [
    /IPv(?=[46])/u,
    /(?<!\p{Lu})OAuth(?!\p{Ll})/u,
    /(?<!\p{Lu})(?:API|CLI|CPU|GPU|SKU|SLA|UI|URI)s(?!\p{Ll})/u,
    /(?<!\p{Lu})\p{Lu}{2,}(?:(?<![AIU])s(?!\p{Ll})|s(?!\p{L}))/u,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gu",
);

/** Set apart from what stands before it; only its first letter is capital, so that nothing within it begins a word. */
const asOneWord = (acronym: string): string => ` ${acronym.charAt(0)}${acronym.slice(1).toLowerCase()}`;

/** Never empty, never starts with a digit. */
export function camelCase(name: string): string {
  const [first = "", ...rest] = words(name);
  return startable([first.toLowerCase(), ...rest.map(upperFirst)].join(""));
}

/** Never empty, never starts with a digit. */
export function pascalCase(name: string): string {
  return startable(words(name).map(upperFirst).join(""));
}

/** For file names: ASCII letters, digits and hyphens only, and no more than any file system takes. */
export function kebabCase(name: string): string {
  const ascii = words(name)
    .map((word) => word.toLowerCase().replace(/[^a-z0-9]/g, ""))
    .filter((word) => word !== "");
  return ascii.join("-").slice(0, LONGEST_FILE_NAME).replace(/-+$/, "") || "unnamed";
}

const LONGEST_FILE_NAME = 100;

/** For a command line: small letters of any alphabet, digits and hyphens. */
export function flagCase(name: string): string {
  return (
    words(name)
      .map((word) => word.toLowerCase())
      .join("-") || "unnamed"
  );
}

/** For a member of a table: a name that is one stays as it is. */
export function memberIdentifier(name: string): string {
  const isOne = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && name.search(STRANGE) < 0;
  return isOne && name !== "__proto__" ? name : pascalCase(name);
}

function startable(name: string): string {
  if (name === "") return "unnamed";
  return /^[\p{ID_Start}$_]/u.test(name) ? name : `_${name}`;
}

function upperFirst(word: string): string {
  const first = word.charAt(0).toUpperCase();
  return (first.search(STRANGE) < 0 ? first : word.charAt(0)) + word.slice(1).toLowerCase();
}

/** With a small first letter. */
export function lowerFirst(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}
