/** What of the fixtures Prism (prism-cli 5.14.2) cannot judge. Each line is tried, and fails the run when it is no longer true. */

/** Documents that Prism does not load. */
export const unloadable: Readonly<Record<string, string>> = {
  "injection-enums": "Prism wants an operation, and the document has none",
};

/** Documents that Prism sees in another way, call by call. */
export const misjudged: Readonly<Record<string, string>> = {
  texts: "a required list of nothing is sent as nothing, and Prism fails at lists that are not sent",
  uploads: "a body that the caller writes as a whole is read as a form, and a form as its schema, whatever that is of",
};

/** Parameters that Prism, whatever is sent, cannot live with: it is given the documents without them. */
export const cutParameters: readonly {
  readonly fixture: string;
  readonly parameter: string;
  readonly reason: string;
}[] = [
  {
    fixture: "styles",
    parameter: "X-Map",
    reason: "the deserializer of an exploded object in a header throws where the header is not sent",
  },
  { fixture: "styles", parameter: "X-List", reason: "so does that of a list in a header" },
  { fixture: "data-stays-data", parameter: "ref", reason: "a `$ref` within a default, which is data, is followed" },
];

/** Operations whose calls Prism cannot judge, though they are right. */
export const unservable: Readonly<Record<string, string>> = {
  "bodies/sendNumber": "a text is held against the schema of the number that it spells",
  "bodies/sendXml": "a text is held against the schema of the object that it describes",
  "data-stays-data/oddGlobalThisPwn11": "a path with quotes, braces and backslashes is not found",
  "injection-names/proto": "a path parameter named `__proto__` makes Prism fail",
  "left-out/emptyBody": "a body of no media type is wanted, and nobody can send one",
  "pagination/wrongPlaces": "a path parameter is wanted that the path has no place for",
  "paths/placeless": "a path parameter is wanted that the path has no place for",
  "paths/listByQuery": "a path with a query is not found",
  "paths/getQActionGetIdId": "a path with a query is not found",
  "paths/fooBar": "a path with a fragment is not found",
  "servers/byPath": "the operation is on a host of its own, and Prism on none",
  "servers/byOwn": "the operation is on a host of its own, and Prism on none",
  "styles/readFile":
    "a segment with text before a parameter, or with a value of style matrix or label, makes Prism fail",
  "webhooks/subscribe": "an extension among the paths is taken for a path",
  "servers/byRelative": "the server of an operation has a path, which Prism does not know",
};
