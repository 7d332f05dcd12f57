/** Percent-encodes the ASCII or Latin-1 characters of `set`, a global pattern (RFC 3986, 2.1). */
export const percent = (text: string, set: RegExp): string =>
  text.replace(set, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
