import type { Tri } from "../../estate/index.js";
import { emptyBitmap, type Bitmap } from "../bitmap.js";
import type { AccessSet } from "../engine.js";
import { createBulk } from "./bulk.js";
import type { Lens } from "./collector.js";
import type { Compiled, Touched } from "./compiled.js";
import { verdictOf } from "./judge.js";
import type { Actor, Question } from "./model.js";
import { locals, outsiders } from "./named.js";
import { possibleResource } from "./possible-resource.js";
import type { Verdicts } from "./verdicts.js";

/** Everybody who can, by statement postings; only those whom a condition, a Deny or a limit concerns are judged one by one. */
export function whoCan(
  compiled: Compiled,
  lens: Lens,
  verdicts: Verdicts,
  question: Question,
  touched: Touched,
): AccessSet {
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
    const bulk = createBulk(compiled, lens, question, view, (parts) => verdictOf(parts).verdict);
    for (const index of set) {
      const actor = actors[index];
      if (actor !== undefined && !touched.disabled.has(index) && inReach(actor))
        settle(index, bulk(index) ?? false);
    }
  }
  for (const index of maybe) {
    const actor = actors[index];
    if (actor === undefined || touched.disabled.has(index) || !inReach(actor)) continue;
    settle(index, verdicts.heldOn(index, question));
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
  const statements = index.near(question.folded, text);
  for (let n = 0; n < statements.length; n++) {
    const s = statements[n] ?? 0;
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
  for (const actor of locals(compiled, question))
    (isPlainIdentity(actors[actor]) ? idle : isRoot(actors[actor]) ? sure : maybe).add(actor);
  for (const actor of outsiders(compiled, question)) (isRoot(actors[actor]) ? sure : maybe).add(actor);
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
  for (const actor of touched.rewritten) {
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

/** A root user holds every right and no policy of its own. */
const isRoot = (actor: Actor | undefined): boolean => actor?.kind === "root";

const isPlainIdentity = (actor: Actor | undefined): boolean =>
  actor?.kind === "user" || actor?.kind === "role";
