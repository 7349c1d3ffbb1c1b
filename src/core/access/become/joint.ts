import type { MissingFact } from "../../estate/index.js";
import type { BecomeEdge, Closure } from "../become.js";
import type { AccessEngine, ActorSet } from "../engine.js";
import { accountsNear, closeOver, type Seed } from "./closure.js";
import { keepGains, rewritingEdge } from "./edge.js";
import { rewriteRules } from "./escalations/identity-rules.js";
import { rankOf } from "./found.js";
import { creatingActions } from "./newcomer.js";
import { accessOf } from "./one-step-access.js";
import { mightDo } from "./power.js";
import type { Rewriting } from "./rewriting.js";
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
      seeds.push(...doubtSeeds(parts, rewriter, remote, [action, resource], reached, stopAt));
      const open = remote.filter((item) => item.may(action, resource) !== false);
      if (open.length === 0) continue;
      // Where nothing could be proven, who is a member already gains nothing.
      const sureAtBest = open.some((item) => item.verdict === true && item.may(action, resource) === true);
      const known = sureAtBest ? proven : reached;
      if (known.has(rewriter)) continue;
      const beyond = ++looked > mostRewriters;
      const asRewriter = closeOver(parts, [{ member: rewriter, rank: 0, hop: () => [] }], stopAt);
      const identities = [...new Set(open.map(({ identity }) => identity))];
      const asOther = beyond
        ? undefined
        : closeOver(
            parts,
            identities.map((member) => ({ member, rank: 0 as const, hop: () => [] })),
            stopAt,
          );
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

/**
 * Whoever becomes several identities and rewrites one of them only in part (within a boundary, below a deny, by a group)
 * may go on with all of them together: as one, rewrite what only another can become. That is not followed to its end,
 * so it is unknown and named, never "no".
 */
function doubtSeeds(
  parts: Parts,
  rewriter: number,
  remote: readonly Rewriting[],
  [action, resource]: readonly [string, string],
  reached: ReadonlySet<number>,
  stopAt: ActorSet | undefined,
): readonly Seed[] {
  const { model, rewritings } = parts;
  const partial = (item: Rewriting): boolean =>
    (item.limited || item.gains !== "full") && item.may(action, resource) !== true && goesOn(item);
  const own = rewritings.of(rewriter).find(partial);
  const others = remote.filter(partial);
  const [start = own] = others;
  if (start === undefined) return [];
  const asRewriter = closeOver(parts, [{ member: rewriter, rank: 0, hop: () => [] }], stopAt);
  const identities = [...new Set(others.map(({ identity }) => identity))];
  const both =
    own === undefined
      ? new Set(
          closeOver(
            parts,
            identities.map((member) => ({ member, rank: 0 as const, hop: () => [] })),
            stopAt,
          ).members,
        )
      : undefined;
  const alone = (): boolean => {
    const principal = model.principal(rewriter);
    const members = principal?.account === undefined ? [] : model.members(principal.account);
    return accessOf(model, model.id(rewriter), members).size === 0;
  };
  const fact: MissingFact = {
    key: `complexity|several identities|${model.id(rewriter)}`,
    fact: `what one actor attains that is \`${model.id(rewriter)}\` and other identities at once, and rewrites one as the other`,
    collect: "take away its right to rewrite identities, or analyse the account by itself",
  };
  return asRewriter.members.flatMap((member): readonly Seed[] => {
    if (reached.has(member) || both?.has(member) === false) return [];
    if (member === rewriter && alone()) return [];
    return [
      {
        member,
        rank: 2,
        hop: () => {
          const edge = rewritingEdge(model, start);
          const shown =
            edge === undefined
              ? []
              : [{ ...edge, verdict: "unknown" as const, missing: [...edge.missing, fact] }];
          return [...asRewriter.walk(member), ...shown];
        },
      },
    ];
  });
}

const onward: readonly string[] = [
  ...rewriteRules.map(({ action }) => action),
  ...creatingActions.map(({ action }) => action),
];

/** Rights that lead to further rights; becoming others as they are is followed by the closure. */
const goesOn = (item: Rewriting): boolean => onward.some((action) => mightDo(item.power(), action));
