import type { Answer } from "./answer.js";
import type { Identity } from "./directory.js";
import { whoMay } from "./holders.js";
import { judge } from "./judge.js";
import { indexOf } from "./statement-index.js";
import type { Setting } from "./ruling.js";
import { computeSteps } from "./steps.js";

/** How an identity comes to what another holds; `sure: false` where this check counts too many rather than too few. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly sure: boolean;
}

/**
 * Whoever can end up as one of `targets`, backwards. It counts too many where the documents leave something open
 * (compute that may or may not exist, rights that only a change gives): a certificate that says `nobody` must hold
 * against all of them. Nobody is followed through those for whom `stop` holds.
 */
export function becomers(
  setting: Setting,
  targets: Iterable<string>,
  stop: (arn: string) => boolean,
): ReadonlyMap<string, Way | undefined> {
  const found = new Map<string, Way | undefined>();
  const queue: string[] = [];
  for (const target of targets) {
    found.set(target, undefined);
    if (!stop(target)) queue.push(target);
  }
  for (let at = queue.shift(); at !== undefined; at = queue.shift())
    for (const way of waysTo(setting, at)) {
      if (found.has(way.from)) continue;
      found.set(way.from, way);
      if (!stop(way.from)) queue.push(way.from);
    }
  return found;
}

const remembered = new WeakMap<Setting, Map<string, readonly Way[]>>();

function waysTo(setting: Setting, target: string): readonly Way[] {
  const known = remembered.get(setting) ?? new Map<string, readonly Way[]>();
  remembered.set(setting, known);
  let ways = known.get(target);
  if (ways === undefined) known.set(target, (ways = findWays(setting, target)));
  return ways;
}

function findWays(setting: Setting, to: string): readonly Way[] {
  const identity = setting.directory.identities.get(to);
  if (identity === undefined || to.includes(":role/aws-service-role/")) return [];
  const may = (action: string, sure = true): readonly Way[] =>
    ableOf(whoMay(setting, action, to).answers)
      .filter((from) => from !== to)
      .map((from) => ({ from, to, by: action, sure }));
  if (identity.kind === "user")
    return [
      "iam:CreateAccessKey",
      "iam:CreateLoginProfile",
      "iam:UpdateLoginProfile",
      "iam:UpdateAccessKey",
    ].flatMap((action) => may(action, action !== "iam:UpdateAccessKey"));
  return [
    ...may("sts:AssumeRole"),
    ...(to.includes(":role/aws-reserved/") ? [] : may("iam:UpdateAssumeRolePolicy")),
    ...throughCompute(setting, identity),
  ];
}

export const ableOf = (answers: ReadonlyMap<string, Answer>): readonly string[] =>
  [...answers].filter(([, answer]) => answer !== "no").map(([arn]) => arn);

/** Compute of a service that the role's trust admits: new with iam:PassRole, or what runs as it already. */
function throughCompute(setting: Setting, role: Identity): readonly Way[] {
  const services = new Set(
    (role.trust?.statements ?? []).flatMap(({ deny, named }) => (deny ? [] : (named?.service ?? []))),
  );
  if (services.size === 0) return [];
  const passers = new Set(ableOf(whoMay(setting, "iam:PassRole", role.arn).answers));
  const ways: Way[] = [];
  for (const [id, step] of computeSteps) {
    if (!step.services.some((service) => services.has(service))) continue;
    if (
      step.services.includes("ec2.amazonaws.com") &&
      role.instanceProfiles.length === 0 &&
      !id.endsWith("+")
    )
      continue;
    const passes = step.actions.includes("iam:PassRole");
    const [first, ...others] = step.actions.filter((action) => action !== "iam:PassRole");
    if (first === undefined) continue;
    const starters = passes && passers.size === 0 ? [] : speakers(setting, first);
    for (const from of starters) {
      if (from === role.arn || (passes && !passers.has(from))) continue;
      if (setting.directory.identities.get(from)?.account !== role.account) continue;
      if (others.every((action) => mightDo(setting, from, action)))
        ways.push({ from, to: role.arn, by: id, sure: false });
    }
  }
  return ways;
}

/** Who holds a statement that speaks of an action, on whatever. */
function speakers(setting: Setting, action: string): readonly string[] {
  return ableOf(whoMay(setting, action, undefined).answers);
}

const mightDo = (setting: Setting, who: string, action: string): boolean =>
  speakers(setting, action).includes(who);

const untouched = { inline: true, attached: true, boundary: true };

/**
 * Identities that gain a right by writing policies: their own, or of one that they can become. Anything inside the
 * boundary and the SCPs of what is written, therefore everybody who may write and whose limits leave the right.
 */
export function rewriters(
  setting: Setting,
  account: string,
  action: string,
  resource: string,
  stop: (arn: string) => boolean,
): ReadonlyMap<string, Way> {
  const { directory } = setting;
  const found = new Map<string, Way>();
  const writers = new Set(
    [...writeActions, "iam:CreateUser", "iam:CreateRole", "iam:CreateGroup"].flatMap((write) =>
      speakers(setting, write),
    ),
  );
  for (const from of writers) {
    if (stop(from)) continue;
    const own = directory.identities.get(from);
    if (own?.account !== account) continue;
    for (const to of writable(setting, own)) {
      const left = judge(
        setting,
        to.arn,
        { action, resource, account: resource === "*" ? account : undefined },
        untouched,
      );
      // A limit of its own may come off in turn: only what the account itself refuses is refused for good.
      if (
        left.answer === "no" &&
        left.blocks.every(({ layer }) => layer === "scp" || layer === "rcp" || layer === "service")
      )
        continue;
      const reaches = to.arn === from || becomers(setting, [to.arn], stop).has(from);
      if (!reaches) continue;
      found.set(from, {
        from,
        to: to.arn,
        by: "writes its policies",
        sure: to.arn === from && left.answer !== "no",
      });
      break;
    }
    if (!found.has(from) && creates(setting, from))
      found.set(from, { from, to: from, by: "creates an identity with policies of its choice", sure: false });
  }
  return found;
}

const writeActions = [
  ...["User", "Role"].flatMap((noun) => [`iam:Put${noun}Policy`, `iam:Attach${noun}Policy`]),
  ...[
    "iam:PutGroupPolicy",
    "iam:AttachGroupPolicy",
    "iam:CreatePolicyVersion",
    "iam:AddUserToGroup",
    "iam:SetDefaultPolicyVersion",
  ],
  ...["User", "Role"].flatMap((noun) => [
    `iam:Delete${noun}Policy`,
    `iam:Detach${noun}Policy`,
    `iam:Delete${noun}PermissionsBoundary`,
  ]),
];

/** Identities of its account whose policies it may write, itself first. */
function* writable(setting: Setting, writer: Identity): Iterable<Identity> {
  const { directory } = setting;
  const neighbours = indexOf(directory).ofAccount(writer.account);
  const others = neighbours.filter((item) => item.arn !== writer.arn && item.kind !== "group");
  for (const identity of [writer, ...others]) {
    const noun = identity.kind === "user" ? "User" : "Role";
    const carriers = [identity, ...identity.groups.flatMap((group) => directory.identities.get(group) ?? [])];
    const asks: readonly (readonly [string, string])[] = [
      ...["Put", "Attach"].map((verb) => [`iam:${verb}${noun}Policy`, identity.arn] as const),
      ...identity.groups.flatMap((group) =>
        ["iam:PutGroupPolicy", "iam:AttachGroupPolicy"].map((verb) => [verb, group] as const),
      ),
      ...carriers.flatMap(({ attached }) =>
        attached.flatMap((policy) =>
          ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"].map((verb) => [verb, policy] as const),
        ),
      ),
      ...(identity.kind === "user"
        ? neighbours
            .filter((group) => group.kind === "group")
            .map((group) => ["iam:AddUserToGroup", group.arn] as const)
        : []),
      ...[`iam:Delete${noun}Policy`, `iam:Detach${noun}Policy`, `iam:Delete${noun}PermissionsBoundary`].map(
        (action) => [action, identity.arn] as const,
      ),
    ];
    if (asks.some(([action, resource]) => judge(setting, writer.arn, { action, resource }).answer !== "no"))
      yield identity;
  }
}

function creates(setting: Setting, who: string): boolean {
  const any = (...actions: readonly string[]): boolean =>
    actions.some((action) => mightDo(setting, who, action));
  return (
    (any("iam:CreateUser") &&
      any("iam:PutUserPolicy", "iam:AttachUserPolicy", "iam:AddUserToGroup") &&
      any("iam:CreateAccessKey", "iam:CreateLoginProfile")) ||
    (any("iam:CreateRole") && any("iam:PutRolePolicy", "iam:AttachRolePolicy"))
  );
}
