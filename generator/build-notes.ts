/** What a document says of requests that are not the client's: it is in the types only. */
import type { Context } from "./build-context.js";
import { child, getObject, type Node, operationNodes, resolve } from "./openapi.js";

/** Tells each webhook, callback and link (OpenAPI 3.1, 4.8.1, 4.8.18 and 4.8.20), once. */
export function noteOthers(context: Context): void {
  const { document } = context;
  const told = new Set<string>();
  const tell = (owner: Node, key: string, what: string): void => {
    for (const name of Object.keys(getObject(owner.value, key) ?? {})) {
      const pointer = child(child(owner.pointer, key), name);
      if (!told.has(pointer)) {
        context.note(pointer, `${what} \`${name}\` is in the types only`, `a ${what} is in the types only`);
      }
      told.add(pointer);
    }
  };
  tell({ value: document, pointer: "#" }, "webhooks", "webhook");
  for (const operation of operationNodes(document)) {
    tell(operation, "callbacks", "callback");
    const responses = child(operation.pointer, "responses");
    for (const [status, value] of Object.entries(getObject(operation.value, "responses") ?? {})) {
      const response = resolve(document, value, child(responses, status));
      if (response) tell(response, "links", "link");
    }
  }
}
