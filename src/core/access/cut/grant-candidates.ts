import { accountOfArn, principalId, type PrincipalId } from "../../estate/index.js";
import { globMatches, hasWildcard } from "../glob.js";
import type { Hop } from "../recreation.js";
import { priceOfUse, prices, short, upToTen, type Candidate } from "./candidate.js";
import type { Located } from "./located.js";
import { asksOf, type Ask, type Ground } from "./ground.js";
import { trustCandidates } from "./trust-candidates.js";

/** Ways to take away the rights that a hop rests on: statements, attachments, groups, denies, trusts, native rights. */
export function grantCandidates(ground: Ground, hop: Hop): readonly Candidate[] {
  const { estate, places } = ground;
  const holder = principalId(hop.from);
  const found: Candidate[] = [];
  const asks = asksOf(hop);
  for (const evidence of hop.evidence) {
    const at = places.statement(evidence, holder);
    if (at?.kind === "trust") found.push(...trustCandidates(ground, hop, at));
    else if (at !== undefined) found.push(...statementCandidates(ground, hop, at, asks));
    const native = places.nativeGrant(evidence);
    if (native !== undefined)
      found.push({
        key: `native|${native.id}`,
        edit: {
          kind: "changes",
          changes: [
            {
              kind: "removeStatement",
              statement: { principal: native.holder, policy: `grant/${native.id}` },
            },
          ],
        },
        cause: hop.cause,
        subject: native.holder,
        title: `${short(native.holder)}: take ${native.actions.join(", ")} away`,
        cost: prices.statement + priceOfUse(ground.use.of([native.holder], native.actions[0] ?? "*")),
        use: ground.use.of([native.holder], native.actions[0] ?? "*"),
        interim: false,
        fix: "narrow",
        others: 0,
      });
  }
  const principal = estate.principal(holder);
  const deniable =
    principal !== undefined &&
    principal.immutable === undefined &&
    (principal.kind === "user" || principal.kind === "role");
  if (deniable) for (const ask of asks) found.push(denyCandidate(ground, hop, holder, ask));
  return found;
}

function statementCandidates(
  ground: Ground,
  hop: Hop,
  at: Located,
  asks: readonly Ask[],
): readonly Candidate[] {
  const { places, use } = ground;
  const holder = principalId(hop.from);
  const holders = at.kind === "resource" ? [holder] : places.holdersOf(at);
  const others = at.kind === "resource" ? 0 : holders.filter((id) => id !== holder).length;
  const shared = prices.other * upToTen(others);
  // The policy of a resource is its setting (decision-rules.md C, row 11).
  const cause = at.kind === "resource" ? ("setting" as const) : hop.cause;
  const base = { cause, others, interim: false, fix: "narrow" as const };
  const found: Candidate[] = [];
  const subject = at.resource ?? at.holder ?? holder;
  const where =
    at.kind === "resource"
      ? `policy of ${short(subject)}`
      : at.policy === undefined
        ? short(subject)
        : `policy ${short(at.policy)}${others > 0 ? ` (${String(holders.length)} have it)` : ""}`;
  if (at.kind !== "aws-managed") {
    const { action } = at.statement;
    const matching = asks.filter((ask) => covers(at, ask.action));
    const dropped = matching.length > 0 ? matching.map((ask) => ask.action) : action.patterns;
    for (const name of new Set(dropped)) {
      const star = starOver(at, name);
      if (star === undefined) continue;
      const used = use.of(holders, name);
      // Where nothing else is in the list, the statement goes as a whole.
      if (star === "" && action.patterns.length === 1) continue;
      if (star === "") {
        found.push({
          ...base,
          key: `drop|${at.key}|${name.toLowerCase()}`,
          edit: { kind: "drop", at, action: name },
          subject,
          title: `${where}: drop ${name}`,
          cost: prices.drop + shared + priceOfUse(used),
          use: used,
        });
      } else if (used === "unused") {
        found.push({
          ...base,
          key: `keep|${at.key}`,
          edit: { kind: "keep", at },
          subject,
          title: `${where}: keep of ${star} only what is used`,
          cost: prices.keepUsed + shared,
          use: used,
        });
      }
    }
    const whole = wholeUse(ground, holders, action.negated ? ["*"] : action.patterns);
    found.push({
      ...base,
      key: `remove|${at.key}`,
      edit: { kind: "changes", changes: [{ kind: "removeStatement", statement: at.ref }] },
      subject,
      title:
        action.patterns.length === 1 && !action.negated
          ? `${where}: drop ${action.patterns[0] ?? ""}${at.statement.sid === undefined ? "" : ` (${at.statement.sid})`}`
          : `${where}: remove statement ${at.statement.sid ?? String(at.ref.index ?? 0)}`,
      cost:
        (action.patterns.length === 1 && !action.negated ? prices.drop : prices.statement) +
        shared +
        prices.more * upToTen(extent(at)) +
        priceOfUse(whole),
      use: whole,
    });
  }
  if (at.policy !== undefined) found.push(...attachmentCandidates(ground, hop, at, at.policy));
  if (at.kind === "group" && at.holder !== undefined)
    found.push(membership(ground, hop, holder, at.holder, [at.statement.action.patterns].flat()));
  return found;
}

/** How much a statement gives, roughly: its patterns, and everything behind a star. */
const extent = ({ statement }: Located): number =>
  statement.action.negated || statement.action.patterns.some(hasWildcard)
    ? 10
    : statement.action.patterns.length - 1;

const covers = ({ statement: { action } }: Located, asked: string): boolean => {
  const folded = asked.toLowerCase();
  return action.negated !== action.patterns.some((pattern) => globMatches(pattern.toLowerCase(), folded));
};

/**
 * An action that the statement names goes from its list: `""`. What a star gives can only be left out where it is known what
 * is used: the star, which then gives way to that (narrowed policies keep what was used). Undefined: neither is possible.
 */
function starOver(at: Located, name: string): string | undefined {
  const { action, effect } = at.statement;
  if (action.negated || effect === "Deny") return undefined;
  if (action.patterns.includes(name)) return "";
  const folded = name.toLowerCase();
  const star = action.patterns.find(
    (pattern) => hasWildcard(pattern) && globMatches(pattern.toLowerCase(), folded),
  );
  return star ?? (action.patterns.some((pattern) => pattern.toLowerCase() === folded) ? "" : undefined);
}

function wholeUse(
  ground: Ground,
  holders: readonly PrincipalId[],
  patterns: readonly string[],
): Candidate["use"] {
  const all = patterns.map((pattern) => ground.use.of(holders, pattern));
  return all.includes("used") ? "used" : all.includes("unknown") ? "unknown" : "unused";
}

/** A managed policy comes off the identity, or off the group through which it has it. */
function attachmentCandidates(ground: Ground, hop: Hop, at: Located, policy: string): readonly Candidate[] {
  const { estate } = ground;
  const holder = estate.principal(principalId(hop.from));
  if (holder === undefined || holder.immutable !== undefined) return [];
  const found: Candidate[] = [];
  const patterns = at.statement.action.negated ? ["*"] : at.statement.action.patterns;
  const use = wholeUse(ground, [holder.id], patterns);
  const title = (name: string): string => `${name}: take ${short(policy)} off`;
  if (holder.attached.some(({ arn }) => arn === policy))
    found.push({
      key: `detach|${holder.id}|${policy}`,
      edit: { kind: "changes", changes: [{ kind: "removeAttachment", principal: holder.id, policy }] },
      cause: hop.cause,
      subject: holder.id,
      title: title(holder.name),
      cost: prices.attachment + prices.more * upToTen(extent(at)) + priceOfUse(use),
      use,
      interim: false,
      fix: "narrow",
      others: 0,
    });
  for (const id of holder.groups) {
    const group = estate.principal(id);
    if (group?.attached.some(({ arn }) => arn === policy) !== true) continue;
    const members = estate.membersOf(id).map((member) => member.id);
    const groupUse = wholeUse(ground, members, patterns);
    found.push(
      {
        key: `detach|${id}|${policy}`,
        edit: { kind: "changes", changes: [{ kind: "removeAttachment", principal: id, policy }] },
        cause: hop.cause,
        subject: id,
        title: title(`group ${group.name}`),
        cost:
          prices.attachment +
          prices.more * upToTen(extent(at)) +
          prices.other * upToTen(members.length - 1) +
          priceOfUse(groupUse),
        use: groupUse,
        interim: false,
        fix: "narrow",
        others: members.length - 1,
      },
      membership(ground, hop, holder.id, id, patterns),
    );
  }
  return found;
}

function membership(
  ground: Ground,
  hop: Hop,
  principal: PrincipalId,
  group: PrincipalId,
  patterns: readonly string[],
): Candidate {
  const use = wholeUse(ground, [principal], patterns);
  return {
    key: `leave|${principal}|${group}`,
    edit: { kind: "changes", changes: [{ kind: "removeMembership", principal, group }] },
    cause: hop.cause,
    subject: principal,
    title: `${short(principal)}: out of group ${short(group)}`,
    cost: prices.membership + priceOfUse(use),
    use,
    interim: false,
    fix: "narrow",
    others: 0,
  };
}

/** Beside a grant that stays: interim, since whoever may rewrite the identity takes it off again (recreation.md 2). */
function denyCandidate(ground: Ground, hop: Hop, principal: PrincipalId, ask: Ask): Candidate {
  const use = ground.use.of([principal], ask.action);
  const resource =
    ask.resource.includes(":") && accountOfArn(ask.resource) !== undefined
      ? ask.resource
      : ask.resource.startsWith("arn:")
        ? ask.resource
        : "*";
  return {
    key: `deny|${principal}|${ask.action.toLowerCase()}|${resource}`,
    edit: { kind: "deny", principal, action: ask.action, resource },
    cause: hop.cause,
    subject: principal,
    title: `${short(principal)}: deny ${ask.action}${resource === "*" ? "" : ` on ${short(resource)}`}`,
    cost: prices.deny + (resource === "*" ? prices.more : 0) + priceOfUse(use),
    use,
    interim: true,
    fix: "narrow",
    others: 0,
  };
}
