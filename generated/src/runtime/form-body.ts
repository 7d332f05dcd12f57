/** Bodies of forms that are text: `application/x-www-form-urlencoded` (OpenAPI 3.1, 4.8.14.4 and 4.8.15). */
import { encodingOf, fieldsOf, putBody } from "./body.js";
import type { Report, Style } from "./descriptor.js";
import { jsonText } from "./json.js";
import { form, isGiven } from "./style.js";

/** An item as the text that a field holds. */
const flat = (item: unknown, report: Report): unknown => {
  if (item instanceof Date) return item.toJSON();
  return Object(item) === item ? jsonText(item, report) : item;
};

/**
 * Each property is a field, in the style that its encoding names, or one text of the media type that it does, JSON. Without
 * them: items of an array are fields of the same name; what holds others is JSON, its default media type.
 */
export const urlencodedBody: Style = ({ mediaType, encoding }, value, report, parts) => {
  const query: string[] = [];
  for (const field of fieldsOf(value, report)) {
    const { style, contentType, ...rest } = encodingOf(encoding, field.name) ?? {};
    if (!isGiven(field.value)) continue;
    const items = () => [field.value].flat().map((item) => flat(item, field.report));
    const given = style ? field.value : contentType ? jsonText(field.value, field.report) : items();
    if (isGiven(given)) (style ?? form)({ ...rest, name: field.name }, given, field.report, { ...parts, query });
  }
  putBody(parts, query.join("&"), mediaType, "application/x-www-form-urlencoded");
};
