import type { CaseState, FollowUpName } from "../../core/cases/index.js";
import { fault } from "../errors.js";
import { instantOf } from "../inputs.js";

/** What was typed for a move, and the case that it is about. */
export interface MoveInput {
  /** Arguments after the case. */
  readonly args: readonly (string | undefined)[];
  readonly flags: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly state: CaseState;
}

export const argument = ({ args }: MoveInput, index: number): string => args[index] ?? "";

export function option({ flags }: MoveInput, name: string): string | undefined {
  const value = flags[name];
  return typeof value === "string" ? value : undefined;
}

/** An option that this move cannot do without. */
export function needed(input: MoveInput, name: string): string {
  const value = option(input, name);
  if (value === undefined) throw fault("usage", `\`--${kebab(name)}\` is missing`);
  return value;
}

export function list({ flags }: MoveInput, name: string): string[] {
  const value = flags[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** An instant, or the first moment of a day in UTC. */
export const instant = (input: MoveInput, name: string): string => instantOf(needed(input, name));

/** `{ until }` where it was given. */
export const maybeInstant = <Name extends string>(
  input: MoveInput,
  name: Name,
): { [Key in Name]?: string } => {
  const value = option(input, name);
  return value === undefined ? {} : ({ [name]: instantOf(value) } as { [Key in Name]: string });
};

export const maybe = <Name extends string>(input: MoveInput, name: Name): { [Key in Name]?: string } => {
  const value = option(input, name);
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: string });
};

export function oneOf<Name extends string>(typed: string, names: readonly Name[], what: string): Name {
  const found = names.find((name) => name === typed);
  if (found === undefined) throw fault("usage", `\`${typed}\` is no ${what}: use ${names.join(", ")}`);
  return found;
}

/** `F2` of `cases show`, or the id of an item of the fix. */
export const itemOf = ({ state }: MoveInput, typed: string | undefined): string =>
  numbered(
    typed ?? "",
    "F",
    state.plan.fix.map(({ id }) => id),
    "item of the fix",
    state.id,
  );

/** `S3` of `cases show`, or the id of a step of the plan. */
export const stepOf = ({ state }: MoveInput, typed: string): string =>
  numbered(
    typed,
    "S",
    state.plan.steps.map(({ id }) => id),
    "step",
    state.id,
  );

function numbered(typed: string, letter: string, ids: readonly string[], what: string, id: string): string {
  const [, digits] = new RegExp(`^${letter}(\\d+)$`, "i").exec(typed) ?? [];
  const found = digits === undefined ? ids.find((each) => each === typed) : ids[Number(digits) - 1];
  if (found !== undefined) return found;
  const last = `${letter}${String(ids.length)}`;
  throw fault(
    "usage",
    `\`${typed}\` is no ${what} of ${id}${ids.length === 0 ? ", which has none" : `: use ${letter}1${ids.length === 1 ? "" : ` to ${last}`}, as \`remit cases show ${id}\` numbers them`}`,
  );
}

const tracks = ["contain", "trace", "fix"] as const;

/** `contain`, `trace`, or `fix` with one item. */
export function placeOf(input: MoveInput, typed: string, item: string | undefined) {
  const track = oneOf(typed, tracks, "track");
  if (track === "fix") return { track, item: itemOf(input, item) };
  if (item !== undefined) throw fault("usage", `\`${item}\`: only the fix has items`);
  return { track };
}

const followUps: Readonly<Record<string, FollowUpName>> = {
  "access-review": "accessReview",
  "secret-rotation": "secretRotation",
  "privilege-reduction": "privilegeReduction",
};

export function followUpOf(typed: string): FollowUpName {
  const found = followUps[typed] ?? Object.values(followUps).find((name) => name === typed);
  if (found === undefined)
    throw fault("usage", `\`${typed}\` is no follow-up: use ${Object.keys(followUps).join(", ")}`);
  return found;
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
