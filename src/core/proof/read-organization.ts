import { type Draft, type OrganizationDraft, type OrganizationPolicy } from "./directory.js";
import { policyAt } from "./policy.js";
import { isFields, itemsOf, opened, stringOf, type Citation, type Fields } from "./raw-document.js";

const types: Readonly<Record<string, OrganizationPolicy["type"]>> = {
  SERVICE_CONTROL_POLICY: "scp",
  RESOURCE_CONTROL_POLICY: "rcp",
  S3_POLICY: "s3",
  DECLARATIVE_POLICY_EC2: "declarative-ec2",
};

const lists = ["Organization", "Roots", "OrganizationalUnits", "Accounts", "Children", "Parents", "Policies"];
const more = ["Policy", "Targets", "DelegatedAdministrators", "DelegatedServices", "ResourcePolicy"];

/**
 * Answers of `aws organizations`, several in one under the names of their commands and the ids that they were asked
 * about (AWS Organizations API reference). What an answer was asked about and does not repeat comes from that key, or
 * from the file's name.
 */
export function readOrganization(value: unknown, at: Citation, draft: Draft): boolean {
  const own: OrganizationDraft = {
    id: "",
    management: undefined,
    at,
    parents: new Map(),
    roots: new Set(),
    policies: [],
    enabled: undefined,
    delegated: [],
    complete: new Set(),
    delegation: undefined,
  };
  const fileSubject = /(?<![A-Za-z0-9])((?:r|ou)-[0-9a-z-]{4,}|p-[0-9A-Za-z]{8,}|\d{12})(?![A-Za-z0-9])/.exec(
    at.document.slice(at.document.lastIndexOf("/") + 1),
  )?.[1];
  if (!visit(value, at, fileSubject, own, isCommands(value), 0)) return false;
  draft.organizations.push(own);
  return true;
}

const isCommands = (value: unknown): boolean =>
  isFields(value) && Object.keys(value).some((key) => /^(list|describe)-[a-z-]+$/.test(key));

function visit(
  value: unknown,
  at: Citation,
  subject: string | undefined,
  own: OrganizationDraft,
  named: boolean,
  depth: number,
): boolean {
  if (depth > 4) return false;
  if (Array.isArray(value))
    return value
      .map((item: unknown, index) => visit(item, step(at, String(index)), subject, own, named, depth + 1))
      .includes(true);
  if (!isFields(value)) return false;
  if (isAnswer(value, named)) {
    readAnswer(value, at, subject, own);
    return true;
  }
  return Object.entries(value)
    .filter(([key]) => named || /^(list|describe)-/.test(key))
    .map(([key, item]) =>
      visit(item, step(at, key), /^(list|describe)-/.test(key) ? subject : key, own, true, depth + 1),
    )
    .includes(true);
}

const step = (at: Citation, key: string): Citation => ({
  ...at,
  pointer: `${at.pointer ?? ""}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
});

function isAnswer(value: Fields, named: boolean): boolean {
  const key = [...lists, ...more].find((name) => Object.hasOwn(value, name));
  if (key === undefined) return false;
  return (
    named ||
    JSON.stringify(value[key]).slice(0, 4000).includes("organizations") ||
    /Target|Parent|Child/.test(key)
  );
}

function readAnswer(value: Fields, at: Citation, subject: string | undefined, own: OrganizationDraft): void {
  const partial = value["NextToken"] !== undefined || value["IsTruncated"] === true;
  const described = value["Organization"];
  if (isFields(described)) {
    own.id = stringOf(described["Id"]) ?? own.id;
    own.management =
      stringOf(described["MasterAccountId"] ?? described["ManagementAccountId"]) ?? own.management;
  }
  for (const root of itemsOf(value["Roots"])) {
    if (!isFields(root)) continue;
    own.roots.add(stringOf(root["Id"]) ?? "");
    if (root["PolicyTypes"] === undefined) continue;
    own.enabled ??= new Set();
    for (const item of itemsOf(root["PolicyTypes"]))
      if (isFields(item) && item["Status"] === "ENABLED") own.enabled.add(types[String(item["Type"])] ?? "");
  }
  for (const list of ["OrganizationalUnits", "Accounts", "Children"])
    for (const item of itemsOf(value[list])) {
      const id = isFields(item) ? stringOf(item["Id"]) : undefined;
      if (id !== undefined && subject !== undefined && /^(r|ou)-/.test(subject)) own.parents.set(id, subject);
    }
  for (const item of itemsOf(value["Parents"])) {
    const id = isFields(item) ? stringOf(item["Id"]) : undefined;
    if (id === undefined || subject === undefined) continue;
    own.parents.set(subject, id);
    if (isFields(item) && item["Type"] === "ROOT") own.roots.add(id);
  }
  for (const item of itemsOf(value["DelegatedAdministrators"])) {
    const account = isFields(item) ? stringOf(item["Id"]) : undefined;
    if (account !== undefined) own.delegated.push({ account, service: "?" });
  }
  const target = subject !== undefined && !/^p-/.test(subject) ? subject : undefined;
  itemsOf(value["Policies"]).forEach((item, index) => {
    if (!isFields(item)) return;
    addPolicy(
      item,
      undefined,
      step(step(at, "Policies"), String(index)),
      own,
      target === undefined ? undefined : [target],
    );
    const type = types[String(item["Type"])];
    if (!partial && target === undefined && type !== undefined) own.complete.add(type);
  });
  const delegation = value["ResourcePolicy"];
  if (isFields(delegation))
    own.delegation = policyAt(delegation["Content"], step(step(at, "ResourcePolicy"), "Content"));
  const policy = value["Policy"];
  if (isFields(policy) && isFields(policy["PolicySummary"]))
    addPolicy(
      policy["PolicySummary"],
      policy["Content"],
      step(step(at, "Policy"), "Content"),
      own,
      undefined,
    );
  if (Array.isArray(value["Targets"]) && subject !== undefined && !partial)
    addTargets(
      subject,
      itemsOf(value["Targets"]).flatMap((item) => (isFields(item) ? (stringOf(item["TargetId"]) ?? []) : [])),
      step(at, "Targets"),
      own,
    );
}

function addPolicy(
  summary: Fields,
  content: unknown,
  at: Citation,
  own: OrganizationDraft,
  targets: readonly string[] | undefined,
): void {
  const id = stringOf(summary["Id"]);
  const type = types[String(summary["Type"])];
  if (id === undefined || type === undefined) return;
  const everything = summary["AwsManaged"] === true && /FullAWSAccess$/.test(id);
  merge(own, {
    id,
    type,
    name: stringOf(summary["Name"]) ?? id,
    at,
    everything,
    content: typeof content === "string" ? opened(content) : content,
    policy: content === undefined ? undefined : policyAt(content, at),
    targets,
  });
}

function addTargets(id: string, targets: readonly string[], at: Citation, own: OrganizationDraft): void {
  merge(own, {
    id,
    type: "scp",
    name: "",
    at,
    everything: false,
    content: undefined,
    policy: undefined,
    targets,
  });
}

/** A policy is told in up to three answers: list, description, targets. `name: ""` marks the one that knows targets only. */
function merge(own: OrganizationDraft, next: OrganizationPolicy): void {
  const index = own.policies.findIndex((item) => item.id === next.id);
  const before = own.policies[index];
  if (before === undefined) {
    own.policies.push(next);
    return;
  }
  const [from, onto] =
    next.name === "" ? [before, next] : before.name === "" ? [next, before] : [next, before];
  const told = next.content !== undefined ? next : before.content !== undefined ? before : from;
  const targets =
    before.targets === undefined && next.targets === undefined
      ? undefined
      : [...new Set([...(before.targets ?? []), ...(next.targets ?? [])])];
  own.policies[index] = {
    ...onto,
    ...from,
    at: told.at,
    content: told.content,
    policy: told.policy,
    everything: before.everything || next.everything,
    targets,
  };
}
