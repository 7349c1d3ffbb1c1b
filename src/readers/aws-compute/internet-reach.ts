import { textOf } from "../drafting/index.js";
import type { PropertyFact, Resource } from "../../core/estate/index.js";

/** What route tables and network ACLs say of one subnet. */
interface Subnet {
  readonly route?: PropertyFact;
  readonly acl?: PropertyFact;
}

/**
 * Adds to instances and databases what the route table and the network ACL of their subnets let through. A subnet
 * without a table of its own has the main table of its VPC (Amazon VPC User Guide, "Subnet route tables"); its VPC is
 * known from its ACL, since every subnet has exactly one. Properties that a document states are left as they are.
 */
export function resolveInternetReach(resources: readonly Resource[]): readonly Resource[] {
  const networks = resources.filter((item) => /^ec2:(?:route-table|network-acl)$/.test(item.kind));
  if (networks.length === 0) return resources;
  const subnets = subnetsOf(networks);
  return resources.map((item) => {
    if (item.kind === "ec2:instance") return withReach(item, subnets);
    return item.kind === "rds:db-instance" ? withPublicSubnets(item, subnets) : item;
  });
}

const textsOf = (fact: PropertyFact | undefined): readonly string[] =>
  Array.isArray(fact?.value) ? fact.value.filter((item): item is string => typeof item === "string") : [];

function subnetsOf(networks: readonly Resource[]): ReadonlyMap<string, Subnet> {
  const subnets = new Map<string, Subnet>();
  const main = new Map<unknown, PropertyFact>();
  const tables = networks.filter((item) => item.kind === "ec2:route-table");
  for (const table of tables) {
    const route = table.properties.get("internetRoute");
    if (route === undefined) continue;
    for (const id of textsOf(table.properties.get("subnets"))) subnets.set(id, { route });
    const vpc = table.properties.get("vpc")?.value;
    if (table.properties.get("main")?.value === true && vpc !== undefined) main.set(vpc, route);
  }
  // A table whose routes are not understood still keeps its subnets from the main table.
  const placed = new Set(tables.flatMap((table) => textsOf(table.properties.get("subnets"))));
  for (const acl of networks) {
    if (acl.kind !== "ec2:network-acl") continue;
    const open = acl.properties.get("networkAclOpen");
    const inherited = main.get(acl.properties.get("vpc")?.value);
    for (const id of textsOf(acl.properties.get("subnets"))) {
      const route = subnets.get(id)?.route ?? (placed.has(id) ? undefined : inherited);
      subnets.set(id, {
        ...(route === undefined ? {} : { route }),
        ...(open === undefined ? {} : { acl: open }),
      });
    }
  }
  return subnets;
}

function withReach(instance: Resource, subnets: ReadonlyMap<string, Subnet>): Resource {
  const subnet = subnets.get(textOf(instance.properties.get("subnet")?.value) ?? "");
  if (subnet === undefined) return instance;
  const { route, acl } = subnet;
  const address = instance.properties.get("publicIp");
  const parts: readonly (readonly [PropertyFact | undefined, boolean | undefined])[] = [
    [address, address === undefined ? undefined : address.value !== null],
    [route, route === undefined ? undefined : route.value === true],
    [acl, acl === undefined ? undefined : acl.value === true],
  ];
  const closed = parts.find(([, open]) => open === false)?.[0];
  const reach =
    closed !== undefined
      ? { value: false, origin: closed.origin }
      : route !== undefined && parts.every(([, open]) => open === true)
        ? { value: true, origin: route.origin }
        : undefined;
  return withFacts(instance, { internetRoute: route, networkAclOpen: acl, internetReachable: reach });
}

/** All subnets of the group have a way to the internet, or none has; a mixed group stays unknown. */
function withPublicSubnets(database: Resource, subnets: ReadonlyMap<string, Subnet>): Resource {
  const routes = textsOf(database.properties.get("subnets")).map((id) => subnets.get(id)?.route);
  const [first] = routes;
  if (first === undefined || routes.some((route) => route?.value !== first.value)) return database;
  return withFacts(database, { publicSubnets: first });
}

function withFacts(item: Resource, facts: Readonly<Record<string, PropertyFact | undefined>>): Resource {
  const properties = new Map(item.properties);
  for (const [name, fact] of Object.entries(facts))
    if (fact !== undefined && !properties.has(name)) properties.set(name, fact);
  return { ...item, properties };
}
