/** A process of its own that waits for a call: of `never`, or of a URL. */
import { clientOf, INPUT } from "./client.js";
import { exportCases } from "./export-cases.js";

const [, , url = ""] = process.argv;
const never = { url: "http://127.0.0.1", fetch: () => new Promise<never>(() => {}) };
const { fetch, ...server } = url === "never" ? never : { url, fetch: undefined };
console.log("started");
exportCases(clientOf(server, { timeout: 600_000, fetch }), INPUT)
  .then((file) => file.text())
  .then(console.log);
