import { parseArgs } from "node:util";
import type { ServiceTicketStatus } from "../../generated/src/index.js";

export type StatusName = keyof typeof ServiceTicketStatus;

/** What the demo was asked to do. */
export interface DemoOptions {
  /** Base URL of a real service; without it the demo starts a mock. */
  readonly endpoint: string | undefined;
  /** The real service's token; never printed. */
  readonly token: string | undefined;
  readonly status: StatusName | undefined;
  readonly language: string;
  readonly timezone: string;
  readonly limit: number | undefined;
  readonly out: string | undefined;
}

/** A request of the user that cannot be met; its message is one sentence for a person. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A record, so that a status which the package gains or loses is a compile error here. */
const statuses: Readonly<Record<StatusName, true>> = {
  ToBeProcessed: true,
  Processing: true,
  ToBeConfirmed: true,
  Completed: true,
  Canceled: true,
  Invalid: true,
  PendingFeedback: true,
};

const statusNames = Object.keys(statuses) as StatusName[];

export const help = `Exports service tickets to a file, and shows each step on the way.

  npm start                                          against a mock of the spec
  npm start -- --endpoint https://… --out f.xlsx     against a real service,
                                                     with the token in SERVICE_TICKET_TOKEN

  --endpoint <url>     base URL of the service
  --status <name>      ${statusNames.slice(0, 4).map(kebab).join(", ")},
                       ${statusNames.slice(4).map(kebab).join(", ")}
  --language <tag>     language of the file (zh-cn)
  --timezone <zone>    time zone of the file (GMT+8)
  --limit <number>     number of tickets, 0 to 100
  --out <file>         where the file goes (tickets, with the ending of the file that comes)
  --help               this text
`;

/** Reads the command line: options, or undefined where help was asked for. Throws `UsageError` for the rest. */
export function parseDemo(args: readonly string[], token: string | undefined): DemoOptions | undefined {
  const values = flags(args);
  if (values.help) return undefined;
  const endpoint = values.endpoint === undefined ? undefined : readEndpoint(values.endpoint);
  if (endpoint !== undefined && !token) {
    throw new UsageError("A real service needs a token: put it into the environment variable SERVICE_TICKET_TOKEN.");
  }
  return {
    endpoint,
    token,
    status: values.status === undefined ? undefined : readStatus(values.status),
    language: values.language ?? "zh-cn",
    timezone: values.timezone ?? "GMT+8",
    limit: values.limit === undefined ? undefined : readLimit(values.limit),
    out: values.out,
  };
}

function flags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        endpoint: { type: "string" },
        status: { type: "string" },
        language: { type: "string" },
        timezone: { type: "string" },
        limit: { type: "string" },
        out: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    // Node's own sentence; what follows its first full stop is advice.
    const [sentence] = String(error instanceof Error ? error.message : error).split(/\.\s/);
    throw new UsageError(`${sentence?.replace(/\.$/, "")}; --help lists the flags.`);
  }
}

function readEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    throw new UsageError(`--endpoint must be a URL that begins with https:// or http://, not "${text}".`);
  }
  return text;
}

function readStatus(text: string): StatusName {
  const wanted = text.toLowerCase().replaceAll(/[-_ ]/g, "");
  const name = statusNames.find((candidate) => candidate.toLowerCase() === wanted);
  if (name === undefined) {
    throw new UsageError(`--status must be one of ${statusNames.map(kebab).join(", ")}, not "${text}".`);
  }
  return name;
}

function readLimit(text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`--limit must be a whole number, not "${text}".`);
  return Number(text);
}

function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
