import { describe, expect, it } from "vitest";
import { help, parseDemo, UsageError } from "./argv.js";

describe("the flags of the demo", () => {
  it("may all be left out", () => {
    const flags = ["--language", "zh-cn", "--timezone", "GMT+8", "--out", "."];
    expect(parseDemo([], undefined)).toEqual({ endpoint: undefined, token: undefined, flags });
  });

  it.each([
    [["--endpoint", "https://osm.example.com", "--language=en-us", "--limit", "5"]],
    [["--language=en-us", "--limit", "5", "--endpoint=https://osm.example.com"]],
  ])("name a real service; the others are handed on: %j", (args) => {
    expect(parseDemo(args, "secret")).toEqual({
      endpoint: "https://osm.example.com",
      token: "secret",
      flags: ["--timezone", "GMT+8", "--language=en-us", "--limit", "5"],
    });
  });

  it.each([["--help"], ["-h"]])("show the help for %s", (flag) => {
    expect(parseDemo([flag], undefined)).toBeUndefined();
    for (const name of ["endpoint", "status", "language", "timezone", "limit", "out", "help"]) {
      expect(help).toContain(`--${name}`);
    }
  });
});

it.each([[["--out", "-"]], [["--out=-"]], [["--out", "x", "--out", "-"]]])(
  "the steps leave no room for a file: %j",
  (args) => {
    expect(() => parseDemo(args, undefined)).toThrow(UsageError);
    expect(parseDemo(["--out", "-x"], undefined)?.flags.slice(-2)).toEqual(["--out", "-x"]);
  },
);

describe("an endpoint", () => {
  it.each([
    [["--endpoint", "osm.example.com"], "secret", "https://"],
    [["--endpoint", "file:///etc"], "secret", "https://"],
    [["--endpoint"], "secret", "--endpoint must be a URL that begins with https:// or http://."],
    [["--base-url", "https://osm.example.com"], "secret", "--endpoint"],
    [["--endpoint", "https://osm.example.com"], undefined, "SERVICE_TICKET_TOKEN"],
    [["--endpoint", "https://osm.example.com"], "", "SERVICE_TICKET_TOKEN"],
  ])("that cannot be gets one sentence: %j with the token %j", (args, token, part) => {
    const parse = () => parseDemo(args, token);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(part);
  });
});
