import type { BecomeEdge, BecomeQuestions } from "../core/access/index.js";
import type { Estate, MissingFact } from "../core/estate/index.js";
import { entryOf, nameOf, stepOf } from "./questions.js";

const nearMissLimit = 20;
const entryLimit = 3;

/** Who can do `action` on `resource`, by right or after becoming somebody, and who is stopped by what. */
export function whoCan(
  estate: Estate,
  become: BecomeQuestions,
  action: string,
  resource: string,
  limit: number,
) {
  const { engine } = become;
  const direct = engine.whoCan(action, resource);
  const targets = [...direct.allowed.or(direct.unknown)];
  const closure = become.closure(targets);
  const holders = closure.members.map((member) =>
    holderOf(estate, become, action, resource, member, closure.walk(member)),
  );
  holders.sort(
    (a, b) =>
      Number(b.direct) - Number(a.direct) ||
      a.path.length - b.path.length ||
      (a.principal < b.principal ? -1 : a.principal > b.principal ? 1 : 0),
  );
  const can = holders.filter((holder) => holder.verdict === true);
  const unknown = holders.filter((holder) => holder.verdict === "unknown");
  const missing = new Map<string, MissingFact>();
  for (const holder of unknown) for (const fact of holder.missing) missing.set(fact.key, fact);
  const members = new Set(closure.members.map((member) => engine.actors[member]));
  return {
    action,
    resource,
    can: can.slice(0, limit),
    unknown: unknown.slice(0, limit),
    more: Math.max(0, can.length - limit) + Math.max(0, unknown.length - limit),
    almost: engine
      .nearMisses(action, resource, nearMissLimit)
      .filter((miss) => !members.has(miss.principal))
      .map((miss) => ({
        principal: miss.principal,
        name: nameOf(estate, miss.principal),
        by: miss.block.text,
        ...(miss.block.evidence === undefined ? {} : { evidence: miss.block.evidence }),
      })),
    missing: [...missing.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

function holderOf(
  estate: Estate,
  become: BecomeQuestions,
  action: string,
  resource: string,
  member: number,
  walk: readonly BecomeEdge[],
) {
  const { engine } = become;
  const principal = engine.actors[member] ?? ("" as (typeof engine.actors)[number]);
  const actor = walk.at(-1)?.to ?? principal;
  const decision = engine.decide(actor, action, resource);
  const verdict =
    decision.verdict === true && walk.every((edge) => edge.verdict === true) ? true : ("unknown" as const);
  return {
    principal,
    name: nameOf(estate, principal),
    verdict,
    certainty: walk.some((edge) => edge.certainty === "conditional")
      ? ("conditional" as const)
      : ("certain" as const),
    direct: walk.length === 0,
    path: walk.map(stepOf),
    grants: [...decision.grants],
    conditions: decision.residual.map((residual) => ({ text: residual.text, evidence: residual.evidence })),
    entries: become.entriesOf(principal).slice(0, entryLimit).map(entryOf),
    missing: [...decision.missing, ...walk.flatMap((edge) => edge.missing)],
  };
}
