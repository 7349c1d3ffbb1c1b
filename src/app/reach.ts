import type { BecomeQuestions } from "../core/access/index.js";
import type { Estate, PrincipalId } from "../core/estate/index.js";
import { entryOf, nameOf, stepOf } from "./questions.js";

/** What reading and changing means per kind of resource: the right that hands out its content, the one that opens it. */
const rights: Readonly<
  Record<string, { readonly read: string; readonly change: string; readonly below?: string }>
> = {
  "s3:bucket": { read: "s3:GetObject", change: "s3:PutBucketPolicy", below: "/*" },
  "secretsmanager:secret": {
    read: "secretsmanager:GetSecretValue",
    change: "secretsmanager:PutResourcePolicy",
  },
  "kms:key": { read: "kms:Decrypt", change: "kms:PutKeyPolicy" },
  "lambda:function": { read: "lambda:GetFunction", change: "lambda:UpdateFunctionCode" },
  "sqs:queue": { read: "sqs:ReceiveMessage", change: "sqs:SetQueueAttributes" },
  "sns:topic": { read: "sns:Subscribe", change: "sns:SetTopicAttributes" },
  "ecr:repository": { read: "ecr:BatchGetImage", change: "ecr:SetRepositoryPolicy" },
  "rds:snapshot": { read: "rds:RestoreDBInstanceFromDBSnapshot", change: "rds:ModifyDBSnapshotAttribute" },
  "ec2:snapshot": { read: "ec2:CreateVolume", change: "ec2:ModifySnapshotAttribute" },
};

interface Touched {
  resource: string;
  name: string;
  kind: string;
  access: "read" | "change";
  action: string;
  through: string;
  verdict: true | "unknown";
}

/** Blast radius of one identity: what it becomes, administers, reads and changes, and the tier that follows. */
export function reachOf(estate: Estate, become: BecomeQuestions, principal: PrincipalId, limit: number) {
  const reach = become.reach(principal);
  const identities = [principal, ...reach.becomes.map((item) => item.principal)];
  const resources = touchedBy(estate, become, identities);
  const privileges = identities.flatMap((id) =>
    become.privileges(id).map(({ action, evidence }) => ({ action, through: id, evidence })),
  );
  const accounts = new Set(identities.flatMap((id) => estate.principal(id)?.account ?? []));
  return {
    principal,
    name: nameOf(estate, principal),
    ...tierFor(reach.administers.length, privileges.length, accounts.size),
    becomes: reach.becomes.map((item) => ({
      principal: item.principal,
      name: nameOf(estate, item.principal),
      verdict: item.verdict,
      certainty: item.certainty,
      path: item.edges.map(stepOf),
    })),
    administers: reach.administers.map((item) => ({
      account: item.account,
      name: estate.accounts.find((account) => account.id === item.account)?.name ?? item.account,
      through: item.through,
      verdict: item.verdict,
    })),
    privileges,
    resources: resources.slice(0, limit),
    more: Math.max(0, resources.length - limit),
    entries: become.entriesOf(principal).map(entryOf),
  };
}

function touchedBy(
  estate: Estate,
  become: BecomeQuestions,
  identities: readonly PrincipalId[],
): readonly Touched[] {
  const best = new Map<string, Touched>();
  for (const [kind, right] of Object.entries(rights)) {
    const things = estate.resources.filter((resource) => resource.kind === kind);
    for (const access of ["read", "change"] as const) {
      const action = right[access];
      const target = (id: string): string => (access === "read" ? id + (right.below ?? "") : id);
      const byTarget = new Map(things.map((thing) => [target(thing.id), thing]));
      for (const through of identities) {
        for (const found of become.engine.targetsOf(through, action, [...byTarget.keys()])) {
          const thing = byTarget.get(found.target);
          if (thing === undefined) continue;
          const key = `${thing.id} ${access}`;
          const known = best.get(key);
          if (known === undefined || (known.verdict === "unknown" && found.verdict === true)) {
            best.set(key, {
              resource: thing.id,
              name: thing.name,
              kind,
              access,
              action,
              through,
              verdict: found.verdict,
            });
          }
        }
      }
    }
  }
  return [...best.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, touched]) => touched);
}

/** R66 without a workload: 3 = administers or leaves its account, 2 = manages permissions, 1 otherwise. */
function tierFor(
  administers: number,
  privileges: number,
  accounts: number,
): { tier: 1 | 2 | 3; tierBecause: string } {
  if (administers > 0)
    return { tier: 3, tierBecause: `administrator of ${administers} account${administers === 1 ? "" : "s"}` };
  if (accounts > 1) return { tier: 3, tierBecause: `reaches ${accounts} accounts` };
  if (privileges > 0) return { tier: 2, tierBecause: "may manage permissions" };
  return { tier: 1, tierBecause: "manages no permissions and stays in its account" };
}
