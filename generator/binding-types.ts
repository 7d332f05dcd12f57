/**
 * Types that no document can ask for, and that normalize asks of the bindings, as further values of `type`: what a document
 * has there and JSON Schema does not know is gone by then. `present` is anything but undefined, `empty` an object of which
 * nothing is known, `binary` bytes to be sent: a `Blob` (so a `File`, too) or a buffer. `omit` is the schema of
 * `components/schemas` that `name` says, without the properties of `required`.
 */
export type BindingType = "never" | "undefined" | "present" | "empty" | "binary" | "omit";
