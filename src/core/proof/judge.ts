import { all, any, both, either, unless, type Answer } from "./answer.js";
import { clauseAnswer, fill, type Keys } from "./condition.js";
import type { OrganizationPolicy, StatedGrant } from "./directory.js";
import { heldBy, managedPolicy, type Held } from "./held.js";
import { keysOf } from "./keys.js";
import { levelsOf } from "./organization.js";
import type { Policy, Statement } from "./policy.js";
import { blocksOf, conditionsOf } from "./reasons.js";
import type { Actor, Layer, Question, ReadPolicy, Ruling, Setting, Taken, Target } from "./ruling.js";
import { refusal, rootPassesDeny } from "./service-refusals.js";
import { actorOf, targetOf } from "./target.js";
import { patternMatches, wholeArn, wildcardMatches } from "./wildcard.js";

/** Which layers of the identity itself stand: those that whoever rewrites it leaves or cannot take off. */
export interface Rewritten {
  readonly inline: boolean;
  readonly attached: boolean;
  readonly boundary: boolean;
}

interface Bench {
  readonly setting: Setting;
  readonly action: string;
  readonly target: Target;
  readonly actor: Actor;
  readonly keys: Keys;
  readonly allows: Taken[];
  readonly denies: Taken[];
  readonly read: ReadPolicy[];
  looked: number;
  /** A layer could not be read: it may deny too. */
  unread: boolean;
}

const remembered = new WeakMap<Setting, Map<string, Ruling>>();
const mostRemembered = 100_000;

/**
 * Whether an identity may do something, from the documents alone (access.md "AWS allow, exactly"; IAM user guide,
 * "Policy evaluation logic"). `rewritten`: after somebody wrote its policies anew.
 */
export function judge(setting: Setting, who: string, question: Question, rewritten?: Rewritten): Ruling {
  if (rewritten !== undefined) return rule(setting, who, question, rewritten);
  const known = remembered.get(setting) ?? new Map<string, Ruling>();
  remembered.set(setting, known);
  const key = `${who} ${question.action} ${question.resource} ${question.account ?? ""}`;
  let found = known.get(key);
  if (found !== undefined) return found;
  found = rule(setting, who, question, undefined);
  if (known.size >= mostRemembered) known.clear();
  known.set(key, found);
  return found;
}

function rule(setting: Setting, who: string, question: Question, rewritten: Rewritten | undefined): Ruling {
  const actor = actorOf(setting.directory, who);
  if (actor === undefined)
    return nothing("unknown", "identity", `no document that this check reads lists ${who}`);
  const target = targetOf(setting, question);
  const action = question.action.toLowerCase();
  const same = actor.kind === "native" || target.account === undefined || target.account === actor.account;
  const refused = refusal(action, actor, target, same);
  if (refused !== undefined) return nothing("no", "service", refused);
  if (question.resource === "*" && question.account !== undefined && question.account !== actor.account)
    return nothing("no", "service", "it acts on the account of whoever calls");
  const keys = keysOf(setting.directory, actor, target, setting.now);
  const bench: Bench = {
    setting,
    action,
    target,
    actor,
    keys,
    allows: [],
    denies: [],
    read: [],
    looked: 0,
    unread: false,
  };
  const identity = identityAnswer(bench, rewritten);
  const boundary = boundaryAnswer(bench, rewritten);
  const limited = both(identity, boundary);
  const resource = resourceAnswer(bench, rootPassesDeny(action, actor, target));
  const inside =
    actor.kind === "native"
      ? identity
      : any([
          target.mode === "required" ? both(limited, resource.delegated) : limited,
          resource.free,
          actor.kind === "role" ? both(resource.exact, boundary) : resource.exact,
        ]);
  const outside = both(limited, resource.any);
  const grant =
    target.ownerUnknown && actor.kind !== "native"
      ? both(either(inside, outside), "unknown")
      : same
        ? inside
        : outside;
  const scp = levelAnswer(bench, "scp", serviceLinked(actor) || isOutside(actor) ? undefined : actor.account);
  const owner =
    actor.kind === "native"
      ? undefined
      : (target.account ?? (target.ownerUnknown ? undefined : actor.account));
  const guarded = setting.rcpServices.has(action.split(":")[0] ?? "") && action !== "kms:retiregrant";
  const managedKey = target.thing?.facts.get("keyManager")?.value === "AWS";
  const rcp = levelAnswer(bench, "rcp", guarded && !serviceLinked(actor) && !managedKey ? owner : undefined);
  const denied = any(bench.denies.map(({ answer }) => answer));
  const unread = bench.unread || resource.unread ? "unknown" : "yes";
  const answer = all([grant, scp, rcp, unless(denied), unread]);
  const layers = [
    { layer: "identity" as const, answer: identity, text: "policies it holds" },
    { layer: "boundary" as const, answer: boundary, text: "permissions boundary" },
    {
      layer: target.identity === undefined ? ("resource" as const) : ("trust" as const),
      answer: resource.any,
      text: target.mode,
    },
    { layer: "scp" as const, answer: scp, text: "SCPs" },
    { layer: "rcp" as const, answer: rcp, text: "RCPs" },
  ];
  return {
    answer,
    allows: bench.allows,
    denies: bench.denies,
    blocks: answer === "yes" ? [] : blocksOf(bench, answer, grant, layers),
    conditions: conditionsOf(bench),
    read: bench.read,
    looked: bench.looked,
    layers,
  };
}

const nothing = (answer: Answer, layer: Layer, text: string): Ruling => ({
  answer,
  allows: [],
  denies: [],
  blocks: [{ layer, text }],
  conditions: [],
  read: [],
  looked: 0,
  layers: [],
});

const serviceLinked = ({ arn }: Actor): boolean => arn.includes(":role/aws-service-role/");

const isOutside = ({ kind }: Actor): boolean => kind === "external" || kind === "native";

/** Action and resource only; no: the statement does not speak of it. */
export function speaks(statement: Statement, action: string): boolean {
  return statement.actions.some((pattern) => wildcardMatches(pattern, action)) !== statement.notActions;
}

function covers(statement: Statement, target: Target, keys: Keys, variables: boolean): Answer {
  if (statement.resources === undefined) return "yes";
  let widest: Answer = "no";
  for (const pattern of statement.resources) {
    const filled = variables ? fill(pattern, keys) : pattern;
    if (filled === undefined) continue;
    if (filled === null) {
      const wide = pattern.replace(/\$\{[^}]*\}/g, "*");
      if (patternMatches(wholeArn(wide), target.text)) widest = either(widest, "unknown");
    } else if (typeof filled === "string") {
      if (patternMatches(wholeArn(filled), target.text)) widest = "yes";
    } else if (patternMatches(wholeArn(filled.wide), target.text)) widest = either(widest, "if");
  }
  return statement.notResources ? unless(widest) : widest;
}

export const placeKey = ({ at }: Statement): string =>
  at.inner === undefined
    ? `${at.digest}#${at.pointer ?? ""}`
    : `${at.digest}#${at.pointer ?? ""}#${at.inner}`;

/** One statement on one question; notes it where it matches. */
function weigh(bench: Bench, layer: Layer, policy: Policy, statement: Statement): Answer {
  if (statement.deny) bench.looked += 1;
  if (bench.setting.removed?.has(placeKey(statement)) === true) return "no";
  if (!speaks(statement, bench.action)) return "no";
  const answer = all([
    covers(statement, bench.target, bench.keys, policy.variables),
    ...statement.conditions.map((clause) => clauseAnswer(clause, bench.keys, policy.variables)),
  ]);
  return answer;
}

function note(bench: Bench, layer: Layer, statement: Statement, answer: Answer): void {
  if (answer !== "no") (statement.deny ? bench.denies : bench.allows).push({ layer, statement, answer });
}

function policyAnswer(bench: Bench, layer: Layer, policy: Policy | undefined): Answer {
  if (policy === undefined) {
    bench.unread = true;
    return "unknown";
  }
  if (layer !== "identity") bench.read.push({ layer, at: policy.at });
  let allowed: Answer = "no";
  for (const statement of policy.statements) {
    const answer = weigh(bench, layer, policy, statement);
    note(bench, layer, statement, answer);
    if (!statement.deny) allowed = either(allowed, answer);
  }
  return allowed;
}

function identityAnswer(bench: Bench, rewritten: Rewritten | undefined): Answer {
  const { actor, setting } = bench;
  if (actor.kind === "root" || actor.kind === "external") return "yes";
  const held: readonly Held[] = heldBy(setting.directory, actor);
  const answers = held
    .filter(
      ({ via }) => rewritten === undefined || (via === "inline" ? rewritten.inline : rewritten.attached),
    )
    .map(({ policy }) => policyAnswer(bench, "identity", policy));
  const stated = [actor.arn, ...(actor.identity?.groups ?? [])].flatMap(
    (holder) => setting.directory.grants.get(holder) ?? [],
  );
  answers.push(...stated.map((grant) => grantAnswer(bench, grant)));
  return rewritten === undefined ? any(answers) : "yes";
}

/** A right that the native estate document states: patterns without regard to case, a condition in words. */
function grantAnswer(bench: Bench, grant: StatedGrant): Answer {
  const hit =
    grant.actions.some((pattern) => wildcardMatches(pattern, bench.action)) &&
    grant.resources.some((pattern) => wildcardMatches(pattern, bench.target.text.toLowerCase()));
  if (!hit) return "no";
  const statement: Statement = {
    at: grant.at,
    deny: grant.deny,
    actions: grant.actions,
    notActions: false,
    resources: grant.resources,
    notResources: false,
    named: undefined,
    conditions: grant.condition === undefined ? [] : [{ operator: "", key: grant.condition, values: [] }],
  };
  const answer: Answer = grant.condition === undefined ? "yes" : "if";
  note(bench, "identity", statement, answer);
  return grant.deny ? "no" : answer;
}

function boundaryAnswer(bench: Bench, rewritten: Rewritten | undefined): Answer {
  const arn = bench.actor.identity?.boundary;
  if (arn === undefined || rewritten?.boundary === false) return "yes";
  return policyAnswer(bench, "boundary", managedPolicy(bench.setting.directory, arn));
}

interface Resource {
  readonly exact: Answer;
  readonly free: Answer;
  readonly delegated: Answer;
  readonly any: Answer;
  readonly unread: boolean;
}

function resourceAnswer(bench: Bench, passesDeny: boolean): Resource {
  const { target, actor } = bench;
  const none: Resource = { exact: "no", free: "no", delegated: "no", any: "no", unread: false };
  if (target.mode === "none") return none;
  const layer: Layer = target.identity === undefined ? "resource" : "trust";
  if (target.policies === undefined || target.policies.includes(undefined))
    return { exact: "unknown", free: "unknown", delegated: "unknown", any: "unknown", unread: !passesDeny };
  let { exact, free }: Record<"exact" | "free", Answer> = none;
  let account: Answer = "no";
  for (const policy of target.policies) {
    if (policy !== undefined) bench.read.push({ layer, at: policy.at });
    for (const statement of policy?.statements ?? []) {
      const naming = policy === undefined ? undefined : namingOf(statement, actor);
      if (naming === undefined || policy === undefined) {
        if (statement.deny) bench.looked += 1;
        continue;
      }
      const weight = weigh(bench, layer, policy, statement);
      const answer =
        naming === "session" ? both(weight, "if") : naming === "uncertain" ? both(weight, "unknown") : weight;
      if (statement.deny && passesDeny) continue;
      note(bench, layer, statement, answer);
      if (statement.deny) continue;
      if (naming === "exact") exact = either(exact, answer);
      else if (naming === "account") account = either(account, answer);
      else free = either(free, answer);
    }
  }
  const every = any([exact, free, account]);
  return { exact, free, delegated: every, any: every, unread: false };
}

type Naming = "exact" | "account" | "everyone" | "session" | "uncertain";

/** How a `Principal` element names the actor (IAM user guide, "AWS JSON policy elements: Principal", "NotPrincipal"). */
function namingOf({ named, deny }: Statement, actor: Actor): Naming | undefined {
  if (named === undefined) return undefined;
  const plainly = nameOf(named, actor);
  if (!named.negated) return plainly;
  if (plainly === undefined) return "everyone";
  if (deny && actor.identity?.boundary !== undefined) return "everyone";
  if (plainly === "session") return "uncertain";
  // AWS asks for the account beside the identity: without it a Deny may still hit (same page, "NotPrincipal with Deny").
  return deny && plainly === "exact" && actor.kind !== "root" && !namesAccount(named.aws, actor)
    ? "uncertain"
    : undefined;
}

function nameOf(named: NonNullable<Statement["named"]>, actor: Actor): Naming | undefined {
  const { arn, kind, identity } = actor;
  if (named.aws.includes(arn) || (identity?.uniqueId !== undefined && named.aws.includes(identity.uniqueId)))
    return kind === "root" ? "account" : "exact";
  if (named.everyone) return "everyone";
  if (namesAccount(named.aws, actor)) return "account";
  if (kind !== "role") return undefined;
  const prefix = `:sts::${actor.account}:assumed-role/${arn.slice(arn.lastIndexOf("/") + 1)}/`;
  return named.aws.some((name) => name.includes(prefix)) ? "session" : undefined;
}

const namesAccount = (names: readonly string[], { account }: Actor): boolean =>
  names.some((name) => name === account || (name.startsWith("arn:") && name.endsWith(`::${account}:root`)));

/** Every level must allow; within one, any policy may. RCPs only deny. */
function levelAnswer(bench: Bench, type: "scp" | "rcp", account: string | undefined): Answer {
  if (account === undefined) return "yes";
  const { directory } = bench.setting;
  // Accounts that are nobody's here: strangers are bound by their own, which no document holds.
  const chain = levelsOf(directory, account, type);
  if (chain.kind === "free") return "yes";
  let answer: Answer = chain.whole ? "yes" : "unknown";
  for (const level of chain.levels) {
    const allowed = any(level.map((policy) => organizationPolicyAnswer(bench, type, policy)));
    if (type === "scp" && chain.whole) answer = both(answer, allowed);
  }
  return answer;
}

function organizationPolicyAnswer(bench: Bench, type: "scp" | "rcp", policy: OrganizationPolicy): Answer {
  if (policy.everything) {
    bench.read.push({ layer: type, at: policy.at });
    return "yes";
  }
  if (policy.policy === undefined) {
    bench.unread = true;
    return "unknown";
  }
  return policyAnswer(bench, type, policy.policy);
}
