/**
 * What the runtime does wrong, each with its reason. A test here fails today; as soon as one passes, it is an error, and
 * moves to where it belongs.
 */
import { describe, expect, it } from "vitest";
import { fileName } from "../../generator/runtime/content-disposition.js";
import { readLoose } from "./case-operations.js";
import { clientOf, errorOf, INPUT, TOKEN, tracesOf } from "./client.js";
import { exportCases } from "./export-cases.js";
import { answer, bytes, json, octets, problem, serve } from "./server.js";

describe("a token is in an error", () => {
  it.fails("where bytes that are no HTTP echo it: Node's HTTPParserError, the cause, keeps them as `data`", async () => {
    await using server = await serve(bytes(`${TOKEN}\r\n\r\n`));
    const error = await errorOf(exportCases(clientOf(server), INPUT, { retry: 0 }));
    expect(tracesOf(error)).not.toContain(TOKEN);
  });

  it.fails("where the body is cut within it: what is left is no whole token", async () => {
    const token = "k".repeat(4000);
    await using server = await serve(answer(500, {}, "a".repeat(65_536 - 3999) + token));
    const error = await errorOf(exportCases(clientOf(server, { auth: { token } }), INPUT, { retry: 0 }));
    expect(tracesOf(error)).not.toContain("k".repeat(100));
  });

  it.fails("where another call has replaced it since: only the newest is looked for", async () => {
    const tokens = ["first-token-1", "second-token-2"];
    let finish = () => {};
    await using server = await serve(
      (request, response) => {
        const echo = problem(403, "E", `${request.headers["x-auth-token"]}`);
        finish = () => echo(request, response);
      },
      problem(401, "E"),
      octets("a"),
    );
    const client = clientOf(server, { auth: { token: () => tokens.shift() } });
    const arrival = server.arrival();
    const call = exportCases(client, INPUT);
    await arrival;
    await exportCases(client, INPUT);
    finish();
    expect(tracesOf(await errorOf(call))).not.toContain("first-token");
  });

  it.fails("where it is the name of a member: only values are looked at", async () => {
    await using server = await serve(json(403, { error_code: "E", error_msg: "m", [TOKEN]: 1 }));
    expect(tracesOf(await errorOf(exportCases(clientOf(server), INPUT)))).not.toContain(TOKEN);
  });

  it.fails("where a text escapes it as JSON does", async () => {
    const token = 'first"second';
    await using server = await serve(answer(500, {}, `{"token":"first\\"second"`));
    const error = await errorOf(exportCases(clientOf(server, { auth: { token } }), INPUT));
    expect(tracesOf(error)).not.toContain("second");
  });
});

describe("a call", () => {
  it.fails("has an error whose message is as long as the service likes, up to 64 KiB", async () => {
    await using server = await serve(problem(400, "E", "a".repeat(20_000)));
    expect((await errorOf(exportCases(clientOf(server), INPUT))).message.length).toBeLessThan(2000);
  });
});

describe("the name of a file", () => {
  it.fails("may be a device of Windows with a superscript", () => {
    expect(fileName("attachment; filename*=UTF-8''COM%C2%B9.txt")).toBeUndefined();
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
