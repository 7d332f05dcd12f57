/** Named enumerations: `x-enum-varnames`. */
import type { Context } from "./build-context.js";
import { componentSchemas } from "./build-error-schemas.js";
import type { EnumModel } from "./model.js";
import { child, getArray, getString } from "./openapi.js";

/** Every enumeration whose values have names. */
export function buildEnums({ document, locate }: Context): readonly EnumModel[] {
  return Object.entries(componentSchemas(document)).flatMap(([name, schema]) => {
    const names = getArray(schema, "x-enum-varnames");
    const labels = getArray(schema, "x-enum-descriptions");
    const members = getArray(schema, "enum").flatMap((value, index) => {
      const member = names[index];
      if (typeof member !== "string" || (typeof value !== "string" && typeof value !== "number")) return [];
      const label = labels[index];
      return [{ name: member, value, label: typeof label === "string" ? label : undefined }];
    });
    const place = locate(child("#/components/schemas", name));
    return members.length > 0 ? [{ name, description: getString(schema, "description"), members, place }] : [];
  });
}
