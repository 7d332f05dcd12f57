/** Stage: the bindings against the model, so that whatever one of the two drops is seen. */
import type { BindingsIndex, BindingsOperation } from "./bindings-index.js";
import type { Diagnostic } from "./diagnostics.js";
import type { ApiModel, OperationModel } from "./model.js";

/** One diagnostic for each difference. An operation without an operationId stands in `paths` only and is passed over. */
export function compareBindings(model: ApiModel, index: BindingsIndex): readonly Diagnostic[] {
  return model.operations
    .filter(({ hasOperationId }) => hasOperationId)
    .flatMap((operation) => {
      const bindings = index.get(operation.operationId);
      const differences = bindings ? compareOperation(operation, bindings) : ["it is absent from the bindings"];
      return differences.map(
        (difference): Diagnostic => ({
          code: "bindings-differ",
          severity: "warning",
          message: `operation \`${operation.operationId}\`: ${difference}`,
          ...operation.place,
        }),
      );
    });
}

function compareOperation(operation: OperationModel, bindings: BindingsOperation): readonly string[] {
  const byStatus = new Map(bindings.responses.map((response) => [response.status, response]));
  return [
    ...differences(
      "parameter",
      [...operation.parameters, ...operation.leftOut].map(({ in: location, name, required }) => [
        `${location} ${name}`,
        need(!required),
      ]),
      bindings.parameters.map(({ in: location, name, optional }) => [`${location} ${name}`, need(optional)]),
    ),
    ...differences(
      "response",
      operation.responses
        .filter(({ isImplied }) => !isImplied)
        .map(({ status, content }) => [status, list(content.map(({ mediaType }) => mediaType))]),
      bindings.responses.map(({ status, mediaTypes }) => [status, list(mediaTypes)]),
    ),
    ...operation.responses.flatMap(({ status, headers }) => {
      const theirs = byStatus.get(status)?.headers;
      if (!theirs) return [];
      return differences(
        `header of ${status}`,
        headers.map(({ name, required }) => [name, need(!required)]),
        theirs.map(({ name, optional }) => [name, need(optional)]),
      );
    }),
    ...differences(
      "request body",
      operation.requestBody?.content.map(({ mediaType }) => [mediaType, "there"]) ?? [],
      bindings.requestMediaTypes.map((mediaType) => [mediaType, "there"]),
    ),
  ];
}

function need(isOptional: boolean): string {
  return isOptional ? "optional" : "required";
}

type Facts = readonly (readonly [name: string, fact: string])[];

/** One sentence for each thing that only one of the two has, or of which they say something else. */
function differences(kind: string, model: Facts, bindings: Facts): readonly string[] {
  const inModel = new Map(model);
  const inBindings = new Map(bindings);
  return [...new Set([...inModel.keys(), ...inBindings.keys()])].flatMap((name) => {
    const [ours, theirs] = [inModel.get(name), inBindings.get(name)];
    if (ours === theirs) return [];
    if (theirs === undefined) return [`${kind} \`${name}\` is only in the document`];
    if (ours === undefined) return [`${kind} \`${name}\` is only in the bindings`];
    return [`${kind} \`${name}\` is ${ours} in the document, ${theirs} in the bindings`];
  });
}

function list(mediaTypes: readonly string[]): string {
  return mediaTypes.length === 0
    ? "empty"
    : [...mediaTypes]
        .sort()
        .map((mediaType) => `\`${mediaType}\``)
        .join(", ");
}
