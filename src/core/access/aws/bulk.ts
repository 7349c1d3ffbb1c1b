import { awsAccount } from "../../estate/index.js";
import type { Lens } from "./collector.js";
import type { Compiled } from "./compiled.js";
import { examine, namesPersons, type Parts, type Watch } from "./judge.js";
import type { Actor, Question } from "./model.js";

/**
 * What one layer after the other says of an actor whose identity side is known to allow, or to say nothing. Where no
 * layer looks at who is asking, all such actors of an account share the answer; where none looks at the account either,
 * so do those of all strange accounts that stand under the same policies.
 */
export function createBulk<Value>(
  { actors, classOf }: Compiled,
  lens: Lens,
  question: Question,
  view: "sure" | "none",
  read: (parts: Parts, actor: Actor) => Value,
): (index: number) => Value | undefined {
  const known = new Map<number, { readonly value: Value }>();
  const alike = new Map<string, { readonly value: Value }>();
  const persons = namesPersons(question);
  const strange = strangeTo(question);
  return (index) => {
    const actor = actors[index];
    if (actor === undefined) return undefined;
    const own = classOf[index] ?? 0;
    const before = known.get(own);
    if (before !== undefined) return before.value;
    const shared =
      persons || actor.account === undefined || !strange(actor)
        ? undefined
        : `${actor.kind} ${lens.chains.alike(actor.account)}`;
    const same = shared === undefined ? undefined : alike.get(shared);
    if (same !== undefined) {
      known.set(own, same);
      return same.value;
    }
    const watch: Watch = { personal: persons, local: false };
    const found = { value: read(examine(lens, question, actor, { kind: view }, watch), actor) };
    if (watch.personal || actor.serviceLinked) return found.value;
    known.set(own, found);
    if (shared !== undefined && !watch.local) alike.set(shared, found);
    return found.value;
  };
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
