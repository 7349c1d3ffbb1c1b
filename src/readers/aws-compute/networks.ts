import { booleanOf, isRecord, listOf, textOf, type JsonRecord } from "../drafting/index.js";
import { each, ec2Arn, ofItems, type Shape } from "./listing.js";

/** Route tables and network ACLs: which subnets they hold for, and whether the internet comes through. */
export const networkListings: readonly Shape[] = [
  {
    matches: ofItems("RouteTables", "RouteTableId"),
    read: (value, draft) => {
      each(value, "RouteTables", draft, (item, place) => {
        draft.count("routeTables");
        const id = textOf(item["RouteTableId"]) ?? "";
        const arn = ec2Arn(draft, place, "route-table", id, textOf(item["OwnerId"]));
        if (arn === undefined) return;
        const table = draft.resource(arn, { kind: "ec2:route-table" }, place);
        const associations = listOf(item["Associations"]).filter(isRecord);
        table.set("vpc", textOf(item["VpcId"]), place.at("VpcId"));
        table.set("subnets", subnetsOf(associations), place.at("Associations"));
        table.set(
          "main",
          associations.some((entry) => entry["Main"] === true),
          place.at("Associations"),
        );
        table.set("internetRoute", internetRoute(item["Routes"]), place.at("Routes"));
      });
    },
  },
  {
    matches: ofItems("NetworkAcls", "NetworkAclId"),
    read: (value, draft) => {
      each(value, "NetworkAcls", draft, (item, place) => {
        draft.count("networkAcls");
        const id = textOf(item["NetworkAclId"]) ?? "";
        const arn = ec2Arn(draft, place, "network-acl", id, textOf(item["OwnerId"]));
        if (arn === undefined) return;
        const acl = draft.resource(arn, { kind: "ec2:network-acl" }, place);
        acl.set("vpc", textOf(item["VpcId"]), place.at("VpcId"));
        acl.set(
          "subnets",
          subnetsOf(listOf(item["Associations"]).filter(isRecord)),
          place.at("Associations"),
        );
        acl.set("networkAclOpen", openToInternet(item["Entries"]), place.at("Entries"));
      });
    },
  },
];

const subnetsOf = (associations: readonly JsonRecord[]): readonly string[] =>
  associations.flatMap((entry) => textOf(entry["SubnetId"]) ?? []).sort();

/**
 * An active route to an internet gateway. A route through an endpoint, an interface or an instance may lead to one
 * all the same (Amazon VPC User Guide, "Middlebox routing"): then it stays unknown.
 */
function internetRoute(routes: unknown): boolean | undefined {
  const active = listOf(routes)
    .filter(isRecord)
    .filter((route) => route["State"] !== "blackhole");
  if (active.some((route) => /^igw-/.test(textOf(route["GatewayId"]) ?? ""))) return true;
  const middle = (route: JsonRecord): boolean =>
    textOf(route["NetworkInterfaceId"]) !== undefined ||
    textOf(route["InstanceId"]) !== undefined ||
    // A gateway endpoint of S3 or DynamoDB has a prefix list as its destination, an inspecting one a range.
    (/^vpce-/.test(textOf(route["GatewayId"]) ?? "") &&
      textOf(route["DestinationPrefixListId"]) === undefined);
  return active.some(middle) ? undefined : false;
}

const isPrivate = (cidr: string): boolean =>
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd]|fe80)/i.test(
    cidr,
  );

/** True: everything from everywhere before any Deny. False: nothing from any public address. Else ports decide. */
function openToInternet(entries: unknown): boolean | undefined {
  const ingress = listOf(entries)
    .filter(isRecord)
    .filter((entry) => booleanOf(entry["Egress"]) === false)
    .sort((a, b) => Number(a["RuleNumber"]) - Number(b["RuleNumber"]));
  const range = (entry: JsonRecord): string =>
    textOf(entry["CidrBlock"]) ?? textOf(entry["Ipv6CidrBlock"]) ?? "";
  const allows = ingress.filter((entry) => entry["RuleAction"] === "allow");
  if (allows.every((entry) => isPrivate(range(entry)))) return ingress.length === 0 ? undefined : false;
  const [first] = ingress;
  const all =
    first?.["RuleAction"] === "allow" && range(first) === "0.0.0.0/0" && String(first["Protocol"]) === "-1";
  return all ? true : undefined;
}
