import type { Exchange } from "../support/proxy.js";
import type { DeclaredAnswer, DeclaredOperation, DeclaredParameter } from "./contract.js";
import type { Verdict } from "./verdict.js";

/** Counts what was seen on the wire of what the contract declares. */
export class Coverage {
  readonly #operations: readonly DeclaredOperation[];
  readonly #answers = new Map<DeclaredAnswer, number>();
  readonly #accepted = new Map<DeclaredParameter, number>();
  readonly #refused = new Map<DeclaredParameter, number>();

  constructor(operations: readonly DeclaredOperation[]) {
    this.#operations = operations;
  }

  /** An exchange that the client saw through to its end, with Prism's verdict about it. */
  add(operation: DeclaredOperation, exchange: Exchange, prism: Verdict): void {
    const answer = answerOf(operation, exchange);
    if (answer !== undefined) count(this.#answers, answer);
    for (const parameter of operation.parameters) {
      const name = parameter.name.toLowerCase();
      if (prism.some((entry) => entry.startsWith(`${name}: `))) count(this.#refused, parameter);
      else if (isSent(parameter, exchange)) count(this.#accepted, parameter);
    }
  }

  /** What the contract declares and nothing has exercised. */
  get missing(): readonly string[] {
    return this.#operations.flatMap((operation) => [
      ...operation.answers
        .filter((answer) => !this.#answers.has(answer))
        .map(({ status, mediaType }) => `${operation.operationId}: ${status} ${mediaType}`),
      ...operation.parameters.flatMap((parameter) => [
        ...(this.#accepted.has(parameter) ? [] : [`${operation.operationId}: an accepted ${parameter.name}`]),
        ...(this.#refused.has(parameter) ? [] : [`${operation.operationId}: a refused ${parameter.name}`]),
      ]),
    ]);
  }

  toString(): string {
    return this.#operations
      .flatMap(({ operationId, answers, parameters }) => [
        row(`${operationId}: answers`, "seen"),
        ...answers.map((answer) => row(`  ${answer.status} ${answer.mediaType}`, this.#answers.get(answer))),
        row(`${operationId}: parameters`, "accepted", "refused"),
        ...parameters.map((parameter) =>
          row(`  ${parameter.in} ${parameter.name}`, this.#accepted.get(parameter), this.#refused.get(parameter)),
        ),
      ])
      .join("\n");
  }
}

/** The declared answer of this status and media type; `default` stands for every status that is not declared. */
function answerOf({ answers }: DeclaredOperation, exchange: Exchange): DeclaredAnswer | undefined {
  const status = String(exchange.status);
  const declared = answers.filter((answer) => answer.status === status);
  const candidates = declared.length > 0 ? declared : answers.filter((answer) => answer.status === "default");
  return candidates.find(({ mediaType }) => mediaType === exchange.mediaType);
}

function isSent({ name, in: location }: DeclaredParameter, { target, rawHeaders }: Exchange): boolean {
  if (location === "query") return target.split(/[?&]/).some((part) => part.startsWith(`${name}=`));
  return rawHeaders.some((header, index) => index % 2 === 0 && header.toLowerCase() === name.toLowerCase());
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function row(head: string, ...cells: readonly (string | number | undefined)[]): string {
  return head.padEnd(44) + cells.map((cell) => String(cell ?? "none").padStart(10)).join("");
}
