/**
 * What the runtime does wrong, each with its reason. A test here fails today; as soon as one passes, it is an error, and
 * moves to where it belongs.
 */
import { describe, expect, it } from "vitest";
import { readLoose } from "./case-operations.js";
import { clientOf, errorOf, INPUT, TOKEN, tracesOf } from "./client.js";
import { exportCases } from "./export-cases.js";
import { bytes, json, octets, serve } from "./server.js";

describe("a token is in an error", () => {
  it.fails("where bytes that are no HTTP echo it: Node's HTTPParserError, the cause, keeps them as `data`", async () => {
    await using server = await serve(bytes(`${TOKEN}\r\n\r\n`));
    const error = await errorOf(exportCases(clientOf(server), INPUT, { retry: 0 }));
    expect(tracesOf(error)).not.toContain(TOKEN);
  });
});

describe("an envelope at 200", () => {
  it.fails("is any body where its schema requires no member: `every` of nothing is true", async () => {
    await using server = await serve(json(200, { note: 1 }));
    expect(await readLoose(clientOf(server))).toEqual({ note: 1 });
  });
});

describe("middleware of client.raw", () => {
  it.fails("that answers in the place of the service: openapi-fetch has read the body before", async () => {
    await using server = await serve(octets("good"));
    const client = clientOf(server);
    client.raw.use({ onRequest: () => new Response('{"error_code":"E","error_msg":"m"}', { status: 400 }) });
    expect(await errorOf(exportCases(client, INPUT))).toMatchObject({ name: "HttpError", status: 400, code: "E" });
  });
});
