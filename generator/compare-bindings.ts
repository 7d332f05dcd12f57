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
  const parameters = difference(
    [...operation.parameters, ...operation.leftOut].map(
      ({ in: location, name, required }) => `${location} ${name}${required ? "" : "?"}`,
    ),
    bindings.parameters.map(({ in: location, name, optional }) => `${location} ${name}${optional ? "?" : ""}`),
  );
  const responses = difference(
    operation.responses.flatMap(({ status, content }) =>
      pairs(
        status,
        content.map(({ mediaType }) => mediaType),
      ),
    ),
    bindings.responses.flatMap(({ status, mediaTypes }) => pairs(status, mediaTypes)),
  );
  const bodies = difference(
    operation.requestBody?.content.map(({ mediaType }) => mediaType) ?? [],
    bindings.requestMediaTypes,
  );
  return [
    ...parameters.map((text) => `parameter ${text}`),
    ...responses.map((text) => `response ${text}`),
    ...bodies.map((text) => `request body ${text}`),
  ];
}

function pairs(status: string, mediaTypes: readonly string[]): readonly string[] {
  return mediaTypes.length === 0 ? [status] : mediaTypes.map((mediaType) => `${status} ${mediaType}`);
}

function difference(model: readonly string[], bindings: readonly string[]): readonly string[] {
  return [
    ...model.filter((item) => !bindings.includes(item)).map((item) => `\`${item}\` is only in the document`),
    ...bindings.filter((item) => !model.includes(item)).map((item) => `\`${item}\` is only in the bindings`),
  ];
}
