import { expect, test } from "vitest";
import {
  createEstate,
  principalId,
  resourceId,
  type PropertyFact,
  type Resource,
  type Workload,
} from "../../src/core/estate/index.js";
import { testOrigin } from "../policy-estate.js";
import { allow, analysisOf, bucketEstate, inline, prod, roleArn, trusts } from "./real-access.js";

const origin = testOrigin("/native");
const ec2 = (rest: string) => resourceId(`arn:aws:ec2:eu-west-1:${prod}:${rest}`);
const instance = ec2("instance/i-1");
const rule = (range: string) => ({
  protocol: "tcp",
  fromPort: 22,
  toPort: 22,
  cidrs: [range],
  prefixLists: [],
  groups: [],
});

function resource(
  id: Resource["id"],
  kind: string,
  properties: Readonly<Record<string, PropertyFact["value"]>>,
): Resource {
  const entries = Object.entries(properties).map(([name, value]) => [name, { value, origin }] as const);
  return {
    id,
    kind,
    account: principalAccount,
    name: id.slice(id.lastIndexOf("/") + 1),
    properties: new Map(entries),
    tags: {},
    origin,
  };
}
const principalAccount = `aws:${prod}` as NonNullable<Resource["account"]>;

/** A host whose own role may open its group again. `groups`: id -> a range it lets in, `unread` where nobody listed it. */
function answerFor(groups: Readonly<Record<string, string>>, workloads: readonly Workload[] = []) {
  const estate = bucketEstate({
    [roleArn("batch")]: {
      ...inline(allow("ec2:AuthorizeSecurityGroupIngress")),
      ...trusts({ Service: "ec2.amazonaws.com" }),
    },
  });
  const profile = `arn:aws:iam::${prod}:instance-profile/batch`;
  const host: Resource = {
    ...resource(instance, "ec2:instance", { internetReachable: true, securityGroups: Object.keys(groups) }),
    runsAs: principalId(roleArn("batch")),
  };
  const listed = Object.entries(groups).filter(([, range]) => range !== "unread");
  return analysisOf(
    createEstate({
      ...estate,
      workloads,
      principals: estate.principals.map((item) => ({ ...item, instanceProfiles: [profile] })),
      resources: [
        ...estate.resources,
        host,
        ...listed.map(([id, range]) =>
          resource(ec2(`security-group/${id}`), "ec2:security-group", { ingress: [rule(range)] }),
        ),
      ],
    }),
  ).recreate({ resource: ec2("security-group/sg-1"), weakness: "ec2.open-ingress", subLocator: "tcp/22" });
}

test("recreation.md 2: the rule that containment took away is no way in: the host starts as what runs there", () => {
  const found = answerFor({ "sg-1": "0.0.0.0/0" });
  expect(found).toMatchObject({ verdict: "possible", band: 2 });
  expect(found.paths[0]).toMatchObject({
    actor: roleArn("batch"),
    because: "instance i-1 runs as batch; may change the group",
  });
});

test("another group that stays open, or one whose rules nobody read, keeps it reachable from outside", () => {
  expect(answerFor({ "sg-1": "0.0.0.0/0", "sg-2": "::/0" })).toMatchObject({ verdict: "possible", band: 1 });
  expect(answerFor({ "sg-1": "0.0.0.0/0", "sg-2": "10.0.0.0/8" })).toMatchObject({
    verdict: "possible",
    band: 2,
  });
  const unread = answerFor({ "sg-1": "0.0.0.0/0", "sg-2": "unread" });
  expect(unread.paths[0]).toMatchObject({ band: 1 });
});

test("a workload that a document states as exposed stays exposed, whatever its groups say", () => {
  const exposed: Workload = {
    id: "batch",
    name: "batch",
    runsAs: [],
    resources: [instance],
    components: [],
    facts: {},
    exposed: true,
    origin,
  };
  expect(answerFor({ "sg-1": "0.0.0.0/0" }, [exposed])).toMatchObject({ verdict: "possible", band: 1 });
});
