import { expect } from "vitest";
import type { Violation } from "../../generator/runtime/descriptor.js";

/** The rules that an input breaks, each as `key rule`; nothing was sent. */
export async function broken(call: PromiseLike<unknown>): Promise<readonly string[]> {
  const error = await Promise.resolve(call).then(
    () => undefined,
    (reason: unknown) => reason as { readonly name: string; readonly violations: readonly Violation[] },
  );
  expect(error?.name).toBe("ValidationError");
  return (error?.violations ?? []).map(({ key, rule }) => `${key} ${rule}`);
}
