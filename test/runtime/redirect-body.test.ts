/** What becomes of a request that is redirected: its body, and the answer that says so. */
import { describe, expect, it } from "vitest";
import { type BinaryBody, binaryBody } from "../../generator/runtime/body.js";
import { call } from "../../generator/runtime/call.js";
import type { Operation } from "../../generator/runtime/descriptor.js";
import { isNetworkError } from "../../generator/runtime/errors.js";
import { anything } from "../../generator/runtime/schema.js";
import { closeCaseOperation } from "./case-operations.js";
import { clientOf, errorOf, INPUT, tracesOf } from "./client.js";
import { type Client, exportCases } from "./export-cases.js";
import { answer, pieces, problem, type Received, serve } from "./server.js";

const putOperation: Operation = {
  ...closeCaseOperation,
  method: "PUT",
  path: "/v2/cases",
  parameters: [
    {
      name: "body",
      key: "body",
      in: "body",
      required: true,
      style: binaryBody,
      explode: false,
      schema: { type: anything },
    },
  ],
};
const put = (client: Client, body: BinaryBody) => call(client, putOperation, { body });
const post = (client: Client, body: BinaryBody) => call(client, { ...putOperation, method: "POST" }, { body });

const to = (status: number, location = "/b") => answer(status, { location });
const bodiesOf = (requests: readonly Received[]) => Promise.all(requests.map(({ body }) => body));

describe("a request with a body that is redirected", () => {
  it("says how long the body is there, too", async () => {
    await using server = await serve(to(307), answer(204));
    await put(clientOf(server), new Blob(["a body"]));
    const [, last] = server.requests;
    expect([last?.target, last?.header("content-length"), await last?.body]).toEqual(["/b", "6", "a body"]);
    expect(last?.header("content-type")).toBe("application/octet-stream");
  });

  it("takes it along twice", async () => {
    await using server = await serve(to(308), to(307, "/c"), answer(204));
    await put(clientOf(server), new Blob(["a body"]));
    expect(await bodiesOf(server.requests)).toEqual(["a body", "a body", "a body"]);
  });

  it("is repeated where it is a PUT, from its beginning", async () => {
    await using server = await serve(to(307), problem(503, "E"), answer(204));
    await put(clientOf(server), new Blob(["a body"]));
    expect(server.requests.map(({ target }) => target)).toEqual(["/v2/cases", "/b", "/v2/cases"]);
    expect(await bodiesOf(server.requests)).toEqual(["a body", "a body", "a body"]);
  });

  it("is sent with a token that is renewed where it is a POST", async () => {
    await using server = await serve(to(307), problem(401, "E"), to(307), answer(204));
    const tokens = ["token-1", "token-2"];
    await post(clientOf(server, { auth: { token: () => tokens.shift() } }), new Blob(["a body"]));
    expect(server.requests.map((request) => request.header("x-auth-token"))).toEqual([
      ...["token-1", "token-1", "token-2", "token-2"],
    ]);
    expect(await bodiesOf(server.requests)).toEqual(["a body", "a body", "a body", "a body"]);
  });

  it("is not followed where it is a stream", async () => {
    const large = Array<string>(320).fill("a".repeat(65_536));
    await using server = await serve(pieces(large, { location: "/b" }, 307));
    const error = await errorOf(put(clientOf(server), new Blob(["a body"]).stream()));
    expect(error).toMatchObject({ name: "NetworkError", message: expect.stringContaining("a body that is sent once") });
    expect(server.requests).toHaveLength(1);
    expect(await server.requests[0]?.taken).toBe(false);
  });
});

describe("a redirect to a URL with", () => {
  it.each([
    ["a name", "http://hunter2@127.0.0.1/"],
    ["a password", "http://:hunter2@127.0.0.1/"],
    ["both", "http://user:hunter2@127.0.0.1/"],
  ])("%s is refused at once: no error shows it, and the connection is given up", async (_, location) => {
    await using server = await serve(pieces(Array<string>(320).fill("a".repeat(65_536)), { location }, 302));
    const error = await errorOf(exportCases(clientOf(server), INPUT));
    expect(isNetworkError(error)).toBe(true);
    expect(error.message).toContain("redirected to a URL with a password");
    expect(tracesOf(error)).not.toContain("hunter2");
    expect(server.requests).toHaveLength(1);
    expect(await server.requests[0]?.taken).toBe(false);
  });
});
