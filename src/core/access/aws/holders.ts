import type { Tri } from "../../estate/index.js";
import { globMatches, hasWildcard, literalPrefix } from "../glob.js";
import type { TargetWitness } from "../engine.js";
import { createBulk } from "./bulk.js";
import type { Lens } from "./collector.js";
import { verdictOf } from "./judge.js";
import { letIn } from "./let-in.js";
import { completeArn } from "./match.js";
import type { Question } from "./model.js";
import { locals, outsiders } from "./named.js";
import type { Compiled, Touched } from "./compiled.js";
import { isWithin, looseDocuments, spansOf } from "./spans.js";
import { createSpeaking } from "./speaking-statements.js";
import type { Verdicts } from "./verdicts.js";

type Ask = (action: string, resource: string) => Question;

/** Accounts that are told apart by where their actors stand; more are gone through one by one. */
const mostSpans = 4;

/** Tries per actor before an `unknown` in hand is taken as its answer. A proven witness ends the search at once. */
const mostTries = 256;

/**
 * For every actor that can do `action` on one of `targets`: a verified witness. Works from statements to ranges of
 * targets, not from actors to targets: a statement about everything costs one check per holder.
 */
export function holdersOnTargets(
  compiled: Compiled,
  lens: Lens,
  verdicts: Verdicts,
  ask: Ask,
  touched: Touched,
  action: string,
  targets: readonly string[],
  patience = mostTries,
): readonly TargetWitness[] {
  const sorted = [...new Set(targets)].sort();
  const questions = new Map<string, Question>();
  const questionOn = (target: string): Question => {
    let question = questions.get(target);
    if (question === undefined) questions.set(target, (question = ask(action, target)));
    return question;
  };
  const found = new Map<number, TargetWitness>();
  const proven = (index: number): boolean => found.get(index)?.verdict === true;
  const note = (holder: number, target: string, verdict: Tri): void => {
    if (verdict === true || (verdict === "unknown" && !found.has(holder)))
      found.set(holder, { holder, target, verdict });
  };
  const judge = (index: number, target: string): void =>
    note(index, target, verdicts.heldOn(index, questionOn(target)));

  // Whom the resources let in by name.
  for (const target of sorted) {
    const question = questionOn(target);
    for (const index of new Set([
      ...locals(compiled, question, lens),
      ...outsiders(compiled, question, lens),
    ])) {
      const actor = compiled.actors[index];
      if (actor === undefined || proven(index) || touched.disabled.has(index)) continue;
      judge(index, target);
    }
  }

  // Whom identity policies allow: only targets of the actor's reach can ever be granted.
  const reach = reachOf(lens, sorted, questionOn);
  const spans = reach.accounts === undefined ? undefined : spansOf(compiled, reach.accounts);
  const bulks = new Map<string, (holder: number) => Tri | undefined>();
  const bulkOn = (target: string): ((holder: number) => Tri | undefined) => {
    let bulk = bulks.get(target);
    if (bulk === undefined) {
      bulk = createBulk(compiled, lens, questionOn(target), "sure", (parts) => verdictOf(parts).verdict);
      bulks.set(target, bulk);
    }
    return bulk;
  };
  const { index } = compiled;
  const statements = statementsNear(compiled, action, sorted, reach.accounts);
  const guarded = deniedActors(compiled, statements);
  const ranges = new Map<string, readonly string[]>();
  for (const s of statements) {
    const statement = index.statements[s];
    if (statement?.effect !== "Allow") continue;
    const document = index.documentOf[s] ?? 0;
    const plain = statement.conditions.length === 0 && statement.resource?.negated !== true;
    const native = index.documents[document]?.version === "native";
    const inside = spans === undefined || looseDocuments(compiled)[document] === 1 ? undefined : spans;
    const end = index.holders.start[document + 1] ?? 0;
    for (let i = index.holders.start[document] ?? 0; i < end; i++) {
      const holder = index.holders.item[i] ?? 0;
      if (inside !== undefined && !isWithin(inside, holder)) continue;
      const actor = compiled.actors[holder];
      if (actor === undefined || proven(holder) || touched.disabled.has(holder)) continue;
      const account = actor.kind === "native" ? "native" : (actor.account ?? "");
      const range = rangeOf(ranges, account, reach.of(account), statement.resource, native);
      const quick =
        plain &&
        !guarded.has(holder) &&
        !index.bounded.has(holder) &&
        !index.unread.has(holder) &&
        !isTouched(touched, holder) &&
        isPlainResource(statement.resource?.patterns);
      let tries = 0;
      for (const target of range) {
        if (quick) note(holder, target, bulkOn(target)(holder) ?? false);
        else judge(holder, target);
        if (proven(holder) || (found.has(holder) && ++tries >= patience)) break;
      }
    }
  }
  // Actors with a policy that nobody read may hold anything.
  for (const holder of index.unread) {
    const actor = compiled.actors[holder];
    if (actor === undefined || found.has(holder) || touched.disabled.has(holder)) continue;
    for (const target of reach.of(actor.account ?? "")) {
      judge(holder, target);
      if (found.has(holder)) break;
    }
  }
  // The index does not know what an overlay gave to others: their statements are gone through as they stand.
  const speaking = createSpeaking(action);
  for (const holder of touched.rewritten) {
    const actor = compiled.actors[holder];
    if (actor === undefined || touched.disabled.has(holder)) continue;
    const account = actor.kind === "native" ? "native" : (actor.account ?? "");
    for (const held of lens.holdings.of(actor)) {
      if (held.kind === "missing" || proven(holder)) continue;
      const native = held.use.document.version === "native";
      for (const statement of speaking(held.use.document)) {
        let tries = 0;
        for (const target of rangeOf(ranges, account, reach.of(account), statement.resource, native)) {
          if (proven(holder) || (found.has(holder) && ++tries >= patience)) break;
          judge(holder, target);
        }
      }
    }
  }
  return [...found.values()].sort((a, b) => a.holder - b.holder);
}

const isTouched = ({ changed }: Touched, holder: number): boolean => changed === "all" || changed.has(holder);
const isPlainResource = (patterns: readonly string[] | undefined): boolean =>
  patterns === undefined || !patterns.some((pattern) => pattern.includes("${"));

/** Few targets: those that may concern one of them. Many: all of the action, once. */
function statementsNear(
  { index }: Compiled,
  action: string,
  targets: readonly string[],
  accounts: ReadonlySet<string> | undefined,
): Uint32Array {
  const folded = action.toLowerCase();
  const all = accounts === undefined ? index.matching(folded) : index.heldIn(folded, accounts);
  // Looking one target up costs about as much as looking at four statements.
  if (targets.length * 4 > all.length) return all;
  const found = new Set<number>();
  for (const target of targets) for (const s of index.near(folded, target, accounts)) found.add(s);
  return Uint32Array.from(found).sort();
}

/** Who holds a Deny among them. */
function deniedActors({ index }: Compiled, statements: Uint32Array): ReadonlySet<number> {
  const denied = new Set<number>();
  for (const s of statements) {
    if (index.statements[s]?.effect !== "Deny") continue;
    const document = index.documentOf[s] ?? 0;
    const end = index.holders.start[document + 1] ?? 0;
    for (let i = index.holders.start[document] ?? 0; i < end; i++) denied.add(index.holders.item[i] ?? 0);
  }
  return denied;
}

/** Which targets an identity policy of an account can open at all. Lists are sorted. */
function reachOf(
  lens: Lens,
  targets: readonly string[],
  questionOn: (target: string) => Question,
): {
  of(account: string): readonly string[];
  /** Identities of other accounts reach nothing; undefined: some target is open to any account. */
  readonly accounts: ReadonlySet<string> | undefined;
} {
  const lists = new Map<string, string[]>();
  const common: string[] = [];
  const push = (account: string, target: string): void => {
    const list = lists.get(account);
    if (list === undefined) lists.set(account, [target]);
    else if (list[list.length - 1] !== target) list.push(target);
  };
  for (const target of targets) {
    const question = questionOn(target);
    const { account, accountMissing, mode, policiesMissing } = question.target;
    if (accountMissing !== undefined || account === undefined) {
      common.push(target);
      continue;
    }
    push("native", target);
    if (mode !== "required") push(account, target);
    if (mode === "none") continue;
    if (policiesMissing !== undefined) {
      common.push(target);
      continue;
    }
    for (const { any, negated, aws } of letIn(lens, question)) {
      if (any || negated) common.push(target);
      for (const name of aws) {
        const number = /^\d{12}$/.test(name) ? name : name.split(":")[4];
        // A unique id (`AROA…`) tells nobody whose it is.
        if (number === undefined) common.push(target);
        else push(`aws:${number}`, target);
      }
    }
  }
  const merged = new Map<string, readonly string[]>();
  return {
    accounts: common.length > 0 || lists.size > mostSpans ? undefined : new Set(lists.keys()),
    of(account) {
      let list = merged.get(account);
      if (list === undefined) {
        const own = lists.get(account) ?? [];
        list = common.length === 0 ? own : [...new Set([...own, ...common])].sort();
        merged.set(account, list);
      }
      return list;
    },
  };
}

/** The targets of a sorted list that a statement's resource patterns may match. */
function rangeOf(
  known: Map<string, readonly string[]>,
  account: string,
  list: readonly string[],
  resource: { readonly negated: boolean; readonly patterns: readonly string[] } | undefined,
  native: boolean,
): readonly string[] {
  if (resource === undefined || resource.negated || native) return list;
  const [only] = resource.patterns;
  if (resource.patterns.length === 1 && only !== undefined) return rangeOfPattern(known, account, list, only);
  return resource.patterns.flatMap((pattern) => rangeOfPattern(known, account, list, pattern));
}

function rangeOfPattern(
  known: Map<string, readonly string[]>,
  account: string,
  list: readonly string[],
  written: string,
): readonly string[] {
  if (written === "*") return list;
  const key = `${account} ${written}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const pattern = completeArn(written.replaceAll(/\$\{[^}]*\}/g, "*"));
  const prefix = literalPrefix(pattern);
  const result: string[] = [];
  for (let i = lowerBound(list, prefix); i < list.length; i++) {
    const target = list[i] ?? "";
    if (!target.startsWith(prefix)) break;
    if (hasWildcard(pattern) ? globMatches(pattern, target) : target === pattern) result.push(target);
  }
  known.set(key, result);
  return result;
}

function lowerBound(list: readonly string[], text: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? "") < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
