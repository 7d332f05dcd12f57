/** The command line of the package, as the demo runs it. */
import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";

/** One run of it. */
export interface Run {
  /** Path of the compiled program. */
  readonly program: string;
  /** Base URL of the service. */
  readonly url: string;
  readonly token: string | undefined;
  readonly flags: readonly string[];
  /** The folder that the user is in. */
  readonly cwd: string;
}

/** It speaks of its own flags and variables: here, they have other names. */
const inOurWords = `
  const { stderr } = process;
  const write = stderr.write.bind(stderr);
  stderr.write = (text, ...rest) =>
    write(text.replaceAll("SERVICE_TICKET_EXPORT_TOKEN", "SERVICE_TICKET_TOKEN").replaceAll("--base-url", "--endpoint"), ...rest);
`;

/** Up to the sending everything is as it would be. */
const withoutSending = "globalThis.fetch = () => process.exit(0);";

const preload = (code: string): readonly string[] => ["--import", `data:text/javascript,${encodeURIComponent(code)}`];

/** Starts it. Its bar, and what it says of a failure, are for the person. */
export function startCommand(run: Run): ChildProcess {
  return spawnCommand(run, preload(inOurWords), ["ignore", "pipe", "inherit"]);
}

/** What it ends with before it would send anything: 0 where nothing is wrong with the flags; else it has told what is. */
export async function judge(run: Run): Promise<number> {
  const child = spawnCommand(
    run,
    [...preload(inOurWords), ...preload(withoutSending)],
    ["ignore", "ignore", "inherit"],
  );
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
}

function spawnCommand(
  { program, url, token, flags, cwd }: Run,
  before: readonly string[],
  stdio: StdioOptions,
): ChildProcess {
  const args = [...before, program, "export-service-tickets", "--base-url", url, ...flags];
  const env = { ...process.env, SERVICE_TICKET_EXPORT_TOKEN: token || "token-of-the-demo" };
  return spawn(process.execPath, args, { cwd, env, stdio });
}
