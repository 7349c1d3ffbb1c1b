import type { MissingFact } from "../../estate/index.js";
import type { BecomeEdge, Closure } from "../become.js";
import type { AccessEngine, ActorSet } from "../engine.js";
import { accountsNear, type Seed } from "./closure.js";
import { keepGains, rewritingEdge } from "./edge.js";
import { rankOf } from "./found.js";
import type { Rewriting } from "./one-rewriting.js";
import type { Parts } from "./step-types.js";

/** Most rewriters looked at one by one per question; what lies beyond is unknown, never absent. */
const mostRewriters = 50;

/**
 * One actor that can become both an identity that rewrites another and that other: it has the other's envelope, though
 * neither identity alone gets there. Asked per rewriter as two closures, never per pair.
 */
export function jointSeeds(
  engine: AccessEngine,
  parts: Parts,
  action: string,
  resource: string,
  first: Closure,
  stopAt: ActorSet | undefined,
  closure: (targets: readonly number[]) => Closure,
): readonly Seed[] {
  const { model, rewritings } = parts;
  const reached = new Set(first.members);
  const proven = new Set(first.members.filter((member) => first.verdictOf(member) === true));
  const seeds: Seed[] = [];
  let looked = 0;
  for (const account of accountsNear(engine, parts, resource)) {
    for (const rewriter of rewritings.candidates(account)) {
      if (proven.has(rewriter) || stopAt?.has(rewriter) === true) continue;
      const remote = rewritings.remote(rewriter);
      const open = remote.filter((item) => item.may(action, resource) !== false);
      if (open.length === 0) continue;
      // Where nothing could be proven, who is a member already gains nothing.
      const sureAtBest = open.some((item) => item.verdict === true && item.may(action, resource) === true);
      const known = sureAtBest ? proven : reached;
      if (known.has(rewriter)) continue;
      const beyond = ++looked > mostRewriters;
      const asRewriter = closure([rewriter]);
      const identities = [...new Set(open.map(({ identity }) => identity))];
      const asOther = beyond ? undefined : closure(identities);
      const others = asOther === undefined ? undefined : new Set(asOther.members);
      for (const member of asRewriter.members) {
        if (member === rewriter || known.has(member) || others?.has(member) === false) continue;
        const walk = asOther?.walk(member) ?? [];
        const end = walk.at(-1)?.to ?? model.id(member);
        const rewriting = open.find(({ identity }) => model.id(identity) === end) ?? open[0];
        if (rewriting === undefined) continue;
        const sure =
          asOther !== undefined &&
          asRewriter.verdictOf(member) === true &&
          asOther.verdictOf(member) === true &&
          rewriting.verdict === true &&
          rewriting.may(action, resource) === true;
        const path = asRewriter.walk(member);
        const assumed = [...path, ...walk].some(({ certainty }) => certainty === "conditional");
        const ways = walk.map(({ via }) => via).join(", ");
        seeds.push({
          member,
          rank: rankOf(sure ? true : "unknown", assumed),
          hop: () => [...path, ...lastEdge(model, rewriting, ways, beyond)],
        });
      }
    }
  }
  return seeds;
}

const tooManyRewriters = ({ from, to }: BecomeEdge): MissingFact => ({
  key: `complexity|joint rewriters|${from}`,
  fact: `whether one actor that becomes \`${from}\` also becomes \`${to}\`: only the first ${mostRewriters} identities that rewrite others are looked at`,
  collect: "take away rights to rewrite identities, or analyse the account by itself",
});

function lastEdge(
  model: Parts["model"],
  rewriting: Rewriting,
  ways: string,
  beyond: boolean,
): readonly BecomeEdge[] {
  const proof = rewritingEdge(model, rewriting);
  if (proof === undefined) return [];
  const edge: BecomeEdge = beyond
    ? keepGains(proof, { ...proof, verdict: "unknown", missing: [...proof.missing, tooManyRewriters(proof)] })
    : proof;
  const words = [edge.condition, ...(ways === "" ? [] : [`the same actor becomes it by ${ways}`])];
  const condition = words.flatMap((text) => text ?? []).join("; ");
  return [condition === "" ? edge : keepGains(edge, { ...edge, condition })];
}
