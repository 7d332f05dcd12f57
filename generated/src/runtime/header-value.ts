/**
 * Whether `fetch` can carry a header: its value is bytes without line breaks and other controls, and blanks at its ends
 * would be trimmed (WHATWG Fetch, "header value"; Node refuses every control character but the tab).
 */
export const isHeader = (name: string, value: string): boolean =>
  /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/^[\t ]|[\t ]$|[^\t\x20-\x7e\x80-\xff]/.test(value);
