/** A process of its own that saves an export: `<url> <path>`. */
import { saveFile } from "../../../generator/runtime/node.js";
import { clientOf, INPUT } from "../client.js";
import { exportCases } from "../export-cases.js";

const [, , url = "", path = ""] = process.argv;
try {
  const file = await exportCases(clientOf({ url }), INPUT);
  await saveFile(file, path, { onProgress: ({ loaded }) => console.log(loaded) });
  console.log("saved");
} catch (error) {
  console.log((error as { code?: string }).code ?? error);
}
