import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import type { Exchange, RecordingProxy } from "../support/proxy.js";
import { inLanes, type Run } from "./bench.js";
import { acceptedCases, anyCase, baseCase, type Case, type RejectedCase, rejectedCases } from "./cases.js";
import type { DeclaredAnswer, DeclaredOperation } from "./contract.js";
import { canBeSent } from "./rules.js";
import { outcomeOf, start } from "./subject.js";
import { clientVerdict, compare, contractVerdict, prismVerdict, type Verdict } from "./verdict.js";
import { expectedRequest, sentHeaders } from "./wire.js";

/** A part of the suite: throws where the client does not keep the contract. */
export interface Check {
  readonly name: string;
  readonly run: (run: Run) => Promise<void>;
}

/** How many cases are generated, and from which seed: the same ones in every run. */
export const generation = { numRuns: 1_000, seed: 20_190_522 } as const;

/** In the order of their cost, but for the last two, which look back at all before them. */
export const suite: readonly Check[] = [
  { name: "each status is the right class with its body", run: perOperation(statuses) },
  { name: "without a credential the answer is 401", run: perOperation(withoutCredential) },
  { name: "accepted values reach Prism as the contract says", run: perOperation(accepted) },
  { name: "rejected values are refused, and for the reasons that Prism has", run: perOperation(rejected) },
  { name: "generated cases get the verdict that Prism gives", run: perOperation(generated) },
  { name: "each known difference from Prism occurs", run: noIdleQuirk },
  { name: "everything that the contract declares was exercised", run: noGap },
];

function perOperation(check: (run: Run, operation: DeclaredOperation) => Promise<void>): Check["run"] {
  return async (run) => {
    for (const operation of run.bench.operations) await check(run, operation);
  };
}

async function statuses(run: Run, operation: DeclaredOperation): Promise<void> {
  await inLanes(run.bench, operation.answers, (answer, lane) => checkAnswer(run, operation, answer, lane));
}

async function withoutCredential(run: Run, operation: DeclaredOperation): Promise<void> {
  const { credential } = operation;
  if (credential === undefined) return;
  const given = new Map([...baseCase(operation).given].filter(([{ key }]) => key !== undefined));
  const subject: Case = { label: "no credential", given, unknown: {} };
  await inLanes(run.bench, [subject], async (item, lane) => {
    const outcome = await outcomeOf(
      run.subject,
      start(run.subject, operation, item, { baseUrl: lane.url, validate: false }),
    );
    const exchange = onlyExchange(lane, item);
    run.coverage.add(operation, exchange, prismVerdict(operation, exchange.violations));
    assert.ok("answer" in outcome && !outcome.answer.ok, "the call goes out and fails");
    assert.ok(run.subject.isHttpError(outcome.answer.error), "it fails with an HttpError");
    assert.equal(outcome.answer.error.status, 401);
  });
}

async function accepted(run: Run, operation: DeclaredOperation): Promise<void> {
  await inLanes(run.bench, acceptedCases(operation), async (item, lane) => {
    const { client, prism } = await judge(run, operation, item, lane);
    assert.deepEqual({ client, prism }, { client: [], prism: [] }, item.label);
  });
}

async function rejected(run: Run, operation: DeclaredOperation): Promise<void> {
  await inLanes(run.bench, rejectedCases(operation), async (item, lane) => {
    const sendable = [...item.given].every(([parameter, value]) => canBeSent(parameter, value));
    const client = sendable ? await agree(run, operation, item, lane) : await refuse(run, operation, item, lane);
    const wanted = `${item.parameter.toLowerCase()}: ${item.rule}`;
    assert.ok(client.includes(wanted), `${item.label}: expected ${wanted} among [${client}]`);
  });
}

async function generated(run: Run, operation: DeclaredOperation): Promise<void> {
  await inLanes(run.bench, fc.sample(anyCase(operation), generation), async (item, lane) => {
    await agree(run, operation, item, lane);
  });
}

async function noIdleQuirk({ tally }: Run): Promise<void> {
  assert.deepEqual(tally.idle, [], "quirks that no case needs");
}

async function noGap({ coverage }: Run): Promise<void> {
  assert.deepEqual(coverage.missing, [], "declared and not exercised");
}

/** Demands that client and Prism agree about a case, or differ as the table of quirks says. */
async function agree(run: Run, operation: DeclaredOperation, item: Case, lane: RecordingProxy): Promise<Verdict> {
  const { client, prism } = await judge(run, operation, item, lane);
  const comparison = compare(operation, item, client, prism);
  assert.deepEqual(comparison.problems, [], describe(item));
  run.tally.add(comparison);
  return client;
}

/**
 * Both verdicts about a case, and its request held against the contract byte for byte. A case that the client refuses is
 * sent a second time, without validation.
 */
async function judge(run: Run, operation: DeclaredOperation, item: Case, lane: RecordingProxy): Promise<Verdicts> {
  const call = (validate: boolean) =>
    outcomeOf(run.subject, start(run.subject, operation, item, { baseUrl: lane.url, validate }));
  const first = await call(true);
  let client: Verdict = [];
  let last = first;
  if ("violations" in first) {
    assert.deepEqual(lane.take(), [], `${describe(item)}: refused, and sent all the same`);
    client = clientVerdict(redacted(operation, first.violations));
    last = await call(false);
  }
  const exchange = onlyExchange(lane, item);
  assert.deepEqual(requestOf(exchange), expectedRequest(operation, item), describe(item));
  const prism = prismVerdict(operation, exchange.violations);
  run.coverage.add(operation, exchange, prism);
  assert.ok("answer" in last, `${describe(item)}: validate: false sends what the caller says`);
  assert.equal(last.answer.ok, prism.length === 0, `${describe(item)}: ok is told by the answer's status`);
  if (last.answer.ok) await last.answer.data.bytes();
  return { client, prism };
}

interface Verdicts {
  readonly client: Verdict;
  readonly prism: Verdict;
}

/** The client's verdict about a case that no request can carry: nothing is sent without validation either. */
async function refuse(
  run: Run,
  operation: DeclaredOperation,
  item: RejectedCase,
  lane: RecordingProxy,
): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  for (const validate of [false, true]) {
    const outcome = await outcomeOf(run.subject, start(run.subject, operation, item, { baseUrl: lane.url, validate }));
    assert.ok("violations" in outcome, `${item.label}: refused with validate: ${validate}`);
    verdicts.push(clientVerdict(redacted(operation, outcome.violations)));
  }
  assert.deepEqual(lane.take(), [], `${item.label}: nothing is sent`);
  const [unsendable, all = []] = verdicts;
  const told = all.filter((entry) => entry.endsWith(": header-value"));
  assert.deepEqual(unsendable, told, `${item.label}: without validation, what cannot be sent`);
  assert.deepEqual(all, contractVerdict(item), `${item.label}: every rule that it breaks`);
  return all;
}

async function checkAnswer(
  run: Run,
  operation: DeclaredOperation,
  answer: DeclaredAnswer,
  lane: RecordingProxy,
): Promise<void> {
  const status = statusFor(operation, answer);
  const first = operation.answers.find((other) => other.status === answer.status);
  const headers = { Prefer: `code=${status}`, ...(first === answer ? {} : { Accept: answer.mediaType }) };
  const label = `${answer.status} ${answer.mediaType}`;
  const item = baseCase(operation);
  const outcome = await outcomeOf(run.subject, start(run.subject, operation, item, { baseUrl: lane.url, headers }));
  const exchange = onlyExchange(lane, item);
  assert.equal(exchange.status, status, `${label}: Prism answers as it is asked to`);
  assert.ok("answer" in outcome, label);
  const result = outcome.answer;
  assert.equal(result.status, status, label);
  if (status < 400 && !answer.envelope) {
    assert.ok(result.ok, `${label}: a success`);
    const bytes = await result.data.bytes();
    assert.equal(Buffer.from(bytes).toString(), answer.example, `${label}: the file, byte for byte`);
  } else {
    assert.ok(!result.ok, `${label}: a failure`);
    const { error } = result;
    const { error: shape = {}, example } = answer;
    const read = (name: string | undefined): unknown =>
      name === undefined ? undefined : (example as Readonly<Record<string, unknown>>)[name];
    assert.ok(run.subject.isHttpError(error), `${label}: an HttpError`);
    assert.deepEqual(
      { status: error.status, body: error.body, code: error.code, requestId: error.requestId },
      { status, body: example, code: read(shape.code), requestId: read(shape.requestId) },
      label,
    );
    assert.equal(error.operationId, operation.operationId, label);
  }
  run.coverage.add(operation, exchange, prismVerdict(operation, exchange.violations));
}

/** The status to ask Prism for; for `default` one that the contract does not declare. */
function statusFor({ answers }: DeclaredOperation, { status }: DeclaredAnswer): number {
  if (status !== "default") return Number(status);
  let other = 501;
  while (answers.some((answer) => answer.status === String(other))) other += 1;
  return other;
}

function onlyExchange(lane: RecordingProxy, item: Case): Exchange {
  const exchanges = lane.take();
  const [exchange] = exchanges;
  assert.ok(
    exchange !== undefined && exchanges.length === 1,
    `${describe(item)}: ${exchanges.length} requests, not one`,
  );
  return exchange;
}

function requestOf({ method, target, rawHeaders }: Exchange): ReturnType<typeof expectedRequest> {
  return { method, target, headers: sentHeaders(rawHeaders) };
}

/** The violations, each value of a credential checked to be redacted. */
function redacted<V extends { readonly parameter: string; readonly value: unknown }>(
  { credential }: DeclaredOperation,
  violations: readonly V[],
): readonly V[] {
  for (const { parameter, value } of violations) {
    if (parameter === credential?.header) assert.equal(value, "[redacted]", "a credential is never shown");
  }
  return violations;
}

function describe({ label, given, unknown }: Case): string {
  const values = [...given].map(([{ name }, value]) => `${name}=${inspect(value)}`);
  return `${label} (${[...values, ...Object.keys(unknown)].join(", ").slice(0, 2_000)})`;
}
