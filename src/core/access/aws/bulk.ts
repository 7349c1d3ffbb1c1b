import { awsAccount, type ConditionClause } from "../../estate/index.js";
import { evaluateConditions } from "../condition/evaluate.js";
import type { Lens } from "./collector.js";
import type { Compiled } from "./compiled.js";
import { contextOf } from "./context.js";
import { examine, namesPersons, type Parts, type Watch } from "./judge.js";
import type { Actor, Question } from "./model.js";

/** An answer, and what it rests on of the actor that it was found for. */
interface Shared<Value> {
  readonly value: Value;
  readonly decided: readonly ConditionClause[];
  readonly outcomes: string;
}

/**
 * What one layer after the other says of an actor whose identity side is known to allow, or to say nothing. Where no
 * layer looks at who is asking, all such actors of an account share the answer; where none looks at the account either,
 * so do those of all strange accounts that stand under the same policies. Conditions on who is asking
 * (`ArnNotLike aws:PrincipalArn` of an SCP) tell only those apart who decide them differently.
 */
export function createBulk<Value>(
  { actors, classOf }: Compiled,
  lens: Lens,
  question: Question,
  view: "sure" | "none",
  read: (parts: Parts, actor: Actor) => Value,
): (index: number) => Value | undefined {
  const known = new Map<number, Shared<Value>[]>();
  const alike = new Map<string, Shared<Value>[]>();
  const persons = namesPersons(question);
  const strange = strangeTo(question);
  const outcomesOf = (index: number, decided: readonly ConditionClause[]): string =>
    decided.map((clause) => outcomeOf(lens, question, actors, index, clause)).join("");
  const fitting = (list: readonly Shared<Value>[] | undefined, index: number): Shared<Value> | undefined =>
    list?.find(({ decided, outcomes }) => decided.length === 0 || outcomesOf(index, decided) === outcomes);
  return (index) => {
    const actor = actors[index];
    if (actor === undefined) return undefined;
    const own = classOf[index] ?? 0;
    const before = fitting(known.get(own), index);
    if (before !== undefined) return before.value;
    const shared =
      persons || actor.account === undefined || !strange(actor)
        ? undefined
        : `${actor.kind} ${lens.chains.alike(actor.account)}`;
    const same = shared === undefined ? undefined : fitting(alike.get(shared), index);
    if (same !== undefined) {
      push(known, own, same);
      return same.value;
    }
    const clauses = new Set<ConditionClause>();
    const watch: Watch = { personal: persons, local: false, decided: clauses };
    const value = read(examine(lens, question, actor, { kind: view }, watch), actor);
    if (watch.personal || actor.serviceLinked) return value;
    const decided = [...clauses];
    const found = { value, decided, outcomes: outcomesOf(index, decided) };
    push(known, own, found);
    if (shared !== undefined && !watch.local) push(alike, shared, found);
    return value;
  };
}

function push<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

const outcomes = new WeakMap<readonly Actor[], WeakMap<ConditionClause, Map<number, string>>>();

/** How an actor decides a clause about who is asking: nothing else of the question enters into it. */
export function outcomeOf(
  lens: Lens,
  { target }: Pick<Question, "target">,
  actors: readonly Actor[],
  index: number,
  clause: ConditionClause,
): string {
  let byClause = outcomes.get(actors);
  if (byClause === undefined)
    outcomes.set(actors, (byClause = new WeakMap<ConditionClause, Map<number, string>>()));
  let byActor = byClause.get(clause);
  if (byActor === undefined) byClause.set(clause, (byActor = new Map<number, string>()));
  let found = byActor.get(index);
  if (found === undefined) {
    const actor = actors[index];
    const left =
      actor === undefined
        ? undefined
        : evaluateConditions([clause], contextOf(lens.estate, actor, target), false);
    found = left === undefined ? "-" : left.literals.length + left.missing.length === 0 ? "+" : "?";
    byActor.set(index, found);
  }
  return found;
}

/** Identities of an account that is not known to own the resource and that its policy does not speak of. */
function strangeTo({ target }: Question): (actor: Actor) => boolean {
  const named = new Set<string>(target.account === undefined ? [] : [target.account]);
  for (const { document } of target.policies) {
    for (const { principal } of document.statements) {
      for (const name of principal?.aws ?? [])
        named.add(/^\d{12}$/.test(name) ? awsAccount(name) : `aws:${name.split(":")[4] ?? ""}`);
    }
  }
  return ({ kind, account: own, serviceLinked }) =>
    (kind === "user" || kind === "role" || kind === "root") &&
    !serviceLinked &&
    own !== undefined &&
    !named.has(own);
}

/** Numbers that actors share when kind, account and exemption from organisation policies are the same. */
export function classesOf(actors: readonly Actor[]): Uint32Array {
  const ids = new Map<string, number>();
  return Uint32Array.from(actors, ({ kind, account, serviceLinked }) => {
    const key = `${kind} ${account ?? ""} ${serviceLinked}`;
    let id = ids.get(key);
    if (id === undefined) ids.set(key, (id = ids.size));
    return id;
  });
}
