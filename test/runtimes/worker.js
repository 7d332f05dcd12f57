/** The program in workerd, as a test of it: what it came to is a line of the log. */
import { run } from "./program.js";

export default {
  async test(_, { SERVERS }) {
    console.log(JSON.stringify(await run(JSON.parse(SERVERS))));
  },
};
