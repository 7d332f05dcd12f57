/** The program in Node, Bun and Deno: `<servers as JSON> <folder>`; what it came to is the last line. */
import { basename, join } from "node:path";
import process from "node:process";
import { saveFile } from "service-ticket-export/node";
import { run } from "./program.js";

const [, , servers, folder] = process.argv;
const save = async (file, name) => basename(await saveFile(file, join(folder, name)));
console.log(JSON.stringify(await run(JSON.parse(servers), save)));
