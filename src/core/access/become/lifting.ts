import type { ManagedPolicy, PolicyUse, Principal, Tri } from "../../estate/index.js";
import { allOf, anyOf } from "../../estate/index.js";
import type { Lifted } from "../engine.js";
import type { BecomeModel } from "./model.js";
import { statementsOf } from "./statements.js";

interface Ask {
  readonly action: string;
  readonly resource: string;
  /** It helps only if a fact that is not looked into says so. */
  readonly unsure?: boolean;
}

export interface Lifting {
  readonly lifted: Lifted;
  readonly asked: readonly Ask[];
  readonly verdict: true | "unknown";
}

/** Whether the actor can do it, now or after the rewriting. */
type May = (action: string, resource: string) => Tri;
type Layer = "inline" | "attached" | "boundary";

/**
 * What stands in the way of an identity that is being rewritten (its boundary, its own denies) and that the actor can
 * also take off: each removal is a right of its own (recreation.md 2). First what is proven, then with what is thinkable;
 * nothing where nothing more can be lifted. `already`: layers that are off.
 */
export function liftingsOf(
  model: BecomeModel,
  actor: number,
  identity: Principal,
  after: May,
  already: Lifted,
): readonly Lifting[] {
  const { engine } = model;
  const may: May = (action, resource) =>
    anyOf([engine.verdict(model.id(actor), action, resource), after(action, resource)]);
  const sure: Layer[] = [];
  const doubtful: Layer[] = [];
  const asks = new Map<Layer, readonly Ask[]>();
  for (const [layer, parts] of obstaclesOf(model, identity)) {
    if (already[layer] === true || parts.length === 0) continue;
    const found = parts.map((options) => bestOf(options, may));
    const verdict = allOf(found.map((item) => item?.verdict ?? false));
    if (verdict === false) continue;
    asks.set(
      layer,
      found.flatMap((item) => item?.ask ?? []),
    );
    (verdict === true ? sure : doubtful).push(layer);
  }
  const lifting = (layers: readonly Layer[], verdict: true | "unknown"): Lifting => ({
    lifted: { ...already, ...Object.fromEntries(layers.map((layer) => [layer, true])) },
    asked: layers.flatMap((layer) => asks.get(layer) ?? []),
    verdict,
  });
  return [
    ...(sure.length === 0 ? [] : [lifting(sure, true)]),
    ...(doubtful.length === 0 ? [] : [lifting([...sure, ...doubtful], "unknown")]),
  ];
}

function bestOf(options: readonly Ask[], may: May): { readonly ask: Ask; readonly verdict: Tri } | undefined {
  let best: { readonly ask: Ask; readonly verdict: Tri } | undefined;
  for (const ask of options) {
    const right = may(ask.action, ask.resource);
    const verdict = right === true && ask.unsure === true ? "unknown" : right;
    if (verdict === true) return { ask, verdict };
    if (verdict === "unknown") best ??= { ask, verdict };
  }
  return best;
}

/** By layer: each thing that stands there, with the actions any one of which takes it off. */
export function obstaclesOf(
  model: BecomeModel,
  identity: Principal,
): ReadonlyMap<Layer, readonly (readonly Ask[])[]> {
  const { estate } = model;
  const noun = identity.kind === "user" ? "User" : "Role";
  const { id, boundary } = identity;
  const attached = (carrier: Principal, on: string): readonly (readonly Ask[])[] =>
    carrier.attached.flatMap(({ arn }) => {
      const policy = estate.managedPolicy(arn);
      const text = policy?.versions.find(({ isDefault }) => isDefault)?.use;
      if (text !== undefined && !denies([text])) return [];
      if (text === undefined && /^arn:[^:]*:iam::aws:/.test(arn)) return [];
      return [[{ action: `iam:Detach${on}Policy`, resource: carrier.id }, ...overwriting(arn, policy)]];
    });
  const groups = identity.groups.flatMap((group) => {
    const carrier = estate.principal(group);
    if (carrier === undefined) return [];
    const leave = { action: "iam:RemoveUserFromGroup", resource: group };
    return [
      ...(denies(carrier.inline)
        ? [
            [
              leave,
              { action: "iam:DeleteGroupPolicy", resource: group },
              { action: "iam:PutGroupPolicy", resource: group },
            ],
          ]
        : []),
      ...attached(carrier, "Group").map((options) => [leave, ...options]),
    ];
  });
  return new Map<Layer, readonly (readonly Ask[])[]>([
    [
      "boundary",
      boundary === undefined
        ? []
        : [
            [
              { action: `iam:Delete${noun}PermissionsBoundary`, resource: id },
              { action: `iam:Put${noun}PermissionsBoundary`, resource: id },
              ...overwriting(boundary.arn, estate.managedPolicy(boundary.arn)),
            ],
          ],
    ],
    [
      "inline",
      denies(identity.inline)
        ? [
            [
              { action: `iam:Delete${noun}Policy`, resource: id },
              { action: `iam:Put${noun}Policy`, resource: id },
            ],
          ]
        : [],
    ],
    ["attached", [...attached(identity, noun), ...groups]],
  ]);
}

/** A customer policy whose text the actor may replace, or of which another version may say something else. */
function overwriting(arn: string, policy: ManagedPolicy | undefined): readonly Ask[] {
  if (/^arn:[^:]*:iam::aws:/.test(arn)) return [];
  const older = policy === undefined || policy.versions.length > 1;
  return [
    { action: "iam:CreatePolicyVersion", resource: arn },
    ...(older ? [{ action: "iam:SetDefaultPolicyVersion", resource: arn, unsure: true }] : []),
  ];
}

const denies = (uses: Iterable<PolicyUse>): boolean =>
  [...statementsOf(uses)].some(({ statement }) => statement.effect === "Deny");
