import type { BecomeQuestions } from "../core/access/index.js";
import type { Vouch } from "../core/decision/index.js";
import { findWeakness, weaknesses } from "../core/findings/index.js";
import { loadInputs, type InputOptions, type LoadedInputs } from "./load-inputs.js";
import { becomeOf, findByName, type Found, type QuestionSetting } from "./questions.js";
import { reachOf } from "./reach.js";
import { recreateOne } from "./recreate.js";
import { createVouch } from "./vouch.js";
import { whoCan } from "./who-can.js";

export interface AskOptions extends InputOptions {
  /** Most identities or resources listed; how many more there are is said. */
  readonly limit: number;
}

/** An answer document, or why the question has none: lower case, quoting what was typed, saying what to do. */
export type Answer<Document> =
  | { readonly kind: "answer"; readonly document: Document; readonly rejected: number }
  | {
      readonly kind: "nothing-readable";
      readonly rejected: readonly { readonly document: string; readonly reason: string }[];
    }
  | { readonly kind: "bad-question"; readonly message: string };

const made = (loaded: LoadedInputs, options: Pick<AskOptions, "now">) => ({
  generatedAt: options.now,
  inputs: loaded.inputs.map((input) => ({ ...input, entities: { ...input.entities } })),
  rejected: loaded.rejected.map((item) => ({ ...item })),
});

const settingOf = (loaded: LoadedInputs, options: Pick<AskOptions, "now">): QuestionSetting => ({
  engine: { actions: loaded.reference.actions, managedPolicies: loaded.reference.managedPolicies },
  catalogue: loaded.catalogue,
  now: options.now,
});

/** Loads, and gives up where nothing at all could be read. */
async function load(options: AskOptions) {
  const loaded = await loadInputs(options);
  if (loaded.inputs.length === 0) return { kind: "nothing-readable", rejected: loaded.rejected } as const;
  return loaded;
}

/** An estate that was read once, to ask more than once. */
export interface AskedEstate {
  readonly loaded: LoadedInputs;
  readonly become: BecomeQuestions;
}

export async function askWhoCan(action: string, resource: string, options: AskOptions) {
  const loaded = await load(options);
  if ("kind" in loaded) return loaded;
  const become = becomeOf(loaded.estate, settingOf(loaded, options));
  return whoCanIn({ loaded, become }, action, resource, options);
}

type Limits = Pick<AskOptions, "now" | "limit">;

export function whoCanIn({ loaded, become }: AskedEstate, action: string, resource: string, options: Limits) {
  const known = loaded.reference.actions.lookup(action);
  if (known === undefined)
    return bad(unknownAction(action, loaded.reference.actions.expand(`${action.split(":")[0] ?? ""}:*`)));
  const found = resolve(resource, loaded.estate.resources, "resource");
  if (found.kind === "bad-question") return found;
  const answer = whoCan(loaded.estate, become, known.name, found.id, options.limit);
  return {
    kind: "answer",
    document: { schema: "remit.who-can/1", ...made(loaded, options), ...answer },
    rejected: loaded.rejected.length,
  } as const;
}

export async function askReach(principal: string, options: AskOptions) {
  const loaded = await load(options);
  if ("kind" in loaded) return loaded;
  const become = becomeOf(loaded.estate, settingOf(loaded, options));
  return reachIn({ loaded, become }, principal, options);
}

export function reachIn({ loaded, become }: AskedEstate, principal: string, options: Limits) {
  const found = findByName(principal, loaded.estate.principals);
  if (found.kind !== "found") return bad(notFound(principal, "identity", found));
  const answer = reachOf(loaded.estate, become, found.id, options.limit);
  return {
    kind: "answer",
    document: { schema: "remit.reach/1", ...made(loaded, options), ...answer },
    rejected: loaded.rejected.length,
  } as const;
}

export async function askRecreate(resource: string, weakness: string, options: AskOptions) {
  const loaded = await load(options);
  return "kind" in loaded ? loaded : recreateIn(loaded, resource, weakness, options);
}

export async function recreateIn(
  loaded: LoadedInputs,
  resource: string,
  weakness: string,
  options: Pick<AskOptions, "now">,
  vouch?: Vouch,
) {
  const provider = weakness.slice(0, weakness.indexOf("."));
  const check = weakness.slice(weakness.indexOf(".") + 1);
  if (
    findWeakness(weakness) === undefined &&
    loaded.reference.checks.prowler(provider, check) === undefined
  ) {
    const near = weaknesses
      .map((item) => item.id)
      .filter((id) => id.startsWith(provider) || id.includes(check));
    return bad(
      `there is no weakness \`${weakness}\`${
        near.length === 0
          ? ""
          : `: did you mean ${near
              .slice(0, 3)
              .map((id) => `\`${id}\``)
              .join(", ")}`
      }; \`remit schema weakness\` lists them`,
    );
  }
  const found = resolve(resource, loaded.estate.resources, "resource");
  if (found.kind === "bad-question") return found;
  const answer = recreateOne(
    loaded.estate,
    settingOf(loaded, options),
    loaded.reference.checks,
    found.id,
    weakness,
    vouch ?? (await createVouch(loaded.inputs, options.now)),
  );
  return {
    kind: "answer",
    document: { schema: "remit.recreate/1", ...made(loaded, options), ...answer },
    rejected: loaded.rejected.length,
  } as const;
}

const bad = (message: string) => ({ kind: "bad-question", message }) as const;

/** What a name or id stands for; an id that the estate does not hold stands for itself. Undefined: nothing, or several. */
export function findAsked(
  typed: string,
  things: readonly { readonly id: string; readonly name: string; readonly account?: string }[],
): { readonly id: string; readonly account?: string | undefined } | undefined {
  const found = findByName(typed, things);
  if (found.kind === "found") return things.find(({ id }) => id === found.id);
  return found.kind === "none" && typed.includes(":") ? { id: typed } : undefined;
}

/** An ARN or another full id is taken as it is, known or not; a bare name must be that of one known thing. */
function resolve(
  typed: string,
  things: readonly { readonly id: string; readonly name: string }[],
  what: string,
) {
  const found = findByName(typed, things);
  if (found.kind === "found") return found;
  if (found.kind === "none" && typed.includes(":")) return { kind: "found", id: typed } as const;
  return bad(notFound(typed, what, found));
}

function notFound(typed: string, what: string, found: Exclude<Found<string>, { kind: "found" }>): string {
  if (found.kind === "ambiguous")
    return `several have the name \`${typed}\`: use one of ${found.candidates.map((id) => `\`${id}\``).join(", ")}`;
  const near =
    found.near.length === 0 ? "" : `; near it are ${found.near.map((name) => `\`${name}\``).join(", ")}`;
  return `the estate holds no ${what} \`${typed}\`${near}; give its full id`;
}

/** The closest action of the same service, by shared start and length of difference. */
function unknownAction(action: string, all: readonly string[]): string {
  const lower = action.toLowerCase();
  const near = [...all]
    .map((name) => ({ name, score: distance(lower, name.toLowerCase()) }))
    .sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    .filter((item) => item.score <= 4)
    .slice(0, 3)
    .map((item) => `\`${item.name}\``);
  return `\`${action}\` is no AWS action${near.length === 0 ? ": write it as `s3:PutBucketPolicy`" : `: did you mean ${near.join(", ")}`}`;
}

/** Levenshtein, on two rows. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
