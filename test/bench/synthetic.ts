/** A document of so many operations, each with parameters, a schema and an answer of its own. */
export function synthetic(operations: number): string {
  const numbers = Array.from({ length: operations }, (_, index) => index);
  const schema = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } });
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: `${operations} operations`, version: "1" },
    paths: Object.fromEntries(
      numbers.map((index) => [
        `/groups/{group}/things${index}/{id}`,
        {
          get: {
            operationId: `things/get-${index}`,
            tags: [`tag ${Math.floor(index / 40)}`],
            summary: `Gets thing ${index}`,
            parameters: [
              { $ref: "#/components/parameters/Group" },
              { name: "id", in: "path", required: true, schema: { type: "string", maxLength: 64 } },
              { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 100 } },
              { name: "labels", in: "query", schema: { type: "array", items: { type: "string" } } },
            ],
            responses: {
              "200": { description: "Found", content: { "application/json": schema(`Thing${index}`) } },
              "404": { description: "Absent", content: { "application/problem+json": schema("Problem") } },
            },
          },
        },
      ]),
    ),
    components: {
      parameters: { Group: { name: "group", in: "path", required: true, schema: { type: "string" } } },
      schemas: {
        Problem: { type: "object", properties: { title: { type: "string" }, status: { type: "integer" } } },
        ...Object.fromEntries(
          numbers.map((index) => [
            `Thing${index}`,
            {
              type: "object",
              description: `Thing ${index}`,
              required: ["id"],
              properties: {
                id: { type: "string" },
                labels: { type: "array", items: { type: "string" } },
                // In rings of its tag: a longer one is too deep for openapi-typescript's linter.
                next: { $ref: `#/components/schemas/Thing${nextOf(index, operations)}` },
              },
            },
          ]),
        ),
      },
    },
  });
}

function nextOf(index: number, operations: number): number {
  const isLast = index % 40 === 39 || index === operations - 1;
  return isLast ? index - (index % 40) : index + 1;
}
