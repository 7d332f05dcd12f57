import { describe, expect, it } from "vitest";
import type { Violation } from "../../generator/runtime/descriptor.js";
import { isApiError, isHttpError, isValidationError } from "../../generator/runtime/errors.js";
import type { CallOptions } from "../../generator/runtime/options.js";
import { type ReadCaseInput, readCase, readText } from "./case-operations.js";
import { clientOf, errorOf, INPUT, TOKEN } from "./client.js";
import { type ClientOptions, type ExportCasesInput, exportCases } from "./export-cases.js";
import { answer, octets, problem, serve } from "./server.js";

const good = octets("a");

/** What `input`, which the types forbid, breaks; the server must not have seen anything of it. */
async function violationsOf(
  input: object,
  options: Partial<ClientOptions> = {},
  call: CallOptions = {},
): Promise<readonly Violation[]> {
  await using server = await serve(good);
  const error = await errorOf(exportCases(clientOf(server, options), input as ExportCasesInput, call));
  expect(server.requests).toHaveLength(0);
  if (!isValidationError(error)) throw error;
  expect(error).toMatchObject({ name: "ValidationError", operationId: "exportCases" });
  for (const { message } of error.violations) expect(error.message).toContain(message);
  return error.violations;
}

/** What `input` breaks, as `key pointer: rule limit`. */
const rulesOf = async (...call: Parameters<typeof violationsOf>): Promise<readonly string[]> =>
  (await violationsOf(...call)).map(({ key, pointer, rule, limit }) => `${key}${pointer}: ${rule} ${limit}`).sort();

const LONG = "🎫".repeat(33);

describe("a value that breaks a rule", () => {
  it.each<readonly [string, object, readonly string[]]>([
    ["nothing", { language: undefined }, ["language: required true"]],
    ["null", { language: null }, ["language: required true"]],
    ["a number for text", { language: 5 }, ["language: type string"]],
    ["an array for text", { language: ["a"] }, ["language: type string"]],
    ["too short a text", { language: "" }, ["language: minLength 1"]],
    ["too long a text", { language: "a".repeat(33) }, ["language: maxLength 32"]],
    ["33 emoji", { language: LONG }, ["language: maxLength 32"]],
    ["a fraction", { status: 1.5 }, ["status: enum 0,1,2,17", "status: type integer"]],
    ["NaN", { status: Number.NaN }, ["status: enum 0,1,2,17", "status: type integer"]],
    ["digits in a text", { status: "1" }, ["status: enum 0,1,2,17", "status: type integer"]],
    ["a bigint", { status: 3n }, ["status: enum 0,1,2,17"]],
    ["a boolean", { status: true }, ["status: enum 0,1,2,17", "status: type integer"]],
    ["a value between the named", { status: 3 }, ["status: enum 0,1,2,17"]],
    ["too great a number", { status: 99 }, ["status: enum 0,1,2,17", "status: maximum 20"]],
    ["too small a number", { status: -1 }, ["status: enum 0,1,2,17", "status: minimum 0"]],
    ["too many items", { tags: Array(11).fill("a") }, ["tags: maxItems 10"]],
    ["a text for an array", { tags: "a" }, ["tags: type array"]],
    ["items of other types", { tags: ["a", 2, "c", null] }, ["tags/1: type string", "tags/3: type string"]],
    [
      "items of other types, too many",
      { tags: Array(11).fill(1).fill("a", 1) },
      ["tags/0: type string", "tags: maxItems 10"],
    ],
    ["too long a header", { xLanguage: "a".repeat(33) }, ["xLanguage: maxLength 32"]],
    [
      "too long a header, of what no header can carry",
      { xLanguage: "中".repeat(33) },
      ["xLanguage: header-value ISO-8859-1", "xLanguage: maxLength 32"],
    ],
    ["an empty header", { xLanguage: "" }, ["xLanguage: minLength 1"]],
  ])("%s", async (_, input, rules) => {
    expect(await rulesOf({ ...INPUT, ...input })).toEqual(rules);
  });

  it.each<readonly [string, object, readonly string[]]>([
    ["too few items", { fields: [] }, ["fields: minItems 1"]],
    ["items that are too long", { fields: ["ab", "abcde"] }, ["fields/1: maxLength 4"]],
    ["too great a fraction", { score: 1.6 }, ["score: maximum 1.5"]],
    ["too small a fraction", { score: -1.6 }, ["score: minimum -1.5"]],
    ["no number of JSON", { score: Number.POSITIVE_INFINITY }, ["score: maximum 1.5", "score: type number"]],
    ["a text for a boolean", { isOpen: "true" }, ["isOpen: type boolean"]],
    ["a number for a path", { caseId: 7 }, ["caseId: type string"]],
    ["too long a path", { caseId: "a".repeat(65) }, ["caseId: maxLength 64"]],
  ])("%s, in the other operation", async (_, input, rules) => {
    await using server = await serve(good);
    const error = await errorOf(readCase(clientOf(server), { caseId: "7", ...input } as ReadCaseInput));
    expect(server.requests).toHaveLength(0);
    if (!isValidationError(error)) throw error;
    const found = error.violations.map(({ key, pointer, rule, limit }) => `${key}${pointer}: ${rule} ${limit}`);
    expect(found.sort()).toEqual(rules);
  });

  it("is told with its wire name, key, location, pointer, rule, limit and value", async () => {
    const violations = await violationsOf({ ...INPUT, tags: ["a", 2], status: 99, xLanguage: "" });
    expect(violations).toEqual(
      expect.arrayContaining([
        {
          parameter: "tag_list",
          key: "tags",
          in: "query",
          pointer: "/1",
          rule: "type",
          limit: "string",
          value: 2,
          message: expect.stringContaining("tags/1"),
        },
        {
          parameter: "status",
          key: "status",
          in: "query",
          pointer: "",
          rule: "maximum",
          limit: 20,
          value: 99,
          message: expect.stringContaining("20"),
        },
        {
          parameter: "X-Language",
          key: "xLanguage",
          in: "header",
          pointer: "",
          rule: "minLength",
          limit: 1,
          value: "",
          message: expect.stringContaining("xLanguage"),
        },
      ]),
    );
  });

  it("is told with all others at once", async () => {
    const input = { language: "", status: 99, tags: [1], xLanguage: "工", lang: "en" };
    expect(await rulesOf(input, { auth: {} })).toEqual([
      "auth.token: required true",
      "lang: unknown language,timezone,status,tags,xLanguage",
      "language: minLength 1",
      "status: enum 0,1,2,17",
      "status: maximum 20",
      "tags/0: type string",
      "timezone: required true",
      "xLanguage: header-value ISO-8859-1",
    ]);
  });

  it("may come from the defaults", async () => {
    await using server = await serve(good);
    const defaults = { language: "", timezone: "GMT+8" };
    const error = await errorOf(exportCases(clientOf(server, { defaults }), {}));
    expect(isValidationError(error) && error.violations).toMatchObject([{ key: "language", rule: "minLength" }]);
    expect(server.requests).toHaveLength(0);
  });
});

describe("a value that keeps every rule", () => {
  it.each<readonly [string, object]>([
    ["the shortest and the longest text", { language: "a", timezone: "a".repeat(64) }],
    ["as many emoji as characters are allowed", { language: "🎫".repeat(32) }],
    ["the least and the greatest named number", { status: 0 }],
    ["minus zero", { status: -0 }],
    ["a whole number with a fraction of zero", { status: 2.0 }],
    ["no items", { tags: [] }],
    ["ten items", { tags: Array(10).fill("") }],
    ["a header with a blank, a tab and ISO-8859-1 inside", { xLanguage: "a\tb \u00e9\u00ff" }],
    ["null for what is not required", { status: null, tags: null, xLanguage: null }],
  ])("%s", async (_, input) => {
    await using server = await serve(good);
    await exportCases(clientOf(server), { ...INPUT, ...input });
    expect(server.requests).toHaveLength(1);
  });

  it("a schema without a type takes everything", async () => {
    await using server = await serve(good);
    const error = await errorOf(readCase(clientOf(server), { caseId: "7", filter: 5 }));
    // The answer is no JSON; what matters is that there was one.
    expect(error.name).toBe("DecodeError");
    expect(server.requests[0]?.target).toBe("/v2/cases/7?filter=5");
  });
});

describe("an unknown key", () => {
  it.each(["lang", "Language", "tag_list", "X-Language", "token", "constructor", "__proto__", "toString", "", "a b"])(
    "%j",
    async (key) => {
      const input = { ...INPUT, [key]: "a" };
      expect(Object.hasOwn(input, key)).toBe(true);
      expect(await violationsOf(input)).toMatchObject([
        { parameter: key, key, in: "input", pointer: "", rule: "unknown" },
      ]);
    },
  );

  it("is none where it is inherited", async () => {
    await using server = await serve(good);
    const input = Object.assign(Object.create({ inherited: 1 }), INPUT);
    await exportCases(clientOf(server), input);
    expect(server.requests).toHaveLength(1);
  });
});

const UNSENDABLE: readonly (readonly [string, string])[] = [
  ["Chinese", "hunter2工单"],
  ["an emoji", "hunter2🎫"],
  ["a carriage return", "hunter2\rb"],
  ["a line feed", "hunter2\nb"],
  ["a header of its own", "hunter2\r\nX-Evil: 1"],
  ["NUL", "hunter2\0b"],
  ["another control", "hunter2\u0001b"],
  ["DEL", "hunter2\u007fb"],
  ["a leading blank", " hunter2"],
  ["a trailing blank", "hunter2 "],
  ["a leading tab", "\thunter2"],
  ["a line feed at its end", "hunter2\n"],
];

describe("what a header cannot carry", () => {
  for (const validate of [true, false]) {
    it.each(UNSENDABLE)(`is told, with validate: ${validate}: %s`, async (_, xLanguage) => {
      const violations = await violationsOf({ ...INPUT, xLanguage }, {}, { validate });
      expect(violations).toMatchObject([
        { parameter: "X-Language", key: "xLanguage", in: "header", rule: "header-value", value: xLanguage },
      ]);
    });

    it.each(UNSENDABLE)(
      `is told of the option headers, without its value (validate: ${validate}): %s`,
      async (_, value) => {
        const violations = await violationsOf(INPUT, {}, { validate, headers: { "X-Site": value } });
        expect(violations).toMatchObject([
          { parameter: "X-Site", key: "headers.X-Site", in: "header", rule: "header-value", value: "[redacted]" },
        ]);
        expect(violations[0]?.message).not.toContain("hunter2");
      },
    );

    it.each(UNSENDABLE)(`is told of a credential, without its value (validate: ${validate}): %s`, async (_, token) => {
      const violations = await violationsOf(INPUT, { auth: { token } }, { validate });
      expect(violations).toMatchObject([
        { parameter: "X-Auth-Token", key: "auth.token", in: "header", rule: "header-value", value: "[redacted]" },
      ]);
      expect(violations[0]?.message).not.toContain("hunter2");
    });
  }

  it.each(["", "a b", "a:b", "工", "a\nb"])("includes the name %j, told with the others", async (name) => {
    for (const validate of [true, false]) {
      const options = { validate, headers: { [name]: TOKEN, "X-Site": "a\n" } };
      const violations = await violationsOf(INPUT, {}, options);
      expect(violations).toMatchObject([
        { parameter: name, key: `headers.${name}`, in: "header", rule: "header-value", value: "[redacted]" },
        { parameter: "X-Site", rule: "header-value" },
      ]);
      expect(violations[0]?.message).not.toContain(TOKEN);
    }
  });
});

describe("a credential", () => {
  const absent: readonly (readonly [string, Partial<ClientOptions>])[] = [
    ["no auth", { auth: undefined }],
    ["an empty auth", { auth: {} }],
    ["a provider that gives undefined", { auth: { token: () => undefined } }],
    ["a provider that gives null", { auth: { token: async () => null } }],
  ];

  it.each(absent)("is required: %s", async (_, options) => {
    expect(await violationsOf(INPUT, options)).toMatchObject([
      { parameter: "X-Auth-Token", key: "auth.token", in: "header", rule: "required", limit: true },
    ]);
  });

  it("is required, though a header gives it", async () => {
    const headers = { "X-Auth-Token": TOKEN };
    expect(await rulesOf(INPUT, { auth: {}, headers })).toEqual(["auth.token: required true"]);
  });

  it.each<readonly [string, string, string]>([
    ["is too long", "k".repeat(5001), "auth.token: maxLength 5000"],
    ["is empty", "", "auth.token: minLength 1"],
  ])("that %s is told as [redacted]", async (_, token, rule) => {
    for (const given of [token, () => token, async () => ({ value: token })]) {
      const options = { auth: { token: given } };
      expect(await rulesOf(INPUT, options)).toEqual([rule]);
      expect(await violationsOf(INPUT, options)).toMatchObject([{ value: "[redacted]" }]);
    }
  });

  it("may have 5000 characters", async () => {
    await using server = await serve(good);
    await exportCases(clientOf(server, { auth: { token: "k".repeat(5000) } }), INPUT);
    expect(server.requests[0]?.header("x-auth-token")).toHaveLength(5000);
  });

  it.each(absent)("that is missing is not sent without validation, and the 401 comes back: %s", async (_, options) => {
    await using server = await serve(problem(401, "OSM.0002"));
    const error = await errorOf(exportCases(clientOf(server, { ...options, validate: false }), INPUT));
    expect(isHttpError(error) && [error.status, error.code]).toEqual([401, "OSM.0002"]);
    for (const request of server.requests) expect(request.header("x-auth-token")).toBeUndefined();
    expect(server.requests.length).toBeGreaterThan(0);
  });

  it("is not asked of, nor sent to, an operation that needs none", async () => {
    await using server = await serve(answer(200, { "content-type": "text/plain" }, "a"));
    expect(await readText(clientOf(server, { auth: {} }))).toBe("a");
    expect(await readText(clientOf(server))).toBe("a");
    expect(server.requests.map((request) => request.header("x-auth-token"))).toEqual([undefined, undefined]);
  });
});

describe("validate: false", () => {
  const forbidden: object = { language: "a".repeat(40), status: 99, tags: Array(11).fill("t"), lang: "en" };
  const input = forbidden as ExportCasesInput;
  const target = `/v2/cases/export?language=${"a".repeat(40)}&status=99${"&tag_list=t".repeat(11)}`;

  it("of the client sends what the caller says, but for what it does not know", async () => {
    await using server = await serve(good);
    await exportCases(clientOf(server, { validate: false }), input);
    expect(server.requests.map((request) => request.target)).toEqual([target]);
  });

  it("of the call does the same", async () => {
    await using server = await serve(good);
    await exportCases(clientOf(server, { validate: true }), input, { validate: false });
    expect(server.requests.map((request) => request.target)).toEqual([target]);
  });

  it("of the client gives way to the call's true", async () => {
    expect(await rulesOf({ ...INPUT, status: 3 }, { validate: false }, { validate: true })).toEqual([
      "status: enum 0,1,2,17",
    ]);
  });

  it("sends an empty header as one", async () => {
    await using server = await serve(good);
    await exportCases(clientOf(server, { validate: false }), { ...INPUT, xLanguage: "" });
    expect(server.requests[0]?.header("x-language")).toBe("");
  });

  it("sends values of other types as text", async () => {
    await using server = await serve(good);
    const other = { ...INPUT, status: "soon", tags: "one", language: "" } as unknown as ExportCasesInput;
    await exportCases(clientOf(server, { validate: false }), other);
    expect(server.requests[0]?.target).toBe("/v2/cases/export?language=&timezone=GMT%2B8&status=soon&tag_list=one");
  });
});

describe("a call that cannot be sent", () => {
  it("rejects, and does not throw at once", async () => {
    await using server = await serve(good);
    const call = exportCases(clientOf(server), {} as ExportCasesInput);
    expect(isApiError(await errorOf(call.result()))).toBe(true);
    expect(await errorOf(call)).toBe(await errorOf(call.withResponse()));
  });
});
