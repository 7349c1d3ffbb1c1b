/**
 * A second way to the same answer, for tests only: somebody who controls one identity tries everything. Each step that
 * AWS would allow is applied to the documents themselves, and what is allowed is asked anew, until nothing new is won.
 * It shares no code with the product: single requests are judged by `test/brute-force/allow.ts`.
 *
 * Steps only add power (policies that only deny are taken away, never grants), so their order does not matter. One kind
 * takes something away as well: a policy that is detached can no longer be rewritten into one that grants. It is done
 * last, one at a time, when nothing else is won.
 */
import { allows } from "../brute-force/allow.js";
import type { EstateText, PolicyText, StatementText } from "../policy-estate.js";

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
interface Person {
  policies: PolicyText[];
  attached: string[];
  boundary: string | undefined;
  groups: string[];
  trust: PolicyText | undefined;
}
interface World {
  readonly text: EstateText;
  readonly people: Map<string, Person>;
  readonly managed: Map<string, PolicyText>;
  bucketPolicy: StatementText[];
  readonly flags: { readonly bucket: Map<string, boolean>; readonly account: Map<string, boolean> };
  ownershipEnforced: boolean;
  publicAcl: boolean;
}

export interface Setting {
  readonly account: string;
  readonly bucket: string;
  /** Identities that nobody may pass through: expected administrators are a case of their own. */
  readonly closed: ReadonlySet<string>;
}

const everything: PolicyText = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const flagNames = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
const onlyDenies = (policy: PolicyText | undefined): boolean =>
  policy !== undefined &&
  policy.Statement.length > 0 &&
  policy.Statement.every((item) => item.Effect === "Deny");
const isPublic = (item: StatementText): boolean => item.Effect === "Allow" && item.Principal === "*";

/** What the attacker of `start` ends up with: the identities it controls, and whether the bucket is public again. */
export function attack(
  text: EstateText,
  start: string,
  setting: Setting,
): { readonly controlled: ReadonlySet<string>; readonly restored: boolean; readonly log: readonly string[] } {
  const world = open(text, setting);
  const controlled = new Set([start]);
  const log: string[] = [];
  const ask = (action: string, resource: string): string | undefined => {
    const estate = close(world, setting);
    for (const caller of controlled) {
      if (allows(estate, { caller, action, resource, context: {} })) return caller;
    }
    return undefined;
  };
  const attempt = (action: string, resource: string, done: boolean, effect: () => void): boolean => {
    if (done) return false;
    const caller = ask(action, resource);
    if (caller === undefined) return false;
    effect();
    log.push(`${caller} ${action} ${resource}`);
    return true;
  };
  for (let won = true; won;) {
    won = false;
    for (const loses of [false, true]) {
      if (loses && won) break;
      for (const step of steps(world, controlled, setting)) {
        if ((step.loses === true) !== loses) continue;
        if (!attempt(step.action, step.resource, step.done(), step.effect)) continue;
        won = true;
        if (loses) break;
      }
    }
    if (restored(world, ask, setting, log)) return { controlled, restored: true, log };
  }
  return { controlled, restored: false, log };
}

interface Step {
  readonly action: string;
  readonly resource: string;
  readonly done: () => boolean;
  readonly effect: () => void;
  /** It takes a handle away. */
  readonly loses?: true;
}

function* steps(world: World, controlled: Set<string>, setting: Setting): Generator<Step> {
  for (const [id, person] of world.people) {
    if (setting.closed.has(id)) continue;
    const kind = /:(user|role|group)\//.exec(id)?.[1];
    if (kind === undefined) continue;
    const noun = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    const strong = (): boolean =>
      person.policies.includes(everything) || person.attached.includes(administrator);
    const give = (): void => void person.policies.push(everything);
    yield { action: `iam:Put${noun}Policy`, resource: id, done: strong, effect: give };
    yield {
      action: `iam:Attach${noun}Policy`,
      resource: id,
      done: strong,
      effect: () => void person.attached.push(administrator),
    };
    // An inline policy of the same name is overwritten, or deleted: a Deny in it is gone.
    for (const action of [`iam:Put${noun}Policy`, `iam:Delete${noun}Policy`]) {
      yield {
        action,
        resource: id,
        done: () => !person.policies.some(onlyDenies),
        effect: () => (person.policies = person.policies.filter((item) => !onlyDenies(item))),
      };
    }
    const denying = (arn: string): boolean => onlyDenies(world.managed.get(arn));
    yield {
      action: `iam:Detach${noun}Policy`,
      resource: id,
      done: () => !person.attached.some(denying),
      effect: () => (person.attached = person.attached.filter((arn) => !denying(arn))),
      loses: true,
    };
    if (kind !== "group") {
      for (const verb of ["Delete", "Put"]) {
        yield {
          action: `iam:${verb}${noun}PermissionsBoundary`,
          resource: id,
          done: () => person.boundary === undefined,
          effect: () => (person.boundary = undefined),
        };
      }
    }
    if (kind === "user") {
      const take = (): void => void controlled.add(id);
      yield { action: "iam:CreateAccessKey", resource: id, done: () => controlled.has(id), effect: take };
    }
    if (kind === "role") {
      yield {
        action: "sts:AssumeRole",
        resource: id,
        done: () => controlled.has(id),
        effect: () => void controlled.add(id),
      };
      yield {
        action: "iam:UpdateAssumeRolePolicy",
        resource: id,
        done: () => [...controlled].every((name) => namesExactly(person.trust, name)),
        effect: () => {
          person.trust = {
            Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: [...controlled] } }],
          };
        },
      };
    }
    if (kind === "group") {
      const members = [...world.people].filter(([name]) => controlled.has(name) && name.includes(":user/"));
      yield {
        action: "iam:AddUserToGroup",
        resource: id,
        done: () => members.every(([, user]) => user.groups.includes(id)),
        effect: () => {
          for (const [, user] of members) if (!user.groups.includes(id)) user.groups.push(id);
        },
      };
    }
  }
  for (const [arn, policy] of world.managed) {
    if (arn === administrator) continue;
    yield {
      action: "iam:CreatePolicyVersion",
      resource: arn,
      done: () => policy === everything || world.managed.get(arn) === everything,
      effect: () => void world.managed.set(arn, everything),
    };
  }
  const { bucket } = setting;
  yield {
    action: "s3:PutBucketPublicAccessBlock",
    resource: bucket,
    done: () => flagNames.every((name) => world.flags.bucket.get(name) === false),
    effect: () => flagNames.forEach((name) => world.flags.bucket.set(name, false)),
  };
  yield {
    action: "s3:PutAccountPublicAccessBlock",
    // Asked on `*`; a resource of the account that only `*` matches says the same and names the account.
    resource: `arn:aws:s3:eu-west-1:${setting.account}:account`,
    done: () => flagNames.every((name) => world.flags.account.get(name) === false),
    effect: () => flagNames.forEach((name) => world.flags.account.set(name, false)),
  };
  yield {
    action: "s3:PutBucketOwnershipControls",
    resource: bucket,
    done: () => !world.ownershipEnforced,
    effect: () => (world.ownershipEnforced = false),
  };
  // Not public, therefore no block refuses it: whoever writes the bucket policy names itself in it (Amazon S3 User
  // Guide, "Bucket policies"), and drops its denies.
  yield {
    action: "s3:PutBucketPolicy",
    resource: bucket,
    done: () =>
      [...controlled].every((name) =>
        world.bucketPolicy.some((item) => namesExactly({ Statement: [item] }, name)),
      ),
    effect: () => {
      world.bucketPolicy = [
        ...world.bucketPolicy.filter(isPublic),
        ...[...controlled].map((name): StatementText => ({
          Effect: "Allow",
          Action: "s3:*",
          Principal: { AWS: [name] },
          Resource: [bucket, `${bucket}/*`],
        })),
      ];
    },
  };
}

function namesExactly(policy: PolicyText | undefined, name: string): boolean {
  return (
    policy?.Statement.some(
      ({ Effect, Principal, Condition }) =>
        Effect === "Allow" &&
        Condition === undefined &&
        typeof Principal === "object" &&
        [Principal["AWS"] ?? []].flat().includes(name),
    ) === true && policy.Statement.every((item) => item.Effect === "Allow")
  );
}

function restored(
  world: World,
  ask: (action: string, resource: string) => string | undefined,
  { bucket }: Setting,
  log: string[],
): boolean {
  const off = (name: string): boolean =>
    world.flags.bucket.get(name) === false && world.flags.account.get(name) === false;
  const can = (action: string, resource: string): boolean => {
    const caller = ask(action, resource);
    if (caller !== undefined) log.push(`${caller} ${action} ${resource}`);
    return caller !== undefined;
  };
  const policy =
    off("RestrictPublicBuckets") &&
    (world.bucketPolicy.some(isPublic) || (off("BlockPublicPolicy") && can("s3:PutBucketPolicy", bucket)));
  if (policy) return true;
  return (
    off("IgnorePublicAcls") &&
    !world.ownershipEnforced &&
    (world.publicAcl ||
      (off("BlockPublicAcls") && (can("s3:PutBucketAcl", bucket) || can("s3:PutObjectAcl", `${bucket}/x`))))
  );
}

/** The estate as it stands after containment (recreation.md 2): the public statement goes unless a block already hides it. */
function open(text: EstateText, { account, bucket }: Setting): World {
  const flags = (of: string, prefix: string): Map<string, boolean> =>
    new Map(flagNames.map((name) => [name, text.resources?.[of]?.properties?.[`${prefix}${name}`] === true]));
  const own = flags(bucket, "publicAccessBlock.");
  const whole = flags(`aws:${account}`, "s3.publicAccessBlock.");
  const asleep = own.get("RestrictPublicBuckets") === true || whole.get("RestrictPublicBuckets") === true;
  const statements = text.resources?.[bucket]?.policy?.Statement ?? [];
  const properties = text.resources?.[bucket]?.properties;
  const aclAsleep =
    own.get("IgnorePublicAcls") === true ||
    whole.get("IgnorePublicAcls") === true ||
    properties?.["ownershipControls"] === "BucketOwnerEnforced";
  const grants = properties?.["acl.publicGrants"];
  return {
    text,
    people: new Map(
      Object.entries(text.principals ?? {}).map(([id, item]) => [
        id,
        {
          policies: [...(item.policies ?? [])],
          attached: [...(item.attached ?? [])],
          boundary: item.boundary,
          groups: [...(item.groups ?? [])],
          trust: item.trust,
        },
      ]),
    ),
    managed: new Map([...Object.entries(text.managed ?? {}), [administrator, everything]]),
    bucketPolicy: asleep ? [...statements] : statements.filter((item) => !isPublic(item)),
    flags: { bucket: own, account: whole },
    ownershipEnforced: properties?.["ownershipControls"] === "BucketOwnerEnforced",
    publicAcl: aclAsleep && Array.isArray(grants) && grants.length > 0,
  };
}

/** The documents as they stand in the middle of the attack. */
function close(world: World, { bucket }: Setting): EstateText {
  const principals = Object.fromEntries(
    [...world.people].map(([id, { boundary, trust, ...rest }]) => [
      id,
      {
        ...rest,
        ...(boundary === undefined ? {} : { boundary }),
        ...(trust === undefined ? {} : { trust }),
      } satisfies Mutable<NonNullable<EstateText["principals"]>[string]>,
    ]),
  );
  const resources = { ...world.text.resources };
  resources[bucket] = { ...resources[bucket], policy: { Statement: world.bucketPolicy } };
  return { ...world.text, principals, managed: Object.fromEntries(world.managed), resources };
}
