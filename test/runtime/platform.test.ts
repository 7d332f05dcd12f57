import { expect, it } from "vitest";
import * as dispatch from "../../generator/runtime/dispatch.js";
import * as browserDispatch from "../../generator/runtime/dispatch-browser.js";
import * as follow from "../../generator/runtime/follow.js";
import * as browserFollow from "../../generator/runtime/follow-browser.js";
import * as platform from "../../generator/runtime/platform.js";
import * as browserPlatform from "../../generator/runtime/platform-browser.js";

it.each([
  ["dispatch", dispatch, browserDispatch satisfies typeof dispatch],
  ["follow", follow, browserFollow satisfies typeof follow],
  ["platform", platform, browserPlatform satisfies typeof platform],
])("what takes the place of %s in a browser has all that it has", (_, all, inBrowser) => {
  expect(Object.keys(inBrowser).sort()).toEqual(Object.keys(all).sort());
});
