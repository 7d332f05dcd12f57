/**
 * What the runtime does wrong, each with its reason. A test here fails today; as soon as one passes, it is an error, and
 * moves to where it belongs.
 */
import { describe, expect, it } from "vitest";
import { clientOf, errorOf, INPUT } from "./client.js";
import { exportCases } from "./export-cases.js";
import { octets, serve } from "./server.js";

describe("middleware of client.raw", () => {
  it.fails("that answers in the place of the service: openapi-fetch has read the body before", async () => {
    await using server = await serve(octets("good"));
    const client = clientOf(server);
    client.raw.use({ onRequest: () => new Response('{"error_code":"E","error_msg":"m"}', { status: 400 }) });
    expect(await errorOf(exportCases(client, INPUT))).toMatchObject({ name: "HttpError", status: 400, code: "E" });
  });
});
