import type { PrincipalElement } from "../../estate/index.js";
import { everyone, rootOf, serviceActor } from "./actors.js";
import type { Lens } from "./collector.js";
import { letIn } from "./let-in.js";
import type { Question } from "./model.js";
import { awsAccount, principalId } from "../../estate/index.js";
import type { Compiled } from "./compiled.js";

/** Actors of the owning account who may be let in without an identity policy: its root, and whom the resource names. */
export function* locals(compiled: Compiled, question: Question, lens?: Lens): Generator<number> {
  const { target } = question;
  const own = target.account === undefined ? undefined : compiled.byAccount.get(target.account);
  if (target.account === undefined) yield* compiled.roots;
  else yield* compiled.rootsOf.get(target.account) ?? [];
  if (target.mode === "none") return;
  const all = (): Iterable<number> => own ?? compiled.actors.keys();
  if (target.policiesMissing !== undefined) yield* all();
  for (const element of lens === undefined ? allowedElements(target) : letIn(lens, question)) {
    // `*` and NotPrincipal reach everybody of the account; sessions and unique ids are looked for one by one.
    if (element.any || element.negated || element.aws.some((name) => !name.includes(":iam:"))) yield* all();
    for (const name of element.aws) {
      const index = compiled.actorIndex.get(principalId(name));
      if (index !== undefined) yield index;
    }
  }
}

/** Strangers, services, federated subjects and roots of other accounts that the policy of the resource may let in. */
export function* outsiders(compiled: Compiled, question: Question, lens?: Lens): Generator<number> {
  const { target } = question;
  if (target.mode === "none") return;
  if (target.policiesMissing !== undefined) {
    yield* compiled.outside;
    yield* compiled.roots;
    return;
  }
  const at = (name: string): readonly number[] => {
    const index = compiled.actorIndex.get(principalId(name));
    return index === undefined ? [] : [index];
  };
  for (const element of lens === undefined ? allowedElements(target) : letIn(lens, question)) {
    if (element.any || element.negated) {
      yield* compiled.outside;
      yield* compiled.roots;
      yield* at(everyone);
    }
    for (const name of element.aws) {
      yield* at(/^\d{12}$/.test(name) ? rootOf(awsAccount(name)) : name);
      // A policy may name the account while the estate names identities of it.
      yield* compiled.outside.filter((index) => belongsTo(compiled.actors[index]?.account, name));
    }
    for (const service of element.service) yield* at(serviceActor(service));
    for (const provider of element.federated) yield* at(provider);
    for (const user of element.canonicalUser) yield* at(`aws:canonical-user/${user}`);
  }
}

const belongsTo = (account: string | undefined, name: string): boolean =>
  account !== undefined &&
  (name === account.slice("aws:".length) || name.endsWith(`::${account.slice("aws:".length)}:root`));

function* allowedElements({ policies }: Question["target"]): Generator<PrincipalElement> {
  for (const { document } of policies) {
    for (const { effect, principal } of document.statements) {
      if (effect === "Allow" && principal !== undefined) yield principal;
    }
  }
}
