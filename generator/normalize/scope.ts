/** What the change of one schema works with. */
import type { BindingType } from "../binding-types.js";
import type { Json } from "../model.js";
import type { JsonObject } from "../openapi.js";
import type { Cycles } from "./cycles.js";
import type { Discriminators } from "./discriminators.js";
import type { View } from "./document.js";
import type { Notes } from "./notes.js";
import type { Path } from "./path.js";
import type { References } from "./references.js";
import type { Dialect } from "./shape.js";
import type { Views } from "./views.js";

/** What is known of the document. */
export interface Knowledge {
  readonly dialect: Dialect;
  readonly references: References;
  readonly views: Views;
  readonly cycles: Cycles;
  readonly discriminators: Discriminators;
  readonly notes: Notes;
  /** Whether any property is not in every view. */
  readonly hasHidden: boolean;
  /** The alias of a recursive component, by its key. */
  readonly aliasOf: (key: string) => string;
}

/** Where a schema stands. */
export interface Scope {
  readonly view: View;
  /** The component that it is a part of. */
  readonly owner: string | undefined;
  /** Whether the type of the owner needs its own at once, for the items of an array, or only when a property is read. */
  readonly position: "direct" | "list" | "inside";
  /** It is joined to others by `allOf`, or by standing beside one. */
  readonly isPart: boolean;
  /** Properties that are required by what it is a part of. */
  readonly asked: ReadonlySet<string>;
  /** Properties that another part of it hides. */
  readonly hidden: ReadonlySet<string>;
  /** The whole that it is a part of; undefined where it is one. */
  readonly family: Json | undefined;
}

/** Changes a schema; undefined where it says nothing, because it leads back to the one that it is a part of. */
export type ChangeSchema = (schema: Json, path: Path, scope: Scope) => JsonObject | undefined;

const nobody: ReadonlySet<string> = new Set();

/** The scope of a schema that is a whole. */
export function whole(view: View, owner: string | undefined, position: Scope["position"]): Scope {
  return { view, owner, position, isPart: false, asked: nobody, hidden: nobody, family: undefined };
}

/** A type that openapi-typescript does not know. */
export function bindingType(type: BindingType): JsonObject {
  return { type };
}
