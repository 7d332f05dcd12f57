/** One way to break each rule that redocly.yaml is to enforce, and where that is to be reported. */

export type Tree = { [key: string]: unknown };

/** One change of the document. */
export interface Break {
  /** What it shows. */
  readonly name: string;
  readonly rule: string;
  /** Where the rule is to be reported: nothing for a change that is allowed. */
  readonly pointers: readonly string[];
  readonly apply: (document: Tree) => void;
}

export const breaks: readonly Break[] = [
  {
    name: "an operationId in snake_case",
    rule: "rule/operation-id-camel-case",
    pointers: ["#/paths/~1v2~1servicerequest~1cases~1export/get/operationId"],
    apply: (document) => {
      at(document, "paths", "/v2/servicerequest/cases/export", "get").operationId = "export_tickets";
    },
  },
  {
    name: "a string parameter without maxLength",
    rule: "rule/string-parameter-max-length",
    pointers: ["#/components/parameters/SearchKey/schema/maxLength"],
    apply: (document) => {
      delete at(document, "components", "parameters", "SearchKey", "schema").maxLength;
    },
  },
  {
    name: "a string parameter without maxLength whose schema is a component that a body uses first",
    rule: "rule/string-parameter-max-length",
    pointers: ["#/components/schemas/Word/maxLength"],
    apply: (document) => {
      at(document, "components", "schemas").Word = { type: ["string", "null"] };
      const properties = at(document, "components", "schemas", "ErrorEnvelope", "properties");
      properties.request_id = { $ref: "#/components/schemas/Word" };
      at(document, "components", "parameters", "IncidentId").schema = { $ref: "#/components/schemas/Word" };
    },
  },
  {
    name: "an integer parameter without maximum",
    rule: "rule/integer-bounds",
    pointers: ["#/components/parameters/Limit/schema/maximum"],
    apply: (document) => {
      delete at(document, "components", "parameters", "Limit", "schema").maximum;
    },
  },
  {
    name: "a nullable integer without bounds, in a component",
    rule: "rule/integer-bounds",
    pointers: ["#/components/schemas/Count/minimum", "#/components/schemas/Count/maximum"],
    apply: (document) => {
      at(document, "components", "schemas").Count = { type: ["integer", "null"] };
      at(document, "components", "parameters", "Offset").schema = { $ref: "#/components/schemas/Count" };
    },
  },
  {
    name: "an array without maxItems",
    rule: "rule/array-max-items",
    pointers: ["#/components/parameters/TenantSourceIdList/schema/maxItems"],
    apply: (document) => {
      delete at(document, "components", "parameters", "TenantSourceIdList", "schema").maxItems;
    },
  },
  {
    name: "an integer enum without names and texts",
    rule: "rule/integer-enum-names",
    pointers: ["#/components/schemas/Level"],
    apply: (document) => {
      at(document, "components", "schemas").Level = { type: "integer", enum: [1, 2], minimum: 1, maximum: 2 };
      at(document, "components", "schemas", "ErrorEnvelope", "properties").level = {
        $ref: "#/components/schemas/Level",
      };
    },
  },
  {
    name: "an integer enum without texts",
    rule: "rule/integer-enum-names",
    pointers: ["#/components/schemas/ServiceTicketStatus"],
    apply: (document) => {
      delete at(document, "components", "schemas", "ServiceTicketStatus")["x-enum-descriptions"];
    },
  },
  {
    name: "an operation without an answer 2xx",
    rule: "operation-2xx-response",
    pointers: ["#/paths/~1silent/get/responses"],
    apply: (document) => {
      at(document, "paths")["/silent"] = { get: operation("silent", { 400: "BadRequest" }) };
    },
  },
  {
    name: "an operation without an answer 4xx",
    rule: "operation-4xx-response",
    pointers: ["#/paths/~1flawless/get/responses"],
    apply: (document) => {
      const ok = { description: "Fine.", content: { "text/plain": { schema: { type: "string" }, example: "fine" } } };
      at(document, "components", "responses").Fine = ok;
      at(document, "paths")["/flawless"] = { get: operation("flawless", { 200: "Fine" }) };
    },
  },
  {
    name: "an operation without a summary",
    rule: "operation-summary",
    pointers: ["#/paths/~1v2~1servicerequest~1cases~1export/get/summary"],
    apply: (document) => {
      delete at(document, "paths", "/v2/servicerequest/cases/export", "get").summary;
    },
  },
  {
    name: "the items of an array parameter may be strings of any length",
    rule: "rule/string-parameter-max-length",
    pointers: [],
    apply: (document) => {
      at(document, "components", "schemas").Id = { type: "string" };
      at(document, "components", "parameters", "TenantSourceIdList", "schema").items = {
        $ref: "#/components/schemas/Id",
      };
    },
  },
];

function operation(operationId: string, responses: Readonly<Record<string, string>>): Tree {
  const references = Object.entries(responses).map(([status, name]) => {
    return [status, { $ref: `#/components/responses/${name}` }];
  });
  return { operationId, tags: ["Service tickets"], summary: "Try.", responses: Object.fromEntries(references) };
}

function at(node: Tree, ...keys: readonly string[]): Tree {
  return keys.reduce<Tree>((parent, key) => {
    const child = parent[key];
    if (typeof child !== "object" || child === null) throw new Error(`nothing at ${key}`);
    return child as Tree;
  }, node);
}
