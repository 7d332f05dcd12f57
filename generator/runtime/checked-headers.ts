/** Decoders that check the headers of an answer, too, where the call asks for it. */
import type { SchemaLoader } from "./checked.js";
import type { Decoder } from "./descriptor.js";

/** Of an answer that has no body. */
const nothing: Decoder = { accepts: () => true, read: ({ cancel }) => cancel() };

/** `load` is of the schema of an object: of the headers, by their names in lower case. */
export const checkedHeaders = (load: SchemaLoader, { accepts, read }: Decoder = nothing): Decoder => ({
  accepts,
  async read(incoming) {
    const { validate, headers, response, cancel } = incoming;
    // First the body: an error envelope is one, whatever its headers.
    const data = await read(incoming);
    if (typeof validate !== "object" || !validate.responses) return data;
    try {
      const [{ default: schema }, { verify }] = await Promise.all([load(), import("./verify.js")]);
      // Which headers a page of another origin sees is not for the contract to say, but for CORS.
      const asked = response.type === "cors" ? { ...schema, required: [] } : schema;
      verify(Object.fromEntries(headers), asked, "", incoming, "header");
    } catch (error) {
      await cancel();
      throw error;
    }
    return data;
  },
});
