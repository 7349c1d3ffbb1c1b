import type { Tri } from "../../estate/index.js";
import { emptyBitmap, type Bitmap } from "../bitmap.js";
import type { AccessSet } from "../engine.js";
import { globMatches } from "../glob.js";
import type { Lens } from "./collector.js";
import type { Compiled, Touched } from "./compiled.js";
import { examine, namesPersons, verdictOf, type Watch } from "./judge.js";
import { completeArn } from "./match.js";
import type { Actor, Question } from "./model.js";
import { locals, outsiders } from "./named.js";
import { prefixHashes } from "./resource-signature.js";

/** Everybody who can, by statement postings; only those whom a condition, a Deny or a limit concerns are judged one by one. */
export function whoCan(compiled: Compiled, lens: Lens, question: Question, touched: Touched): AccessSet {
  const { actors } = compiled;
  const allowed = emptyBitmap(actors.length);
  const unknown = emptyBitmap(actors.length);
  const { sure, maybe, idle } = candidates(compiled, question, touched);
  const inReach = reachOf(question);
  const settle = (index: number, verdict: Tri): void => {
    if (verdict === true) allowed.add(index);
    else if (verdict === "unknown") unknown.add(index);
  };
  for (const [set, view] of [
    [sure, "sure"],
    [idle, "none"],
  ] as const) {
    const bulk = createBulk(lens, question, view);
    for (const index of set) {
      const actor = actors[index];
      if (actor !== undefined && !touched.disabled.has(index) && inReach(actor)) settle(index, bulk(actor));
    }
  }
  for (const index of maybe) {
    const actor = actors[index];
    if (actor === undefined || touched.disabled.has(index) || !inReach(actor)) continue;
    settle(index, verdictOf(examine(lens, question, actor)).verdict);
  }
  return { allowed, unknown };
}

/** Identities of accounts that neither own the resource nor are let in by its policy need no closer look. */
function reachOf({ target }: Question): (actor: Actor) => boolean {
  const { account, mode, policies, policiesMissing } = target;
  if (account === undefined || policiesMissing !== undefined) return () => true;
  const accounts = new Set<string>([account]);
  for (const { document } of mode === "none" ? [] : policies) {
    for (const { effect, principal } of document.statements) {
      if (effect !== "Allow" || principal === undefined) continue;
      if (principal.any || principal.negated) return () => true;
      for (const name of principal.aws) {
        const number = /^\d{12}$/.test(name) ? name : name.split(":")[4];
        if (number === undefined) return () => true;
        accounts.add(`aws:${number}`);
      }
    }
  }
  return ({ kind, account: own }) =>
    (kind !== "user" && kind !== "role") || own === undefined || accounts.has(own);
}

/**
 * The verdict of an actor whose identity side is known to allow, or to say nothing. Where no layer looks at who is asking, all such
 * actors of an account have the same one.
 */
export function createBulk(lens: Lens, question: Question, view: "sure" | "none"): (actor: Actor) => Tri {
  const known = new Map<string, Tri>();
  const persons = namesPersons(question);
  return (actor) => {
    const key = `${actor.kind} ${actor.account ?? ""}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const watch: Watch = { personal: persons };
    const verdict = verdictOf(examine(lens, question, actor, { kind: view }, watch)).verdict;
    if (!watch.personal && !actor.serviceLinked) known.set(key, verdict);
    return verdict;
  };
}

/**
 * `sure`: an Allow without conditions and no Deny near; `maybe`: everybody else who could be
 * allowed; `idle`: holds nothing that concerns the question, only the resource itself could let it in.
 */
export function candidates(
  compiled: Compiled,
  question: Question,
  touched: Touched,
): { readonly sure: Bitmap; readonly maybe: Bitmap; readonly idle: Bitmap } {
  const { actors, index } = compiled;
  const sure = emptyBitmap(actors.length);
  const maybe = emptyBitmap(actors.length);
  const denied = emptyBitmap(actors.length);
  const { text } = question.target;
  const prefixes = prefixHashes(text);
  const statements = index.matching(question.folded);
  for (let n = 0; n < statements.length; n++) {
    const s = statements[n] ?? 0;
    if (!index.signatures.possible(s, prefixes)) continue;
    const statement = index.statements[s];
    if (statement === undefined) continue;
    const document = index.documentOf[s] ?? 0;
    const matched = possibleResource(
      statement.resource,
      text,
      index.documents[document]?.version === "native",
    );
    if (matched === false) continue;
    const set =
      statement.effect === "Deny"
        ? denied
        : matched === true && statement.conditions.length === 0
          ? sure
          : maybe;
    const end = index.holders.start[document + 1] ?? 0;
    for (let i = index.holders.start[document] ?? 0; i < end; i++) set.add(index.holders.item[i] ?? 0);
  }
  const idle = emptyBitmap(actors.length);
  for (const actor of locals(compiled, question)) (isPlainIdentity(actors[actor]) ? idle : maybe).add(actor);
  for (const actor of outsiders(compiled, question)) maybe.add(actor);
  if (touched.changed === "all")
    sure.words.forEach((word, i) => (denied.words[i] = (denied.words[i] ?? 0) | word));
  else for (const actor of touched.changed) denied.add(actor);
  for (let i = 0; i < sure.words.length; i++) {
    const plain = (sure.words[i] ?? 0) & ~(denied.words[i] ?? 0);
    maybe.words[i] = ((maybe.words[i] ?? 0) | (sure.words[i] ?? 0)) & ~plain;
    sure.words[i] = plain;
  }
  for (const actor of index.bounded) {
    if (!sure.has(actor) && !idle.has(actor)) continue;
    sure.remove(actor);
    maybe.add(actor);
  }
  for (const actor of index.unread) {
    sure.remove(actor);
    maybe.add(actor);
  }
  for (let i = 0; i < idle.words.length; i++) {
    const busy = (sure.words[i] ?? 0) | (maybe.words[i] ?? 0);
    const watched = (idle.words[i] ?? 0) & (denied.words[i] ?? 0);
    maybe.words[i] = (maybe.words[i] ?? 0) | watched;
    idle.words[i] = (idle.words[i] ?? 0) & ~busy & ~watched;
  }
  return { sure, maybe, idle };
}

const isPlainIdentity = (actor: Actor | undefined): boolean =>
  actor?.kind === "user" || actor?.kind === "role";

/** True: matches for everybody; `"maybe"`: a policy variable decides. */
function possibleResource(
  list: { readonly negated: boolean; readonly patterns: readonly string[] } | undefined,
  text: string,
  native: boolean,
): boolean | "maybe" {
  if (list === undefined) return true;
  let open = false;
  for (const pattern of list.patterns) {
    if (pattern.includes("${")) open = true;
    else if (
      globMatches(native ? pattern.toLowerCase() : completeArn(pattern), native ? text.toLowerCase() : text)
    ) {
      return !list.negated;
    }
  }
  return open ? "maybe" : list.negated;
}
