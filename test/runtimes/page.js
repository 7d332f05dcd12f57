/** A page that exports: a form, a bar, a file in the folder of downloads, or what went wrong. */
import { createClient, exportServiceTickets, isHttpError } from "service-ticket-export";

const form = document.querySelector("form");
const bar = document.querySelector("progress");
const message = document.querySelector("output");

async function download() {
  const client = createClient({
    baseUrl: form.elements.server.value,
    auth: { token: "the-token" },
    defaults: { language: "en-us", timezone: "GMT+8" },
  });
  const file = await exportServiceTickets(client, { limit: Number(form.elements.limit.value) });
  const onProgress = ({ loaded, total }) => {
    bar.max = total ?? loaded;
    bar.value = loaded;
  };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await file.blob({ onProgress }));
  link.download = file.name ?? "download";
  link.click();
  return `saved as ${link.download}`;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  message.value = "";
  try {
    message.value = await download();
  } catch (error) {
    message.value = isHttpError(error) ? `${error.code}: ${error.message}` : String(error);
  }
});
