/** The page around Redoc: pure, text in, text out. */
import { createHash } from "node:crypto";
import { getArray, getObject, getString, type JsonObject, operationNodes } from "../openapi.js";

/**
 * Starts Redoc on the embedded document; the only inline script, allowed by its hash. Redoc folds the operations of a
 * tag away and has no option against it: where there is but one group, its button is pressed as soon as it is there.
 */
const start = `const root = document.getElementById("redoc");
const json = (id) => JSON.parse(document.getElementById(id).textContent);
const unfolding = new MutationObserver(() => {
  const button = root.querySelector("[data-section-id] > button");
  if (!button) return;
  unfolding.disconnect();
  button.click();
});
if (root.dataset.groups === "1" && !location.hash) unfolding.observe(root, { childList: true, subtree: true });
init(json("api"), json("options"), root);`;

/**
 * No request leaves the page, whatever text or image the document brings (Content Security Policy Level 3): one script
 * beside the page, styles and fonts that it carries inside, nothing else.
 */
const policy = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${createHash("sha256").update(start).digest("base64")}'`,
  "style-src 'unsafe-inline'",
  "img-src data:",
  "font-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The page; `script` is the address of the bundle, relative to it. */
export function page(document: JsonObject, script: string): string {
  const title = escapeHtml(getString(getObject(document, "info"), "title") ?? "API");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>body { margin: 0; }</style>
</head>
<body>
<div id="redoc" data-groups="${groupCount(document)}"></div>
<noscript>This reference needs JavaScript.</noscript>
<script type="application/json" id="api">${embeddedJson(document)}</script>
<script type="application/json" id="options">${embeddedJson(options(document))}</script>
<script src="${escapeHtml(script)}"></script>
<script>${start}</script>
</body>
</html>
`;
}

/** Groups of operations as Redoc makes them: one a tag, and one for what has none. */
function groupCount(document: JsonObject): number {
  const groups = operationNodes(document).flatMap(({ value }) => {
    const tags = getArray(value, "tags").map(String);
    return tags.length > 0 ? tags : [""];
  });
  return new Set(groups).size;
}

/** Redoc 3 shows a sample only where its label is among the declared languages. */
function options(document: JsonObject): JsonObject {
  const labels = new Map<string, string>();
  for (const { value } of operationNodes(document)) {
    for (const sample of getArray(value, "x-codeSamples")) {
      const lang = getString(sample, "lang");
      const label = getString(sample, "label") ?? lang;
      if (lang !== undefined && label !== undefined && !labels.has(label)) labels.set(label, lang);
    }
  }
  const languages = [...labels].map(([label, lang]) => ({ lang, label }));
  return {
    disableTelemetry: true,
    sanitize: true,
    ...(languages.length > 0 ? { codeSamples: { languages } } : {}),
  };
}

/**
 * Without `<` no text can end the script element or open a comment in it (HTML, 4.12.1.3). Half a surrogate pair, which
 * JSON escapes, becomes U+FFFD: Redoc stops at one when it writes a parameter's example as a URL.
 */
function embeddedJson(value: JsonObject): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, "$1\ufffd");
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
