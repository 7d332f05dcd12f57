/** An http(s) address without a slash at its end; a relative one is taken from `from`. Throws a TypeError for anything more. */
export const baseOf = (baseUrl: string, from?: string): string => {
  // An error of `new URL` would show a password.
  const { href, origin, pathname } = new URL(URL.canParse(baseUrl, from) ? baseUrl : "a:", from);
  // Of the schemes that have an origin, two begin so. Anything more is a user name, a password, a query or a fragment.
  if (/^h/.test(href) && href === origin + pathname) return href.replace(/\/$/, "");
  throw new TypeError("baseUrl must be a plain http(s) URL");
};
