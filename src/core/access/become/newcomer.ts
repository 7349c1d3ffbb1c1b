import {
  allOf,
  parseArn,
  principalId,
  type MissingFact,
  type Principal,
  type Tri,
} from "../../estate/index.js";
import { attachableBy, groupGains, type Gains } from "./gains.js";
import type { BecomeModel } from "./model.js";
import { hasNamedApart, isNamedApart, namesFor, type NewKind } from "./names.js";
import { newBoundaries } from "./new-boundary.js";
import { gainedPower, mightDo, type Ability, type Power } from "./power.js";
import { isWidest, type Asked, type Rewriting } from "./one-rewriting.js";
import { nameOf } from "./steps.js";

/** What a new identity is given its rights by. */
interface Giving {
  readonly via: string;
  readonly action: string;
  readonly on: "itself" | "group";
}

interface Way {
  readonly kind: "role" | "user";
  readonly create: string;
  readonly gives: readonly Giving[];
  /** One of these lets the creator in; a role's trust is its creator's to write. */
  readonly enter: readonly string[];
}

const ways: readonly Way[] = [
  {
    kind: "role",
    create: "iam:CreateRole",
    gives: [
      { via: "new-role", action: "iam:PutRolePolicy", on: "itself" },
      { via: "new-role", action: "iam:AttachRolePolicy", on: "itself" },
    ],
    enter: [],
  },
  {
    kind: "user",
    create: "iam:CreateUser",
    gives: [
      { via: "new-user", action: "iam:PutUserPolicy", on: "itself" },
      { via: "new-user", action: "iam:AttachUserPolicy", on: "itself" },
      { via: "new-user", action: "iam:AddUserToGroup", on: "group" },
    ],
    enter: ["iam:CreateAccessKey", "iam:CreateLoginProfile"],
  },
];

const origin = { source: { path: "", digest: "", kind: "newcomer" } } as const;

/** The identity as it would stand there. Tags are its creator's choice: those of a role by the session, of a user unknown. */
function newcomer(power: Power, kind: "role" | "user", id: string, boundary: string | undefined): Principal {
  const letsIn = {
    pointer: "",
    effect: "Allow" as const,
    action: { negated: false, patterns: ["sts:AssumeRole", "sts:TagSession"] },
    principal: {
      negated: false,
      any: false,
      aws: [power.as.id],
      service: [],
      federated: [],
      canonicalUser: [],
    },
    conditions: [],
  };
  return {
    id: principalId(id),
    kind,
    provider: "aws",
    ...(power.as.account === undefined ? {} : { account: power.as.account }),
    name: nameOf(id),
    tags: {},
    inline: [],
    attached: [],
    ...(boundary === undefined ? {} : { boundary: { arn: boundary, origin } }),
    groups: [],
    ...(kind === "role"
      ? { trustPolicy: { name: "trust", document: { version: "2012-10-17", statements: [letsIn] }, origin } }
      : {}),
    instanceProfiles: [],
    origin,
  };
}

/**
 * What an actor attains by creating an identity and giving it rights: the envelope of the newcomer, which is SCP and
 * whatever boundary the right to create demands. Once nothing limits one, only names that a limit treats apart are tried.
 */
export function creationsOf(
  model: BecomeModel,
  actor: number,
  power: Power,
  groups: readonly Principal[],
  before?: Rewriting,
): readonly Rewriting[] {
  const found: Rewriting[] = [];
  let wide = false;
  const { account } = power.as;
  if (account === undefined || !account.startsWith("aws:") || power.as.kind === "root") return found;
  for (const way of ways) {
    if (!mightDo(power, way.create)) continue;
    for (const give of way.gives) {
      if (!mightDo(power, give.action)) continue;
      const actions = [way.create, ...(give.on === "itself" ? [give.action] : [])];
      const names = namesFor(model.estate, power, way.kind, actions, account);
      for (const name of names.list) {
        if (wide && !isNamedApart(model.estate, name)) continue;
        const created = create(model, actor, power, way, give, name, groups, before);
        found.push(...created);
        if (created.some(isWidest)) wide = true;
      }
      if (names.cut && (!wide || hasNamedApart(model.estate)))
        found.push(notTried(model, actor, power, way.kind, before));
    }
  }
  return found;
}

function create(
  model: BecomeModel,
  actor: number,
  power: Power,
  way: Way,
  give: Giving,
  name: string,
  groups: readonly Principal[],
  before: Rewriting | undefined,
): readonly Rewriting[] {
  const replaced = model.estate.principal(principalId(name));
  const removal = replaced === undefined ? [] : removalOf(replaced);
  if (removal === undefined) return [];
  const asked: Asked[] = [...removal, way.create].map((action) => ({ action, resource: name }));
  if (asked.some(({ action, resource }) => power.may(action, resource) === false)) return [];
  const first = asked.map(({ action, resource }) => power.able(action, resource));
  const entries = way.enter.map((action) => ({ action, able: power.able(action, name) }));
  const entry =
    entries.find(({ able }) => able.verdict === true) ?? entries.find(({ able }) => able.verdict !== false);
  if (way.enter.length > 0 && entry === undefined) return [];
  const entered: Asked[] = entry === undefined ? [] : [{ action: entry.action, resource: name }];
  const shut = way.kind === "role" ? isShut(model, power, replaced === undefined ? name : `${name}-new`) : [];
  const found: Rewriting[] = [];
  const targets =
    give.on === "itself"
      ? [{ resource: name, gains: attachableBy(model, power, give.action, name) }]
      : groups.map((group) => ({ resource: group.id, gains: groupGains(model.estate, group) }));
  for (const { resource, gains } of targets) {
    const given = power.able(give.action, resource);
    if (given.verdict === false) continue;
    const abilities: readonly Ability[] = [...first, given, ...(entry === undefined ? [] : [entry.able])];
    for (const boundary of newBoundaries(model, power, way.kind, name, abilities)) {
      const missing = [...shut, ...boundary.missing];
      found.push(
        rewritingBy(model, {
          actor,
          as: newcomer(power, way.kind, name, boundary.arn),
          via: give.via,
          asked: [...asked, { action: give.action, resource }, ...boundary.asked, ...entered],
          verdict:
            sure([...abilities.map(({ verdict }) => verdict), boundary.verdict]) && missing.length === 0,
          gains,
          missing,
          words: `${removal.length > 0 ? "replaces" : "creates"} ${way.kind} ${nameOf(name)} and gives it the right`,
          before,
        }),
      );
    }
  }
  return found;
}

const sure = (verdicts: readonly Tri[]): boolean => allOf(verdicts) === true;

/** A name that is taken: only a role can be replaced, by whoever may empty and delete it. */
function removalOf(taken: Principal): readonly string[] | undefined {
  if (taken.kind !== "role" || taken.immutable !== undefined) return undefined;
  return [
    ...(taken.inline.length > 0 ? ["iam:DeleteRolePolicy"] : []),
    ...(taken.attached.length > 0 ? ["iam:DetachRolePolicy"] : []),
    ...(taken.instanceProfiles.length > 0 ? ["iam:RemoveRoleFromInstanceProfile"] : []),
    "iam:DeleteRole",
  ];
}

/**
 * A trust that names an identity of the same account suffices, unless something denies it to become roles. Then
 * somebody of another account would have to be let in.
 */
function isShut(model: BecomeModel, power: Power, name: string): readonly MissingFact[] {
  const { engine } = model;
  const envelope = power.fresh ? engine.newcomer(power.as) : engine.envelope(power.as.id);
  if (envelope.may("sts:AssumeRole", name) !== false) return [];
  return [
    {
      key: `newcomer-entry|${power.as.id}`,
      fact: `whether ${power.as.name}, to whom becoming roles is denied, has an identity of another account that the new role could trust`,
      collect: "ask its owner; or deny `iam:CreateRole` as well",
    },
  ];
}

/** More names than are tried: what the rest would give is unknown, never absent. */
function notTried(
  model: BecomeModel,
  actor: number,
  power: Power,
  kind: "role" | "user",
  before: Rewriting | undefined,
): Rewriting {
  const account = (power.as.account ?? "").replace(/^aws:/, "");
  const partition = parseArn(power.as.id)?.partition ?? "aws";
  const name = `arn:${partition}:iam::${account}:${kind}/remit-new`;
  return rewritingBy(model, {
    actor,
    as: newcomer(power, kind, name, undefined),
    via: `new-${kind}`,
    asked: [],
    verdict: false,
    gains: "full",
    missing: [namesLeftOut(power, kind)],
    words: `creates a ${kind} and gives it the right`,
    before,
  });
}

interface Made {
  readonly actor: number;
  readonly as: Principal;
  readonly via: string;
  readonly asked: readonly Asked[];
  readonly verdict: boolean;
  readonly gains: Gains;
  readonly missing: readonly MissingFact[];
  readonly words: string;
  readonly before: Rewriting | undefined;
}

function rewritingBy(model: BecomeModel, { before, missing, ...made }: Made): Rewriting {
  let power: Power | undefined;
  const gained = (): Power => (power ??= gainedPower(model, made.as, made.gains, {}, true));
  return {
    ...made,
    // It acts as somebody new whom no document lists: the walk goes on from the actor itself.
    identity: made.actor,
    asked: [...(before?.asked ?? []), ...made.asked],
    verdict: made.verdict && before?.verdict !== "unknown" ? true : "unknown",
    missing: [...(before?.missing ?? []), ...missing],
    ...(before === undefined ? {} : { before }),
    limited: made.as.boundary !== undefined,
    power: gained,
    may: (action, resource) => gained().may(action, resource),
  };
}

/**
 * A group that the actor can make, fill with any policy and put a user in: iam:CreateGroup with iam:PutGroupPolicy (or
 * AttachGroupPolicy) and iam:AddUserToGroup, all on one name. Where names were left out, any policy is thinkable.
 */
export function newGroupOf(
  model: BecomeModel,
  power: Power,
):
  | {
      readonly asked: readonly Asked[];
      readonly gains: Gains;
      readonly verdict: true | "unknown";
      readonly missing: readonly MissingFact[];
    }
  | undefined {
  const { account } = power.as;
  if (account === undefined || !mightDo(power, "iam:CreateGroup") || !mightDo(power, "iam:AddUserToGroup"))
    return undefined;
  let best: ReturnType<typeof newGroupOf>;
  let cut = false;
  for (const fill of ["iam:PutGroupPolicy", "iam:AttachGroupPolicy"]) {
    if (!mightDo(power, fill)) continue;
    const actions = ["iam:CreateGroup", fill, "iam:AddUserToGroup"];
    const names = namesFor(model.estate, power, "group", actions, account);
    cut ||= names.cut;
    for (const name of names.list) {
      if (model.estate.principal(principalId(name)) !== undefined) continue;
      const verdict = allOf(actions.map((action) => power.may(action, name)));
      if (verdict === false) continue;
      const gains = attachableBy(model, power, fill, name);
      if (best === undefined || (verdict === true && gains === "full"))
        best = { asked: actions.map((action) => ({ action, resource: name })), gains, verdict, missing: [] };
      if (verdict === true && gains === "full") return best;
    }
  }
  if (!cut) return best;
  return { asked: [], gains: "full", verdict: "unknown", missing: [namesLeftOut(power, "group")] };
}

const namesLeftOut = (power: Power, kind: NewKind): MissingFact => ({
  key: `complexity|names of new ${kind}s|${power.as.id}`,
  fact: `whether ${power.as.name} may create a ${kind} under one of the names that were not tried (there are too many combinations)`,
  collect: "simplify the names in the policies and limits involved",
});
