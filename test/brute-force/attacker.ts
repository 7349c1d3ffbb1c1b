/**
 * Somebody who holds some identities and makes every IAM call that helps, on the documents themselves, until no call
 * changes anything. For tests only: it knows what each call does and asks the naive evaluator whether it is allowed; it
 * shares neither rules nor search with the product. Calls only add rights or take limits off, so order does not matter.
 */
import type { EstateText, PolicyText, PrincipalText } from "../policy-estate.js";
import { allows } from "./allow.js";

interface World {
  readonly estate: EstateText & {
    principals: Record<string, PrincipalText>;
    managed: Record<string, PolicyText>;
  };
  readonly held: Set<string>;
}

const everything: PolicyText = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const hasDeny = (text: PolicyText | undefined): boolean =>
  text?.Statement.some(({ Effect }) => Effect === "Deny") === true;

export interface Goal {
  readonly action: string;
  readonly resource: string;
}

/** The calls that led there, or undefined where nothing does. */
export function attack(
  text: EstateText,
  start: string,
  account: string,
  goal: Goal,
): readonly string[] | undefined {
  const world: World = {
    estate: { ...text, principals: { ...text.principals }, managed: { ...text.managed } },
    held: new Set([start]),
  };
  const calls: string[] = [];
  for (let changed = true; changed;) {
    if (reached(world, goal)) return calls;
    const before = calls.length;
    for (const caller of [...world.held]) round(world, caller, account, calls);
    changed = calls.length > before;
  }
  return undefined;
}

const noContext = {
  "iam:permissionsboundary": undefined,
  "iam:policyarn": undefined,
  "iam:passedtoservice": undefined,
};

const reached = ({ estate, held }: World, { action, resource }: Goal): boolean =>
  [...held].some((caller) => allows(estate, { caller, action, resource, context: noContext }));

function round(world: World, caller: string, account: string, calls: string[]): void {
  const { estate, held } = world;
  const { principals, managed } = estate;
  const may = (action: string, resource: string, more: Record<string, string | undefined> = {}): boolean => {
    const boundary = principals[resource]?.boundary;
    const context: Record<string, readonly string[] | undefined> = {
      ...noContext,
      ...(boundary === undefined ? {} : { "iam:permissionsboundary": [boundary] }),
    };
    for (const [key, value] of Object.entries(more)) context[key] = value === undefined ? undefined : [value];
    return allows(estate, { caller, action, resource, context });
  };
  const change = (id: string, next: PrincipalText, call: string): void => {
    if (JSON.stringify(principals[id]) === JSON.stringify(next)) return;
    principals[id] = next;
    calls.push(`${caller} ${call} ${id}`);
  };
  const take = (id: string, call: string): void => {
    if (held.has(id)) return;
    held.add(id);
    calls.push(`${caller} ${call} ${id}`);
  };
  const iam = `arn:aws:iam::${account}:`;
  const policies = Object.keys(managed).filter((arn) => !arn.includes(":iam::aws:"));

  for (const arn of policies)
    if (managed[arn] !== everything && may("iam:CreatePolicyVersion", arn)) {
      managed[arn] = everything;
      calls.push(`${caller} iam:CreatePolicyVersion ${arn}`);
    }
  for (const [noun, id] of [
    ["Role", `${iam}role/nr`],
    ["User", `${iam}user/nu`],
  ] as const) {
    const trust: PolicyText = {
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: caller } }],
    };
    const made = (boundary: string | undefined): void => {
      const name = boundary === undefined ? id : `${id}-${boundary.slice(boundary.lastIndexOf("/") + 1)}`;
      if (name in principals || !may(`iam:Create${noun}`, name, { "iam:permissionsboundary": boundary }))
        return;
      change(
        name,
        { ...(boundary === undefined ? {} : { boundary }), ...(noun === "Role" ? { trust } : {}) },
        `iam:Create${noun}`,
      );
    };
    made(undefined);
    for (const boundary of policies) made(boundary);
  }
  const group = `${iam}group/ng`;
  if (!(group in principals) && may("iam:CreateGroup", group)) change(group, {}, "iam:CreateGroup");

  for (const id of Object.keys(principals)) {
    const kind = id.includes(":role/") ? "Role" : id.includes(":user/") ? "User" : "Group";
    let now = principals[id] ?? {};
    const set = (next: PrincipalText, call: string): void => {
      change(id, next, call);
      now = principals[id] ?? now;
    };
    if (may(`iam:Put${kind}Policy`, id) && now.policies?.includes(everything) !== true)
      set({ ...now, policies: [...(now.policies ?? []), everything] }, `iam:Put${kind}Policy`);
    // Over the same name, or deleted: what denies is gone.
    if (
      now.policies?.some(hasDeny) === true &&
      (may(`iam:Put${kind}Policy`, id) || may(`iam:Delete${kind}Policy`, id))
    )
      set({ ...now, policies: now.policies.filter((item) => !hasDeny(item)) }, `iam:Delete${kind}Policy`);
    for (const arn of policies) {
      const attached = now.attached?.includes(arn) === true;
      const context = { "iam:policyarn": arn };
      if (!attached && !hasDeny(managed[arn]) && may(`iam:Attach${kind}Policy`, id, context))
        set({ ...now, attached: [...(now.attached ?? []), arn] }, `iam:Attach${kind}Policy`);
      if (attached && hasDeny(managed[arn]) && may(`iam:Detach${kind}Policy`, id, context))
        set(
          { ...now, attached: (now.attached ?? []).filter((item) => item !== arn) },
          `iam:Detach${kind}Policy`,
        );
    }
    if (kind === "Group") {
      const denies =
        now.policies?.some(hasDeny) === true || now.attached?.some((arn) => hasDeny(managed[arn])) === true;
      for (const user of Object.keys(principals).filter((item) => item.includes(":user/"))) {
        const text = principals[user] ?? {};
        const inside = text.groups?.includes(id) === true;
        if (!inside && !denies && may("iam:AddUserToGroup", id))
          change(user, { ...text, groups: [...(text.groups ?? []), id] }, "iam:AddUserToGroup");
        if (inside && denies && may("iam:RemoveUserFromGroup", id))
          change(
            user,
            { ...text, groups: (text.groups ?? []).filter((item) => item !== id) },
            "iam:RemoveUserFromGroup",
          );
      }
      continue;
    }
    if (now.boundary !== undefined && may(`iam:Delete${kind}PermissionsBoundary`, id)) {
      const { boundary: _, ...rest } = now;
      set(rest, `iam:Delete${kind}PermissionsBoundary`);
    }
    if (kind === "User") {
      if (may("iam:CreateAccessKey", id)) take(id, "iam:CreateAccessKey");
      // Changes a password that is there: a user just made has none (IAM API reference, UpdateLoginProfile).
      const made = id.startsWith(`${iam}user/nu`);
      if (!made && may("iam:UpdateLoginProfile", id)) take(id, "iam:UpdateLoginProfile");
      continue;
    }
    const named = now.trust?.Statement.some(
      ({ Principal }) => typeof Principal === "object" && Principal["AWS"] === caller,
    );
    if (named !== true && may("iam:UpdateAssumeRolePolicy", id)) {
      const statement = { Effect: "Allow" as const, Action: "sts:AssumeRole", Principal: { AWS: caller } };
      set(
        { ...now, trust: { Statement: [...(now.trust?.Statement ?? []), statement] } },
        "iam:UpdateAssumeRolePolicy",
      );
    }
    if (may("sts:AssumeRole", id)) take(id, "sts:AssumeRole");
    const runs = now.trust?.Statement.some(
      ({ Principal }) => typeof Principal === "object" && Principal["Service"] === "lambda.amazonaws.com",
    );
    const functions = `arn:aws:lambda:us-east-1:${account}:function:x`;
    if (
      runs === true &&
      may("iam:PassRole", id, { "iam:passedtoservice": "lambda.amazonaws.com" }) &&
      may("lambda:CreateFunction", functions) &&
      may("lambda:InvokeFunction", functions)
    )
      take(id, "lambda:CreateFunction");
  }
}
