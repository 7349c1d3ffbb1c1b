import { findOffspring, type Offspring, type OffspringItem } from "../access/index.js";
import { parseArn } from "../estate/index.js";
import type { Duty } from "../accountability/index.js";
import type { Action } from "./analysis.js";
import { fired, type Settled } from "./decided-facts.js";
import { nameOf, shortName } from "./names.js";

/** Items listed per case; how many more there are is said. */
const limit = 50;

/**
 * What the identities in foreign hands made (R54): in an incident those that the exposure hands out and what it is
 * known to have used, otherwise the secrets that strangers can read. Undefined where nothing is in foreign hands.
 */
export function offspringOf(settled: Settled): Offspring | undefined {
  const { view } = settled;
  const incident = fired(settled, "D7");
  const secrets = view.credentials.filter(
    ({ id, copies }) =>
      copies.some(({ readableBy }) => readableBy === "public" || readableBy === "leaked") ||
      view.incidents.some(({ used }) => used.includes(id)) ||
      // Until triage every secret of an incident's paths counts as taken.
      incident,
  );
  const held = new Set<string>(secrets.map(({ holder }) => holder));
  // Where one secret of an identity was taken, what its other secrets did is not the intruder's.
  const principals = incident ? view.exposedIdentities.filter((id) => !held.has(id)) : [];
  const credentials = secrets.map(({ id }) => id);
  if (principals.length === 0 && credentials.length === 0) return undefined;
  return findOffspring(view.context.become, { principals, credentials }, limit);
}

/** `1 access key, 2 roles`: counts by kind. */
export function offspringWords(items: readonly OffspringItem[]): string {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(kindWord(item), (counts.get(kindWord(item)) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, count]) => `${String(count)} ${count === 1 ? word : word.replace(/y$/, "ie").concat("s")}`)
    .map((text) => text.replace("access keies", "access keys"))
    .join(", ");
}

function kindWord({ id, what }: OffspringItem): string {
  if (id.startsWith("aws:access-key/")) return "access key";
  if (id.startsWith("aws:password/")) return "password";
  if (what === "consent" || what === "credential" || what === "policy") return what;
  const arn = parseArn(id);
  if (arn === undefined) return what === "identity" ? "identity" : what;
  return arn.service === "s3" ? "bucket" : (arn.resource.split(/[/:]/)[0] ?? what).replaceAll("-", " ");
}

/** How one thing is stopped without losing what the forensics need, and the right that it takes. AWS CLI v2. */
export function stopOffspring(item: OffspringItem, settled: Settled): { action: Action; duty?: Duty } {
  const { estate } = settled.view.context;
  const name = nameOf(item.id);
  const made = (title: string, kind: Action["kind"], command: string, duty?: Duty) => ({
    action: {
      title,
      kind,
      impact: `${item.how} by ${nameOf(item.by)}${item.at === undefined ? "" : ` on ${item.at.slice(0, 10)}`}`,
      command,
      requires: ["SECOPS"],
    },
    ...(duty === undefined ? {} : { duty }),
  });
  const holder = estate.credentials.find(({ id }) => id === item.id)?.holder;
  if (item.id.startsWith("aws:access-key/") && holder !== undefined) {
    return made(
      `switch off ${name} of ${shortName(holder)}`,
      "revoke-credential",
      `aws iam update-access-key --user-name ${shortName(holder)} --access-key-id ${item.id.slice("aws:access-key/".length)} --status Inactive`,
      { action: "iam:UpdateAccessKey", resource: holder },
    );
  }
  if (item.id.startsWith("aws:password/")) {
    const user = item.id.slice("aws:password/".length);
    return made(
      `take the password of ${shortName(user)} away`,
      "revoke-credential",
      `aws iam delete-login-profile --user-name ${shortName(user)}`,
      { action: "iam:DeleteLoginProfile", resource: user },
    );
  }
  const arn = parseArn(item.id);
  const region = arn === undefined || arn.region === "" ? "" : ` --region ${arn.region}`;
  const type = arn?.resource.split(/[/:]/)[0];
  if (arn?.service === "iam" && (type === "user" || type === "role") && item.how === "created") {
    return made(
      `deny ${type} ${name} everything`,
      "isolate",
      `aws iam put-${type}-policy --${type}-name ${name} --policy-name Contained --policy-document '${denyAll}'`,
      { action: type === "user" ? "iam:PutUserPolicy" : "iam:PutRolePolicy", resource: item.id },
    );
  }
  if (arn?.service === "iam" && type === "oidc-provider" && item.how === "created") {
    return made(
      `remove the identity provider ${name}`,
      "disable-trust",
      `aws iam delete-open-id-connect-provider --open-id-connect-provider-arn ${item.id}`,
      { action: "iam:DeleteOpenIDConnectProvider", resource: item.id },
    );
  }
  if (arn?.service === "lambda" && type === "function") {
    return made(
      `stop function ${name}`,
      "isolate",
      `aws lambda put-function-concurrency --function-name ${name} --reserved-concurrent-executions 0${region}`,
      { action: "lambda:PutFunctionConcurrency", resource: item.id },
    );
  }
  if (arn?.service === "ec2" && type === "instance") {
    return made(
      `stop instance ${name}, keep its disks`,
      "isolate",
      `aws ec2 stop-instances --instance-ids ${name}${region}`,
      {
        action: "ec2:StopInstances",
        resource: item.id,
      },
    );
  }
  if (item.what === "consent") return made(`take back the consent ${item.name}`, "disable-trust", "");
  if (item.how === "changed")
    return made(`undo what was changed on ${name} (${item.action ?? "changed"})`, "other", "");
  return made(`remove or isolate ${name}`, "isolate", "");
}

const denyAll = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
});
