import { principalId, type JsonValue } from "../../core/estate/index.js";
import {
  booleanOf,
  isRecord,
  listOf,
  numberOf,
  pick,
  secretNames,
  textOf,
  textsOf,
  type Draft,
  type JsonRecord,
  type Place,
  type ResourceDraft,
} from "../drafting/index.js";

/** What each API answer says about a resource; AWS Config items hold the same members in either case. */

export function applySecurityGroup(group: ResourceDraft, record: JsonRecord, place: Place): void {
  const permissions = pick(record, "IpPermissions");
  if (Array.isArray(permissions)) {
    group.set("ingress", listOf(permissions).flatMap(ingressRule), place.at(nameIn(record, "IpPermissions")));
  }
  group.set("vpc", textOf(pick(record, "VpcId")), place);
  group.tagList(pick(record, "Tags"));
}

function ingressRule(permission: unknown): readonly JsonValue[] {
  if (!isRecord(permission)) return [];
  const ranges = (name: string, member: string): readonly string[] =>
    listOf(pick(permission, name)).flatMap((item) =>
      typeof item === "string" ? item : isRecord(item) ? (textOf(pick(item, member)) ?? []) : [],
    );
  return [
    {
      protocol: textOf(pick(permission, "IpProtocol")) ?? "-1",
      fromPort: numberOf(pick(permission, "FromPort")) ?? null,
      toPort: numberOf(pick(permission, "ToPort")) ?? null,
      cidrs: [
        ...new Set([
          ...ranges("IpRanges", "CidrIp"),
          ...ranges("Ipv4Ranges", "CidrIp"),
          ...ranges("Ipv6Ranges", "CidrIpv6"),
        ]),
      ],
      prefixLists: [...ranges("PrefixListIds", "PrefixListId")],
      groups: [...ranges("UserIdGroupPairs", "GroupId")],
    },
  ];
}

const interfacesOf = (record: JsonRecord): readonly JsonRecord[] =>
  listOf(pick(record, "NetworkInterfaces")).filter(isRecord);

/** An address of any interface that the internet knows: every IPv6 address is one. */
function publicAddress(record: JsonRecord): string | undefined {
  const own = textOf(pick(record, "PublicIpAddress")) ?? textOf(pick(record, "Ipv6Address"));
  const others = interfacesOf(record).flatMap((item) => {
    const association = pick(item, "Association");
    const public4 = isRecord(association) ? textOf(pick(association, "PublicIp")) : undefined;
    const public6 = listOf(pick(item, "Ipv6Addresses"))
      .filter(isRecord)
      .flatMap((address) => textOf(pick(address, "Ipv6Address")) ?? []);
    return [...(public4 === undefined ? [] : [public4]), ...public6];
  });
  return own ?? others[0];
}

export function applyInstance(instance: ResourceDraft, record: JsonRecord, place: Place): void {
  const options = pick(record, "MetadataOptions");
  if (isRecord(options)) {
    const at = place.at(nameIn(record, "MetadataOptions"));
    instance.set("metadataOptions.httpTokens", textOf(pick(options, "HttpTokens")), at);
    instance.set("metadataOptions.httpEndpoint", textOf(pick(options, "HttpEndpoint")), at);
    instance.set("metadataOptions.hopLimit", numberOf(pick(options, "HttpPutResponseHopLimit")), at);
  }
  const groups = pick(record, "SecurityGroups");
  if (Array.isArray(groups)) {
    instance.set(
      "securityGroups",
      listOf(groups).flatMap((item) => (isRecord(item) ? (textOf(pick(item, "GroupId")) ?? []) : [])),
      place,
    );
  }
  // The answer always lists network interfaces: without a public address the instance has none.
  if (pick(record, "NetworkInterfaces") !== undefined || pick(record, "PublicIpAddress") !== undefined) {
    instance.set("publicIp", publicAddress(record) ?? null, place);
  }
  // Interfaces in several subnets have several routes: no one subnet speaks for the instance.
  const subnets = new Set(interfacesOf(record).flatMap((item) => textOf(pick(item, "SubnetId")) ?? []));
  if (subnets.size < 2) instance.set("subnet", textOf(pick(record, "SubnetId")), place);
  const profile = pick(record, "IamInstanceProfile");
  instance.set("instanceProfile", isRecord(profile) ? textOf(pick(profile, "Arn")) : undefined, place);
  instance.tagList(pick(record, "Tags"));
}

export function applyDatabase(database: ResourceDraft, record: JsonRecord, place: Place): void {
  database.set("publiclyAccessible", booleanOf(pick(record, "PubliclyAccessible")), place);
  const groups = pick(record, "VpcSecurityGroups");
  if (Array.isArray(groups)) {
    const ids = listOf(groups).flatMap((item) =>
      isRecord(item) ? (textOf(pick(item, "VpcSecurityGroupId")) ?? []) : [],
    );
    database.set("securityGroups", ids, place);
  }
  const group = pick(record, "DBSubnetGroup");
  if (isRecord(group) && Array.isArray(pick(group, "Subnets"))) {
    const subnets = listOf(pick(group, "Subnets")).flatMap((item) =>
      isRecord(item) ? (textOf(pick(item, "SubnetIdentifier")) ?? []) : [],
    );
    database.set("subnets", subnets, place);
  }
  database.tagList(pick(record, "TagList", "Tags"));
}

/** Secret-looking variables by name; an access key id in a value links the place to the key. Values are not kept. */
export function applyEnvironment(
  draft: Draft,
  resource: ResourceDraft,
  variables: readonly (readonly [string, string])[],
  place: Place,
): void {
  resource.set("environmentSecrets", [...secretNames(variables)], place);
  for (const [name, value] of variables) {
    const key = /^(AKIA[A-Z0-9]{12,})$/.exec(value.trim())?.[1];
    if (key === undefined) continue;
    draft.add("links", {
      kind: "secret-copy",
      from: resource.id,
      to: `aws:access-key/${key}`,
      at: name,
      origin: place.origin,
    });
  }
}

export function applyFunction(draft: Draft, fn: ResourceDraft, record: JsonRecord, place: Place): void {
  const role = textOf(pick(record, "Role"));
  if (role !== undefined) fn.runsAs(principalId(role));
  const environment = pick(record, "Environment");
  const variables = isRecord(environment) ? pick(environment, "Variables") : undefined;
  // An answer without `Environment` has no variables, except when Config leaves the member out.
  const pairs = isRecord(variables)
    ? Object.entries(variables).flatMap(([name, value]) =>
        typeof value === "string" ? [[name, value] as const] : [],
      )
    : [];
  if (isRecord(variables) || textOf(pick(record, "FunctionArn")) !== undefined)
    applyEnvironment(draft, fn, pairs, place);
}

export function applyTaskDefinition(
  draft: Draft,
  task: ResourceDraft,
  record: JsonRecord,
  place: Place,
): number {
  const role = textOf(pick(record, "TaskRoleArn"));
  if (role !== undefined) task.runsAs(principalId(role));
  const containers = listOf(pick(record, "ContainerDefinitions")).filter(isRecord);
  const pairs = containers.flatMap((container) =>
    listOf(pick(container, "Environment")).flatMap((item) =>
      isRecord(item) ? [[textOf(pick(item, "Name")) ?? "", textOf(pick(item, "Value")) ?? ""] as const] : [],
    ),
  );
  applyEnvironment(draft, task, pairs, place.at(nameIn(record, "ContainerDefinitions")));
  return containers.length;
}

export function applyDomain(domain: ResourceDraft, record: JsonRecord, place: Place): void {
  const vpc = pick(record, "VPCOptions", "VpcOptions");
  // A domain outside a VPC has no VPCOptions, or empty ones.
  domain.set(
    "vpc",
    isRecord(vpc) &&
      (textOf(pick(vpc, "VPCId", "VpcId")) !== undefined || textsOf(pick(vpc, "SubnetIds")).length > 0),
    place,
  );
  const policy = pick(record, "AccessPolicies");
  if (typeof policy === "string" && policy !== "")
    domain.policy(policy, place.at(nameIn(record, "AccessPolicies")), "domain policy");
  else if (policy === "") domain.noPolicy(place);
}

/** The spelling that the record uses for a member, for pointers. */
export function nameIn(record: JsonRecord, name: string): string {
  const lower = name.charAt(0).toLowerCase() + name.slice(1);
  return Object.prototype.hasOwnProperty.call(record, name) ? name : lower;
}
