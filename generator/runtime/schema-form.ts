/** The checks of forms, of text and of parts: of what is sent of them, bytes among it. */
import { isBytes } from "./body.js";
import { isObject, membersOf } from "./json-value.js";
import { partValue } from "./multipart.js";
import type { TypeCheck } from "./schema-descriptor.js";

/** Null is left out, as the codecs of forms leave it out; of a `part`, the value counts. */
export const formFields: TypeCheck = (value, { form }, pointer, report) => {
  const fields = isObject(value)
    ? Object.fromEntries(
        membersOf(value).flatMap(([name, field]) => {
          const given = Array.isArray(field) ? field.map(partValue) : partValue(field);
          return given === null ? [] : [[name, given]];
        }),
      )
    : value;
  form?.type(fields, form, pointer, report);
};

/** A Blob, a buffer, or a text (OpenAPI 3.0, `format: binary`). What holds no bytes, such as JSON, refuses them by itself. */
export const textOrBytes: TypeCheck = (value, _, pointer, report) => {
  if (typeof value !== "string" && !isBytes(value)) report(pointer, "type", "text or bytes", value);
};
