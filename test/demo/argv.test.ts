import { describe, expect, it } from "vitest";
import { help, parseDemo, UsageError } from "./argv.js";

const refusal = (args: readonly string[], token?: string): string => {
  try {
    parseDemo(args, token);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return "";
};

describe("the flags of the demo", () => {
  it("may all be left out", () => {
    expect(parseDemo([], undefined)).toEqual({
      endpoint: undefined,
      token: undefined,
      status: undefined,
      language: "zh-cn",
      timezone: "GMT+8",
      limit: undefined,
      out: undefined,
    });
  });

  it("name a real service, whose token comes from the environment", () => {
    const flags = ["--endpoint", "https://osm.example.com", "--language=en-us", "--timezone", "GMT+1", "--limit", "5"];
    expect(parseDemo([...flags, "--out", "f.xlsx"], "secret")).toEqual({
      endpoint: "https://osm.example.com",
      token: "secret",
      status: undefined,
      language: "en-us",
      timezone: "GMT+1",
      limit: 5,
      out: "f.xlsx",
    });
  });

  it.each(["to-be-confirmed", "ToBeConfirmed", "tobeconfirmed", "TO_BE_CONFIRMED"])("take the status %s", (text) => {
    expect(parseDemo(["--status", text], undefined)?.status).toBe("ToBeConfirmed");
  });

  it.each([["--help"], ["-h"]])("show the help for %s", (flag) => {
    expect(parseDemo([flag], undefined)).toBeUndefined();
    for (const name of ["endpoint", "status", "language", "timezone", "limit", "out", "help"]) {
      expect(help).toContain(`--${name}`);
    }
  });
});

describe("a flag that cannot be", () => {
  it.each([
    [["--limt", "5"], "--limt"],
    [["--limit"], "--limit"],
    [["--limit", "many"], "many"],
    [["--limit", "-1"], "--limit"],
    [["--limit", "1.5"], "1.5"],
    [["--status", "lost"], "processing"],
    [["--status", ""], "--status"],
    [["--endpoint", "osm.example.com"], "https://"],
    [["--endpoint", "file:///etc"], "https://"],
    [["tickets.csv"], "tickets.csv"],
    [["--help=yes"], "--help"],
  ])("gets one sentence: %j", (args, part) => {
    const sentence = refusal(args, "secret");
    expect(sentence).toContain(part);
    expect(sentence).toMatch(/^[^\n]+\.$/);
  });

  it.each([undefined, ""])("is an endpoint without a token (%j)", (token) => {
    expect(refusal(["--endpoint", "https://osm.example.com"], token)).toContain("SERVICE_TICKET_TOKEN");
  });
});
