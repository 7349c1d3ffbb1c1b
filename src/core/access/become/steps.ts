import type { Principal, PrincipalId } from "../../estate/index.js";
import type { Compute, ComputeActor } from "./compute.js";
import { unresolvedFact } from "./compute.js";
import { isUnresolvedAddress } from "./arn-pattern.js";
import type { EdgeSketch } from "./edge.js";
import { computeShapes } from "./escalations/compute.js";
import { computeRules } from "./escalations/compute-rules.js";
import { takeoverRules } from "./escalations/identity-rules.js";
import type { ComputeRule, TakeoverRule } from "./escalations/rule.js";
import { mutableRole, type BecomeModel } from "./model.js";

/** The last part of an id; what follows the last slash stays whole (`task-definition/runner:14` → `runner:14`). */
export const nameOf = (id: PrincipalId | string): string =>
  id.slice((id.includes("/") ? id.lastIndexOf("/") : id.lastIndexOf(":")) + 1);

/** Why a compute rule would need something that no document shows; undefined when it is shown or not needed. */
export function computeAssumption(
  compute: Compute,
  rule: ComputeRule,
  role: Principal,
): string | false | undefined {
  if (rule.needs === undefined || role.account === undefined) return undefined;
  const { words } = computeShapes[rule.needs];
  if (rule.runsAsRole === true) {
    return compute.inventoried(rule.needs, role.account) ? false : `${words} runs as ${role.name}`;
  }
  if (compute.exists(rule.needs, role.account)) return undefined;
  return compute.inventoried(rule.needs, role.account)
    ? false
    : `${words} exists in account ${role.account.replace(/^aws:/, "")}`;
}

/**
 * Whether a role can be held by the service at all: its trust admits it, and for EC2 it sits in an instance profile
 * (IAM user guide, "Use an IAM role to grant permissions to applications running on EC2 instances").
 */
export function canHold(model: BecomeModel, rule: ComputeRule, role: number): boolean {
  const principal = model.principal(role);
  if (principal === undefined || principal.immutable === "service-linked") return false;
  const services = model.services(role);
  const fitting = rule.services.filter((service) => services.includes(service));
  if (fitting.length === 0) return false;
  if (rule.newProfile === true) return principal.instanceProfiles.length === 0;
  return fitting.some((service) => service !== "ec2.amazonaws.com") || principal.instanceProfiles.length > 0;
}

export function computeSketch(
  model: BecomeModel,
  compute: Compute,
  rule: ComputeRule,
  actor: ComputeActor,
  role: number,
): EdgeSketch | undefined {
  const principal = model.principal(role);
  if (principal === undefined || !canHold(model, rule, role)) return undefined;
  if (
    rule.passRole &&
    !compute.mayPassTo(
      actor.holder,
      principal.id,
      rule.services.filter((service) => model.services(role).includes(service)),
    )
  )
    return undefined;
  const assumption = computeAssumption(compute, rule, principal);
  if (assumption === false) return undefined;
  const open = actor.resources.filter(isUnresolvedAddress);
  return {
    from: actor.holder,
    to: role,
    via: rule.id,
    asks: [
      ...(rule.passRole ? [{ action: "iam:PassRole", resource: principal.id }] : []),
      ...rule.actions.map(({ action }, at) => ({ action, resource: actor.resources[at] ?? "*" })),
    ],
    ...(assumption === undefined ? {} : { assumption }),
    ...(open.length === 0 ? {} : { missing: [...new Set(open)].sort().map(unresolvedFact) }),
    verdict: open.length === 0 ? actor.verdict : "unknown",
    unlisted: true,
  };
}

/** The same for compute that is known to run as the role. */
export function runningSketch(
  rule: ComputeRule,
  actor: ComputeActor,
  role: number,
  resource: string,
): EdgeSketch {
  return {
    from: actor.holder,
    to: role,
    via: rule.id,
    asks: rule.actions.map(({ action }, at) => ({ action, resource: actor.resources[at] ?? resource })),
    condition: `through ${nameOf(resource)}`,
    verdict: actor.verdict,
  };
}

/** Rules of a service, in table order; those that replace one another keep the shorter first. */
export const rulesFor = (services: readonly string[]): readonly ComputeRule[] =>
  computeRules.filter((rule) => rule.services.some((service) => services.includes(service)));

/** Whether a takeover fits its target, and what it assumes where no document says. */
export function takeoverFits(
  model: BecomeModel,
  rule: TakeoverRule,
  target: Principal,
): { readonly assumption?: string; readonly condition?: string } | undefined {
  if (rule.target !== target.kind) return undefined;
  if (target.kind === "role")
    return mutableRole(target) ? { condition: "after its trust is rewritten" } : undefined;
  const keys = model.estate
    .credentialsOf(target.id)
    .filter(({ kind, status }) => kind === "access-key" && status !== "deleted");
  const allKeys = target.account !== undefined && model.estate.covers("access-keys", target.account);
  const password = target.console?.password ?? "unknown";
  const mfa = target.console?.mfa === true ? "with its second factor at hand" : undefined;
  switch (rule.when) {
    case "free-key":
      if (keys.length >= 2) return undefined;
      return allKeys ? {} : { assumption: `${target.name} has fewer than two access keys` };
    case "two-keys":
      return keys.length >= 2
        ? {}
        : allKeys
          ? undefined
          : { assumption: `${target.name} has two access keys` };
    case "no-password":
      if (password === true) return undefined;
      return password === false ? {} : { assumption: `${target.name} has no console password` };
    case "password":
      if (password === false) return undefined;
      return {
        ...(password === true ? {} : { assumption: `${target.name} has a console password` }),
        ...(mfa === undefined ? {} : { condition: mfa }),
      };
    case "inactive-key": {
      const inactive = keys.filter(({ status }) => status === "inactive");
      return inactive.length === 0
        ? undefined
        : { assumption: `the secret of an inactive access key of ${target.name} is still held` };
    }
    case undefined:
      return {};
    default:
      return rule.when satisfies never;
  }
}

export const takeovers = takeoverRules;
