import { parseArgs } from "node:util";

/** What the demo was asked to do. */
export interface DemoOptions {
  /** Base URL of a real service; without it the demo starts a mock. */
  readonly endpoint: string | undefined;
  /** The real service's token; never printed. */
  readonly token: string | undefined;
  /** For the command line of the package. */
  readonly flags: readonly string[];
}

/** A request of the user that cannot be met; its message is one sentence for a person. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const help = `Exports service tickets to a file, and shows each step on the way.

  npm start                                          against a mock of the spec
  npm start -- --endpoint https://… --out f.xlsx     against a real service,
                                                     with the token in SERVICE_TICKET_TOKEN

  --endpoint <url>     base URL of the service
  --help               this text

Every other flag is one of \`service-ticket-export export-service-tickets\`, such as --status processing --limit 10;
without them, --language is zh-cn and --timezone GMT+8.
`;

/** Reads the command line: options, or undefined where help was asked for. Throws `UsageError` for the rest. */
export function parseDemo(args: readonly string[], token: string | undefined): DemoOptions | undefined {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: { endpoint: { type: "string" }, out: { type: "string" }, help: { type: "boolean", short: "h" } },
    // What it does not know is for the package to judge.
    strict: false,
    tokens: true,
  });
  if (values.help === true) return undefined;
  const endpoint = values.endpoint === undefined ? undefined : readEndpoint(values.endpoint);
  if (endpoint !== undefined && !token) {
    throw new UsageError("A real service needs a token: put it into the environment variable SERVICE_TICKET_TOKEN.");
  }
  if (values["base-url"] !== undefined) throw new UsageError("The address of a service is told by --endpoint.");
  if (values.out === "-") throw new UsageError("The demo shows its steps there: --out takes a file or a directory.");
  const own = tokens.flatMap((one) => {
    if (one.kind !== "option" || one.name !== "endpoint") return [];
    return one.inlineValue ? [one.index] : [one.index, one.index + 1];
  });
  const others = args.filter((_, index) => !own.includes(index));
  const otherwise = [
    ["--language", "zh-cn"],
    ["--timezone", "GMT+8"],
    // The file of the mock takes the place of its last one; what a service calls its file replaces nothing.
    ...(endpoint === undefined ? [["--out", "."]] : []),
  ].filter(([name = ""]) => !others.some((arg) => arg === name || arg.startsWith(`${name}=`)));
  return { endpoint, token, flags: [...otherwise.flat(), ...others] };
}

function readEndpoint(text: string | boolean): string {
  const url = typeof text === "string" && URL.canParse(text) ? new URL(text) : undefined;
  if (typeof text !== "string" || (url?.protocol !== "https:" && url?.protocol !== "http:")) {
    const given = typeof text === "string" ? `, not "${text}"` : "";
    throw new UsageError(`--endpoint must be a URL that begins with https:// or http://${given}.`);
  }
  return text;
}
