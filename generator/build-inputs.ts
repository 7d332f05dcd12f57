/** The parameters of an operation: which of them are inputs, and what is told of the others (OpenAPI 3.1, 4.8.10 and 4.8.12). */
import type { Context } from "./build-context.js";
import { buildParameter, isHonoured, noInput } from "./build-parameter.js";
import type { ParameterModel } from "./model.js";
import {
  child,
  get,
  getArray,
  getString,
  type Ignored,
  ignoredParameter,
  type Node,
  type OperationNode,
  parameterIdentity,
  parameterNodes,
  resolve,
} from "./openapi.js";
import { fillingScheme } from "./security.js";

/** The inputs that are parameters, and those that would be, but are not honoured. */
export function buildInputs(
  context: Context,
  operation: OperationNode,
): { readonly parameters: readonly ParameterModel[]; readonly leftOut: readonly ParameterModel[] } {
  const parameters: ParameterModel[] = [];
  const leftOut: ParameterModel[] = [];
  for (const owner of [operation.pathItem, operation]) tellRepeated(context, owner);
  for (const node of parameterNodes(context.document, operation)) {
    if (fillingScheme(context.document, operation.value, node.value)) continue;
    const ignored = ignoredParameter(operation.path, node.value);
    if (ignored) tellIgnored(context, node, ignored);
    else {
      const built = buildParameter(context, node);
      if (built) (isHonoured(context, built, node) ? parameters : leftOut).push(built);
    }
  }
  return { parameters, leftOut };
}

/** What the specification asks to ignore is told where the document asks for it. */
function tellIgnored(context: Context, { value, pointer }: Node, ignored: Ignored): void {
  const name = getString(value, "name");
  switch (ignored) {
    case "by-name": {
      if (get(value, "required") !== true) return;
      const what = "is ignored, as the specification asks, though it is `required`";
      context.note(pointer, `header parameter \`${name}\` ${what}`, `a header parameter ${what}`);
      return;
    }
    case "connection": {
      const what = "is no input: the connection writes it";
      context.note(pointer, `header parameter \`${name}\` ${what}`, `a header parameter ${what}`);
      return;
    }
    case "no-place": {
      const what = "is left out: the path has no variable of this name";
      context.unsupported(pointer, `parameter \`${name}\` of a path ${what}`, `a parameter of a path ${what}`);
    }
  }
}

/** In one list, a name and place stand once; the last one counts. */
function tellRepeated({ document, unsupported }: Context, owner: Node): void {
  const list = child(owner.pointer, "parameters");
  const all = getArray(owner.value, "parameters").map((item, index) => resolve(document, item, child(list, index)));
  const identities = all.map((node) => node && parameterIdentity(node.value));
  all.forEach((node, index) => {
    if (!node || identities.lastIndexOf(identities[index]) === index) return;
    const name = getString(node.value, "name");
    if (name === undefined) {
      unsupported(child(list, index), noInput);
      return;
    }
    const what = "is left out: another one further down the list has its name and place";
    unsupported(child(list, index), `parameter \`${name}\` ${what}`, `a parameter ${what}`);
  });
}
