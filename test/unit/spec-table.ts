/** The parameters of *Exporting a Service Ticket*, row by row, as the service's own documentation states them. */

/** One row: what the documentation says, in words of OpenAPI. */
export interface Row {
  readonly name: string;
  readonly in: "query" | "header";
  readonly mandatory: boolean;
  readonly type: "string" | "integer" | "array";
  /** Smallest and largest length, value or count. */
  readonly bounds: readonly [number, number];
  readonly default?: string;
}

const query = (name: string, mandatory: boolean, type: Row["type"], ...bounds: readonly [number, number]): Row => {
  return { name, in: "query", mandatory, type, bounds };
};

export const rows: readonly Row[] = [
  query("language", true, "string", 1, 32),
  query("timezone", true, "string", 1, 64),
  query("incident_id", false, "string", 0, 64),
  query("query_start_time", false, "string", 0, 32),
  query("query_end_time", false, "string", 0, 32),
  query("x_customer_name", false, "string", 0, 64),
  query("search_key", false, "string", 0, 32),
  query("status", false, "integer", 0, 20),
  query("customer_id", false, "string", 0, 64),
  query("tenant_source_id_list", false, "array", 0, 10),
  query("sub_customer_id", false, "string", 0, 64),
  query("offset", false, "integer", 0, 65535),
  query("limit", false, "integer", 0, 100),
  { name: "X-Auth-Token", in: "header", mandatory: true, type: "string", bounds: [1, 5000] },
  { name: "X-Language", in: "header", mandatory: false, type: "string", bounds: [1, 32], default: "zh-cn" },
  { name: "X-Time-Zone", in: "header", mandatory: false, type: "string", bounds: [1, 32], default: "GMT+8" },
];

/** Value, name of the constant, English and Chinese text of each status. */
export const statuses: readonly (readonly [number, string, string, string])[] = [
  [0, "ToBeProcessed", "to be processed", "待受理"],
  [1, "Processing", "processing", "处理中"],
  [2, "ToBeConfirmed", "to be confirmed", "待确认结果"],
  [3, "Completed", "completed", "已完成"],
  [4, "Canceled", "canceled", "已撤销"],
  [12, "Invalid", "invalid", "无效"],
  [17, "PendingFeedback", "pending feedback", "待反馈"],
];
