import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadEstate } from "../load-estate.js";

let folder = "";
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "remit-net-")), "222222222222", "eu-west-1");
  mkdirSync(folder, { recursive: true });
});
afterEach(() => {
  rmSync(join(folder, "..", ".."), { recursive: true });
});

const owner = { OwnerId: "222222222222", VpcId: "vpc-1" };
const toInternet = { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1", State: "active" };
const local = { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" };
const table = (id: string, routes: object[], associations: object[]): object => ({
  RouteTableId: id,
  ...owner,
  Routes: [local, ...routes],
  Associations: associations,
});
const rule = (number: number, action: string, cidr: string): object => ({
  RuleNumber: number,
  RuleAction: action,
  CidrBlock: cidr,
  Protocol: "-1",
  Egress: false,
});
const acl = (subnets: string[], rules: object[]): object => ({
  NetworkAclId: "acl-1",
  ...owner,
  Associations: subnets.map((SubnetId) => ({ SubnetId })),
  Entries: rules,
});
const open = acl(
  ["subnet-a", "subnet-b"],
  [rule(32767, "deny", "0.0.0.0/0"), rule(100, "allow", "0.0.0.0/0")],
);
const instance = (subnet: string, more: object = {}): object => ({
  InstanceId: `i-${subnet}`,
  State: { Name: "running" },
  SubnetId: subnet,
  NetworkInterfaces: [{ SubnetId: subnet }],
  PublicIpAddress: "203.0.113.7",
  ...more,
});

async function reach(
  documents: Readonly<Record<string, object>>,
): Promise<Readonly<Record<string, unknown>>> {
  for (const [name, content] of Object.entries(documents))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
  const { estate, rejected } = await loadEstate([folder]);
  expect(rejected).toEqual([]);
  return Object.fromEntries(
    estate.resources
      .filter((item) => item.kind === "ec2:instance" || item.kind === "rds:db-instance")
      .map((item) => [
        item.name,
        item.properties.get(item.kind === "ec2:instance" ? "internetReachable" : "publicSubnets")?.value,
      ]),
  );
}

const instances = (...list: object[]): object => ({
  Reservations: [{ OwnerId: "222222222222", Instances: list }],
});

describe("what the internet reaches (Amazon VPC User Guide, route tables and network ACLs)", () => {
  it("a subnet of its own table, and one of the main table", async () => {
    const tables = {
      RouteTables: [
        table("rtb-main", [], [{ Main: true }]),
        table("rtb-public", [toInternet], [{ SubnetId: "subnet-a" }]),
      ],
    };
    expect(
      await reach({
        "route-tables": tables,
        "network-acls": { NetworkAcls: [open] },
        instances: instances(instance("subnet-a"), instance("subnet-b")),
      }),
    ).toEqual({ "i-subnet-a": true, "i-subnet-b": false });
  });

  it.each([
    [
      "without a network ACL the answer stays open",
      { RouteTables: [table("r", [toInternet], [{ SubnetId: "subnet-a" }])] },
      undefined,
      undefined,
    ],
    ["without a route table it stays open", undefined, { NetworkAcls: [open] }, undefined],
    [
      "a route through an inspecting endpoint stays open",
      {
        RouteTables: [
          table(
            "r",
            [{ DestinationCidrBlock: "0.0.0.0/0", GatewayId: "vpce-1", State: "active" }],
            [{ SubnetId: "subnet-a" }],
          ),
        ],
      },
      { NetworkAcls: [open] },
      undefined,
    ],
    [
      "an ACL that lets in private ranges only closes",
      { RouteTables: [table("r", [toInternet], [{ SubnetId: "subnet-a" }])] },
      {
        NetworkAcls: [
          acl(["subnet-a"], [rule(100, "allow", "10.0.0.0/8"), rule(32767, "deny", "0.0.0.0/0")]),
        ],
      },
      false,
    ],
    [
      "an ACL that denies something first is left to its ports",
      { RouteTables: [table("r", [toInternet], [{ SubnetId: "subnet-a" }])] },
      {
        NetworkAcls: [
          acl(["subnet-a"], [rule(1, "deny", "198.51.100.0/24"), rule(100, "allow", "0.0.0.0/0")]),
        ],
      },
      undefined,
    ],
  ])("%s", async (_case, tables, acls, expected) => {
    const found = await reach({
      ...(tables === undefined ? {} : { "route-tables": tables }),
      ...(acls === undefined ? {} : { "network-acls": acls }),
      instances: instances(instance("subnet-a")),
    });
    expect(found["i-subnet-a"]).toBe(expected);
  });

  it("an IPv6 address is public; interfaces in two subnets leave it open", async () => {
    const tables = { RouteTables: [table("r", [toInternet], [{ SubnetId: "subnet-a" }])] };
    const six = {
      PublicIpAddress: undefined,
      NetworkInterfaces: [{ SubnetId: "subnet-a", Ipv6Addresses: [{ Ipv6Address: "2001:db8::1" }] }],
    };
    const two = {
      InstanceId: "i-two",
      NetworkInterfaces: [{ SubnetId: "subnet-a" }, { SubnetId: "subnet-z" }],
    };
    expect(
      await reach({
        "route-tables": tables,
        "network-acls": { NetworkAcls: [open] },
        instances: instances(instance("subnet-a", six), instance("subnet-a", two)),
      }),
    ).toEqual({ "i-subnet-a": true, "i-two": undefined });
  });

  it("a database has public subnets when all of its group have a route", async () => {
    const database = {
      DBInstanceArn: "arn:aws:rds:eu-west-1:222222222222:db:hr",
      DBSubnetGroup: { VpcId: "vpc-1", Subnets: [{ SubnetIdentifier: "subnet-a" }] },
    };
    const tables = { RouteTables: [table("r", [toInternet], [{ SubnetId: "subnet-a" }])] };
    expect(await reach({ "route-tables": tables, databases: { DBInstances: [database] } })).toEqual({
      hr: true,
    });
  });
});
