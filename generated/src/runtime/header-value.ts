/**
 * Whether `fetch` can carry a value in a header: bytes without line breaks and other controls; blanks at the ends would be
 * trimmed (WHATWG Fetch, "header value"; Node refuses every control character but the tab).
 */
export const isHeaderValue = (value: string): boolean => !/^[\t ]|[\t ]$|[^\t -~\x80-\xff]/.test(value);
