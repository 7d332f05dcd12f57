import assert from "node:assert/strict";
import type { OperationModel } from "../../generator/model.js";
import type { Violation } from "../../generator/runtime/descriptor.js";
import type { Package } from "../golden/packages.js";
import { servePrism } from "../support/prism-server.js";
import { type RecordingProxy, startProxy } from "../support/proxy.js";
import { type Difference, differences, placedClientVerdict, placedPrismVerdict } from "./difference.js";
import { cutParameters } from "./fixture-gaps.js";
import type { Fixture, ModelCase } from "./model-cases.js";
import { requestsOnly } from "./requests-only.js";
import type { Verdict } from "./verdict.js";

/** A fixture's package in front of a Prism of the fixture's document. */
export interface FixtureBench extends AsyncDisposable {
  readonly fixture: Fixture;
  readonly package: Package;
  readonly lane: RecordingProxy;
}

/** `withCut`: the parameters that Prism cannot live with are left in. */
export async function openFixture(fixture: Fixture, pkg: Package, withCut = false): Promise<FixtureBench> {
  const cut = withCut
    ? []
    : cutParameters.filter((one) => one.fixture === fixture.name).map(({ parameter }) => parameter);
  const prism = await servePrism(requestsOnly(fixture.document, (name) => cut.includes(name)));
  const lane = await startProxy(prism.url);
  return {
    fixture,
    package: pkg,
    lane,
    async [Symbol.asyncDispose]() {
      await lane.stop();
      await prism.stop();
    },
  };
}

/** What came of a case: nothing can carry it, with validation or without; or both have judged it. */
export type Judgement =
  | { readonly client: Verdict; readonly isSent: false }
  | { readonly client: Verdict; readonly isSent: true; readonly differences: readonly Difference[] };

/** The verdicts of client and Prism about a case; one that the client refuses is sent a second time, without validation. */
export async function judgeCase(
  bench: FixtureBench,
  operation: OperationModel,
  subject: ModelCase,
): Promise<Judgement> {
  const { lane } = bench;
  const violations = await refusal(bench, operation, subject, true);
  const client = placedClientVerdict(violations);
  if (client.length > 0) {
    assert.deepEqual(lane.take(), [], `${subject.label}: refused, and sent all the same`);
    const left = await refusal(bench, operation, subject, false);
    if (left.length > 0) return { client, isSent: false };
  }
  const exchanges = lane.take();
  const [exchange] = exchanges;
  // Nothing where the request went elsewhere.
  assert.ok(exchanges.length <= 1, `${subject.label}: ${exchanges.length} requests, not one`);
  const found = exchange === undefined ? [] : placedPrismVerdict(exchange.violations);
  const prism = found.length > 0 || exchange?.status === 204 ? found : [`answer: ${exchange?.status ?? "none"}`];
  return { client, isSent: true, differences: differences(operation, subject, client, prism) };
}

async function refusal(
  { fixture, package: pkg, lane }: FixtureBench,
  operation: OperationModel,
  { input, credentials }: ModelCase,
  validate: boolean,
): Promise<readonly Violation[]> {
  const { functionName } = fixture.names.operation(operation);
  const client = pkg.client({
    // Addresses of the documents are not called: a request goes to Prism.
    allowPlainHttp: true,
    baseUrl: lane.url,
    retry: 0,
    auth: credentials ? secrets(fixture) : {},
    fetch: only(lane.url),
  });
  try {
    await pkg.call(client, functionName, input, { validate }).result();
    return [];
  } catch (error) {
    if (isNamed(error, "ValidationError")) return (error as { readonly violations: readonly Violation[] }).violations;
    // Prism's 204 where the contract has a body, or a host that is not Prism's.
    if (isNamed(error, "DecodeError") || isNamed(error, "NetworkError")) return [];
    throw error;
  }
}

function secrets({ model }: Fixture): Readonly<Record<string, unknown>> {
  const user = { username: "user", password: "word" };
  return Object.fromEntries(model.securitySchemes.map(({ name, kind }) => [name, kind === "basic" ? user : "secret"]));
}

/** No test goes to a host that a document names. */
function only(origin: string): typeof fetch {
  return (request, options) => {
    const url = request instanceof Request ? request.url : String(request);
    return url.startsWith(`${origin}/`) ? fetch(request, options) : Promise.reject(new Error(`${url} is not Prism`));
  };
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
