/** Code samples, made from the model (Redocly's `x-codeSamples`). */
import type { ApiModel, HttpMethod } from "../model.js";
import type { Names } from "../names.js";
import { curlSample } from "./curl-sample.js";
import { prepareSample } from "./sample.js";
import { helperSample, rawSample } from "./typescript-samples.js";

/** One entry of `x-codeSamples`. */
export interface CodeSample {
  readonly lang: string;
  /** What the reader chooses by; unique within an operation. */
  readonly label: string;
  readonly source: string;
}

/** The samples of one operation. */
export interface OperationSamples {
  readonly path: string;
  readonly method: HttpMethod;
  readonly samples: readonly CodeSample[];
}

/**
 * The samples of each operation: through the generated function, through the typed openapi-fetch client, and with
 * curl. A credential is read from a variable of the environment that is named after its security scheme. None for an
 * operation that needs an input too large for a line (a body, an object). One after the other, as far as they are asked for.
 */
export function* codeSamples(api: ApiModel, names: Names, packageName: string): Generator<OperationSamples, void> {
  for (const operation of api.operations) {
    const sample = prepareSample(api, operation, names, packageName);
    if (!sample) continue;
    const samples: readonly CodeSample[] = [
      { lang: "typescript", label: packageName, source: helperSample(sample) },
      { lang: "typescript", label: "openapi-fetch", source: rawSample(sample) },
      { lang: "bash", label: "curl", source: curlSample(sample) },
    ];
    yield { path: operation.path, method: operation.method, samples };
  }
}
