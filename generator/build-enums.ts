/** Named enumerations: `x-enum-varnames`, `x-enum-descriptions`. */
import type { Context } from "./build-context.js";
import { componentSchemas } from "./build-error-schemas.js";
import type { EnumModel, Json } from "./model.js";
import { child, get, getArray, getString } from "./openapi.js";

/** Every enumeration whose values have names. */
export function buildEnums(context: Context): readonly EnumModel[] {
  return Object.entries(componentSchemas(context.document)).flatMap(([name, schema]) => {
    const pointer = child("#/components/schemas", name);
    const names = textsBeside(context, schema, "x-enum-varnames", pointer);
    if (names === undefined) return [];
    const labels = textsBeside(context, schema, "x-enum-descriptions", pointer);
    const members = getArray(schema, "enum").flatMap((value, index) => {
      const member = names[index];
      if (member === undefined) return [];
      if (typeof value === "string" || typeof value === "number")
        return [{ name: member, value, label: labels?.[index] }];
      context.note(
        child(child(pointer, "enum"), index),
        "a value that is neither a text nor a number gets no constant",
      );
      return [];
    });
    const place = context.locate(pointer);
    return members.length > 0 ? [{ name, description: getString(schema, "description"), members, place }] : [];
  });
}

/**
 * What a list says of each value of the `enum` beside it. One of another length says it of the wrong values, and nobody can
 * tell of which; what is no list at all is told by the coverage report.
 */
function textsBeside(context: Context, schema: Json, keyword: string, pointer: string): readonly string[] | undefined {
  const [list, values] = [get(schema, keyword), get(schema, "enum")];
  if (!Array.isArray(list) || !Array.isArray(values)) return undefined;
  const texts = list.filter((text) => typeof text === "string");
  const place = child(pointer, keyword);
  if (list.length !== values.length) {
    const message = `the length of \`${keyword}\` is ${list.length}, that of \`enum\` ${values.length}: each value needs its own`;
    context.wrong(place, message, `Write one text for each value of \`enum\`, in the same order.`);
  } else if (texts.length < list.length) {
    const index = list.findIndex((text) => typeof text !== "string");
    context.wrong(child(place, index), `entry ${index} of \`${keyword}\` is no text`, "Put it into quotation marks.");
  }
  return texts.length === values.length ? texts : undefined;
}
