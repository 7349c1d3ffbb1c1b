import { describe, expect, test } from "vitest";
import { resourceId, type PropertyFact, type Resource } from "../../../estate/index.js";
import {
  account,
  fakeBecome,
  origin,
  policy,
  role,
  type FakeWorld,
  type Right,
} from "../../../../../test/recreation/fake-access.js";
import { policyUse } from "../../../../../test/policy-estate.js";
import { createRecreation } from "../recreate.js";

const bucket = resourceId("arn:aws:s3:::acme-reports");
const flags = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
const none = { actionsFor: () => undefined, overrides: {} };

function properties(values: Readonly<Record<string, PropertyFact["value"]>>): Map<string, PropertyFact> {
  return new Map(Object.entries(values).map(([name, value]) => [name, { value, origin }]));
}

const off = (prefix: string): Record<string, boolean> =>
  Object.fromEntries(flags.map((flag) => [`${prefix}${flag}`, false]));

function world(
  own: Readonly<Record<string, PropertyFact["value"] | undefined>>,
  rights: readonly Right[],
  more: Partial<FakeWorld> = {},
): FakeWorld {
  const all: Record<string, PropertyFact["value"] | undefined> = {
    ...off("publicAccessBlock."),
    ...off("s3.publicAccessBlock."),
    ownershipControls: "BucketOwnerEnforced",
    "acl.publicGrants": [],
    "acl.publicObjects": false,
    ...own,
  };
  const known = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
    string,
    PropertyFact["value"]
  >;
  const pick = (level: boolean) =>
    properties(
      Object.fromEntries(Object.entries(known).filter(([name]) => name.startsWith("s3.") === level)),
    );
  const resource = (id: string, kind: string, level: boolean): Resource => ({
    id: resourceId(id),
    kind,
    account,
    name: kind === "s3:bucket" ? "acme-reports" : "prod",
    properties: pick(level),
    ...(kind === "s3:bucket" ? { policies: new Map() } : {}),
    tags: {},
    origin,
  });
  return {
    rights,
    entries: [...new Set(rights.map((right) => right.who))].map((who) => ({ principal: who })),
    ...more,
    facts: {
      resources: [resource(bucket, "s3:bucket", false), resource(account, "aws:account", true)],
      ...more.facts,
    },
  };
}

const ask = (setting: FakeWorld) =>
  createRecreation(fakeBecome(setting), policy, none).recreate({
    resource: bucket,
    weakness: "s3.public",
    subLocator: "",
  });
/** Organisation policies refuse whatever a policy would give. */
const refused = { envelope: false };
const may = (who: string, action: string, on = "*"): Right => ({ who: role(who), action, on });

describe("public bucket by policy (recreation.md 4, row 1)", () => {
  test("a standing right to the bucket policy brings it back when no block stands", () => {
    const found = ask(world({}, [may("deploy", "s3:PutBucketPolicy")]));
    expect(found.verdict).toBe("possible");
    expect(found.band).toBe(2);
    expect(found.paths[0]).toMatchObject({
      leg: "restore",
      kind: "standing-credential",
      actor: role("deploy"),
    });
    expect(found.paths[0]?.hops[found.paths[0].recurrenceHop]).toMatchObject({
      action: "s3:PutBucketPolicy",
      cause: "grant",
    });
    expect(found.paths[0]?.because).toBe("static key of deploy; may change the bucket policy");
  });

  test("without the right nobody can, and the certificate says who was looked at", () => {
    const found = ask(world({}, [may("reader", "s3:ListBucket")]));
    expect(found.verdict).toBe("none");
    expect(found.basis).toEqual(["floor"]);
    expect(found.certificate?.atoms.map((atom) => atom.atom)).toContain("s3:PutBucketPolicy on acme-reports");
  });

  test.each([
    ["publicAccessBlock.RestrictPublicBuckets", "s3:PutBucketPublicAccessBlock"],
    ["s3.publicAccessBlock.RestrictPublicBuckets", "s3:PutAccountPublicAccessBlock"],
  ])("%s stops it, unless the same actor may lift it; not collected is unknown", (flag, lift) => {
    const rights = [may("deploy", "s3:PutBucketPolicy")];
    expect(ask(world({ [flag]: true }, rights, refused)).verdict).toBe("none");
    expect(ask(world({ [flag]: true }, [...rights, may("deploy", lift)], refused)).verdict).toBe("possible");
    expect(ask(world({ [flag]: true }, [...rights, may("other", lift)], refused)).verdict).toBe("none");
    const unknown = ask(world({ [flag]: undefined }, rights, refused));
    expect(unknown.verdict).toBe("unknown");
    expect(unknown.missing.map((fact) => fact.key)).toEqual([
      `property|${flag.startsWith("s3.") ? account : bucket}|${flag}`,
    ]);
    expect(unknown.wouldDecide[0]).toMatchObject({ ifTrue: "yes", ifFalse: "cannot" });
    // Even somebody who could lift it: a guard that was not collected is unknown, never open (recreation.md 2).
    expect(ask(world({ [flag]: undefined }, [...rights, may("deploy", lift)], refused)).verdict).toBe(
      "unknown",
    );
  });

  test.each([
    ["publicAccessBlock.BlockPublicPolicy", "s3:PutBucketPublicAccessBlock"],
    ["s3.publicAccessBlock.BlockPublicPolicy", "s3:PutAccountPublicAccessBlock"],
  ])("%s stops it, but not points of another account; unless the same actor may lift it", (flag, lift) => {
    const rights = [may("deploy", "s3:PutBucketPolicy")];
    const abroad = ask(world({ [flag]: true }, rights, refused));
    expect(abroad.verdict).toBe("unknown");
    expect(abroad.missing.map((fact) => fact.key)).toEqual([`foreign-points|${bucket}`]);
    expect(ask(world({ [flag]: true }, [...rights, may("deploy", lift)], refused)).verdict).toBe("possible");
    expect(ask(world({ [flag]: true }, [...rights, may("other", lift)], refused)).verdict).toBe("unknown");
    expect(ask(world({ [flag]: true }, [may("other", lift)], refused)).verdict).toBe("none");
    const unknown = ask(world({ [flag]: undefined }, rights, refused));
    expect(unknown.verdict).toBe("unknown");
    expect(unknown.wouldDecide[0]).toMatchObject({ ifTrue: "yes", ifFalse: "cannot" });
    // Even somebody who could lift it: a guard that was not collected is unknown, never open (recreation.md 2).
    expect(ask(world({ [flag]: undefined }, [...rights, may("deploy", lift)], refused)).verdict).toBe(
      "unknown",
    );
  });

  test("the writer of the bucket policy gives itself the right to lift the bucket's own block", () => {
    const block = { "publicAccessBlock.BlockPublicPolicy": true };
    const found = ask(world(block, [may("deploy", "s3:PutBucketPolicy")]));
    expect(found.verdict).toBe("possible");
    expect(found.paths[0]?.hops.map((hop) => hop.via).join("; ")).toContain(
      "may s3:PutBucketPolicy, and by it gives itself s3:PutBucketPublicAccessBlock",
    );
    // The block of the account is no right that a bucket policy can give.
    const whole = {
      "s3.publicAccessBlock.RestrictPublicBuckets": true,
      "s3.publicAccessBlock.BlockPublicAcls": true,
    };
    expect(ask(world(whole, [may("deploy", "s3:PutBucketPolicy")])).verdict).toBe("none");
  });

  test("two actors who only together can are shown and do not count", () => {
    const rights = [may("deploy", "s3:PutBucketPolicy"), may("other", "s3:PutBucketPublicAccessBlock")];
    const found = ask(world({ "publicAccessBlock.RestrictPublicBuckets": true }, rights, refused));
    expect(found.verdict).toBe("none");
    expect(found.paths).toMatchObject([{ colluding: true }]);
  });

  test("one actor may obtain the two rights through two identities that it can become", () => {
    const rights = [may("writer", "s3:PutBucketPolicy"), may("lifter", "s3:PutBucketPublicAccessBlock")];
    const setting = world({ "publicAccessBlock.BlockPublicPolicy": true }, rights, {
      entries: [
        { principal: role("ci"), kind: "federated-workload", band: 1, label: "any repository named acme…" },
      ],
      edges: [
        { from: role("ci"), to: role("writer") },
        { from: role("ci"), to: role("lifter") },
      ],
    });
    const found = ask(setting);
    expect(found).toMatchObject({ verdict: "possible", band: 1 });
    expect(found.paths[0]?.because).toBe("any repository named acme… gets ci → writer");
    expect(found.paths[0]?.hops.map((hop) => hop.to)).toEqual([
      role("ci"),
      role("writer"),
      bucket,
      role("lifter"),
      bucket,
      bucket,
    ]);
  });

  test("an effect guard alone: the finding may return, the exposure does not", () => {
    const found = ask(
      world(
        { "publicAccessBlock.RestrictPublicBuckets": true },
        [may("deploy", "s3:PutBucketPolicy")],
        refused,
      ),
    );
    expect(found.verdict).toBe("none");
    expect(found.findingReturns).toContain("finding returns, exposure does not");
  });
});

describe("public bucket by ACL (row 1b)", () => {
  const acl = { ownershipControls: "ObjectWriter" };
  test("needs the ACL right, both ACL flags off and ownership that honours ACLs", () => {
    const rights = [may("deploy", "s3:PutBucketAcl")];
    expect(ask(world(acl, rights)).verdict).toBe("possible");
    expect(ask(world({ ...acl, "publicAccessBlock.BlockPublicAcls": true }, rights)).verdict).toBe("none");
    expect(ask(world({ ...acl, "publicAccessBlock.IgnorePublicAcls": true }, rights)).verdict).toBe("none");
    expect(ask(world({ ownershipControls: "BucketOwnerEnforced" }, rights)).verdict).toBe("none");
    expect(
      ask(
        world({ ownershipControls: "BucketOwnerEnforced" }, [
          ...rights,
          may("deploy", "s3:PutBucketOwnershipControls"),
        ]),
      ).verdict,
    ).toBe("possible");
    expect(ask(world({ ownershipControls: undefined }, rights)).verdict).toBe("unknown");
  });

  test("a public ACL that only sleeps comes back by the switch alone", () => {
    const asleep = {
      "acl.publicGrants": ["AllUsers:READ"],
      ownershipControls: "ObjectWriter",
      "publicAccessBlock.IgnorePublicAcls": true,
    };
    expect(ask(world(asleep, [may("deploy", "s3:PutBucketPublicAccessBlock")])).verdict).toBe("possible");
  });
});

describe("public bucket by access point (row 1c; S3 user guide, Blocking public access, Access points)", () => {
  const point = resourceId("arn:aws:s3:eu-west-1:111111111111:accesspoint/share");
  const delegating = policyUse(
    "bucket policy",
    {
      Statement: [
        {
          Effect: "Allow",
          Action: "*",
          Resource: "*",
          Principal: "*",
          Condition: { StringEquals: { "s3:DataAccessPointAccount": "222222222222" } },
        },
      ],
    },
    "/policy",
  );
  const open = { networkOrigin: "Internet", bucket, ...off("publicAccessBlock.") };
  const asked = (
    settings: Readonly<Record<string, PropertyFact["value"] | undefined>>,
    own: Readonly<Record<string, PropertyFact["value"]>> = {},
  ): string => {
    const setting = world(own, [may("deploy", "s3:PutAccessPointPolicy")], refused);
    const known = Object.entries(settings).filter(([, value]) => value !== undefined);
    const resources = (setting.facts?.resources ?? []).map((item) =>
      item.id === bucket ? { ...item, policies: new Map([["", delegating]]) } : item,
    );
    const share: Resource = {
      id: point,
      kind: "s3:access-point",
      account,
      name: "share",
      properties: properties(Object.fromEntries(known) as Record<string, PropertyFact["value"]>),
      policies: new Map(),
      tags: {},
      origin,
    };
    return ask({ ...setting, facts: { ...setting.facts, resources: [...resources, share] } }).verdict;
  };

  test.each([
    ["an open point of internet origin", open, "possible"],
    ["a point of VPC origin is never public", { ...open, networkOrigin: "VPC" }, "none"],
    ["its own block of policies", { ...open, "publicAccessBlock.BlockPublicPolicy": true }, "none"],
    ["its own block of access", { ...open, "publicAccessBlock.RestrictPublicBuckets": true }, "none"],
    ["an origin that was not collected", { ...open, networkOrigin: undefined }, "unknown"],
    [
      "a block that was not collected",
      { ...open, "publicAccessBlock.BlockPublicPolicy": undefined },
      "unknown",
    ],
  ] as const)("%s", (_, settings, verdict) => expect(asked(settings)).toBe(verdict));

  test("the bucket's own block of policies covers its points", () =>
    expect(asked(open, { "publicAccessBlock.BlockPublicPolicy": true })).toBe("none"));
});

test("administrators are a shared cause: governed, expected, and no reason of its own (recreation.md 3)", () => {
  const found = ask(world({}, [may("admin", "*")], { admins: [role("admin")] }));
  expect(found).toMatchObject({
    verdict: "governed",
    basis: ["expected"],
    sharedCauses: [`administrators|${account}`],
    paths: [],
  });
});

test("nobody is reached through an administrator, but the way in is in the shared case", () => {
  const setting = world({}, [may("admin", "*")], {
    admins: [role("admin")],
    entries: [{ principal: role("ci"), kind: "federated-workload", band: 1, label: "any repository" }],
    edges: [{ from: role("ci"), to: role("admin") }],
  });
  expect(ask(setting).verdict).toBe("governed");
  const shared = createRecreation(fakeBecome(setting), policy, none).sharedCauses([]);
  expect(shared).toMatchObject([
    { band: 1, kind: "administrators", entries: [{ entry: { label: "any repository" } }] },
  ]);
});
