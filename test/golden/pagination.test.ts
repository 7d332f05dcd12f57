import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePackages, type Package, type Packages, unchecked } from "./packages.js";
import { type Answer, type Seen, serve } from "./server.js";

let packages: Packages;
let loaded: Package;

beforeAll(async () => {
  packages = await makePackages(["pagination"], unchecked);
  loaded = await packages.load("pagination");
});
afterAll(() => packages?.remove());

type Walk = AsyncGenerator<unknown, void, undefined>;

/** Walks against a server that answers by the query, or the header, of a request. */
async function against(answer: (request: Seen, query: URLSearchParams) => Answer, options: Readonly<object> = {}) {
  const server = await serve((request) => answer(request, new URL(request.target, "http://localhost").searchParams));
  const client = loaded.client({ baseUrl: `${server.baseUrl}/v1`, retry: 0, ...options });
  const walk = (name: string, input?: object, callOptions?: object): Walk =>
    (loaded.exports[name] as (...all: unknown[]) => Walk)(client, input, callOptions);
  const targets = () => server.seen.map(({ target }) => target);
  return { ...server, client, walk, targets };
}

async function all(walk: Walk): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const one of walk) found.push(one);
  return found;
}

const json = (body: unknown, headers = {}): Answer => ({
  status: 200,
  type: "application/json",
  headers,
  body: JSON.stringify(body),
});

const rejection = (walk: Promise<unknown>): Promise<unknown> =>
  walk.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );

it("has functions where the document makes sense, and tells where it does not", () => {
  const functions = Object.keys(loaded.exports).filter((name) => /(Pages|Items)\d?$/.test(name));
  expect(functions.sort()).toEqual(
    ["listBodyLinkedItems", "listBodyLinkedPages", "listEndlessItems", "listEndlessPages", "listLinkedItems"].concat([
      ...["listLinkedPages", "listPetsItems", "listPetsPages", "listPetsPages2", "listRowsItems", "listRowsPages"],
      ...["listToysItems", "listToysPages", "scanRowsItems", "scanRowsPages", "searchPetsItems", "searchPetsPages"],
    ]),
  );
  const found = packages.results.get("pagination")?.diagnostics ?? [];
  const told = found.filter(({ message }) => /pagination|Pages/.test(message));
  expect(told.map(({ message }) => message).sort()).toEqual([
    "a function beside `listPets` is named `listPetsPages2`, because `listPetsPages` is taken",
    "pagination: `items` leads to no array in a page",
    "pagination: `items` leads to no array in a page",
    "pagination: `items` leads to no array in a page",
    "pagination: `limit` names no parameter that is an input",
    "pagination: `next` leads to no text in a page",
    "pagination: `offset` names no parameter that is an input",
    "pagination: `parameter` names no parameter that is an input",
    "pagination: `style` is to be cursor, offset or link",
    "pagination: `total` leads to no number in a page",
  ]);
  expect(told.every(({ pointer, line }) => pointer && line)).toBe(true);
});

it("is told by the README", async () => {
  const readme = (await packages.files("pagination")).get("README.md");
  expect(readme).toContain("`searchPetsPages` and `searchPetsItems` take the same");
  expect(readme).toContain("Of a link to the next page only the query is taken");
});

describe("pages by a cursor", () => {
  const pages: Readonly<Record<string, object>> = {
    "": { data: [{ name: "a" }], meta: { next_cursor: "x&y" } },
    "x&y": { data: [], meta: { next_cursor: "z" } },
    z: { data: [{ name: "b" }, { name: "c" }], meta: { next_cursor: null } },
  };
  const answer = (_: Seen, query: URLSearchParams) => json(pages[query.get("page-cursor") ?? ""]);

  it("follow each other, an empty one too, with the rest of the input", async () => {
    const { walk, targets } = await against(answer, { defaults: { kind: "cat" } });
    expect(await all(walk("listPetsItems"))).toEqual([{ name: "a" }, { name: "b" }, { name: "c" }]);
    expect(targets()).toEqual([
      "/v1/pets?kind=cat",
      "/v1/pets?page-cursor=x%26y&kind=cat",
      "/v1/pets?page-cursor=z&kind=cat",
    ]);
    expect(await all(walk("listPetsPages2"))).toEqual(Object.values(pages));
  });

  it("begin where the input says", async () => {
    const { walk, targets } = await against(answer);
    expect(await all(walk("listPetsItems", { pageCursor: "z", kind: "dog" }))).toHaveLength(2);
    expect(targets()).toEqual(["/v1/pets?page-cursor=z&kind=dog"]);
  });

  it.each([[{ data: [] }], [{ data: [], meta: null }], [{ data: [], meta: { next_cursor: "" } }], [{}]])(
    "end with %j",
    async (page) => {
      const { walk, seen } = await against(() => json(page));
      expect(await all(walk("listPetsItems"))).toEqual([]);
      expect(seen).toHaveLength(1);
    },
  );

  it("end with an answer without a body", async () => {
    const { walk } = await against(() => ({ status: 204 }));
    expect(await all(walk("listPetsPages2"))).toEqual([undefined]);
    expect(await all(walk("listPetsItems"))).toEqual([]);
  });

  it("are asked for when they are taken, and no sooner", async () => {
    const { walk, seen } = await against(answer);
    const items = walk("listPetsItems");
    expect(seen).toHaveLength(0);
    await items.next();
    expect(seen).toHaveLength(1);
    await items.return();
    expect(await items.next()).toEqual({ done: true, value: undefined });
    for await (const _ of walk("listPetsPages2")) break;
    expect(seen).toHaveLength(2);
  });

  it("take the input as it is when they are asked for, and leave it alone", async () => {
    const { walk, targets } = await against(answer);
    const input: Record<string, string> = { kind: "dog" };
    const items = walk("listPetsItems", input);
    input.kind = "cat";
    await all(items);
    expect(input).toEqual({ kind: "cat" });
    expect(targets().every((target) => target.endsWith("kind=dog"))).toBe(true);
    await all(walk("listPetsItems", Object.freeze({ kind: "dog" })));
  });

  it.each([
    ["the same again", ["a", "a"], 2],
    ["one of before", ["a", "b", "c", "a"], 4],
  ])("that lead to %s end with an error, after the items", async (_, cursors, requests) => {
    const { walk, seen } = await against((_request, query) => {
      const index = cursors.indexOf(query.get("page-cursor") ?? "") + 1;
      return json({ data: [{ name: `${index}` }], meta: { next_cursor: cursors[index] ?? cursors.at(-1) } });
    });
    const names: unknown[] = [];
    const error = await rejection(
      (async () => {
        for await (const item of walk("listPetsItems")) names.push(item);
      })(),
    );
    expect(error).toMatchObject({ name: "DecodeError", operationId: "listPets", status: 200 });
    expect(names).toHaveLength(requests);
    expect(seen).toHaveLength(requests);
  });

  it("lead on by a number where the parameter is a text", async () => {
    const { walk, targets } = await against((_, query) =>
      json({ rows: [], ...(query.has("after") ? {} : { after: 7 }) }),
    );
    expect(await all(walk("scanRowsPages"))).toHaveLength(2);
    expect(targets()).toEqual(["/v1/rows", "/v1/rows?after=7"]);
  });

  it("that begin with the cursor they lead to end with an error", async () => {
    const { walk, seen } = await against(() => json({ data: [], meta: { next_cursor: "z" } }));
    expect(await rejection(all(walk("listPetsItems", { pageCursor: "z" })))).toMatchObject({ name: "DecodeError" });
    expect(seen).toHaveLength(1);
  });

  it.each([
    ["items that are no array", { data: { name: "a" } }],
    ["a cursor that is no text", { data: [], meta: { next_cursor: { a: 1 } } }],
  ])("with %s are a DecodeError", async (_, page) => {
    const { walk } = await against(() => json(page));
    expect(await rejection(all(walk("listPetsItems")))).toMatchObject({ name: "DecodeError", status: 200 });
  });

  it("may be asked for by a number in a header, and have odd names", async () => {
    const { walk, seen } = await against(({ headers }) =>
      json({
        "a/b": { "0~": [headers.after ?? "none"] },
        next: headers.after === "8" ? null : Number(headers.after ?? 6) + 1,
      }),
    );
    expect(await all(walk("searchPetsItems", { owner: "me", body: { q: "x" } }))).toEqual(["none", "7", "8"]);
    expect(seen.map(({ method, target, body }) => `${method} ${target} ${body}`)).toEqual(
      Array(3).fill('POST /v1/pets/me/numbered {"q":"x"}'),
    );
  });

  it("fail as a call does, and end with its signal", async () => {
    const broken = await against((_, query) => (query.has("page-cursor") ? { status: 500 } : json(pages[""])));
    expect(await rejection(all(broken.walk("listPetsItems")))).toMatchObject({ name: "HttpError", status: 500 });
    expect(await rejection(all(broken.walk("listPetsItems", { kind: 1 })))).toMatchObject({ name: "ValidationError" });
    const reason = new Error("enough");
    const { walk } = await against(answer);
    const controller = new AbortController();
    const items = walk("listPetsItems", {}, { signal: controller.signal });
    await items.next();
    controller.abort(reason);
    expect(await rejection(items.next())).toBe(reason);
  });
});

describe("pages by an offset", () => {
  const toys = [0, 1, 2, 3, 4].map((id) => ({ id }));
  /** No more than two a page, whatever is asked for. */
  const answer = (rest: object) => (_: Seen, query: URLSearchParams) => {
    const begin = Number(query.get("skip") ?? 0);
    return json({ toys: toys.slice(begin, begin + 2), ...rest });
  };

  it("begin behind the items that came, though more were asked for, and end at the total", async () => {
    const { walk, targets } = await against(answer({ count: 5 }));
    expect(await all(walk("listToysItems", { limit: 100 }))).toEqual(toys);
    expect(targets()).toEqual(["/v1/toys?limit=100", "/v1/toys?skip=2&limit=100", "/v1/toys?skip=4&limit=100"]);
  });

  it("end with an empty one where no total is told", async () => {
    const { walk, targets } = await against(answer({}));
    expect(await all(walk("listToysItems", { skip: 1 }))).toEqual(toys.slice(1));
    expect(targets()).toEqual(["/v1/toys?skip=1", "/v1/toys?skip=3", "/v1/toys?skip=5"]);
  });

  it("begin where the client's defaults say", async () => {
    const { walk, targets } = await against(answer({ count: 5 }), { defaults: { skip: 3, limit: 2 } });
    expect(await all(walk("listToysItems"))).toEqual(toys.slice(3));
    expect(targets()).toEqual(["/v1/toys?skip=3&limit=2"]);
  });

  it("end where the bounds of the offset end, which is not the fault of the input", async () => {
    const { walk, seen } = await against(() => json({ toys: Array(60).fill({ id: 1 }) }));
    const message = "GET /toys: the next page cannot be asked for: `skip` breaks maximum: 100";
    expect(await rejection(all(walk("listToysItems")))).toMatchObject({ name: "DecodeError", status: 200, message });
    expect(seen).toHaveLength(2);
    expect(await rejection(all(walk("listToysItems", { skip: 101 })))).toMatchObject({ name: "ValidationError" });
  });

  it("are counted from where the parameter says that they are", async () => {
    const rows = ["a", "b", "c"];
    const { walk, targets } = await against((_, query) => {
      const begin = Number(query.get("startIndex") ?? 1) - 1;
      return json({ rows: rows.slice(begin, begin + 2), total: 3 });
    });
    expect(await all(walk("listRowsItems"))).toEqual(rows);
    expect(targets()).toEqual(["/v1/rows", "/v1/rows?startIndex=3"]);
  });

  it("may be the items themselves", async () => {
    const { walk } = await against((_, query) => json(query.has("offset") ? [] : [1, 2]));
    expect(await all(walk("listEndlessItems"))).toEqual([1, 2]);
    expect(await all(walk("listEndlessPages"))).toEqual([[1, 2], []]);
  });
});

describe("pages by a link", () => {
  const input = { id: "a/b", perPage: 2, xTag: "t" };
  const next = (link: string) => (_: Seen, query: URLSearchParams) =>
    query.has("p") ? json([{ id: 2 }]) : json([{ id: 1 }], { link });

  it.each([
    ["relative", '<?p=2&per_page=2>; rel="next"'],
    ["without quotes", "<?p=2&per_page=2>; rel=next"],
    ["among others", '</a?p=1>; rel="prev", <?p=2&per_page=2>; REL="last NEXT"; title="b", </c?p=3>; rel=first'],
    [
      "behind a title like one",
      '</a?p=9>; title="x, <y>; rel=next; \\"rel=next"; rel=prev, <?p=2&per_page=2>; rel=next',
    ],
    ["of another path", "</v1/linked/elsewhere?p=2&per_page=2>; rel=next"],
    ["of another server", "<https://evil.example/steal?p=2&per_page=2#x>; rel=next"],
    ["with a user", "<http://me:secret@127.0.0.1:1/?p=2&per_page=2>; rel=next"],
  ])("%s go on at the same path, with its query", async (_, link) => {
    const { walk, seen, targets } = await against(next(link));
    expect(await all(walk("listLinkedItems", input))).toEqual([{ id: 1 }, { id: 2 }]);
    expect(targets()).toEqual(["/v1/linked/a%2Fb?per_page=2", "/v1/linked/a%2Fb?p=2&per_page=2"]);
    expect(seen.map(({ headers }) => headers["x-tag"])).toEqual(["t", "t"]);
  });

  it("keep a query as it is written, where a URL may have it so", async () => {
    const { walk, targets } = await against(next("<?p=%2B+a&q[]=ü>; rel=next"));
    await all(walk("listLinkedItems", input));
    expect(targets()[1]).toBe("/v1/linked/a%2Fb?p=%2B+a&q[]=%C3%BC");
  });

  it("do not take an input of the query again, be it a default", async () => {
    const { walk, targets } = await against(next("<?p=2>; rel=next"), { defaults: { perPage: 7 } });
    await all(walk("listLinkedItems", { id: "a" }));
    expect(targets()).toEqual(["/v1/linked/a?per_page=7", "/v1/linked/a?p=2"]);
  });

  it.each([
    ["none", ""],
    ["one of another relation", "<?p=2>; rel=prev"],
    ["one whose first relation is another", "<?p=2>; rel=prev; rel=next"],
    ["one without a relation", "<?p=2>"],
    ["one of another context", '<?p=2>; rel=next; anchor="#foo"'],
    ["one that does not begin", "?p=2>; rel=next"],
    ["one whose quotes do not end", '<?p=2>; title="; rel=next'],
    ["nothing but brackets", "<".repeat(8_000)],
  ])("end with %s", async (_, link) => {
    const { walk, seen } = await against(next(link));
    expect(await all(walk("listLinkedItems", input))).toEqual([{ id: 1 }]);
    expect(seen).toHaveLength(1);
  });

  it.each([
    ["the same page", "<?p=2>; rel=next"],
    ["no query", "</a/b>; rel=next"],
  ])("that go on to %s for ever end with an error", async (_, link) => {
    const { walk, seen } = await against(() => json([{ id: 1 }], { link }));
    expect(await rejection(all(walk("listLinkedItems", input)))).toMatchObject({ name: "DecodeError" });
    expect(seen).toHaveLength(2);
  });

  it("that is no URL end with an error", async () => {
    const { walk } = await against(() => json([{ id: 1 }], { link: "<http://[>; rel=next" }));
    expect(await rejection(all(walk("listLinkedItems", input)))).toMatchObject({ name: "DecodeError" });
  });

  it("may stand in the body", async () => {
    const { walk, targets } = await against((_, query) =>
      json({ toys: [{ id: 1 }], links: query.has("page") ? {} : { next: "https://api.example/v1/x?page=2" } }),
    );
    expect(await all(walk("listBodyLinkedItems"))).toEqual([{ id: 1 }, { id: 1 }]);
    expect(targets()).toEqual(["/v1/body-linked", "/v1/body-linked?page=2"]);
  });
});
