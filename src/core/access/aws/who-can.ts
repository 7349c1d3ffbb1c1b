import type { Tri } from "../../estate/index.js";
import { emptyBitmap, type Bitmap } from "../bitmap.js";
import type { AccessSet } from "../engine.js";
import { createBulk } from "./bulk.js";
import type { Lens } from "./collector.js";
import type { Compiled, Touched } from "./compiled.js";
import { verdictOf } from "./judge.js";
import { letIn } from "./let-in.js";
import { isOfAccount, type Actor, type Question } from "./model.js";
import { locals, outsiders } from "./named.js";
import { possibleResource } from "./possible-resource.js";
import { holdersIn, spansOf } from "./spans.js";
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
  const allowed = emptyBitmap();
  const unknown = emptyBitmap();
  const accounts = reachOf(lens, question);
  const { sure, maybe, idle } = candidates(compiled, question, touched, {
    lens,
    accounts,
  });
  const inReach = ({ kind, account }: Actor): boolean =>
    accounts === undefined || account === undefined || !isOfAccount(kind) || accounts.has(account);
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

/**
 * Identities of accounts that neither own the resource nor are let in by its policy need no closer look. Undefined:
 * any account.
 */
function reachOf(lens: Lens, question: Question): ReadonlySet<string> | undefined {
  const { account, mode, policiesMissing } = question.target;
  if (account === undefined || policiesMissing !== undefined) return undefined;
  const accounts = new Set<string>([account]);
  for (const { any, negated, aws } of mode === "none" ? [] : letIn(lens, question)) {
    if (any || negated) return undefined;
    for (const name of aws) {
      const number = /^\d{12}$/.test(name) ? name : name.split(":")[4];
      if (number === undefined) return undefined;
      accounts.add(`aws:${number}`);
    }
  }
  return accounts;
}

interface Narrow {
  /** Whom statements that it takes away would let in. */
  readonly lens?: Lens;
  /** Identities of other accounts. */
  readonly accounts?: ReadonlySet<string> | undefined;
}

/**
 * `sure`: an Allow without conditions and no Deny near; `maybe`: everybody else who could be
 * allowed; `idle`: holds nothing that concerns the question, only the resource itself could let it in. `narrow`
 * leaves out who is sure to be refused.
 */
export function candidates(
  compiled: Compiled,
  question: Question,
  touched: Touched,
  narrow: Narrow = {},
): { readonly sure: Bitmap; readonly maybe: Bitmap; readonly idle: Bitmap } {
  const { actors, index } = compiled;
  let sure = emptyBitmap();
  let maybe = emptyBitmap();
  let denied = emptyBitmap();
  const { text } = question.target;
  const { lens, accounts } = narrow;
  const spans = spansOf(compiled, accounts);
  const statements = index.near(question.folded, text, accounts);
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
    for (const holder of holdersIn(compiled, document, spans)) set.add(holder);
  }
  let idle = emptyBitmap();
  for (const actor of locals(compiled, question, lens))
    (isPlainIdentity(actors[actor]) ? idle : isRoot(actors[actor]) ? sure : maybe).add(actor);
  for (const actor of outsiders(compiled, question, lens)) (isRoot(actors[actor]) ? sure : maybe).add(actor);
  if (touched.changed === "all") denied = denied.or(sure);
  else for (const actor of touched.changed) denied.add(actor);
  const plain = sure.minus(denied);
  maybe = maybe.or(sure).minus(plain);
  sure = plain;
  const limited = sure.or(idle).and(index.bounded);
  for (const judged of [limited, index.unread]) {
    sure = sure.minus(judged);
    maybe = maybe.or(judged);
  }
  for (const actor of touched.rewritten) {
    sure.remove(actor);
    maybe.add(actor);
  }
  const watched = idle.and(denied);
  idle = idle.minus(sure).minus(maybe).minus(watched);
  maybe = maybe.or(watched);
  return { sure, maybe, idle };
}

/** A root user holds every right and no policy of its own. */
const isRoot = (actor: Actor | undefined): boolean => actor?.kind === "root";

const isPlainIdentity = (actor: Actor | undefined): boolean =>
  actor?.kind === "user" || actor?.kind === "role";
