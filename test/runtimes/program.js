/** What a program of a user does, the same in every runtime: plain JavaScript, the package by its name, the globals of the web. */
import {
  createClient,
  exportServiceTickets,
  isApiError,
  isHttpError,
  isValidationError,
  ServiceTicketStatus,
} from "service-ticket-export";

const input = { language: "en-us", timezone: "GMT+8", status: ServiceTicketStatus.Processing };

/** Starts an export from the server in one of its cases. */
function start(baseUrl, options = {}, more = {}) {
  return exportServiceTickets(createClient({ baseUrl, auth: { token: "the-token" } }), { ...input, ...more }, options);
}

async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What a promise rejects with, as it is told apart. */
function failure(promise) {
  return promise.then(
    () => "nothing",
    (error) => {
      if (isHttpError(error)) return [error.name, error.status, error.code].join(" ").trim();
      if (isValidationError(error)) return `${error.name} ${error.violations.map(({ key, rule }) => `${key} ${rule}`)}`;
      return isApiError(error) ? error.name : String(error);
    },
  );
}

/** The file in one piece, with the progress of its reading. */
async function bytes(server) {
  const file = await start(`${server}/file`);
  const seen = [];
  const content = await file.bytes({ onProgress: (progress) => seen.push({ ...progress }) });
  const last = seen.at(-1);
  return {
    name: file.name,
    type: file.type,
    size: file.size,
    digest: await digest(content),
    moved: seen.length > 2 && seen.every(({ loaded }, index) => index === 0 || loaded >= seen[index - 1].loaded),
    end: [last?.loaded, last?.total],
  };
}

/** The file chunk by chunk. */
async function stream(server) {
  const reader = (await start(`${server}/file`)).stream().getReader();
  const chunks = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  return { digest: await digest(await new Blob(chunks).arrayBuffer()), isStream: chunks.length > 1 };
}

/** Given up while waiting for the head, and in the middle of the file. */
async function aborted(server) {
  const controllers = [new AbortController(), new AbortController()];
  const [waiting, reading] = controllers.map(({ signal }) => signal);
  const call = failure(start(`${server}/silence`, { signal: waiting }));
  const file = await start(`${server}/file`, { signal: reading });
  const onProgress = () => {
    for (const [index, controller] of controllers.entries()) controller.abort(new Error(`reason ${index}`));
  };
  return [await failure(file.bytes({ onProgress })), await call];
}

async function refreshed(server) {
  let count = 0;
  const token = () => ({ value: `token-${++count}`, expiresAt: "2100-01-01T00:00:00.000000Z" });
  const client = createClient({ baseUrl: `${server}/tokens`, auth: { token } });
  const calls = [1, 2, 3].map(async () => (await exportServiceTickets(client, input)).text());
  return { texts: await Promise.all(calls), count };
}

/** How an export ends from each of the servers that misbehave: with the whole of a file, or an error. */
async function underFaults(urls) {
  const endOf = async (fault, url) => {
    const timeout = /^no head|silence/.test(fault) ? 200 : 30_000;
    const file = await start(url, { timeout, retry: { minDelay: 1, maxDelay: 50 } });
    return digest(await file.bytes());
  };
  const ends = Object.entries(urls).map(async ([fault, url]) => {
    const end = endOf(fault, url);
    return [fault, await end.catch(() => failure(end))];
  });
  return Object.fromEntries(await Promise.all(ends));
}

/**
 * Goes through everything. `save` writes a file to the disk, where there is one: a whole one, and one that breaks off.
 * Resolves with plain data.
 */
export async function run({ server, prism, faults }, save) {
  const example = await start(prism);
  return {
    bytes: await bytes(server),
    stream: await stream(server),
    prism: { name: example.name, digest: await digest(await example.bytes()) },
    envelope: await failure(start(`${server}/envelope`)),
    disguised: await failure(start(`${server}/disguised`)),
    invalid: await failure(start(`${server}/file`, {}, { limit: 101, searchKey: "a".repeat(33) })),
    aborted: await aborted(server),
    timeouts: [
      await failure(start(`${server}/silence`, { timeout: 200 })),
      await failure(start(`${server}/stall`, { timeout: 200 })),
    ],
    cut: await failure(start(`${server}/cut`).then((file) => file.bytes())),
    busy: await (await start(`${server}/busy`)).text(),
    refreshed: await refreshed(server),
    faults: await underFaults(faults),
    redirect: await start(`${server}/redirect`).then(
      (file) => file.text(),
      (error) => error.name,
    ),
    ...(save && {
      saved: await save(await start(`${server}/file`), "tickets.xlsx"),
      unsaved: await failure(start(`${server}/cut`).then((file) => save(file, "broken.xlsx"))),
    }),
  };
}
