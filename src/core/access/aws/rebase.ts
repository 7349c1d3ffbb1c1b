import { principalId } from "../../estate/index.js";
import type { PolicyDocument, Principal, PrincipalId, Statement } from "../../estate/index.js";
import type { ChangedEstate } from "../change/draft.js";
import { nativeGrants } from "../native/grants.js";
import { actorOf, namesNewActor } from "./actors.js";
import { chainsOf, compile, type Base } from "./base.js";
import { limitDocuments } from "./concern.js";
import { holdingsOf } from "./held.js";
import { createTouch } from "./overlay.js";
import { createWitnesses } from "./witnesses.js";

/**
 * The compiled estate with the facts of a changed one in their place. Nothing is indexed again: whoever holds other
 * documents than before is judged by them. Only a change that names somebody new needs a new list of actors.
 */
export function rebased(base: Base, changed: ChangedEstate): Base {
  const { estate, touched } = changed;
  const { actorIndex } = base.compiled;
  const native = touched.rights ? nativeGrants(estate) : base.native;
  const listed = { index: actorIndex, ours: base.lens.chains.ours };
  if (namesNewActor(touchedDocuments(changed), estate, listed)) return compile(estate, native, base.options);
  const rewritten = new Set([...base.rewritten, ...rewrittenActors(base, changed, native)]);
  const actors = [...base.compiled.actors];
  for (const index of rewritten) {
    const principal = estate.principal(base.ids[index] ?? principalId(""));
    if (principal !== undefined) actors[index] = actorOf(principal);
  }
  const holdings = holdingsOf(estate, base.options.managedPolicies, native);
  const added = new Set<Statement>();
  for (const index of rewritten) {
    const actor = actors[index];
    for (const held of actor === undefined ? [] : holdings.of(actor))
      if (held.kind === "use") for (const statement of held.use.document.statements) added.add(statement);
  }
  const { chains } = base.lens;
  let limits: ReadonlySet<string> | undefined;
  return {
    ...base,
    estate,
    native,
    rewritten,
    compiled: { ...base.compiled, actors, witnesses: createWitnesses(base.compiled.index, [...added]) },
    lens: {
      ...base.lens,
      estate,
      holdings,
      chains:
        touched.organizations || estate.organizations !== base.estate.organizations
          ? chainsOf(estate, chains.ours, [...chains.rcpServices])
          : chains,
    },
    touch: createTouch(actors, holdings, rewritten),
    limits: () => (limits ??= limitDocuments(estate)),
  };
}

/** Policies of what a change touched that may name actors. */
const touchedDocuments = ({ estate, touched }: ChangedEstate): readonly PolicyDocument[] => [
  ...[...touched.principals].flatMap((id) => estate.principal(id)?.trustPolicy?.document ?? []),
  ...[...touched.resources].flatMap((id) =>
    [...(estate.resource(id)?.policies?.values() ?? [])].map(({ document }) => document),
  ),
];

/** Actors whose own facts, groups, managed policies, boundary or native rights are others than those compiled. */
function rewrittenActors(
  base: Base,
  { estate, touched }: ChangedEstate,
  native: Base["native"],
): ReadonlySet<number> {
  const found = new Set<number>();
  const add = (id: PrincipalId): void => {
    const index = base.compiled.actorIndex.get(id);
    if (index !== undefined) found.add(index);
  };
  const groups = new Set<PrincipalId>();
  for (const id of touched.principals) {
    add(id);
    if (estate.principal(id)?.kind === "group") groups.add(id);
  }
  if (touched.managedPolicies.size > 0 || groups.size > 0) {
    const { managedPolicies } = touched;
    const isTouched = ({ attached, boundary }: Principal): boolean =>
      (boundary !== undefined && managedPolicies.has(boundary.arn)) ||
      attached.some(({ arn }) => managedPolicies.has(arn));
    for (const principal of estate.principals)
      if (principal.kind === "group" && isTouched(principal)) groups.add(principal.id);
    for (const principal of estate.principals)
      if (isTouched(principal) || principal.groups.some((group) => groups.has(group))) add(principal.id);
  }
  if (native !== base.native) for (const id of [...native.keys(), ...base.native.keys()]) add(id);
  return found;
}
